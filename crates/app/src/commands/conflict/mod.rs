//! Conflicts in plain words, and their end.

mod list;
mod merged;
mod record;
mod resolve;

use crate::command::{self, Command};

pub(super) fn declare() -> Vec<Command> {
    vec![
        command::read(
            "conflict.list",
            "Lists what people saved differently without knowing of each other.",
            list::list,
        ),
        command::write("conflict.resolve", "Ends a conflict with one of its values, or a new one.", resolve::resolve),
    ]
}
