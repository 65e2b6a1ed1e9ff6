//! The meals of some days, as ledgers and 日管控 read them.

use std::collections::BTreeSet;

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::checked_time::Moment;
use domain::meal::{CardRows, LedgerDay, LedgerMeal};
use domain::time::day_bounds;
use uuid::Uuid;

use super::age::now;
use super::as_of::end_or_now;
use super::judged::{Judged, is_all_heard};
use super::kitchens::{keys, kitchens};
use super::reading::id_in;
use super::recorded::meals_of;
use super::rows::{Around, has_samples, standing_of_days};
use super::stored::StoredMeal;
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::error::CommandError;

/// Samples of meals of so many days before may still stand in a fridge.
const DAYS_KEPT: u64 = 14;

/// Some days with their meals.
pub(crate) struct MealDays(Vec<MealDay>);

struct MealDay {
    date: NaiveDate,
    meals: Vec<Judged>,
    kept: Vec<Judged>,
    additives: Vec<(Uuid, String)>,
    waste: usize,
    is_all_heard: bool,
}

impl MealDays {
    /// The days as they stand now; meals that are not to be on the table yet are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn so_far(app: &App, campus: &Campus, (from, to): (NaiveDate, NaiveDate)) -> Result<Self, CommandError> {
        let now = now(app);
        let mut days = Vec::new();
        for date in from.iter_days().take_while(|date| *date <= to) {
            let of_day = OfDay { app, campus, date, at: &now };
            let mut day = of_day.day(false)?;
            day.meals.retain(|judged| judged.meal.planned().unwrap_or_else(|| judged.meal.key.end()) <= now.at);
            days.push(day);
        }
        Ok(Self(days))
    }

    /// One day as it stood at its end, or now where it is not over; with the meals of days before of whose samples some still stood
    /// when it began.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of_day(app: &App, campus: &Campus, date: NaiveDate) -> Result<(Self, Moment), CommandError> {
        let at = end_or_now(app, day_bounds(date, campus.calendar.zone).1);
        let day = OfDay { app, campus, date, at: &at }.day(true)?;
        Ok((Self(vec![day]), at))
    }

    /// What follows from the days.
    pub(crate) fn read<T>(&self, then: impl FnOnce(&[LedgerDay<'_>]) -> T) -> T {
        let rows: Vec<_> = self.0.iter().map(|day| (rows_of(&day.meals), rows_of(&day.kept))).collect();
        let days: Vec<LedgerDay<'_>> = self.0.iter().zip(&rows).map(|(day, (own, kept))| day.told(own, kept)).collect();
        then(&days)
    }
}

impl MealDay {
    fn told<'r>(&'r self, own: &'r [CardRows<'r>], kept: &'r [CardRows<'r>]) -> LedgerDay<'r> {
        LedgerDay {
            date: self.date,
            meals: told(&self.meals, own),
            kept: told(&self.kept, kept),
            additives: self.additives.iter().map(|(record, dish)| (*record, dish.as_str())).collect(),
            waste: self.waste,
            is_all_heard: self.is_all_heard,
        }
    }
}

fn rows_of(meals: &[Judged]) -> Vec<CardRows<'_>> {
    meals.iter().map(Judged::rows).collect()
}

fn told<'r>(meals: &'r [Judged], rows: &'r [CardRows<'r>]) -> Vec<LedgerMeal<'r>> {
    let meal = |(judged, rows): (&'r Judged, &'r CardRows<'r>)| LedgerMeal {
        meal_type: judged.meal.key.sort,
        kitchen: judged.meal.key.kitchen,
        card: &judged.card,
        rows,
    };
    meals.iter().zip(rows).map(meal).collect()
}

/// A day while it is read.
struct OfDay<'a> {
    app: &'a App,
    campus: &'a Campus,
    date: NaiveDate,
    at: &'a Moment,
}

impl OfDay<'_> {
    fn day(&self, is_with_kept: bool) -> Result<MealDay, CommandError> {
        let (app, campus) = (self.app, self.campus);
        let mut meals = Vec::new();
        for meal in meals_on(app, campus, self.date)? {
            meals.push(self.judged(meal, |_| ())?);
        }
        let day = (self.date, self.date);
        let additives = standing_of_days(app, campus, "additive_use", day)?;
        let dish = |doc: &Document| text(doc, "dish").unwrap_or_default().to_owned();
        Ok(MealDay {
            date: self.date,
            meals,
            kept: if is_with_kept { self.kept()? } else { Vec::new() },
            additives: additives.iter().map(|found| (found.id.0, dish(&found.doc))).collect(),
            waste: standing_of_days(app, campus, "waste", day)?.len(),
            is_all_heard: is_all_heard(app, campus, day_bounds(self.date, campus.calendar.zone).1)?,
        })
    }

    fn judged(&self, meal: StoredMeal, cut: impl FnOnce(&mut Around)) -> Result<Judged, CommandError> {
        let mut around = meal.around(self.app)?;
        around.go_back(self.app, self.date, self.at);
        cut(&mut around);
        Judged::of(self.app, meal, around, self.at)
    }

    /// The meals of days before of whose samples some still stood when the day began.
    fn kept(&self) -> Result<Vec<Judged>, CommandError> {
        let (app, campus) = (self.app, self.campus);
        let Some(first) = self.date.checked_sub_days(Days::new(DAYS_KEPT)) else { return Ok(Vec::new()) };
        let Some(last) = self.date.pred_opt() else { return Ok(Vec::new()) };
        let samples = standing_of_days(app, campus, "food_sample", (first, last))?;
        let meals: BTreeSet<Uuid> = samples.iter().filter_map(|found| id_in(&found.doc, "meal")).collect();
        let start = day_bounds(self.date, campus.calendar.zone).0;
        let kitchens = kitchens(app, campus);
        let mut kept = Vec::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            for key in keys(campus, date, &kitchens).filter(|key| meals.contains(&key.id())) {
                let judged = self.judged(StoredMeal::load(app, key)?, |around| around.keep_standing(start))?;
                kept.extend((!judged.card.clocks.is_empty()).then_some(judged));
            }
        }
        Ok(kept)
    }
}

/// The meals of a day of which a sample is here, of whatever kitchen.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn sampled_on(app: &App, campus: &Campus, date: NaiveDate) -> Result<Vec<StoredMeal>, CommandError> {
    let mut meals = Vec::new();
    for key in keys(campus, date, &kitchens(app, campus)) {
        if has_samples(app, campus, RecordId(key.id()))? {
            meals.push(StoredMeal::load(app, key)?);
        }
    }
    Ok(meals)
}

/// The meals of a day: those of the timetable, those that the menu has, and those of which there is a record.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn meals_on(app: &App, campus: &Campus, date: NaiveDate) -> Result<Vec<StoredMeal>, CommandError> {
    let served = campus.served.on(date, &campus.calendar);
    let recorded: BTreeSet<Uuid> = meals_of(app, campus, date)?.into_iter().map(|found| found.id.0).collect();
    let kitchens = kitchens(app, campus);
    let mut meals = Vec::new();
    for key in keys(campus, date, &kitchens) {
        let is_of_first = key.kitchen.is_none();
        if !is_of_first && !recorded.contains(&key.id()) {
            continue;
        }
        let is_served = is_of_first && served.contains(&key.sort);
        let meal = StoredMeal::load(app, key)?;
        if is_served || meal.version.is_some() || (is_of_first && !meal.dishes.is_empty()) {
            meals.push(meal);
        }
    }
    Ok(meals)
}
