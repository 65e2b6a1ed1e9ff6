//! The kitchens of a campus: which meals they may have, and which of the day's rows belong to which.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::served::SERVED_MEALS;
use replica::ListedRecord;
use uuid::Uuid;

use super::key::MealKey;
use super::reading::id_in;
use super::recorded::meals_of;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::sheet::areas;

/// The kitchens that a meal may be of: the first, and each that has a name.
pub(super) fn kitchens(app: &App, campus: &Campus) -> Vec<Option<Uuid>> {
    let named = areas(app, campus, "kitchen").unwrap_or_default();
    let named = named.iter().filter_map(|kitchen| Uuid::parse_str(&kitchen.id).ok()).map(Some);
    std::iter::once(None).chain(named).collect()
}

/// The keys of all meals that a day may have, in the order of the day.
pub(super) fn keys<'k>(
    campus: &'k Campus,
    date: NaiveDate,
    kitchens: &'k [Option<Uuid>],
) -> impl Iterator<Item = MealKey> + use<'k> {
    let of_day = campus.clone().on(Some(&date.to_string()));
    SERVED_MEALS.into_iter().flat_map(move |sort| {
        let campus = of_day.clone();
        let key = move |kitchen: &Option<Uuid>| MealKey {
            campus: campus.clone(),
            date,
            is_day_checked: true,
            sort,
            kitchen: *kitchen,
        };
        kitchens.iter().map(key)
    })
}

/// Which rows of a day, such as deliveries, a meal's card takes.
///
/// A further kitchen has what names it. The first has everything else: a place that has no meals of its own on that day cooks for it.
pub(super) struct DayRows {
    own: Option<Uuid>,
    others: BTreeSet<Uuid>,
}

impl DayRows {
    /// Those of the kitchen of a meal.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn of(app: &App, key: &MealKey) -> Result<Self, CommandError> {
        let others = match key.kitchen {
            Some(_) => BTreeSet::new(),
            None => {
                let recorded = meals_of(app, &key.campus, key.date)?;
                recorded.iter().filter_map(|meal| id_in(&meal.doc, "kitchen")).collect()
            }
        };
        Ok(Self { own: key.kitchen, others })
    }

    /// Leaves those that are its own, by the field that names a kitchen.
    pub(super) fn keep(&self, mut rows: Vec<ListedRecord>, field: &str) -> Vec<ListedRecord> {
        rows.retain(|found| {
            let named = id_in(&found.doc, field);
            if self.own.is_some() { named == self.own } else { named.is_none_or(|named| !self.others.contains(&named)) }
        });
        rows
    }
}
