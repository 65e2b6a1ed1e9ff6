//! Cuts a declaration into lines and columns.

use super::super::error::Wrong;

/// A line with something in it.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// Its number, from 1.
    pub(crate) number: usize,
    /// Its columns, trimmed; one at least.
    pub(crate) cells: Vec<&'a str>,
}

/// More lines, or a longer line, is no declaration that anybody wrote.
const MOST_LINES: usize = 500;
const LONGEST_LINE: usize = 2_000;

/// The lines of a text, without comments.
pub(crate) fn cut(text: &str) -> Result<Vec<Line<'_>>, (usize, Wrong)> {
    let mut lines = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        if index >= MOST_LINES || raw.len() > LONGEST_LINE {
            let wrong = Wrong::new("the line is too long or one too many", "write 500 lines of 2,000 bytes at most");
            return Err((index + 1, wrong));
        }
        let content = without_comment(raw).trim();
        if !content.is_empty() {
            lines.push(Line { number: index + 1, cells: columns(content) });
        }
    }
    Ok(lines)
}

/// The text before a `#` that begins a word.
fn without_comment(raw: &str) -> &str {
    let mut before = ' ';
    for (at, c) in raw.char_indices() {
        if c == '#' && before.is_whitespace() {
            return &raw[..at];
        }
        before = c;
    }
    raw
}

/// The columns between bars that stand by themselves; a bar inside a word, as in `a|b`, is an or.
fn columns(content: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let (mut start, mut before) = (0, ' ');
    for (at, c) in content.char_indices() {
        let next = content[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        if c == '|' && before.is_whitespace() && next.is_whitespace() {
            cells.push(content[start..at].trim());
            start = at + 1;
        }
        before = c;
    }
    cells.push(content[start..].trim());
    cells
}

/// Whether a text can be the stored name of something.
pub(super) fn is_name(text: &str) -> bool {
    let first = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    first && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A span of time such as `30m`, `26h` or `2d`, in milliseconds.
pub(super) fn span(text: &str) -> Option<i64> {
    let unit = match text.chars().last()? {
        'm' => 60_000,
        'h' => 3_600_000,
        'd' => 86_400_000,
        _ => return None,
    };
    let count: i64 = text[..text.len() - 1].parse().ok()?;
    (1..=100_000).contains(&count).then(|| count * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_part_at_bars_that_stand_alone_and_comments_end_a_line() {
        let lines = cut(
            "# all of it\nqty | 数量 | Pieces | COUNT | ! when object is 餐具|毛巾 # why\n\nok | 好 | Ok | YES |\n",
        );
        let lines = lines.expect("lines");
        assert_eq!(lines[0].cells, ["qty", "数量", "Pieces", "COUNT", "! when object is 餐具|毛巾"]);
        assert_eq!((lines[0].number, lines[1].number), (2, 4));
        assert_eq!(lines[1].cells, ["ok", "好", "Ok", "YES", ""]);
    }

    #[test]
    fn spans_are_minutes_hours_and_days() {
        assert_eq!([span("30m"), span("26h"), span("2d")], [Some(1_800_000), Some(93_600_000), Some(172_800_000)]);
        for wrong in ["", "h", "-1h", "1.5h", "2w", "0d", "9999999d"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
