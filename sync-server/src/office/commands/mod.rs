//! The commands that the office's door has of its own, declared in the form of the app's.

mod account;
mod command;
mod device;
mod door;
mod history;
mod sign_in;

use std::sync::LazyLock;

pub use command::OfficeCommand;

static COMMANDS: LazyLock<Vec<OfficeCommand>> = LazyLock::new(|| {
    [door::declare(), sign_in::declare(), account::declare(), device::declare(), history::declare()]
        .into_iter()
        .flatten()
        .collect()
});

/// Every command of the office's door, those that it takes the place of included.
pub fn all() -> &'static [OfficeCommand] {
    &COMMANDS
}

/// The command called `name`.
pub(super) fn find(name: &str) -> Option<&'static OfficeCommand> {
    all().iter().find(|command| command.name == name)
}
