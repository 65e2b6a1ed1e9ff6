//! Laws of papers: each row stands there once, what was due is there or is missed, and nothing hangs on the order of arrival.

use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::field::{Language, Speech};
use domain::register::{Register, register};
use domain::served::ServedMeals;
use domain::sheet::{Area, Expected, Gap, Making, Sheet, Source, SourceRow, gaps, grid_sheet, printed, register_sheet};
use domain::sight::Sight;
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use serde_json::json;

/// 2026-09-01, a Tuesday, 07:30 in Shanghai.
const AT: i64 = 1_788_219_000_000;
const HOUR: i64 = 3_600_000;
const DAYS: u64 = 14;
const CLASSES: [&str; 3] = ["c0", "c1", "c2"];
const OBJECTS: [&str; 2] = ["毛巾", "口杯"];

fn log() -> &'static Register {
    register("disinfection_log").expect("a register")
}

fn first_day() -> NaiveDate {
    UtcMillis(AT).local(DEFAULT_ZONE).date()
}

fn days() -> Vec<NaiveDate> {
    first_day().iter_days().take(DAYS as usize).collect()
}

/// Two classes have one name, and of the third this device has never heard.
fn speech() -> Speech<'static> {
    let name = &|_: &str, id: &str| (id != "c2").then(|| "大一班".to_owned());
    Speech { language: Language::Zh, zone: DEFAULT_ZONE, name }
}

fn rows() -> impl Strategy<Value = Vec<SourceRow>> {
    let one = (0..3_usize, 0..2_usize, 0..DAYS, 0..3_i64, any::<[bool; 2]>());
    prop::collection::vec(one, 0..14).prop_map(|rows| {
        let row =
            |(n, (class, object, day, hour, [is_void, is_contested])): (usize, (usize, usize, u64, i64, [bool; 2]))| {
                let at = AT + i64::try_from(day).expect("a few") * 24 * HOUR + hour * HOUR;
                let document = json!({"area": CLASSES[class], "object": OBJECTS[object], "started_at": at});
                let document = document.as_object().cloned().expect("an object");
                SourceRow {
                    id: n.to_string(),
                    day: Some(UtcMillis(at).local(DEFAULT_ZONE).date()),
                    place: Some(CLASSES[class].to_owned()),
                    original: Some(document.clone()),
                    document,
                    is_void,
                    is_contested,
                    ..SourceRow::default()
                }
            };
        rows.into_iter().enumerate().map(row).collect()
    })
}

fn missing(rows: &[SourceRow]) -> Vec<Gap> {
    let area = |id: &&str| Area { id: (*id).to_owned(), name: format!("<{id}>"), ..Area::default() };
    gaps(&Expected {
        served: &ServedMeals::default(),
        register: log(),
        rows,
        others: &[],
        from: first_day(),
        until: days()[DAYS as usize - 1],
        calendar: &Calendar::default(),
        areas: &|sort| (sort == "class").then(|| CLASSES.iter().map(area).collect()),
        place: None,
        speech: speech(),
    })
}

fn with_making<T>(make: impl FnOnce(&Making<'_>) -> T) -> T {
    let source = Source {
        organisation: None,
        campus: None,
        place: None,
        days: Some((first_day(), days()[DAYS as usize - 1])),
        as_of: None,
        silent: Vec::new(),
        made_by: None,
        made_at: UtcMillis(AT),
        zone: DEFAULT_ZONE,
    };
    make(&Making { register: log(), speech: speech(), sight: &Sight::of_paper(None), source, newer: 0 })
}

fn ledger(rows: &[SourceRow]) -> Sheet {
    with_making(|making| register_sheet(making, rows))
}

fn grid(rows: &[SourceRow]) -> Sheet {
    with_making(|making| grid_sheet(making, rows, &days(), &missing(rows))).expect("it has a grid")
}

/// What stands in the cells of the days.
fn said(sheet: &Sheet) -> Vec<String> {
    let cells = sheet.rows.iter().flat_map(|line| line.cells.iter().skip(2).map(printed));
    cells
        .flat_map(|cell| cell.split('／').map(str::to_owned).collect::<Vec<_>>())
        .filter(|said| !said.is_empty())
        .collect()
}

proptest! {
    /// Law: of each class, on each day of school, there is a row or a gap, and never both; a void row is none.
    #[test]
    fn what_was_due_is_there_or_is_missed(rows in rows()) {
        let gaps = missing(&rows);
        for day in days() {
            for class in CLASSES {
                for object in OBJECTS {
                    let is_written = rows.iter().any(|row| {
                        !row.is_void && row.day == Some(day) && row.place.as_deref() == Some(class) && row.document["object"] == object
                    });
                    let is_missed = gaps.iter().any(|gap| {
                        gap.until.is_none() && gap.day == day && gap.place.as_deref() == Some(class) && gap.options == [object]
                    });
                    let is_due = Calendar::default().is_school_day(day);
                    prop_assert_eq!(is_missed, is_due && !is_written, "{} {} {}", day, class, object);
                }
            }
        }
        let counted: Vec<SourceRow> = rows.into_iter().filter(|row| !row.is_void).collect();
        prop_assert_eq!(missing(&counted), gaps);
    }

    /// Law: a paper follows from the set of its rows, whatever order they came in.
    #[test]
    fn the_order_in_which_rows_arrive_does_not_matter(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        prop_assert_eq!(ledger(&rows), ledger(&shuffled));
        prop_assert_eq!(missing(&rows), missing(&shuffled));
        prop_assert_eq!(grid(&rows), grid(&shuffled));
    }

    /// Law: each row is one line of a ledger and stands in one cell of a grid, or it is void, left out and counted.
    #[test]
    fn each_row_stands_on_a_paper_once_or_is_counted_as_void(rows in rows()) {
        let counted = rows.iter().filter(|row| !row.is_void).count();
        let (ledger, grid) = (ledger(&rows), grid(&rows));
        prop_assert_eq!((ledger.rows.len(), ledger.void, grid.void), (counted, rows.len() - counted, rows.len() - counted));
        let mut records: Vec<&str> = ledger.rows.iter().filter_map(|line| line.record.as_deref()).collect();
        records.sort_unstable();
        records.dedup();
        prop_assert_eq!(records.len(), counted);
        let (struck, written): (Vec<String>, Vec<String>) = said(&grid).into_iter().partition(|said| said == "——");
        prop_assert_eq!(written.len(), counted, "{:?}", written);
        let due: usize = missing(&rows).iter().filter(|gap| gap.until.is_none()).map(|gap| gap.options.len()).sum();
        prop_assert_eq!(struck.len(), due);
    }
}

#[test]
fn two_places_of_one_name_have_a_line_each_in_a_grid() {
    let row = |id: &str, class: &str| {
        let document = json!({"area": class, "object": "毛巾", "started_at": AT});
        SourceRow {
            id: id.to_owned(),
            day: Some(first_day()),
            place: Some(class.to_owned()),
            document: document.as_object().cloned().expect("an object"),
            ..SourceRow::default()
        }
    };
    let sheet = with_making(|making| grid_sheet(making, &[row("a", "c0"), row("b", "c1")], &days(), &[]));
    let lines: Vec<Vec<String>> = sheet
        .expect("it has a grid")
        .rows
        .iter()
        .map(|line| line.cells.iter().take(3).map(printed).collect())
        .collect();
    assert_eq!(lines, [["大一班", "毛巾", "07:30"], ["大一班", "毛巾", "07:30"]]);
}
