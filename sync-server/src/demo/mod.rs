//! The demo campus: people, areas, routes, three weeks of walks and of the books that a school keeps, and three days of checks that
//! end today.
//!
//! A script acts it out with the commands of the app, as the people themselves would, in a store of its own; then the store is
//! synced as the office and thrown away.
//! Most visits of walks are written without their commands, in the same fields: there are two thousand of them.
//! Ids, values and randomness are the same each time; only the dates move, with today's date at the campus, and with them the
//! ids of rows of registers, which are made of a day or a moment.
//!
//! The scans of certificates are drawn; there are no other photos, so forms that want some are submitted with a reason.

mod campus;
mod cast;
mod days;
mod door;
mod error;
mod findings;
mod forms;
mod ids;
mod meals;
mod people;
mod ports;
mod registers;
mod scan;
mod stage;
#[cfg(test)]
mod tests;
mod walk;
mod walks;

use uuid::Uuid;

use crate::office::HubTransport;
use crate::service::Hub;
use crate::storage::{DeviceRow, OrganisationRow};
pub(crate) use error::DemoError;
use stage::Stage;

/// The 后勤主任 of the demo, as whom its first account acts.
pub(crate) fn head_of_logistics() -> Uuid {
    ids::id(ids::Of::Person, cast::LOGI)
}

/// Pushes the demo's records into the empty `organisation`, as `office`, a device that may write all.
///
/// The records end on the day of `now_ms`; the same ids and values each time.
pub(crate) fn fill(
    hub: &Hub,
    organisation: &OrganisationRow,
    office: &DeviceRow,
    now_ms: u64,
) -> Result<(), DemoError> {
    let mut stage = Stage::build(organisation.preset, now_ms)?;
    campus::set_up(&mut stage)?;
    people::take_on(&mut stage)?;
    registers::play(&mut stage)?;
    meals::play(&mut stage)?;
    days::play(&mut stage)?;
    door::play(&mut stage)?;
    walks::play(&mut stage)?;
    stage.hand_over(&HubTransport::acting_as(hub.clone(), office.clone()))
}
