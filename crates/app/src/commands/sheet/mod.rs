//! Papers: which there are, one of them, its file, its signatures, and comparing a page by its code.

mod arguments;
mod check;
mod export;
mod file;
mod get;
mod list;
mod printed;
mod sign;
mod text;

use crate::command::{Command, own, read, write};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("sheet.list", "Lists the papers that the person who works gets, each whole or not at all.", list::list),
        read("sheet.get", "Gives a paper of some days, with what is missing and what was corrected.", get::get),
        write("sheet.file", "Writes a paper of some days into a file, on the command line.", file::write_file)
            .for_support(),
        own("sheet.exports", "Lists the files that are being made for the person who works.", export::list),
        own("sheet.stop", "Stops a file that is being made, or forgets one that waits to be fetched.", export::stop),
        write(
            "sheet.text",
            "Gives the paper of a day as a text for a chat, and writes down that it leaves.",
            text::text,
        ),
        write("sheet.printed", "Writes down that a printer was asked for a paper of some days.", printed::paper),
        write("sheet.list_printed", "Writes down that a printer was asked for the list of a register.", printed::list),
        write("sheet.sign", "Signs a paper of some days as it stands; the page is kept as it was signed.", sign::sign),
        read(
            "paper.check",
            "Tells what this device holds of a printed page by its code; what it does not hold is unknown, never forged.",
            check::check,
        ),
    ]
}
