//! The commands, one file a noun.

mod area;
mod asset;
mod campus;
mod checkpoint;
mod clock;
mod conflict;
mod door;
mod draft;
mod entry;
mod finding;
mod gate;
mod handover;
mod inspection;
mod meal;
mod menu;
mod patrol;
mod person;
mod record;
mod route;
mod search;
mod setting;
mod sheet;
pub(crate) mod sync;
mod tag;
mod template;
mod today;

use crate::command::Command;

/// Declares every command.
pub(crate) fn declare() -> Vec<Command> {
    [
        record::declare(),
        door::declare(),
        clock::declare(),
        sync::declare(),
        today::declare(),
        inspection::declare(),
        finding::declare(),
        entry::declare(),
        sheet::declare(),
        conflict::declare(),
        search::declare(),
        patrol::declare(),
        meal::declare(),
        menu::declare(),
        handover::declare(),
        gate::declare(),
        person::declare(),
        campus::declare(),
        area::declare(),
        asset::declare(),
        route::declare(),
        checkpoint::declare(),
        tag::declare(),
        template::declare(),
        setting::declare(),
        draft::declare(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
