//! The points of a route.

mod given;
mod order;
mod per_class;
mod save;

use crate::command::{Command, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        write("checkpoint.add", "Adds a point to a route.", save::add),
        write(
            "checkpoint.edit",
            "Changes a point; where it is walked in other windows, another point takes its place.",
            save::edit,
        ),
        write(
            "checkpoint.end",
            "Ends a point: it is walked no more, and what was due before stays as it was.",
            save::end,
        ),
        write(
            "checkpoint.per_class",
            "Ends a point that stands for all classes, and puts one for each of them in its place.",
            per_class::per_class,
        ),
        write("checkpoint.move", "Moves a point to another place in the walking order.", order::move_to),
    ]
}
