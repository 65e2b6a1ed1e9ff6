//! The meals of a day that have a record.

use chrono::NaiveDate;
use replica::{ListedRecord, Listing};
use uuid::Uuid;

use super::KIND;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;

/// A day has no more meals.
const MOST: u64 = 1_000;

/// The records of the meals of a day.
pub(super) fn meals_of(app: &App, campus: &Campus, date: NaiveDate) -> Result<Vec<ListedRecord>, CommandError> {
    let (scopes, day): (Vec<Uuid>, _) = (campus.id.into_iter().collect(), date.to_string());
    let listing = Listing { kind: KIND, scopes: &scopes, day: Some(&day), limit: MOST, ..Listing::default() };
    Ok(app.store().find(&listing)?)
}
