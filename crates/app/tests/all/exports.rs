//! Papers as files that are made aside: theirs alone who asked, given once, and to who still gets them.

use std::io::Cursor;
use std::time::Duration;

use calamine::{Data, Reader, Xlsx};
use replica::Save;
use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::{Hand, text};

/// Longer than any test may take.
const LONG: Duration = Duration::from_secs(300);

fn wanted() -> String {
    json!({"sheet": "waste", "as": "csv", "from": "2026-09-01", "to": "2026-09-01"}).to_string()
}

fn waste(gate: &Gate, rows: usize) {
    let set = json!({
        "at": "2026-09-01 09:30", "kitchen": gate.post, "sort": "餐厨垃圾", "kg": "1", "company": "绿源环保",
        "licensed": true, "collector": "老周", "phone": "13812345678",
    });
    for _ in 0..rows {
        gate.by(&gate.cook).call("entry.save", json!({"kind": "waste", "set": set}));
    }
}

/// Begins a file and waits until it is whole.
fn begun(hand: &Hand) -> String {
    let export = hand.app().begin_sheet(&wanted()).expect("it begins");
    assert_eq!(hand.app().wait_for_sheet(&export, LONG), Ok(true));
    export
}

fn listed(hand: &Hand) -> Vec<Value> {
    hand.call("sheet.exports", json!({}))["exports"].as_array().expect("exports").clone()
}

fn disclosures(gate: &Gate) -> usize {
    let rows = gate.by(&gate.head).call("entry.list", json!({"kind": "disclosure"}))["rows"].clone();
    rows.as_array().expect("rows").len()
}

#[test]
fn a_file_aside_tells_how_many_rows_are_done_and_is_given_once() {
    let gate = Gate::new();
    waste(&gate, 3);
    let head = gate.by(&gate.head);
    let export = begun(&head);
    let one = &listed(&head)[0];
    assert_eq!(
        (&one["export"], &one["state"], &one["done"], &one["of"], &one["as"]),
        (&json!(export), &json!("ready"), &json!(3), &json!(3), &json!("csv"))
    );
    assert_eq!(
        (&one["title"], &one["title_en"], &one["problem"]),
        (&json!("废弃物处置"), &json!("Waste"), &Value::Null)
    );
    assert_eq!(disclosures(&gate), 0, "it has not left yet");
    let file = head.app().take_sheet(&export).expect("a file");
    assert!(file.rows == 3 && String::from_utf8(file.bytes).expect("text").contains("共 3 行"));
    assert_eq!((disclosures(&gate), listed(&head).len()), (1, 0), "it has left, and nothing is kept");
    assert_eq!(head.app().take_sheet(&export).expect_err("it is gone").code(), "not-found");
}

#[test]
fn what_is_refused_is_refused_at_once_and_nothing_is_begun() {
    let gate = Gate::new();
    let cook = gate.by(&gate.cook);
    assert_eq!(cook.app().begin_sheet(&wanted()).expect_err("read, and not taken out").code(), "not-allowed");
    let head = gate.by(&gate.head);
    for wrong in ["{}", r#"{"sheet":"shoes","as":"csv"}"#, r#"{"sheet":"waste","as":"csv","path":"/tmp/x"}"#] {
        assert!(head.app().begin_sheet(wrong).is_err(), "{wrong}");
    }
    assert_eq!((listed(&head).len(), listed(&cook).len()), (0, 0));
}

#[test]
fn a_file_that_is_stopped_is_gone_and_leaves_no_trace() {
    let gate = Gate::new();
    waste(&gate, 1);
    let head = gate.by(&gate.head);
    let export = begun(&head);
    assert_eq!(head.call("sheet.stop", json!({"export": export}))["exports"], json!([]));
    assert_eq!(head.app().take_sheet(&export).expect_err("it is gone").code(), "not-found");
    assert_eq!(disclosures(&gate), 0);
    let again = head.call("sheet.stop", json!({"export": export}));
    assert_eq!(again["exports"], json!([]), "one that has ended is stopped already");
}

#[test]
fn one_persons_file_is_theirs_alone_and_a_sign_out_ends_it() {
    let gate = Gate::new();
    let second = text(&gate.setup.call("person.save", json!({"name": "周校长", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": second, "role": "head", "campus": gate.campus}));
    let office = gate.tablet.office(None);
    let as_person = |person: &str| Hand(office.app().acting_as(Some(person.into())));
    let (head, other) = (as_person(&gate.head), as_person(&second));
    let export = begun(&head);
    assert_eq!((listed(&head).len(), listed(&other).len()), (1, 0));
    assert_eq!(other.app().take_sheet(&export).expect_err("not theirs").code(), "not-found");
    other.call("sheet.stop", json!({"export": export}));
    assert_eq!(listed(&head).len(), 1, "nobody stops what is not theirs");
    other.app().end_exports();
    assert_eq!(listed(&head).len(), 1);
    head.app().end_exports();
    assert_eq!(head.app().take_sheet(&export).expect_err("signed out").code(), "not-found");
}

#[test]
fn a_switch_of_persons_on_a_tablet_ends_what_was_made_for_the_one_before() {
    let gate = Gate::new();
    let shared = gate.tablet.shared();
    let switch = |person: &str| shared.call("person.switch", json!({"person": person}));
    switch(&gate.head);
    let export = begun(&shared);
    switch(&gate.cook);
    assert_eq!(listed(&shared).len(), 0);
    switch(&gate.head);
    assert_eq!(shared.app().take_sheet(&export).expect_err("it is gone").code(), "not-found");
}

#[test]
fn who_does_not_get_the_paper_any_more_does_not_get_the_file() {
    let gate = Gate::new();
    waste(&gate, 1);
    let person = text(&gate.setup.call("person.save", json!({"name": "周校长", "scope": gate.campus}))["id"]);
    let grant = |role: &str| {
        gate.setup.call("person.grant", json!({"person": person, "role": role, "campus": gate.campus}))["id"].clone()
    };
    let (as_head, as_logi) = (grant("head"), grant("logi"));
    let over = |grant: &Value| gate.setup.call("person.grant", json!({"id": grant, "valid_to": "2026-08-31"}));
    let hand = gate.by(&person);
    let masked = begun(&hand);
    let full = json!({"sheet": "waste", "as": "csv", "full": true, "purpose": "环保局检查"}).to_string();
    let full = hand.app().begin_sheet(&full).expect("it begins");
    assert_eq!(hand.app().wait_for_sheet(&full, LONG), Ok(true));
    over(&as_head);
    // What is masked for everybody is as it was; what was seen with other rights is not given.
    assert_eq!(hand.app().take_sheet(&full).expect_err("other rights").code(), "not-allowed");
    over(&as_logi);
    assert_eq!(hand.app().take_sheet(&masked).expect_err("no right").code(), "not-found");
    assert_eq!(disclosures(&gate), 0);
}

#[test]
fn a_file_that_nobody_fetches_is_gone_after_an_hour() {
    let gate = Gate::new();
    let head = gate.by(&gate.head);
    begun(&head);
    gate.tablet.wait_ms(3_599_000);
    assert_eq!(listed(&head).len(), 1);
    gate.tablet.wait_ms(1_000);
    assert_eq!(listed(&head).len(), 0);
}

/// As many rows as one that is there, in one transaction.
fn copies(gate: &Gate, id: &Value, count: usize) {
    let stored = gate.setup.call("record.get", json!({"id": id}))["value"].clone();
    let fields = stored.as_object().expect("fields");
    let set: Vec<(String, causal::Value)> =
        fields.iter().map(|(name, value)| (name.clone(), causal::Value::from_json(value))).collect();
    let scope = gate.campus.parse().ok();
    let save = || Save { kind: "waste".to_owned(), scope, set: set.clone(), ..Save::default() };
    gate.setup.app().store().save_all((0..count).map(|_| save()).collect()).expect("they are saved");
}

#[test]
fn three_thousand_rows_are_counted_as_they_are_made_and_none_is_lost_in_either_sort_of_file() {
    let gate = Gate::new();
    waste(&gate, 1);
    let id = gate.by(&gate.head).call("entry.list", json!({"kind": "waste"}))["rows"][0]["id"].clone();
    copies(&gate, &id, 2_999);
    let head = gate.by(&gate.head);
    let export = begun(&head);
    let one = &listed(&head)[0];
    assert_eq!((&one["done"], &one["of"]), (&json!(3_000), &json!(3_000)));
    let csv = String::from_utf8(head.app().take_sheet(&export).expect("a file").bytes).expect("text");
    assert_eq!(csv.lines().filter(|line| line.contains("绿源环保")).count(), 3_000);
    assert!(csv.contains("\r\n3000,") && csv.contains("共 3000 行"), "numbered through, and counted at the end");
    let wanted = json!({"sheet": "waste", "as": "xlsx", "from": "2026-09-01", "to": "2026-09-01"});
    let file = head.app().sheet_file(&wanted.to_string()).expect("a file");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).expect("a workbook");
    let range = book.worksheet_range("2026-09").expect("a sheet");
    assert_eq!(range.get_value((3_001, 0)), Some(&Data::Float(3_000.0)));
    assert_eq!(range.get_value((3_002, 0)), Some(&Data::String("共 3000 行".to_owned())));
}
