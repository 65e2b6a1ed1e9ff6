//! What people have begun: kept under their names, and nowhere else.

use replica::{Draft, DraftKey, Listing, StoreError};
use serde_json::json;

use crate::support::Tablet;

fn key(person: &str, form: &str, record: Option<&str>) -> DraftKey {
    DraftKey { person: person.into(), form: form.into(), record: record.map(str::to_owned) }
}

fn draft(key: DraftKey, words: &str, at: u64) -> Draft {
    let fields = |words: &str| json!({ "words": words }).as_object().cloned().expect("an object");
    Draft { key, declared: 1, seen: Some("seen".into()), base: fields(""), set: fields(words), at }
}

fn forms_of(tablet: &Tablet, person: &str) -> Vec<String> {
    let drafts = tablet.store().drafts_of(person, 10).expect("drafts");
    drafts.into_iter().map(|draft| draft.key.form).collect()
}

#[test]
fn a_draft_stands_as_it_was_left_when_the_store_is_opened_again() {
    let mut tablet = Tablet::new();
    let begun = draft(key("a", "finding.report", None), "灯管不亮", 5);
    tablet.store().keep_draft(&begun).expect("kept");
    tablet.reopen("2");
    assert_eq!(tablet.store().draft(&begun.key).expect("read"), Some(begun.clone()));
    let later = Draft { seen: None, ..draft(begun.key.clone(), "灯管不亮，会闪", 6) };
    tablet.store().keep_draft(&later).expect("kept");
    assert_eq!(tablet.store().draft(&begun.key).expect("read"), Some(later));
}

#[test]
fn each_person_finds_their_own_drafts_and_nobody_else_s() {
    let tablet = Tablet::new();
    let store = tablet.store();
    for (person, form, record, at) in [("a", "one", None, 1), ("b", "one", None, 2), ("a", "two", Some("r"), 3)] {
        store.keep_draft(&draft(key(person, form, record), person, at)).expect("kept");
    }
    assert_eq!(forms_of(&tablet, "a"), ["two", "one"]);
    assert_eq!(forms_of(&tablet, "b"), ["one"]);
    assert_eq!(store.draft(&key("b", "two", Some("r"))).expect("read"), None);
    assert!(store.discard_draft(&key("a", "one", None)).expect("discarded"));
    assert!(!store.discard_draft(&key("a", "one", None)).expect("nothing to discard"));
    assert_eq!(forms_of(&tablet, "b"), ["one"]);
}

#[test]
fn a_draft_is_in_no_queue_no_list_and_no_search() {
    let tablet = Tablet::new();
    let store = tablet.store();
    let changes = store.subscribe();
    store.keep_draft(&draft(key("a", "finding.report", None), "灯管不亮", 5)).expect("kept");
    assert_eq!(store.queue_counts().expect("counts"), (0, 0));
    assert_eq!(store.count(&Listing { kind: "finding", ..Listing::default() }).expect("a count"), 0);
    assert!(store.search("灯管", &[], 10).expect("a search").records.is_empty());
    assert!(changes.try_recv().is_err(), "no screen asks again for it");
}

#[test]
fn drafts_of_a_person_go_by_their_age() {
    let tablet = Tablet::new();
    let store = tablet.store();
    for (person, form, at) in [("a", "old", 1), ("a", "new", 9), ("b", "old", 1)] {
        store.keep_draft(&draft(key(person, form, None), person, at)).expect("kept");
    }
    assert_eq!(store.authors_of_drafts(5).expect("authors"), ["a", "b"]);
    assert_eq!(store.discard_drafts_of("a", 5).expect("discarded"), 1);
    assert_eq!((forms_of(&tablet, "a"), forms_of(&tablet, "b")), (vec!["new".into()], vec!["old".into()]));
}

#[test]
fn a_damaged_draft_is_an_error_that_names_it() {
    let tablet = Tablet::new();
    tablet.store().keep_draft(&draft(key("a", "finding.report", None), "x", 1)).expect("kept");
    tablet.tamper(r#"UPDATE draft SET "set" = '{'"#);
    let error = tablet.store().draft(&key("a", "finding.report", None)).expect_err("it is damaged");
    assert!(matches!(&error, StoreError::Damaged(text) if text.contains("finding.report")), "{error}");
}
