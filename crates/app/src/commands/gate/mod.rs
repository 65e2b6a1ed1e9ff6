//! The gate: who is inside, for the page that is printed when everybody must get out.
//!
//! Rows, such as visits, vehicles and pupils' exits, are written by `entry.*`.

mod inside;

use crate::command::{Command, read};

pub(super) fn declare() -> Vec<Command> {
    vec![read(
        "gate.inside",
        "Gives who is inside: children by class, visitors, vehicles, staff on duty, and how old that is; it writes nothing.",
        inside::inside,
    )]
}
