//! 封存: the open food incidents, and the samples that they hold.

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::register::{Register, register};
use replica::{ListedRecord, Listing, Order};

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::entry::scopes;
use crate::error::CommandError;

/// The register of incidents.
const INCIDENT: &str = "incident";
/// The sort that holds samples.
const FOOD: &str = "食品";
/// An incident that names no meal holds the samples of its day and of so many days before: those that may still be there.
const DAYS_BEFORE: u64 = 2;
/// A campus has no more incidents that are not closed.
const MOST: u64 = 500;

/// An open food incident.
pub(crate) struct Seal {
    /// The incident.
    pub(crate) id: RecordId,
    /// The meals that it names.
    meals: Vec<String>,
    /// The days whose samples it holds, where it names no meal.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Seal {
    fn of(found: &ListedRecord) -> Self {
        let meals = found.doc.get("meals").and_then(serde_json::Value::as_array).into_iter().flatten();
        let meals: Vec<String> = meals.filter_map(serde_json::Value::as_str).map(str::to_owned).collect();
        let day = found.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        let first = |day: NaiveDate| day.checked_sub_days(Days::new(DAYS_BEFORE)).unwrap_or(day);
        let days = day.map(|day| (first(day), day)).filter(|_| meals.is_empty());
        Self { id: found.id, meals, days }
    }

    /// Whether it holds a sample of this meal and day.
    pub(crate) fn holds(&self, meal: Option<&str>, day: Option<NaiveDate>) -> bool {
        let is_named = meal.is_some_and(|meal| self.meals.iter().any(|own| own == meal));
        let is_of_days = self.days.zip(day).is_some_and(|((from, to), day)| (from..=to).contains(&day));
        is_named || is_of_days
    }

    /// Whether it holds the sample of these fields.
    pub(crate) fn holds_sample(&self, sample: &Document, day: Option<&str>) -> bool {
        self.holds(text(sample, "meal"), day.and_then(|day| day.parse().ok()))
    }
}

/// The open food incidents of a campus, whoever sees them: what holds a sample holds it for everybody.
pub(crate) fn open(app: &App, campus: &Campus) -> Result<Vec<Seal>, CommandError> {
    let Some(incidents) = register(INCIDENT) else { return Ok(Vec::new()) };
    let scopes = scopes(campus, incidents);
    let stages = open_stages(incidents);
    let listing = Listing {
        kind: INCIDENT,
        scopes: &scopes,
        stages: &stages,
        order: Order::NewestFirst,
        limit: MOST,
        ..Listing::default()
    };
    let found = app.store().find(&listing)?;
    Ok(found.iter().filter(|found| text(&found.doc, "sort") == Some(FOOD)).map(Seal::of).collect())
}

fn open_stages(register: &Register) -> Vec<&str> {
    register.stages.iter().filter(|stage| register.is_open(&stage.code)).map(|stage| stage.code.as_str()).collect()
}
