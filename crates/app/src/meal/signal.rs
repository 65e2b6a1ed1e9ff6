//! Numbers that nobody can have measured, for the head and for who typed them.

use domain::meal::typed_alike;

use super::making::Making;
use crate::dto::meal::MealSignal;
use crate::entry::facts::author;
use crate::error::CommandError;
use crate::patrol::{SignalsShown, signals_shown};

/// The signals of a meal: the head sees all, everybody else those of what they typed.
pub(super) fn signals(making: &Making<'_>) -> Result<Vec<MealSignal>, CommandError> {
    let readings: Vec<_> = making.around.readings.iter().map(|of| of.row.clone()).collect();
    let groups = typed_alike(&readings);
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let shown = signals_shown(making.app, &making.meal.key.campus)?;
    let mut signals = Vec::new();
    for rows in groups {
        let own = making.around.readings.iter().filter(|of| rows.contains(&of.row.id));
        let mut people: Vec<&str> = own.filter_map(|of| author(&of.found.doc)).collect();
        people.sort_unstable();
        people.dedup();
        let is_shown = match &shown {
            SignalsShown::All => true,
            SignalsShown::Of(person) => people.contains(&person.as_str()),
        };
        if is_shown {
            let people = people.into_iter().map(|person| making.names.person(person)).collect();
            signals.push(MealSignal { rows: rows.into_iter().collect(), people });
        }
    }
    Ok(signals)
}
