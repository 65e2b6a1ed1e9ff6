//! 封存: food incidents, and the samples that they hold as long as they are open.

use std::collections::BTreeSet;

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::meal::Hold;
use domain::register::register;
use replica::{ListedRecord, Listing, Order};
use serde_json::Value;
use uuid::Uuid;

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
/// The newest so many incidents of a campus are looked at.
const MOST: u64 = 500;

/// A food incident.
pub(crate) struct Seal {
    /// The incident.
    pub(crate) id: RecordId,
    /// Whether it is open: only closing it lifts the seal.
    pub(crate) is_open: bool,
    /// The meals that it names.
    meals: BTreeSet<Uuid>,
    /// The days whose samples it holds, where it names no meal.
    days: BTreeSet<NaiveDate>,
}

impl Seal {
    fn of(found: &ListedRecord, is_open: bool) -> Self {
        let meals = found.doc.get("meals").and_then(Value::as_array).into_iter().flatten();
        let meals: BTreeSet<Uuid> = meals.filter_map(Value::as_str).filter_map(|id| Uuid::parse_str(id).ok()).collect();
        let day = found.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok()).filter(|_| meals.is_empty());
        let days = (0..=DAYS_BEFORE).filter_map(|back| day?.checked_sub_days(Days::new(back))).collect();
        Self { id: found.id, is_open, meals, days }
    }

    /// As the domain reads it.
    pub(crate) fn hold(&self) -> Hold {
        Hold { id: self.id.0, meals: self.meals.clone(), days: self.days.clone(), is_open: self.is_open }
    }

    /// Whether it holds the sample of these fields, which was taken on `day`.
    pub(crate) fn holds_sample(&self, sample: &Document, day: Option<&str>) -> bool {
        let meal = text(sample, "meal").and_then(|meal| Uuid::parse_str(meal).ok());
        let day = day.and_then(|day| day.parse().ok());
        meal.is_some_and(|meal| self.meals.contains(&meal)) || day.is_some_and(|day| self.days.contains(&day))
    }
}

/// The food incidents of a campus, whoever sees them: what holds a sample holds it for everybody.
pub(crate) fn of_food(app: &App, campus: &Campus) -> Result<Vec<Seal>, CommandError> {
    let Some(incidents) = register(INCIDENT) else { return Ok(Vec::new()) };
    let scopes = scopes(campus, incidents);
    let listing =
        Listing { kind: INCIDENT, scopes: &scopes, order: Order::NewestFirst, limit: MOST, ..Listing::default() };
    let found = app.store().find(&listing)?;
    let is_open = |found: &ListedRecord| found.stage.as_deref().is_some_and(|stage| incidents.is_open(stage));
    let food = found.iter().filter(|found| text(&found.doc, "sort") == Some(FOOD));
    let standing = food.filter(|found| found.stage.as_deref() != Some(domain::register::VOID));
    Ok(standing.map(|found| Seal::of(found, is_open(found))).collect())
}
