//! The cells of a file.

use chrono::NaiveDateTime;

use super::limits::{MOST_COLUMNS, MOST_LINES};
use super::wrong::Wrong;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Given {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number, in plain digits.
    Number(String),
    /// A date, with a time of day where there is one.
    Moment(NaiveDateTime),
    /// Yes or no.
    Yes(bool),
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its number in the file, the first being 1.
    pub(crate) number: usize,
    /// Its cells from the first column on.
    pub(crate) cells: Vec<Given>,
}

/// The lines of a file that hold anything.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// The lines.
    pub(crate) lines: Vec<Line>,
    /// Whether its cells have types: then a date is no text.
    pub(crate) is_typed: bool,
}

/// So many lines may stand above the heads and below the rows: titles, counts, notes.
const BESIDE: usize = 500;

impl Table {
    /// The same, when it is not too large.
    pub(super) fn check(mut self) -> Result<Self, Wrong> {
        self.lines.retain(|line| line.cells.iter().any(|cell| *cell != Given::Empty));
        if let Some(line) = self.lines.iter().find(|line| line.cells.len() > MOST_COLUMNS) {
            return Err(too_wide(line.number));
        }
        if self.lines.len() > MOST_LINES + BESIDE {
            return Err(too_long());
        }
        if self.lines.is_empty() {
            return Err(Wrong::of_file("文件里没有内容", "there is nothing in the file"));
        }
        Ok(self)
    }
}

pub(super) fn too_long() -> Wrong {
    Wrong::of_file(
        format!("一次最多导入 {MOST_LINES} 行，请分成几份"),
        format!("at most {MOST_LINES} lines at a time; part the file"),
    )
}

pub(super) fn too_wide(line: usize) -> Wrong {
    Wrong::of_cell(
        cell_name(line, MOST_COLUMNS),
        format!("一行最多 {MOST_COLUMNS} 列"),
        format!("a line has at most {MOST_COLUMNS} columns"),
    )
}

/// What a spreadsheet calls a cell, the first line being 1 and the first column 0: `B7`.
pub(crate) fn cell_name(line: usize, column: usize) -> String {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    format!("{}{line}", letters.iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_a_spreadsheet_calls_them() {
        let names =
            [(1, 0), (7, 1), (9, 25), (9, 26), (9, 701), (9, 702)].map(|(line, column)| cell_name(line, column));
        assert_eq!(names, ["A1", "B7", "Z9", "AA9", "ZZ9", "AAA9"]);
    }
}
