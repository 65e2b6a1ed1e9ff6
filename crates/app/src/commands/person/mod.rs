//! People: who there is, what they may do, and who stands in front of this device.

mod add;
mod asked;
mod get;
mod list;
mod pin;
mod save;
mod switch;
mod vouch;

use crate::command::Command;
use crate::command::{device, read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("person.list", "Lists people with the roles that they have on a campus today.", list::list),
        read("person.get", "Gives a person with every role that was given, for how long, and where.", get::get),
        write("person.add", "Adds a person with roles and a starting PIN, all or nothing.", add::add),
        write("person.save", "Adds a person, or changes one.", save::save),
        write("person.grant", "Gives a person a role on a campus, or changes how long it lasts.", save::grant),
        read("person.current", "Tells who works on this device, and what they may do.", switch::current),
        device("person.switch", "Switches this device to another person, or to nobody.", switch::switch),
        write("pin.set", "Sets a person's PIN.", pin::set),
        write(
            "pin.reset",
            "Gives a person a starting PIN; at the first use the person sets one of their own.",
            pin::reset,
        ),
        device(
            "person.vouch",
            "Takes the PIN of a second signer for one act on one row, without a switch; it holds for two minutes and once.",
            vouch::vouch,
        )
        .for_people(),
        device("pin.check", "Tells whether a PIN is right; wrong tries make the next ones wait.", pin::check),
    ]
}
