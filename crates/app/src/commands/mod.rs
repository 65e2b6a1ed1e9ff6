//! The commands, one file a noun.

mod finding;
mod inspection;
mod record;
mod sync;

use crate::Command;

/// Declares every command.
pub(crate) fn declare() -> Vec<Command> {
    [record::declare(), sync::declare(), inspection::declare(), finding::declare()].into_iter().flatten().collect()
}
