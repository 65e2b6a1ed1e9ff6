//! What is the person, and where they are named: in a field, as who wrote it, as who did something with it.

use causal::RecordId;
use domain::register::{Register, all, register};
use domain::sight::KindSight;
use replica::{Condition, Listing, Order, Visible};
use uuid::Uuid;

use crate::app::App;
use crate::error::CommandError;
use crate::people;

/// The kinds that are the person, and go with them.
const OF_THE_PERSON: [&str; 4] = ["person", "person_contact", "role_grant", "pin"];

/// What is kept of one kind and names a person.
pub(super) struct Named {
    /// The kind.
    pub(super) kind: &'static str,
    /// How many there are.
    pub(super) count: u64,
    /// The newest day that one of them belongs to, `YYYY-MM-DD`.
    pub(super) newest: Option<String>,
}

/// What is kept and names a person, of every kind: whoever asks has the right to erase, which tells how much there is of what.
pub(super) fn named(app: &App, person: &str) -> Result<Vec<Named>, CommandError> {
    let mut all_named = Vec::new();
    for (kind, visible) in ways(person) {
        let listing =
            Listing { kind, visible: Some(&visible), order: Order::NewestDay, limit: 1, ..Listing::default() };
        let count = app.store().count(&listing)?;
        if count > 0 {
            let newest = app.store().find(&listing)?.into_iter().next().and_then(|found| found.day);
            all_named.push(Named { kind, count, newest });
        }
    }
    Ok(all_named)
}

/// Whether there is any such thing.
pub(super) fn is_named(app: &App, person: &str) -> Result<bool, CommandError> {
    for (kind, visible) in ways(person) {
        if app.store().has(&Listing { kind, visible: Some(&visible), ..Listing::default() })? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every kind with the ways in which one of its records names a person.
fn ways(person: &str) -> Vec<(&'static str, Visible)> {
    let rows = all().iter().map(|register| (register.kind.as_str(), of_register(register, person)));
    let kinds = KindSight::all()
        .iter()
        .filter(|kind| register(&kind.kind).is_none() && !OF_THE_PERSON.contains(&kind.kind.as_str()));
    rows.chain(kinds.map(|kind| (kind.kind.as_str(), of_kind(kind, person)))).collect()
}

fn of_register(register: &Register, person: &str) -> Visible {
    let mut ways = vec![vec![Condition::Author(person.to_owned())], vec![Condition::Acted(person.to_owned())]];
    if register.people().next().is_some() {
        ways.push(vec![Condition::Names(person.to_owned())]);
    }
    Visible(ways)
}

fn of_kind(kind: &KindSight, person: &str) -> Visible {
    let mut ways = vec![vec![Condition::Author(person.to_owned())]];
    if !kind.people.is_empty() {
        ways.push(vec![Condition::Names(person.to_owned())]);
    }
    Visible(ways)
}

/// Everything that goes of a person whom nothing names any more: the name, and what they were allowed to do.
pub(crate) fn whole(app: &App, person: Uuid) -> Result<Vec<RecordId>, CommandError> {
    let grants = people::grants_of(app, &person.to_string())?;
    Ok(std::iter::once(RecordId(person)).chain(grants.into_iter().map(|grant| grant.id)).collect())
}
