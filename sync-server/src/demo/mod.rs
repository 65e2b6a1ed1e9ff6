//! The demo campus: people, areas, routes, and three days of believable records that end today.
//!
//! A script acts it out with the commands of the app, as the people themselves would, in a store of its own; then the store is
//! synced as the office and thrown away.
//! Ids, values and randomness are the same each time; only the dates move, with today's date at the campus.
//!
//! There are no photos yet, so forms that want some are submitted with a reason.

mod campus;
mod days;
mod findings;
mod forms;
mod ids;
mod people;
mod ports;
mod stage;
#[cfg(test)]
mod tests;

use replica::{StoreError, SyncError};
use thiserror::Error;
use uuid::Uuid;

use crate::office::HubTransport;
use crate::service::Hub;
use crate::storage::{DeviceRow, OrganisationRow};
use stage::Stage;

/// Why there is no demo.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(crate) enum DemoError {
    /// A command of the script was refused: the script and the app do not fit.
    #[error("{command} was refused at {moment}")]
    Refused {
        /// The command.
        command: String,
        /// The day of the script and the time of day.
        moment: String,
        /// Why.
        #[source]
        error: Box<app::CommandError>,
    },
    /// The script expects something of a form that is not so.
    #[error("the script does not fit: {0}")]
    Script(String),
    /// There is no place for the store that the script works in.
    #[error("the demo has no place to work in")]
    Folder(#[from] std::io::Error),
    /// The store that the script works in failed.
    #[error("the demo's own store failed")]
    Store(#[from] StoreError),
    /// The records did not reach the hub.
    #[error("the demo's records did not reach the hub")]
    Sync(#[from] SyncError),
}

/// The 后勤主任 of the demo, as whom its first account acts.
pub(crate) fn head_of_logistics() -> Uuid {
    ids::id(ids::Of::Person, people::LOGI)
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
    days::play(&mut stage)?;
    stage.hand_over(&HubTransport::acting_as(hub.clone(), office.clone()))
}
