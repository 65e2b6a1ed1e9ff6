//! Saves that the server would never take are refused on the spot, and change nothing.

use causal::{Record, Seen};
use replica::{Save, Saved, StoreError};
use wire::LimitExceeded;

use crate::support::{NOTE, Page, Peer, Script, Tablet, blank, id, text};

fn try_save(tablet: &Tablet, set: Vec<(String, causal::Value)>) -> Result<Saved, StoreError> {
    tablet.store().save(Save { id: Some(id(1)), kind: "inspection".into(), set, ..Save::default() })
}

fn fields(numbers: std::ops::Range<usize>, value: &str) -> Vec<(String, causal::Value)> {
    numbers.map(|number| (format!("answers/{number}/note"), text(value))).collect()
}

/// The save is refused for this limit, and nothing has changed.
#[track_caller]
fn check_refused(tablet: &Tablet, set: Vec<(String, causal::Value)>, expected: LimitExceeded) {
    let before = tablet.store().get(id(1)).expect("the store reads").map(|reading| reading.record);
    let (identity, queue) = (tablet.identity(), tablet.queue());
    match try_save(tablet, set) {
        Err(StoreError::Limit(limit)) => assert_eq!(limit, expected),
        other => panic!("{expected}: {other:?}"),
    }
    let after = tablet.store().get(id(1)).expect("the store reads").map(|reading| reading.record);
    assert_eq!((after, tablet.identity(), tablet.queue()), (before, identity, queue));
}

#[test]
fn a_value_above_64_kib_is_refused_and_changes_nothing() {
    let tablet = Tablet::enrolled();
    // Two of the bytes are the quotes.
    let value = |bytes: usize| vec![(NOTE.to_owned(), text(&"x".repeat(bytes - 2)))];
    check_refused(&tablet, value((64 << 10) + 1), LimitExceeded::Value);
    try_save(&tablet, value(64 << 10)).expect("a value of 64 KiB");
    check_refused(&tablet, value((64 << 10) + 1), LimitExceeded::Value);
}

#[test]
fn more_than_512_fields_are_refused_and_change_nothing() {
    let tablet = Tablet::enrolled();
    check_refused(&tablet, fields(0..513, "a"), LimitExceeded::Fields);
    try_save(&tablet, fields(0..500, "a")).expect("500 fields");
    check_refused(&tablet, fields(500..513, "a"), LimitExceeded::Fields);
    try_save(&tablet, fields(500..512, "a")).expect("512 fields");
}

#[test]
fn more_than_1_mib_is_refused_and_changes_nothing() {
    let tablet = Tablet::enrolled();
    let value = "x".repeat(60 << 10);
    check_refused(&tablet, fields(0..18, &value), LimitExceeded::Record);
    try_save(&tablet, fields(0..16, &value)).expect("below 1 MiB");
    check_refused(&tablet, fields(16..18, &value), LimitExceeded::Record);
}

#[test]
fn more_than_32_own_siblings_are_refused_and_change_nothing() {
    let tablet = Tablet::enrolled();
    for number in 0..32 {
        try_save(&tablet, vec![(NOTE.to_owned(), text(&number.to_string()))]).expect("up to 32 siblings");
    }
    check_refused(&tablet, vec![(NOTE.to_owned(), text("one too many"))], LimitExceeded::Siblings);
}

#[test]
fn what_the_server_took_already_does_not_count() {
    let tablet = Tablet::enrolled();
    try_save(&tablet, fields(0..500, "a")).expect("500 fields");
    let script = Script::new();
    script.takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    try_save(&tablet, fields(500..1_000, "a")).expect("500 more fields");
    check_refused(&tablet, fields(1_000..1_013, "a"), LimitExceeded::Fields);
}

#[test]
fn what_others_wrote_does_not_count() {
    let tablet = Tablet::enrolled();
    let mut record: Record = blank(id(1));
    for number in 0..40 {
        record = Peer::new(number).writes_seeing(&Seen::nothing(), &record, NOTE, &"x".repeat(50 << 10));
    }
    let mut peer = Peer::new(99);
    for number in 0..600 {
        record = peer.writes(&record, &format!("theirs/{number}"), "a");
    }
    let script = Script::new();
    script.page(Page::of([record], "1"));
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(tablet.state(id(1)).siblings(NOTE).count(), 40);
    try_save(&tablet, fields(0..512, "mine")).expect("others' fields, bytes and siblings are no fault of mine");
    try_save(&tablet, vec![(NOTE.to_owned(), text("mine"))]).expect_err("a 513th field");
}

#[test]
fn saves_that_make_no_sense_are_refused_and_change_nothing() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "held");
    let good = || Save { id: Some(id(1)), kind: "inspection".into(), set: fields(0..1, "a"), ..Save::default() };
    let field = |name: &str| Save { set: vec![(name.to_owned(), text("a"))], ..good() };
    type IsExpected = fn(&StoreError) -> bool;
    let cases: [(Save, IsExpected); 9] = [
        (Save { set: vec![], ..good() }, |error| matches!(error, StoreError::Save(_))),
        (Save { kind: "meal".into(), ..good() }, |error| matches!(error, StoreError::OtherKind { .. })),
        (Save { id: None, kind: "Meal".into(), ..good() }, |error| matches!(error, StoreError::BadKind)),
        (Save { scope: Some(id(7).0), ..good() }, |error| matches!(error, StoreError::OtherScope(_))),
        (Save { by: Some("".into()), ..good() }, |error| matches!(error, StoreError::BadPerson)),
        (Save { seen: Some("what I saw".into()), ..good() }, |error| matches!(error, StoreError::Seen(_))),
        (field("_deleted"), |error| matches!(error, StoreError::SystemField(_))),
        (field(""), |error| matches!(error, StoreError::BadFieldName)),
        (field("a\nb"), |error| matches!(error, StoreError::BadFieldName)),
    ];
    let before = (tablet.state(id(1)), tablet.identity());
    for (save, is_expected) in cases {
        let error = tablet.store().save(save).expect_err("it must be refused");
        assert!(is_expected(&error), "{error:?}");
        assert_eq!((tablet.state(id(1)), tablet.identity()), before, "{error}");
    }
    assert!(matches!(tablet.store().delete(id(2), "", None), Err(StoreError::NotFound(_))));
}
