//! The exchange with the server: what waits, how it goes, and how it begins.

mod badge;
mod enrol;
mod queue;
mod status;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::{device, read};
use crate::{App, Command, CommandError};

pub(crate) use status::{SyncStatus, status};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("sync.status", "Tells what was sent and received, and what waits, without the network.", status),
        read("sync.queue", "Lists what waits to be sent, oldest first.", queue::queue),
        device("sync.retry", "Gives every rejected record another try with the next exchange.", queue::retry),
        device("sync.now", "Starts an exchange with the server at once, and does not wait for it.", now),
        device("sync.enrol", "Enrols this device with a server by a code.", enrol::enrol),
    ]
}

/// No arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

fn now(app: &App, _: Nothing) -> Result<SyncStatus, CommandError> {
    app.wake();
    status(app, Nothing {})
}
