//! Numbers that nobody can have measured, for the head and for who typed them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use domain::meal::{same_for_days, typed_alike};
use replica::ListedRecord;
use uuid::Uuid;

use super::making::Making;
use super::reading::{id_in, number_of};
use super::rows::standing_of_days;
use crate::document::text;
use crate::dto::meal::{MealSignal, SameDays};
use crate::entry::facts::author;
use crate::error::CommandError;
use crate::patrol::{SignalsShown, signals_shown};

/// For so many days back the numbers of a fridge are held against each other.
const DAYS_BACK: u64 = 14;

/// The signals of a meal and its day: the head sees all, everybody else those of what they typed.
pub(super) fn signals(making: &Making<'_>) -> Result<Vec<MealSignal>, CommandError> {
    let mut told = at_once(making);
    told.extend(of_fridges(making)?);
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let shown = signals_shown(making.app, &making.meal.key.campus)?;
    let is_shown = |people: &BTreeSet<&str>| match &shown {
        SignalsShown::All => true,
        SignalsShown::Of(person) => people.contains(person.as_str()),
    };
    let mut signals = Vec::new();
    for Told { rows, days } in told {
        let people: BTreeSet<&str> = rows.iter().filter_map(|found| author(&found.doc)).collect();
        if is_shown(&people) {
            let people = people.into_iter().map(|person| making.names.person(person)).collect();
            signals.push(MealSignal { rows: rows.iter().map(|found| found.id.0).collect(), people, days });
        }
    }
    Ok(signals)
}

/// A signal with the rows that make it.
struct Told {
    rows: Vec<ListedRecord>,
    days: Option<SameDays>,
}

/// One number that was typed into three dishes or more within a second.
fn at_once(making: &Making<'_>) -> Vec<Told> {
    let readings: Vec<_> = making.around.readings.iter().map(|of| of.row.clone()).collect();
    let rows = |group: BTreeSet<Uuid>| {
        let own = making.around.readings.iter().filter(|of| group.contains(&of.row.id));
        own.map(|of| of.found.clone()).collect()
    };
    typed_alike(&readings).into_iter().map(|group| Told { rows: rows(group), days: None }).collect()
}

/// One number that a fridge had on five days or more, of which the day of the meal is the last so far.
fn of_fridges(making: &Making<'_>) -> Result<Vec<Told>, CommandError> {
    let key = &making.meal.key;
    let first = key.date.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(key.date);
    let found = standing_of_days(making.app, &key.campus, "temperature_reading", (first, key.date))?;
    let mut fridges: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    for row in found.into_iter().filter(|row| matches!(text(&row.doc, "what"), Some("冷藏" | "冷冻"))) {
        let day = row.day.as_deref().and_then(|day| day.parse().ok());
        let number = number_of(&row.doc, "c").map(|number| number.normalize());
        if let (Some(fridge), Some(day), Some(number)) = (id_in(&row.doc, "equipment"), day, number) {
            fridges.entry(fridge).or_default().push((day, number, row));
        }
    }
    let mut told = Vec::new();
    for (fridge, rows) in fridges {
        let numbers: Vec<_> = rows.iter().map(|(day, number, _)| (*day, *number)).collect();
        for (same, first, last) in same_for_days(&numbers).into_iter().filter(|(_, _, last)| *last == key.date) {
            let own = rows.iter().filter(|(day, number, _)| *number == same && *day >= first);
            let days = SameDays {
                what: making.names.name(&fridge.to_string()).unwrap_or_default(),
                c: same.to_string(),
                from: first.to_string(),
                to: last.to_string(),
            };
            told.push(Told { rows: own.map(|(_, _, row)| row.clone()).collect(), days: Some(days) });
        }
    }
    Ok(told)
}
