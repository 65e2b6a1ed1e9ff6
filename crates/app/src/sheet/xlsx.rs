//! A sheet as a workbook: numbers as numbers, dates as dates, and everything else as text that nothing reckons with.

use chrono::Datelike;
use domain::field::Cell;
use domain::sheet::{Line, Sheet, printed};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::table;
use crate::error::CommandError;
use crate::exports::Progress;

/// A cell holds at most so many characters, as UTF-16 counts them.
const MOST_OF_A_CELL: usize = 32_767;
/// A number of more digits would be rounded.
const MOST_DIGITS: usize = 15;
/// The widest column, in characters of the standard font; longer text is broken into lines.
const WIDEST: usize = 40;
/// Above the first row stand what the sheet is, and the headings.
const FIRST_ROW: u32 = 2;
/// The name of a sheet has at most so many characters.
const MOST_OF_A_NAME: usize = 31;

/// The bytes of the file: one sheet a month, its head frozen.
///
/// # Errors
/// `internal` when the library refuses what it was given; that it was stopped.
pub(crate) fn to_xlsx(sheet: &Sheet, progress: &Progress) -> Result<Vec<u8>, CommandError> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    let months = months(sheet);
    let last = months.len() - 1;
    for (at, (name, lines)) in months.into_iter().enumerate() {
        let page = book.add_worksheet();
        page.set_name(name).map_err(refused)?;
        write_rows(page, sheet, &lines, &formats, progress)?;
        finish(page, sheet, (lines.len(), at == last), &formats).map_err(refused)?;
    }
    book.save_to_buffer().map_err(refused)
}

fn refused(error: XlsxError) -> CommandError {
    CommandError::internal(&error)
}

/// The rows with their numbers, by month; at least one sheet, of no rows where there are none.
fn months(sheet: &Sheet) -> Vec<(String, Vec<(usize, &Line)>)> {
    let mut months: Vec<(String, Vec<(usize, &Line)>)> = Vec::new();
    for (at, line) in sheet.rows.iter().enumerate() {
        let month = line.day.map(|day| format!("{:04}-{:02}", day.year(), day.month()));
        let name = month.unwrap_or_else(|| clean_name(&sheet.title));
        match months.iter_mut().find(|(known, _)| *known == name) {
            Some((_, lines)) => lines.push((at + 1, line)),
            None => months.push((name, vec![(at + 1, line)])),
        }
    }
    if months.is_empty() {
        months.push((clean_name(&sheet.title), Vec::new()));
    }
    months
}

/// The name of a sheet, without the signs that it must not have.
fn clean_name(name: &str) -> String {
    let is_kept = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let mut units = 0;
    let kept: String = name
        .chars()
        .filter(is_kept)
        .take_while(|c| {
            units += c.len_utf16();
            units <= MOST_OF_A_NAME
        })
        .collect();
    // A spreadsheet keeps this name for itself.
    if kept.trim().is_empty() || kept.eq_ignore_ascii_case("history") { "Rounds".to_owned() } else { kept }
}

/// How cells look.
struct Formats {
    top: Format,
    heading: Format,
    text: Format,
    code: Format,
    number: Format,
    date: Format,
    moment: Format,
    below: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
        Self {
            top: Format::new().set_bold(),
            heading: cell().set_bold().set_text_wrap(),
            text: cell().set_text_wrap(),
            code: cell().set_num_format("@"),
            number: cell(),
            date: cell().set_num_format("yyyy-mm-dd"),
            moment: cell().set_num_format("yyyy-mm-dd hh:mm"),
            below: Format::new(),
        }
    }
}

/// The headings and the rows, as wide as what stands in them.
fn write_rows(
    page: &mut Worksheet,
    sheet: &Sheet,
    lines: &[(usize, &Line)],
    formats: &Formats,
    progress: &Progress,
) -> Result<(), CommandError> {
    let mut widths = Vec::new();
    let mut put = |page: &mut Worksheet, at: u32, row: &table::Row, format: &Format| -> Result<(), XlsxError> {
        for (column, cell) in (0_u16..).zip(row) {
            write(page, (at, column), cell, formats, format)?;
            widen(&mut widths, column.into(), cell);
        }
        Ok(())
    };
    put(page, FIRST_ROW - 1, &table::headings(sheet), &formats.heading).map_err(refused)?;
    for (at, (number, line)) in (FIRST_ROW..).zip(lines) {
        progress.row()?;
        put(page, at, &table::row(sheet, *number, line), &formats.text).map_err(refused)?;
    }
    for (column, width) in (0..).zip(widths) {
        page.set_column_width(column, width as f64).map_err(refused)?;
    }
    Ok(())
}

/// What stands above and below the `rows`, and how the page is printed.
fn finish(
    page: &mut Worksheet,
    sheet: &Sheet,
    (rows, is_last): (usize, bool),
    formats: &Formats,
) -> Result<(), XlsxError> {
    for cell in &table::top(sheet) {
        write(page, (0, 0), cell, formats, &formats.top)?;
    }
    let below = if is_last { table::below(sheet) } else { Vec::new() };
    for (at, row) in (FIRST_ROW..).skip(rows).zip(&below) {
        for cell in row {
            write(page, (at, 0), cell, formats, &formats.below)?;
        }
    }
    page.set_freeze_panes(FIRST_ROW, 1)?.set_repeat_rows(0, FIRST_ROW - 1)?.set_paper_size(A4);
    page.set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    if sheet.is_landscape {
        page.set_landscape();
    }
    Ok(())
}

/// The number of the paper's size, in files of this sort.
const A4: u8 = 9;

/// Writes a cell by its own type; text is never looked at for what it might mean.
fn write(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
    plain: &Format,
) -> Result<(), XlsxError> {
    let text = |page: &mut Worksheet, text: &str, format: &Format| {
        page.write_string_with_format(row, column, clean(text), format).map(drop)
    };
    match cell {
        Cell::Empty => page.write_blank(row, column, plain).map(drop),
        Cell::Text(words) => text(page, words, plain),
        Cell::Code(code) => text(page, code, &formats.code),
        Cell::Number(_) => match exact(&printed(cell)) {
            Some(number) => page.write_number_with_format(row, column, number, &formats.number).map(drop),
            None => text(page, &printed(cell), &formats.code),
        },
        Cell::Date(date) if date.year() >= 1_900 => {
            page.write_datetime_with_format(row, column, date, &formats.date).map(drop)
        }
        Cell::Moment(at) if at.year() >= 1_900 => {
            page.write_datetime_with_format(row, column, at, &formats.moment).map(drop)
        }
        Cell::Date(_) | Cell::Moment(_) => text(page, &printed(cell), plain),
    }
}

/// The number, where a spreadsheet can hold it without rounding.
fn exact(text: &str) -> Option<f64> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.parse().ok().filter(|_| digits <= MOST_DIGITS)
}

/// A text without what no file of this sort can hold: signs that XML forbids, and more than a cell takes.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_legal = |c: &char| matches!(c, '\t' | '\n') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let legal: String = text.chars().filter(is_legal).collect();
    if legal.encode_utf16().count() <= MOST_OF_A_CELL {
        return legal;
    }
    let mut units = 0;
    let cut = legal.chars().take_while(|c| {
        units += c.len_utf16();
        units < MOST_OF_A_CELL
    });
    cut.chain(['…']).collect()
}

/// Remembers how wide a column must be; a Chinese character takes two places.
fn widen(widths: &mut Vec<usize>, column: usize, cell: &Cell) {
    let text = printed(cell);
    let line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let width = text.lines().map(line).max().unwrap_or(0).clamp(4, WIDEST) + 2;
    match widths.get_mut(column) {
        Some(known) => *known = width.max(*known),
        None => widths.push(width),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use proptest::prelude::*;

    use super::*;
    use crate::sheet::testing::{line, sheet_of};

    fn open(sheet: &Sheet) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(to_xlsx(sheet, &Progress::default()).expect("a file"))).expect("a workbook")
    }

    /// The cell of the one row, of a workbook that holds no formula.
    fn read(sheet: &Sheet) -> Data {
        let mut book = open(sheet);
        let name = book.sheet_names()[0].clone();
        let formulas = book.worksheet_formula(&name).expect("formulas");
        assert!(formulas.used_cells().all(|(.., formula)| formula.is_empty()), "there is a formula");
        book.worksheet_range(&name).expect("a sheet").get_value((2, 1)).expect("a cell").clone()
    }

    proptest! {
        #[test]
        fn a_cell_of_any_text_survives_as_text(text in any::<String>()) {
            let kept = clean(&text);
            match read(&sheet_of(Cell::Text(text))) {
                Data::String(read) => prop_assert_eq!(read, kept),
                Data::Empty => prop_assert_eq!("", kept),
                other => prop_assert!(false, "{:?} is no text", other),
            }
        }
    }

    #[test]
    fn what_looks_like_a_formula_a_number_or_a_link_stays_text() {
        for text in ["=1+1", "=HYPERLINK(\"http://x\")", "0012", "1e5", "https://a.example/", "{=A1}", "+86", "_x0041_"]
        {
            assert_eq!(read(&sheet_of(Cell::Text(text.to_owned()))), Data::String(text.to_owned()));
            assert_eq!(read(&sheet_of(Cell::Code(text.to_owned()))), Data::String(text.to_owned()));
        }
    }

    #[test]
    fn what_no_file_of_this_sort_can_hold_is_left_out() {
        let read = read(&sheet_of(Cell::Text("消毒\u{0}\u{8}\t30\r\n分钟\u{1f}\u{fffe}\u{ffff}".to_owned())));
        assert_eq!(read, Data::String("消毒\t30\n分钟".to_owned()));
    }

    #[test]
    fn numbers_and_dates_are_what_they_are() {
        let number = |text: &str| read(&sheet_of(Cell::Number(text.parse().expect("a number"))));
        assert_eq!(number("-18.50"), Data::Float(-18.5));
        assert_eq!(number("12345678901234567.8"), Data::String("12345678901234567.8".to_owned()));
        let day: chrono::NaiveDate = "2026-09-01".parse().expect("a day");
        let Data::DateTime(date) = read(&sheet_of(Cell::Date(day))) else { panic!("no date") };
        assert_eq!(date.as_f64(), 46_266.0);
        let Data::DateTime(moment) = read(&sheet_of(Cell::Moment(day.and_hms_opt(12, 0, 0).expect("noon")))) else {
            panic!("no moment")
        };
        assert_eq!(moment.as_f64(), 46_266.5);
        let old = "1066-10-14".parse().expect("a day");
        assert_eq!(read(&sheet_of(Cell::Date(old))), Data::String("1066-10-14".to_owned()));
    }

    #[test]
    fn a_text_that_no_cell_takes_is_cut_and_says_so() {
        let long = "长".repeat(100_000);
        let Data::String(read) = read(&sheet_of(Cell::Text(long))) else { panic!("no text") };
        assert_eq!((read.chars().count(), read.ends_with('…')), (32_767, true));
    }

    #[test]
    fn each_month_has_a_sheet_and_rows_are_numbered_through() {
        let mut sheet = sheet_of(Cell::Empty);
        let day = |text: &str| Some(text.parse().expect("a day"));
        sheet.rows = (0..3_000).map(|_| line(vec![Cell::Text("消毒".to_owned())])).collect();
        for (at, row) in sheet.rows.iter_mut().enumerate() {
            row.day = if at < 1_400 { day("2026-09-30") } else { day("2026-10-01") };
        }
        let mut book = open(&sheet);
        assert_eq!(book.sheet_names(), ["2026-09", "2026-10"]);
        let october = book.worksheet_range("2026-10").expect("a sheet");
        assert_eq!(october.get_value((2, 0)), Some(&Data::Float(1_401.0)));
        assert_eq!(october.get_value((1_602, 0)), Some(&Data::String("共 3000 行".to_owned())));
    }

    #[test]
    fn a_paper_without_rows_is_a_sheet_with_its_head() {
        let mut sheet = sheet_of(Cell::Empty);
        sheet.rows.clear();
        sheet.title = "a/b[c]:*?'".to_owned();
        let mut book = open(&sheet);
        assert_eq!(book.sheet_names(), ["abc"]);
        let range = book.worksheet_range("abc").expect("a sheet");
        assert_eq!(range.get_value((1, 1)), Some(&Data::String("内容".to_owned())));
        assert_eq!(range.get_value((2, 0)), Some(&Data::String("共 0 行".to_owned())));
    }
}
