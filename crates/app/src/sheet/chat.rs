//! A day sheet as a text for a chat: short lines, and nothing in it that not everybody may read.

use chrono::NaiveDate;
use domain::field::Cell;
use domain::sheet::{Sheet, SheetColumn, printed};

use super::table;

/// So many rows make a text that somebody still reads in a chat.
pub(crate) const MOST_ROWS: usize = 60;
/// A line is so wide at most, where its words allow; a Chinese character takes two places.
const WIDTH: usize = 40;
/// So much of what stands in one cell is told.
const MOST_OF_A_CELL: usize = 60;

/// The text; of the columns those that stand on the page and that `is_open` names.
///
/// Of what was corrected only the number is told: a foot note may hold what stood in any column.
pub(crate) fn chat_text(sheet: &Sheet, is_open: impl Fn(&str) -> bool) -> String {
    let of = |zh: &'static str, en: &'static str| sheet.language.of(zh, en);
    let source = &sheet.source;
    let mut lines = vec![format!("【{}】", sheet.title)];
    let whose = source.place.as_deref().or(source.campus.as_deref()).unwrap_or_default();
    let days = match source.days {
        Some((from, to)) if from != to => format!("{from} {} {to}", of("至", "to")),
        Some((day, _)) => day.to_string(),
        None => String::new(),
    };
    lines.push(format!("{whose} {days}").trim().to_owned());
    let is_of_several_days = source.days.is_none_or(|(from, to)| from != to);
    let mut day = None;
    for (number, line) in (1..).zip(&sheet.rows) {
        if is_of_several_days && line.day != day {
            day = line.day;
            lines.extend(day.map(|day| day.to_string()));
        }
        let told = sheet.columns.iter().zip(&line.cells).filter(|(column, _)| column.is_main && is_open(&column.key));
        let mut pieces: Vec<String> = told.filter_map(|(column, cell)| piece(sheet, column, cell, line.day)).collect();
        pieces.push(table::marks(sheet.language, line));
        lines.extend(folded(&format!("{number}. "), pieces, of("，", ", ")));
    }
    lines.extend(sheet.gaps.iter().map(|gap| {
        let until = gap.until.map(|until| format!(" ~ {until}")).unwrap_or_default();
        format!("{} {}{until} {}", of("—— 未记录", "—— not recorded"), gap.day, gap.what)
    }));
    if sheet.rows.is_empty() && sheet.gaps.is_empty() {
        lines.push(of("这段时间没有记录", "Nothing was recorded").to_owned());
    }
    lines.push(sheet.foot());
    if !sheet.corrections.is_empty() {
        lines.push(format!("{} {}", of("更正", "Corrected:"), sheet.corrections.len()));
    }
    let as_of = source.as_of.map(|at| at.local(source.zone).format("%m-%d %H:%M").to_string());
    lines.extend(as_of.map(|at| format!("{} {at}", of("数据截至", "Data up to"))));
    let silent = source.silent(sheet.language);
    lines.extend(silent.map(|names| format!("{} {names}", of("一天以上未联系的平板", "Not heard from for a day"))));
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What stands in a cell, with its heading; none where nothing does, or the day that stands above anyway.
fn piece(sheet: &Sheet, column: &SheetColumn, cell: &Cell, day: Option<NaiveDate>) -> Option<String> {
    let text = match cell {
        Cell::Date(date) if Some(*date) == day => return None,
        Cell::Moment(at) if Some(at.date()) == day => at.format("%H:%M").to_string(),
        cell => printed(cell).split_whitespace().collect::<Vec<_>>().join(" "),
    };
    if text.is_empty() {
        return None;
    }
    let is_cut = text.chars().count() > MOST_OF_A_CELL;
    let text: String = text.chars().take(MOST_OF_A_CELL).collect();
    let rest = if is_cut { "…" } else { "" };
    Some(format!("{}{}{text}{rest}", column.label, sheet.language.of("：", ": ")))
}

/// The pieces behind each other on lines of [`WIDTH`], none of them parted; the first line begins with `head`.
fn folded(head: &str, pieces: Vec<String>, comma: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = head.to_owned();
    let mut is_begun = false;
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        if is_begun && width(&line) + width(comma) + width(&piece) > WIDTH {
            lines.push(std::mem::replace(&mut line, "   ".to_owned()));
            is_begun = false;
        }
        if is_begun {
            line += comma;
        }
        line += &piece;
        is_begun = true;
    }
    lines.push(line);
    lines
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use domain::sheet::{ColumnKind, Line};

    use super::*;
    use crate::sheet::testing::{line, sheet_of};

    fn text(cell: &str) -> Cell {
        Cell::Text(cell.to_owned())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// A sheet of these columns and rows, of the first of September.
    fn sheet(columns: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
        let mut sheet = sheet_of(Cell::Empty);
        let column = |key: &&str| SheetColumn {
            key: (*key).to_owned(),
            label: (*key).to_owned(),
            kind: ColumnKind::Text,
            is_main: *key != "备注",
            is_personal: false,
        };
        let on = |cells| Line { day: Some(day("2026-09-01")), ..line(cells) };
        sheet.columns = columns.iter().map(column).collect();
        sheet.rows = rows.into_iter().map(on).collect();
        sheet.source.days = Some((day("2026-09-01"), day("2026-09-01")));
        sheet.source.campus = Some("东校区".to_owned());
        sheet
    }

    #[test]
    fn the_day_stands_above_and_each_row_on_short_lines() {
        let at = day("2026-09-01").and_hms_opt(18, 5, 0).expect("a time");
        let cells = vec![Cell::Date(day("2026-09-01")), text("东门岗"), text("张强"), Cell::Moment(at), Cell::Empty];
        let sheet = sheet(&["日期", "岗位", "值班人", "到岗", "离岗"], vec![cells]);
        assert_eq!(
            chat_text(&sheet, |_| true),
            "【登记】\n东校区 2026-09-01\n1. 岗位：东门岗，值班人：张强\n   到岗：18:05\n共 1 行"
        );
    }

    #[test]
    fn a_column_that_is_not_open_or_not_on_the_page_is_not_told() {
        let cells = vec![text("东门岗"), text("***5678"), text("夜里有人敲门")];
        let told = chat_text(&sheet(&["岗位", "电话", "备注"], vec![cells]), |key| key != "电话");
        assert!(told.contains("东门岗") && !told.contains("5678") && !told.contains("敲门"), "{told}");
    }

    #[test]
    fn a_long_cell_is_cut_and_lines_of_a_cell_become_one() {
        let told =
            chat_text(&sheet(&["情况"], vec![vec![text(&format!("一\n二{}", "长".repeat(100)))]]), |_| true);
        assert!(told.contains("情况：一 二长") && told.contains("长…"), "{told}");
        assert_eq!(told.lines().count(), 4);
    }

    #[test]
    fn several_days_have_their_headings_and_a_day_without_anything_says_so() {
        let mut two = sheet(&["岗位"], vec![vec![text("东门岗")], vec![text("西门岗")]]);
        two.source.days = Some((day("2026-09-01"), day("2026-09-02")));
        two.rows[1].day = Some(day("2026-09-02"));
        let told = chat_text(&two, |_| true);
        assert!(told.contains("2026-09-01\n1. 岗位：东门岗\n2026-09-02\n2. 岗位：西门岗"), "{told}");
        assert!(chat_text(&sheet(&["岗位"], Vec::new()), |_| true).contains("这段时间没有记录\n共 0 行"));
    }
}
