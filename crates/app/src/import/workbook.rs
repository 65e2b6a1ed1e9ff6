//! A workbook (.xlsx), cell by cell: what a formula worked out is not taken, nor what stands in merged cells.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader, SheetType, Xlsx};
use chrono::{NaiveDate, NaiveDateTime};

use super::limits::{MOST_COLUMNS, MOST_LINES};
use super::table::{Given, Line, Table, cell_name, too_long, too_wide};
use super::unpacked;
use super::wrong::Wrong;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Lines beyond this are not looked at.
const LAST_LINE: usize = MOST_LINES * 2;

/// The cells of the one sheet that holds anything.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Wrong> {
    let parts = unpacked::parts(bytes)?;
    let is_there = |name: &str| parts.iter().any(|part| part.to_ascii_lowercase().ends_with(name));
    if is_there("vbaproject.bin") {
        return Err(Wrong::of_file(
            "带宏的工作簿不能导入，请另存为 .xlsx",
            "workbooks with macros are not taken; save it as .xlsx",
        ));
    }
    if !is_there("xl/workbook.xml") {
        return Err(Wrong::of_file("这不是 .xlsx 工作簿", "this is no .xlsx workbook"));
    }
    // A reader of other people's files may stumble over one; then it is one that cannot be read.
    catch_unwind(AssertUnwindSafe(|| cells(bytes))).unwrap_or_else(|_| Err(damaged()))
}

fn damaged() -> Wrong {
    Wrong::of_file("文件已损坏，读不出来", "the file is damaged and cannot be read")
}

fn cells(bytes: &[u8]) -> Result<Table, Wrong> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut found: Option<(String, Vec<Line>)> = None;
    for name in sheets {
        let lines = of_sheet(&mut book, &name)?;
        match &found {
            Some((first, _)) if !lines.is_empty() => {
                return Err(Wrong::of_file(
                    format!("「{first}」和「{name}」两张工作表都有内容，请只留一张"),
                    format!("the sheets {first} and {name} both hold something; leave one"),
                ));
            }
            None if !lines.is_empty() => found = Some((name, lines)),
            _ => {}
        }
    }
    let Some((name, lines)) = found else {
        return Ok(Table { lines: Vec::new(), is_typed: true });
    };
    let merged = book.merge_cells_by_sheet_name(&name).map_err(|_| damaged())?;
    if let Some(merged) = merged.first() {
        let Dimensions { start, end } = merged;
        let corner = |(line, column): (u32, u32)| cell_name(line as usize + 1, column as usize);
        return Err(Wrong::of_cell(
            format!("{}:{}", corner(*start), corner(*end)),
            "合并的单元格不能导入，请取消合并",
            "merged cells are not taken; part them",
        ));
    }
    Ok(Table { lines, is_typed: true })
}

fn of_sheet(book: &mut Book<'_>, name: &str) -> Result<Vec<Line>, Wrong> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
    let mut lines: Vec<Line> = Vec::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| damaged())? {
        let (line, column) = (cell.pos.0 as usize + 1, cell.pos.1 as usize);
        if cell.formula.is_some() {
            return Err(Wrong::of_cell(
                cell_name(line, column),
                "单元格里是公式，请粘贴为数值",
                "the cell holds a formula; paste it as values",
            ));
        }
        let given = given(&cell.value).map_err(|(zh, en)| Wrong::of_cell(cell_name(line, column), zh, en))?;
        if given == Given::Empty {
            continue;
        }
        if line > LAST_LINE {
            return Err(too_long());
        }
        if column >= MOST_COLUMNS {
            return Err(too_wide(line));
        }
        if lines.last().is_none_or(|last| last.number < line) {
            lines.push(Line { number: line, cells: Vec::new() });
        }
        // A file may give its lines in any order; such a one was not written by a spreadsheet.
        let Some(last) = lines.last_mut().filter(|last| last.number == line) else { return Err(damaged()) };
        if last.cells.len() <= column {
            last.cells.resize(column + 1, Given::Empty);
        }
        last.cells[column] = given;
    }
    Ok(lines)
}

fn given(value: &DataRef<'_>) -> Result<Given, (&'static str, &'static str)> {
    Ok(match value {
        DataRef::Empty => Given::Empty,
        DataRef::Int(number) => Given::Number(number.to_string()),
        DataRef::Float(number) => Given::Number(plain(*number)),
        DataRef::String(text) => self::text(text),
        DataRef::SharedString(text) => self::text(text),
        DataRef::Bool(is_so) => Given::Yes(*is_so),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            Given::Moment(moment(year, [month, day, hour, minute, second]).ok_or(NO_DATE)?)
        }
        DataRef::DateTime(_) | DataRef::DurationIso(_) => return Err(("时长不能导入", "spans of time are not taken")),
        DataRef::DateTimeIso(text) => Given::Moment(iso(text).ok_or(NO_DATE)?),
        DataRef::Error(_) => return Err(("单元格里是错误值", "the cell holds an error")),
    })
}

const NO_DATE: (&str, &str) = ("不是能认出的日期", "this is no date");

fn text(text: &str) -> Given {
    let text = text.trim();
    if text.is_empty() { Given::Empty } else { Given::Text(text.to_owned()) }
}

/// A number in plain digits; a whole one has no fraction.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

fn moment(year: u16, [month, day, hour, minute, second]: [u8; 5]) -> Option<NaiveDateTime> {
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
    date.and_hms_opt(hour.into(), minute.into(), second.into())
}

fn iso(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim_end_matches('Z');
    let whole = text.parse::<NaiveDateTime>().ok();
    whole.or_else(|| text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0))
}
