//! The sample fridge: every sample of the last weeks with its clock, those that a food incident holds however old they are.

use std::collections::{BTreeMap, BTreeSet};

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::meal::{Disposal, Held, Hold, Sample, SampleClock, sample_clock};
use replica::ListedRecord;
use uuid::Uuid;

use super::age::now;
use super::reading::{Of, disposal, is_void};
use super::rows::{LAST_DAY, Rows, sample_row};
use super::seals;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;

/// A sample that nobody has disposed of is told for so many days.
const DAYS: u64 = 60;

/// A sample with its clock.
pub(crate) struct Kept {
    /// The sample.
    pub(crate) of: Of<Sample>,
    /// Its clock.
    pub(crate) clock: SampleClock,
    /// Whether a food incident holds it now (封存).
    pub(crate) is_held: bool,
    /// The disposals of it that stand, oldest first.
    pub(crate) disposals: Vec<ListedRecord>,
}

/// The samples of a campus up to `today`, the void ones left out: three look-ups, however many they are, and one for each meal that
/// an incident holds.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn kept_samples(app: &App, campus: &Campus, today: NaiveDate) -> Result<Vec<Kept>, CommandError> {
    let rows = Rows { app, campus };
    let holds: Vec<Hold> = seals::of_food(app, campus)?.iter().map(seals::Seal::hold).collect();
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today).to_string();
    let mut found = rows.days("food_sample", &from, LAST_DAY)?;
    for hold in holds.iter().filter(|hold| hold.is_open) {
        found.extend(held_by(&rows, hold)?);
    }
    let mut seen = BTreeSet::new();
    found.retain(|found| !is_void(found) && seen.insert(found.id));
    let first = found.iter().filter_map(|found| found.day.clone()).min().unwrap_or(from);
    let mut gone: BTreeMap<Uuid, Vec<(Disposal, ListedRecord)>> = BTreeMap::new();
    for row in rows.days("sample_disposal", &first, LAST_DAY)? {
        if let Some(disposal) = disposal(&row).filter(|disposal| !disposal.is_void) {
            gone.entry(disposal.sample).or_default().push((disposal, row));
        }
    }
    let ids: Vec<RecordId> = found.iter().map(|found| found.id).collect();
    let held = app.store().held(&ids)?;
    let now = now(app);
    let kept = found.into_iter().filter_map(|found| sample_row(app, found)).map(|of| {
        let own = gone.remove(&of.row.id).unwrap_or_default();
        let (disposals, mut rows): (Vec<Disposal>, Vec<ListedRecord>) = own.into_iter().unzip();
        rows.sort_by_key(|row| row.id);
        let held = held.get(&of.found.id).map(|held| Held { first: held.since, counted_ms: held.counted_ms });
        Kept {
            clock: sample_clock(&of.row, &disposals, &holds, held.as_ref(), &now),
            is_held: holds.iter().any(|hold| hold.is_open && hold.is_about(&of.row)),
            disposals: rows,
            of,
        }
    });
    Ok(kept.collect())
}

fn held_by(rows: &Rows<'_>, hold: &Hold) -> Result<Vec<ListedRecord>, CommandError> {
    let mut found = Vec::new();
    for meal in &hold.meals {
        found.extend(rows.of_meal("food_sample", RecordId(*meal))?);
    }
    if let (Some(first), Some(last)) = (hold.days.first(), hold.days.last()) {
        found.extend(rows.days("food_sample", &first.to_string(), &last.to_string())?);
    }
    Ok(found)
}
