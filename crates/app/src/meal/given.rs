//! Who had of a meal, from as few rows as that takes: a trace goes over many meals.

use causal::RecordId;
use chrono::NaiveDate;
use domain::meal::{Issue, Sample};
use domain::register::VOID;
use replica::ListedRecord;

use super::reading::{Of, issue, sample};
use super::rows::Rows;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;

/// What went to classes of a meal, and what was kept of it; the void ones are left out.
pub(crate) struct Given {
    /// What went to classes.
    pub(crate) issues: Vec<Of<Issue>>,
    /// The samples.
    pub(crate) samples: Vec<Of<Sample>>,
}

impl Given {
    /// Those of the meal `id` of a day: two look-ups.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn load(app: &App, campus: &Campus, id: RecordId, date: NaiveDate) -> Result<Self, CommandError> {
        let rows = Rows { app, campus };
        let issues = rows.of_meal("snack_issue", id)?.into_iter().filter_map(issue);
        let samples = rows.of_meal("food_sample", id)?.into_iter().filter_map(|found| sample(app, found, Some(date)));
        Ok(Self {
            issues: issues.filter(|of| !of.row.is_void).collect(),
            samples: samples.filter(|of| !of.row.is_void).collect(),
        })
    }
}

/// What went to classes on some days, the void rows left out.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn issues_of(app: &App, campus: &Campus, from: &str, to: &str) -> Result<Vec<Of<Issue>>, CommandError> {
    let found = Rows { app, campus }.days("snack_issue", from, to)?;
    Ok(found.into_iter().filter_map(issue).filter(|of| !of.row.is_void).collect())
}

/// The rows of a kind of one day that stand.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn of_day(app: &App, campus: &Campus, kind: &str, day: &str) -> Result<Vec<ListedRecord>, CommandError> {
    let mut found = Rows { app, campus }.days(kind, day, day)?;
    found.retain(|found| found.stage.as_deref() != Some(VOID));
    Ok(found)
}
