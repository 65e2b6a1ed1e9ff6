//! Papers: which there are, one of them, and its file.

mod arguments;
mod file;
mod get;
mod list;

use crate::command::{Command, read};

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("sheet.list", "Lists the papers that the person who works gets, each whole or not at all.", list::list),
        read("sheet.get", "Gives a paper of some days, with what is missing and what was corrected.", get::get),
        read("sheet.file", "Writes a paper of some days into a file, on the command line.", file::write_file)
            .for_support(),
    ]
}
