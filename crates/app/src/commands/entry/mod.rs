//! Rows of registers: what there is to fill in, rows, acts on them, corrections. No kind's name stands here.
//!
//! Who may not see a row is told what is told of one that is not there.

mod about;
mod act;
mod correct;
mod get;
mod import;
mod kinds;
mod list;
mod pick;
mod save;
mod several;
mod undo;

pub(in crate::commands) use save::save_row;
pub(in crate::commands) use several::{NewRow, save_rows};

use crate::command::Command;
use crate::command::{read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read(
            "entry.kinds",
            "Lists the registers that the person who works has to do with, the most used first.",
            kinds::kinds,
        ),
        read("entry.list", "Lists rows of a register, what waits for something first, then by day.", list::list),
        read("entry.get", "Gives a row with its acts, corrections, conflicts and what can be done with it.", get::get),
        write(
            "entry.about",
            "Gives everything about a person, or about another record that rows name, as far as it is to be seen; erases a person.",
            about::about,
        ),
        read("entry.pick", "Lists the records that a field of a row may name.", pick::pick),
        write(
            "entry.save",
            "Writes a row, or changes one that is not finished; only what differs is written.",
            save::save,
        ),
        write(
            "entry.act",
            "Does something with a row, such as signing it; what does not count is kept and told.",
            act::act,
        ),
        write(
            "entry.undo",
            "Takes back an act of one's own, on the device that wrote it, within five seconds.",
            undo::undo,
        ),
        write(
            "entry.correct",
            "Corrects a field of a finished row by a new entry; the original stays readable.",
            correct::correct,
        ),
        write("entry.void", "Voids a row by a new entry; it stays readable.", correct::void),
        write("entry.restore", "Lifts the voids of a row by a new entry.", correct::restore),
        write(
            "entry.strike",
            "Strikes an act out by a new entry; it stays readable and counts no more.",
            correct::strike,
        ),
        write(
            "entry.import",
            "Plans in the office what rows of a file would do, or carries such a plan out, whole or not at all.",
            import::import,
        ),
        write(
            "entry.import_undo",
            "Takes an import back within seven days, where nobody has written since.",
            import::undo,
        ),
        read(
            "entry.imports",
            "Lists in the office what may be imported, and which imports can be taken back.",
            import::list,
        ),
    ]
}
