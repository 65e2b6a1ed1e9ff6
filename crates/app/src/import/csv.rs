//! CSV as spreadsheets write it: UTF-8, parted by commas, texts in quotes where they need it.

use super::limits::{MOST_COLUMNS, MOST_LINES};
use super::table::{Given, Line, Table, too_long, too_wide};
use super::wrong::Wrong;

/// A file has so many lines at most, empty ones among them.
const MOST: usize = MOST_LINES * 2;

/// The lines of a CSV text.
///
/// One apostrophe before a text is taken off: it stands there so that no spreadsheet takes the text for a formula.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Wrong> {
    let not_utf8 = || {
        Wrong::of_file(
            "不是 .xlsx，也不是 UTF-8 编码的 CSV，请另存为 .xlsx",
            "it is neither .xlsx nor CSV in UTF-8; save it as .xlsx",
        )
    };
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or_else(not_utf8)?;
    let mut lines = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        let at = lines.len();
        let Some(line) = lines.last_mut() else { break };
        let Some(cell) = line.last_mut() else { break };
        match c {
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            ',' if !is_quoted => {
                if line.len() > MOST_COLUMNS {
                    return Err(too_wide(at));
                }
                line.push(String::new());
            }
            '\r' | '\n' if !is_quoted => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                if lines.len() > MOST {
                    return Err(too_long());
                }
                lines.push(vec![String::new()]);
            }
            c => cell.push(c),
        }
    }
    if is_quoted {
        return Err(Wrong::of_file("引号没有成对", "a quotation mark is not closed"));
    }
    let given = |text: String| match text.trim() {
        "" => Given::Empty,
        text => Given::Text(text.strip_prefix('\'').unwrap_or(text).to_owned()),
    };
    let line =
        |(at, cells): (usize, Vec<String>)| Line { number: at + 1, cells: cells.into_iter().map(given).collect() };
    Ok(Table { lines: lines.into_iter().enumerate().map(line).collect(), is_typed: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<Given>> {
        read(bytes).expect("CSV").lines.into_iter().map(|line| line.cells).collect()
    }

    #[test]
    fn quotes_commas_and_lines_within_a_cell_are_read_as_a_spreadsheet_writes_them() {
        let text = |text: &str| Given::Text(text.to_owned());
        let read = texts("\u{feff}名称,备注\r\n\"甲,乙\",\"他说\"\"好\"\"\n走了\"\r\n'=1+1,\r\n".as_bytes());
        assert_eq!(read[0], [text("名称"), text("备注")]);
        assert_eq!(read[1], [text("甲,乙"), text("他说\"好\"\n走了")]);
        assert_eq!(read[2], [text("=1+1"), Given::Empty]);
    }

    #[test]
    fn what_is_no_text_in_utf8_is_refused() {
        for bytes in [&b"\xd6\xd0\xce\xc4,1"[..], b"a\0b", b"\"a"] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }
}
