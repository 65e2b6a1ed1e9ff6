//! What this device reminds of while the app runs.
//!
//! It is asked each time that somebody looks at Today, so little is looked up: the records of today's meals, their temperatures, the
//! samples of some days and their disposals, each once. All rows around a meal are read only of one that is near its service, that
//! has a reading which fails, or a dish that waits.

use std::collections::BTreeSet;

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::checked_time::Moment;
use domain::meal::{Held, Reminder, ReminderCode, Sample, SampleState, reminders, sample_clock};
use replica::ListedRecord;
use uuid::Uuid;

use super::age::now;
use super::judged::Judged;
use super::key::MealKey;
use super::kitchens::{keys, kitchens};
use super::reading::{id_in, number_of};
use super::recorded::meals_of;
use super::rows::{disposals_of_sample, sample_row, standing_of_days};
use super::seals::{self, Seal};
use super::stored::StoredMeal;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::error::CommandError;

/// Samples of so many days before may be due.
const DAYS_BACK: u64 = 7;
/// No day comes after this one.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");
/// A meal is looked at as a whole from so long before its service on, and for so long after it.
const NEAR_MS: std::ops::RangeInclusive<i64> = -60 * 60_000..=15 * 60_000;

/// A reminder, and the meal that it is of.
pub(crate) struct Reminding {
    /// What of.
    pub(crate) reminder: Reminder,
    /// Its meal; none where only the row of a sample tells of it.
    pub(crate) meal: Option<MealKey>,
}

/// What is reminded of on a campus now, the most pressing first.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn reminding(app: &App, campus: &Campus, today: NaiveDate) -> Result<Vec<Reminding>, CommandError> {
    let now = now(app);
    let mut all = of_meals(app, campus, today, &now)?;
    all.extend(of_samples(app, campus, today, &now)?);
    all.sort_by(|one, other| one.reminder.cmp(&other.reminder));
    all.dedup_by(|one, other| one.reminder == other.reminder);
    Ok(all)
}

fn of_meals(app: &App, campus: &Campus, today: NaiveDate, now: &Moment) -> Result<Vec<Reminding>, CommandError> {
    let recorded = meals_of(app, campus, today)?;
    let served = campus.served.on(today, &campus.calendar);
    let readings = standing_of_days(app, campus, "temperature_reading", (today, today))?;
    let core_c = campus.settings.number("food.core_c");
    let is_cold = |row: &&ListedRecord| {
        text(&row.doc, "what") == Some("中心温度") && number_of(&row.doc, "c").is_some_and(|c| c < core_c)
    };
    let cold: BTreeSet<Uuid> = readings.iter().filter(is_cold).filter_map(|row| id_in(&row.doc, "meal")).collect();
    let mut all = Vec::new();
    let further: Vec<Option<Uuid>> = recorded.iter().map(|meal| id_in(&meal.doc, "kitchen")).collect();
    let further: BTreeSet<Option<Uuid>> = further.into_iter().filter(Option::is_some).collect();
    let kitchens: Vec<Option<Uuid>> = std::iter::once(None).chain(further).collect();
    for key in keys(campus, today, &kitchens) {
        let is_near = key.planned().is_some_and(|planned| NEAR_MS.contains(&(planned.0.saturating_sub(now.at.0))));
        let waits = |found: &ListedRecord| found.id.0 == key.id() && has_dish_on_the_way(found);
        let is_here = key.kitchen.is_none() || recorded.iter().any(|found| found.id.0 == key.id());
        let is_asked = (served.contains(&key.sort) && is_near && is_here)
            || cold.contains(&key.id())
            || recorded.iter().any(waits);
        if !is_asked {
            continue;
        }
        let meal = StoredMeal::load(app, key.clone())?;
        let around = meal.around(app)?;
        let judged = Judged::of(app, meal, around, now)?;
        let own = reminders(&judged.card, &judged.rows(), judged.limits.hold, now);
        all.extend(own.into_iter().map(|reminder| Reminding { reminder, meal: Some(key.clone()) }));
    }
    Ok(all)
}

/// Whether a dish has come out of the pot, and nobody has said that it is on the table.
fn has_dish_on_the_way(meal: &ListedRecord) -> bool {
    let is_said = |path: &str| meal.doc.get(path).is_some_and(|said| !said.is_null());
    meal.doc
        .keys()
        .filter_map(|path| path.strip_suffix("/cooked_at"))
        .any(|dish| is_said(&format!("{dish}/cooked_at")) && !is_said(&format!("{dish}/to_table_at")))
}

/// Samples that may go: of those of which no disposal of these days is here.
fn of_samples(app: &App, campus: &Campus, today: NaiveDate, now: &Moment) -> Result<Vec<Reminding>, CommandError> {
    let first = today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(today);
    let samples = standing_of_days(app, campus, "food_sample", (first, today))?;
    if samples.is_empty() {
        return Ok(Vec::new());
    }
    let gone = standing_of_days(app, campus, "sample_disposal", (first, LAST_DAY))?;
    let gone: BTreeSet<Uuid> = gone.iter().filter_map(|row| id_in(&row.doc, "sample")).collect();
    let standing: Vec<_> = samples.into_iter().filter(|found| !gone.contains(&found.id.0)).collect();
    let ids: Vec<RecordId> = standing.iter().map(|found| found.id).collect();
    let held = app.store().held(&ids)?;
    let seals: Vec<_> = seals::of_food(app, campus)?.iter().map(Seal::hold).collect();
    let mut all = Vec::new();
    let kitchens = kitchens(app, campus);
    for found in standing {
        let own = held.get(&found.id).map(|held| Held { first: held.since, counted_ms: held.counted_ms });
        let Some(sample) = sample_row(app, found).map(|of| of.row) else { continue };
        let is_ready =
            |disposals: &[_]| sample_clock(&sample, disposals, &seals, own.as_ref(), now).state == SampleState::Ready;
        // A tablet with a wrong clock may have disposed of it on any day.
        if is_ready(&[]) && is_ready(&disposals_of_sample(app, campus, RecordId(sample.id))?) {
            let (code, about, what) = (ReminderCode::SampleDue, sample.id, sample.dish_name.clone());
            all.push(Reminding { reminder: Reminder { code, about, what }, meal: key_of(campus, &kitchens, &sample) });
        }
    }
    Ok(all)
}

/// The meal of a sample, where its id follows from its day, a type and a kitchen.
fn key_of(campus: &Campus, kitchens: &[Option<Uuid>], sample: &Sample) -> Option<MealKey> {
    keys(campus, sample.date, kitchens).find(|key| key.id() == sample.meal)
}
