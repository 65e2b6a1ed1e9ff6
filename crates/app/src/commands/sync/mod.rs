//! The exchange with the server: what waits, how it goes, and how it begins.

mod badge;
mod enrol;
mod queue;
mod status;

use crate::app::App;
use crate::command::{Audience, Command, device, read, write};
use crate::dto::nothing::Nothing;
use crate::error::CommandError;

pub(crate) use status::{SyncStatus, status};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("sync.status", "Tells what was sent and received, and what waits, without the network.", status),
        read("sync.queue", "Lists what waits to be sent, oldest first.", queue::queue),
        device("sync.retry", "Gives every rejected record another try with the next exchange.", queue::retry),
        Command {
            audience: Audience::Tablet,
            ..write("sync.discard", "Takes back a change of one's own that the server has refused.", queue::discard)
        },
        device("sync.now", "Starts an exchange with the server at once, and does not wait for it.", now),
        device("sync.enrol", "Enrols this device with a server by a code.", enrol::enrol),
    ]
}

fn now(app: &App, _: Nothing) -> Result<SyncStatus, CommandError> {
    app.wake();
    status(app, Nothing {})
}
