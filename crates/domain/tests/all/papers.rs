//! Laws of signed papers: what is kept reads back, and what came later stands at the end with its foot notes.

use chrono::NaiveDate;
use domain::field::{Cell, Language};
use domain::paper::{Basis, Signatory, Signing, Since, content, put_after_signing, said};
use domain::sheet::{ColumnKind, Footnote, Line, Sheet, SheetColumn, SheetShape, Source};
use domain::time::{DEFAULT_ZONE, UtcMillis};
use proptest::prelude::*;
use uuid::Uuid;

fn line(record: Option<&str>, cells: &[&str]) -> Line {
    Line {
        record: record.map(str::to_owned),
        day: None,
        cells: cells.iter().map(|cell| Cell::Text((*cell).to_owned())).collect(),
        is_late: false,
        is_contested: false,
        times: None,
        is_after_signing: false,
    }
}

fn sheet(keys: &[&str], rows: Vec<Line>) -> Sheet {
    let column = |key: &&str| SheetColumn {
        key: (*key).to_owned(),
        label: (*key).to_owned(),
        kind: ColumnKind::Text,
        is_main: true,
        is_personal: false,
    };
    Sheet {
        code: "waste".to_owned(),
        title: "废弃物处置".to_owned(),
        shape: SheetShape::Ledger,
        is_landscape: false,
        language: Language::Zh,
        columns: keys.iter().map(column).collect(),
        rows,
        gaps: Vec::new(),
        gaps_until: None,
        corrections: Vec::new(),
        void: 0,
        newer: 0,
        signatures: Vec::new(),
        facts: Vec::new(),
        source: Source {
            organisation: None,
            campus: None,
            place: None,
            days: NaiveDate::from_ymd_opt(2026, 9, 1).map(|day| (day, day)),
            as_of: None,
            silent: Vec::new(),
            made_by: None,
            made_at: UtcMillis(0),
            zone: DEFAULT_ZONE,
        },
    }
}

fn basis(sheet: &Sheet) -> Basis {
    let signatures = [Signatory {
        by: "wang".to_owned(),
        name: "王校长".to_owned(),
        role: "check".to_owned(),
        at: 1,
        how: "pin".to_owned(),
        strokes: "0".repeat(64),
    }];
    let signing = Signing {
        paper: Uuid::nil(),
        revision: Uuid::nil(),
        n: 1,
        signatures: &signatures,
        made_by: None,
        made_at: UtcMillis(7),
    };
    Basis::read(content(sheet, &signing).as_bytes()).expect("what was written reads back")
}

#[test]
fn what_a_page_says_does_not_depend_on_who_makes_it_and_when() {
    let page = sheet(&["kg"], vec![line(Some("a"), &["35"])]);
    let mut later = page.clone();
    later.source.made_at = UtcMillis(99);
    later.source.made_by = Some("李".to_owned());
    later.source.as_of = Some(UtcMillis(5));
    later.source.silent = vec!["平板 2".to_owned()];
    assert_eq!(said(&page), said(&later));
    later.rows[0].cells[0] = Cell::Text("36".to_owned());
    assert_ne!(said(&page), said(&later));
}

#[test]
fn the_row_of_a_grid_is_found_again_by_what_does_not_stand_under_a_day() {
    let keys = ["place", "object", "2026-09-01"];
    let signed =
        basis(&sheet(&keys, vec![line(None, &["大一班", "毛巾", "09:00"]), line(None, &["大一班", "口杯", ""])]));
    let now = vec![line(None, &["大一班", "毛巾", "09:00／15:00"]), line(None, &["大二班", "口杯", ""])];
    assert_eq!(signed.since(&sheet(&keys, now)), Since { rows: 1, corrected: 1, void: 1 });
}

#[test]
fn a_content_that_is_not_written_as_it_was_signed_is_none() {
    let page = sheet(&["kg"], vec![line(Some("a"), &["35"])]);
    let signing = Signing {
        paper: Uuid::nil(),
        revision: Uuid::nil(),
        n: 1,
        signatures: &[],
        made_by: None,
        made_at: UtcMillis(7),
    };
    let text = content(&page, &signing);
    assert!(Basis::read(text.as_bytes()).is_some());
    for other in
        [text.replace("\"v\":1", "\"v\":2"), format!(" {text}"), text.replace("[[\"35\"]]", "[[35]]"), String::new()]
    {
        assert_eq!(Basis::read(other.as_bytes()), None, "{other}");
    }
}

proptest! {
    #[test]
    fn rows_that_came_later_stand_at_the_end_in_their_order_and_keep_their_foot_notes(is_late in prop::collection::vec(any::<bool>(), 0..12)) {
        let names: Vec<String> = (0..is_late.len()).map(|at| at.to_string()).collect();
        let rows = names.iter().map(|name| line(Some(name), &[name])).collect();
        let signed = names.iter().zip(&is_late).filter(|(_, late)| !**late).map(|(name, _)| line(Some(name), &[name])).collect();
        let mut page = sheet(&["kg"], rows);
        page.corrections = names.iter().enumerate().map(|(at, name)| Footnote {
            row: at + 1,
            column: "kg".to_owned(),
            original: name.clone(),
            value: name.clone(),
            reason: None,
            by: None,
            at: String::new(),
            is_contested: false,
        }).collect();
        put_after_signing(&mut page, &basis(&sheet(&["kg"], signed)));
        let order: Vec<(bool, usize)> = page.rows.iter().map(|row| {
            (row.is_after_signing, row.record.as_deref().expect("a record").parse().expect("a number"))
        }).collect();
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(&order, &sorted);
        prop_assert_eq!(order.len(), is_late.len());
        for note in &page.corrections {
            prop_assert_eq!(page.rows[note.row - 1].record.as_deref(), Some(note.original.as_str()));
        }
        let lines: Vec<usize> = page.corrections.iter().map(|note| note.row).collect();
        prop_assert!(lines.is_sorted());
    }

    #[test]
    fn any_bytes_are_a_content_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Basis::read(&bytes);
    }
}
