//! People: who there is, what they may do, and who stands in front of this device.

mod list;
mod pin;
mod save;
mod switch;

use crate::Command;
use crate::command::command;

pub(super) fn declare() -> Vec<Command> {
    vec![
        command("person.list", "Lists people with the roles that they have on a campus today.", list::list),
        command("person.save", "Adds a person, or changes one.", save::save),
        command("person.grant", "Gives a person a role on a campus, or changes how long it lasts.", save::grant),
        command("person.current", "Tells who works on this device, and what they may do.", switch::current),
        command("person.switch", "Switches this device to another person, or to nobody.", switch::switch),
        command("pin.set", "Sets a person's PIN.", pin::set),
        command("pin.check", "Tells whether a PIN is right; wrong tries make the next ones wait.", pin::check),
    ]
}
