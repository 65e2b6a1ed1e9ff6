//! Patrol routes: their heads, their windows, and the built-in ones.

mod adopt;
mod list;
mod save;
mod window;

use crate::command::{Command, read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read(
            "route.list",
            "Lists the patrol routes of a campus, and the built-in ones that it has not taken over.",
            list::list,
        ),
        read("route.get", "Gives a route with its points and their tags.", list::get),
        read("route.items", "Lists the items that a point may bear.", list::items),
        write("route.save", "Adds a route, or changes its head.", save::save),
        write("route.end", "Ends a route: it is walked no more, and what was due before stays as it was.", save::end),
        write(
            "route.save_window",
            "Adds a window to a route, or ends one and puts another in its place.",
            window::save,
        ),
        write("route.end_window", "Ends a window of a route.", window::end),
        write("route.adopt", "Makes built-in routes those of a campus.", adopt::adopt_routes),
    ]
}
