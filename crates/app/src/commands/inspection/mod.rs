//! Filling in a checklist: start, answer, undo, submit, correct.
//!
//! `seen` may be left out everywhere: then the command reads the record itself when it is called, and takes that for what the
//! person saw.
//! A form on a screen always gives the `version` it was shown with, so that nothing that arrived meanwhile is swallowed.

mod correct;
mod fill;
mod get;
mod list;
mod printed;
mod start;
mod submit;

pub(super) use list::InspectionRow;

use crate::command::Command;
use crate::command::{read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        write("inspection.start", "Starts a checklist on one subject and gives its form.", start::start),
        write("inspection.join", "Joins a joint inspection, whether or not it has arrived here.", start::join),
        read("inspection.list", "Lists inspections, newest first.", list::list),
        read("inspection.get", "Gives an inspection as a form, with score, gaps and conflicts.", get::get),
        write(
            "inspection.answer",
            "Answers one item; what is not understood is refused and changes nothing.",
            fill::answer,
        ),
        write("inspection.note", "Writes the note of one item.", fill::note),
        write("inspection.photo", "Adds a photo to one item.", fill::photo),
        write(
            "inspection.rest",
            "Fills the unanswered items of a section with 合格, red lines and measured values left out.",
            fill::rest,
        ),
        write(
            "inspection.undo",
            "Takes back the last answer that this device gave to an item or section, or a photo of an item.",
            fill::undo,
        ),
        write("inspection.printed", "Writes down that a printer was asked for one form.", printed::printed),
        write("inspection.submit", "Submits a complete form, or an incomplete one for a reason.", submit::submit),
        write(
            "inspection.correct",
            "Corrects a submitted form by a new entry; the original stays readable.",
            correct::correct,
        ),
        write("inspection.void", "Voids an inspection by a new entry; the original stays readable.", correct::void),
    ]
}
