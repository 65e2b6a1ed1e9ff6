//! A sheet as CSV: RFC 4180, with a byte order mark so that a spreadsheet takes it for UTF-8.

use domain::field::Cell;
use domain::sheet::{Sheet, printed};
use domain::text::fold;

use super::table::{self, Row};
use crate::error::CommandError;
use crate::exports::Progress;

/// The text of the file.
///
/// # Errors
/// That it was stopped.
pub(crate) fn to_csv(sheet: &Sheet, progress: &Progress) -> Result<String, CommandError> {
    let mut text = String::from("\u{feff}");
    line(&mut text, &table::top(sheet));
    line(&mut text, &table::headings(sheet));
    for (number, row) in (1..).zip(&sheet.rows) {
        progress.row()?;
        line(&mut text, &table::row(sheet, number, row));
    }
    table::below(sheet).iter().for_each(|row| line(&mut text, row));
    Ok(text)
}

/// The text of a file of lines that are texts alone.
pub(crate) fn csv_of(lines: &[Vec<String>]) -> String {
    let mut text = String::from("\u{feff}");
    lines.iter().for_each(|cells| line(&mut text, &cells.iter().cloned().map(Cell::Text).collect()));
    text
}

fn line(text: &mut String, row: &Row) {
    for (at, cell) in row.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&quoted(&guarded(cell)));
    }
    text.push_str("\r\n");
}

/// What a spreadsheet would take for a formula gets an apostrophe in front; numbers are what they are.
fn guarded(cell: &Cell) -> String {
    let text = printed(cell);
    if matches!(cell, Cell::Number(_) | Cell::Empty) || !is_like_a_formula(&text) {
        return text;
    }
    format!("'{text}")
}

/// Whether a text begins, after blanks and in whatever width it is written, with a sign that makes a spreadsheet reckon.
fn is_like_a_formula(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r'];
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let blanks = &text[..text.len() - rest.len()];
    blanks.contains(['\t', '\r']) || fold(rest).starts_with(signs)
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sheet::testing::sheet_of;

    fn csv(sheet: &Sheet) -> String {
        to_csv(sheet, &Progress::default()).expect("nobody stops it")
    }

    /// The records of a CSV text.
    fn parse(text: &str) -> Vec<Vec<String>> {
        let mut records = vec![vec![String::new()]];
        let mut is_quoted = false;
        let mut chars = text.strip_prefix('\u{feff}').expect("a mark").chars().peekable();
        while let Some(c) = chars.next() {
            let record = records.last_mut().expect("a record");
            let cell = record.last_mut().expect("a cell");
            match (c, is_quoted) {
                ('"', true) if chars.peek() == Some(&'"') => cell.push(chars.next().expect("a quote")),
                ('"', _) => is_quoted = !is_quoted,
                (',', false) => record.push(String::new()),
                ('\r', false) if chars.next_if_eq(&'\n').is_some() => records.push(vec![String::new()]),
                (c, _) => cell.push(c),
            }
        }
        assert_eq!(records.pop(), Some(vec![String::new()]), "the last line ends");
        records
    }

    proptest! {
        #[test]
        fn a_cell_of_any_text_survives(text in any::<String>()) {
            let records = parse(&csv(&sheet_of(Cell::Text(text.clone()))));
            let read = &records[2][1];
            let begins = text.trim_start().chars().next();
            prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r']), "{read:?}");
            prop_assert!(*read == text || *read == format!("'{text}"), "{read:?} of {text:?} that begins with {begins:?}");
        }
    }

    #[test]
    fn what_looks_like_a_formula_gets_an_apostrophe_and_a_number_does_not() {
        for text in ["=1+1", " =1", "\u{ff1d}1", "@SUM(A1)", "-2+3", "＋1", "\tx", "\rx", "\u{3000}=1"] {
            let records = parse(&csv(&sheet_of(Cell::Text(text.to_owned()))));
            assert_eq!(records[2][1], format!("'{text}"));
        }
        let records = parse(&csv(&sheet_of(Cell::Number("-18.5".parse().expect("a number")))));
        assert_eq!(records[2][1], "-18.5");
        let records = parse(&csv(&sheet_of(Cell::Text("正常".to_owned()))));
        assert_eq!((records[1][1].as_str(), records[2][1].as_str()), ("内容", "正常"));
    }
}
