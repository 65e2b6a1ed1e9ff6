//! The kitchen's people on a card, for who sees their checks: how each stands, and what waits for a decision.

use domain::meal::{CheckState, MorningCheck, Session, Who, check_states};
use domain::permission::Permission;
use uuid::Uuid;

use super::certificates::{certificates, standing};
use super::making::Making;
use super::reading::Of;
use crate::dto::meal::MealPerson;
use crate::entry::facts::author;
use crate::error::CommandError;

/// Everybody who is expected, and whoever was checked besides, in each session before the meal.
pub(super) fn staff(making: &Making<'_>) -> Result<Vec<MealPerson>, CommandError> {
    let ends = certificates(making)?;
    let rows = making.rows();
    let mut people = Vec::new();
    for session in &making.around.sessions {
        let (date, max_c) = (making.meal.key.date, making.limits.body_max_c);
        for (who, state) in check_states(&making.around.kitchen, date, *session, rows.checks, rows.returns, max_c) {
            let certificate = match (&who, &ends) {
                (Who::Person(person), Some(ends)) => Some(standing(making, ends.get(person).copied())),
                _ => None,
            };
            let waits = if state == CheckState::Unconfirmed { waits(making, &who, *session) } else { Vec::new() };
            people.push(MealPerson { certificate, waits, ..person(making, &who, *session, state) });
        }
    }
    Ok(people)
}

/// The checks of somebody that wait for the decision of who works: those that another person has written, if they may decide.
fn waits(making: &Making<'_>, who: &Who, session: Session) -> Vec<Uuid> {
    if !making.viewer.sight.may(Permission::DecideMorningCheck) {
        return Vec::new();
    }
    let by = making.app.by();
    let is_own = |of: &&Of<MorningCheck>| {
        let row = &of.row;
        row.who == *who && row.session == session && row.date == making.meal.key.date && !row.is_void
    };
    let is_open = |of: &&Of<MorningCheck>| of.row.decision.is_none() && author(&of.found.doc) != by.as_deref();
    making.around.checks.iter().filter(is_own).filter(is_open).map(|of| of.row.id).collect()
}

fn person(making: &Making<'_>, who: &Who, session: Session, state: CheckState) -> MealPerson {
    let state = match state {
        CheckState::Out => "out",
        CheckState::Missing => "missing",
        CheckState::Unmeasured => "unmeasured",
        CheckState::ToMend => "to_mend",
        CheckState::Unconfirmed => "unconfirmed",
        CheckState::Works => "works",
        CheckState::Away => "away",
    };
    let (person, helper) = match who {
        Who::Person(id) => (Some(making.names.person(&id.to_string())), None),
        Who::Helper(name) => (None, Some(name.clone())),
    };
    MealPerson { person, helper, session: session.word(), state, certificate: None, waits: Vec::new() }
}
