//! A grid says in each cell what its rows say, and of an empty one whether anything was due.

use chrono::NaiveDate;
use domain::field::{Language, Speech};
use domain::register::{Register, parse, register};
use domain::sheet::{Gap, Making, Sheet, Source, SourceRow, grid_sheet, printed};
use domain::sight::Sight;
use domain::time::{DEFAULT_ZONE, UtcMillis};
use serde_json::json;

const AT: i64 = 1_788_219_000_000; // 2026-09-01 07:30 in Shanghai
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const CLASS: &str = "0199a1f0-0000-7000-8000-0000000000c3";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Towels that were boiled so long after the first of the month began.
fn towels(id: &str, after: i64) -> SourceRow {
    let document = json!({"area": CLASS, "object": "毛巾", "method": "煮沸", "started_at": AT + after});
    let document = document.as_object().cloned().expect("an object");
    SourceRow {
        id: id.to_owned(),
        day: Some(UtcMillis(AT + after).local(DEFAULT_ZONE).date()),
        place: Some(CLASS.to_owned()),
        original: Some(document.clone()),
        document,
        ..SourceRow::default()
    }
}

fn week(rows: &[SourceRow], gaps: &[Gap]) -> Sheet {
    week_of(register("disinfection_log").expect("a register"), rows, gaps)
}

fn week_of(register: &Register, rows: &[SourceRow], gaps: &[Gap]) -> Sheet {
    let (from, to) = (day("2026-08-31"), day("2026-09-06"));
    let source = Source {
        organisation: None,
        campus: None,
        place: None,
        days: Some((from, to)),
        as_of: None,
        silent: Vec::new(),
        made_by: None,
        made_at: UtcMillis(AT),
        zone: DEFAULT_ZONE,
    };
    let speech = Speech { language: Language::Zh, zone: DEFAULT_ZONE, name: &|_, _| Some("大一班".to_owned()) };
    let making = Making { register, speech, sight: &Sight::of_paper(None), source, newer: 0 };
    let days: Vec<NaiveDate> = from.iter_days().take(7).collect();
    grid_sheet(&making, rows, &days, gaps).expect("it has a grid")
}

/// The cells of a line, from the first day on.
fn cells(sheet: &Sheet, line: usize) -> Vec<String> {
    sheet.rows[line].cells.iter().skip(2).map(printed).collect()
}

#[test]
fn several_rows_of_a_cell_stand_in_the_order_of_time_and_a_disputed_one_bears_a_question_mark() {
    let disputed = SourceRow { is_contested: true, ..towels("c", DAY) };
    let sheet = week(&[towels("b", HOUR), disputed, towels("a", 0)], &[]);
    assert_eq!(cells(&sheet, 0)[1..3], ["07:30／08:30", "07:30?"]);
    assert_eq!(sheet.rows.len(), 1, "one line for what is washed in one class");
}

/// The morning check of those who cook.
fn morning() -> Register {
    let text = "kind | morning | 晨检 | Morning checks\nclass | evidence\nrights | write patrol ; see patrol ; correct patrol\n\
        day | at\nstages | filed 在册 On file\nlist | at, cook, state ; newest first\npaper | ledger ; portrait ; sign created\n\
        grid | 5: row cook ; column day ; cell state worst ; per month\n\
        at | 时间 | Time | INSTANT | !\ncook | 厨师 | Cook | CH[赵=Zhao, 钱=Qian] | !\n\
        state | 情况 | State | CH[正常=Well, 外伤=Wound, 发热=Fever] | !\n";
    parse("morning.txt", text).expect("a register")
}

#[test]
fn several_values_of_a_cell_are_joined_worst_first_where_the_declaration_knows_what_is_worse() {
    let checked = |id: &str, after: i64, state: &str| {
        let document = json!({"at": AT + after, "cook": "赵", "state": state});
        let document = document.as_object().cloned().expect("an object");
        SourceRow { id: id.to_owned(), day: Some(day("2026-09-01")), document, ..SourceRow::default() }
    };
    let rows = [checked("a", 0, "正常"), checked("b", HOUR, "发热"), checked("c", 2 * HOUR, "外伤")];
    let sheet = week_of(&morning(), &rows, &[]);
    assert_eq!(sheet.rows[0].cells.iter().map(printed).nth(2).as_deref(), Some("发热／外伤／正常"));
}

#[test]
fn a_void_row_stands_in_no_cell_and_is_counted() {
    let void = SourceRow { is_void: true, ..towels("b", DAY) };
    let sheet = week(&[towels("a", 0), void], &[]);
    assert_eq!((cells(&sheet, 0)[2].as_str(), sheet.void), ("", 1));
}

#[test]
fn a_day_that_was_due_and_not_written_is_struck_and_one_that_was_not_due_is_blank() {
    let gap = |on: &str, option: &str| Gap {
        day: day(on),
        until: None,
        place: Some(CLASS.to_owned()),
        what: option.to_owned(),
        options: vec![option.to_owned()],
        people: Vec::new(),
    };
    let sheet = week(&[towels("a", 0)], &[gap("2026-09-02", "毛巾"), gap("2026-09-02", "口杯")]);
    assert_eq!(cells(&sheet, 0)[1..4], ["07:30", "——", ""]);
    assert_eq!(sheet.rows.len(), 2, "what nobody ever wrote has its line");
}

#[test]
fn a_corrected_cell_says_what_counts_and_has_a_foot_note_at_its_day() {
    let mut corrected = towels("a", 0);
    let correction =
        json!({"field": "started_at", "value": AT + HOUR, "reason": "记错", "by": "li", "at": AT + 2 * HOUR});
    for document in [&mut corrected.document, corrected.original.as_mut().expect("it is there")] {
        document.insert("corrections/1".to_owned(), correction.clone());
    }
    let sheet = week(&[corrected], &[]);
    assert_eq!(cells(&sheet, 0)[1], "08:30");
    let note = &sheet.corrections[0];
    assert_eq!((note.row, note.column.as_str(), note.original.as_str()), (1, "2026-09-01", "2026-09-01 07:30"));
    assert_eq!(note.reason.as_deref(), Some("记错"));
}
