//! Numbers that nobody can have measured: shown to who is responsible, and refused to nobody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::dish::name_key;
use super::reading::DishReading;
use crate::checked_time::span;
use crate::decimal::Decimal;

/// Within this time nobody measures three dishes.
const TOGETHER_MS: i64 = 1_000;
/// So many dishes with one number are a signal.
const ALIKE: usize = 3;
/// On so many days after each other one number is a signal.
const SAME_DAYS: usize = 5;

/// The readings that were typed with one number into three dishes or more within a second, each group by itself; of clocks that
/// cannot be compared nothing is said.
pub fn typed_alike(readings: &[DishReading]) -> Vec<BTreeSet<Uuid>> {
    let mut standing: Vec<&DishReading> = readings.iter().filter(|reading| !reading.is_void).collect();
    standing.sort_by_key(|reading| (reading.at.clock.boot.0, reading.at.clock.steady_ms, reading.id));
    let mut groups: Vec<BTreeSet<Uuid>> = Vec::new();
    for first in &standing {
        let is_with = |other: &&&DishReading| {
            let apart = span(&first.at, &other.at);
            other.celsius == first.celsius && apart.is_some_and(|apart| apart.min >= 0 && apart.max <= TOGETHER_MS)
        };
        let together: Vec<&&DishReading> = standing.iter().filter(is_with).collect();
        let dishes: BTreeSet<(Option<Uuid>, String)> =
            together.iter().map(|reading| (reading.dish, name_key(&reading.dish_name))).collect();
        let group: BTreeSet<Uuid> = together.iter().map(|reading| reading.id).collect();
        if dishes.len() >= ALIKE && !groups.iter().any(|known| group.is_subset(known)) {
            groups.push(group);
        }
    }
    groups
}

/// The numbers that stand for one thing, such as a fridge, on five days or more that follow each other among the days with a number:
/// each with its first and its last day.
///
/// # Example
/// ```
/// use domain::meal::same_for_days;
/// let day = |day: u32| format!("2026-11-{day}").parse().expect("a day");
/// let rows: Vec<_> = [20, 23, 24, 25, 26].map(|date| (day(date), 4.into())).into();
/// assert_eq!(same_for_days(&rows), [(4.into(), day(20), day(26))], "a weekend has no numbers");
/// assert!(same_for_days(&rows[1..]).is_empty());
/// ```
pub fn same_for_days(numbers: &[(NaiveDate, Decimal)]) -> Vec<(Decimal, NaiveDate, NaiveDate)> {
    let mut days: BTreeMap<NaiveDate, BTreeSet<Decimal>> = BTreeMap::new();
    for (day, number) in numbers {
        days.entry(*day).or_default().insert(number.normalize());
    }
    let all: BTreeSet<Decimal> = days.values().flatten().copied().collect();
    let mut found = Vec::new();
    for number in all {
        let mut run: Vec<NaiveDate> = Vec::new();
        let mut close = |run: &mut Vec<NaiveDate>| {
            if let (true, Some(first), Some(last)) = (run.len() >= SAME_DAYS, run.first(), run.last()) {
                found.push((number, *first, *last));
            }
            run.clear();
        };
        for (day, of_day) in &days {
            if of_day.contains(&number) {
                run.push(*day);
            } else {
                close(&mut run);
            }
        }
        close(&mut run);
    }
    found
}
