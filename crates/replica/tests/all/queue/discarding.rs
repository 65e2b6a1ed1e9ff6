//! Taking back what the server did not take.

use replica::{Discarded, Save, StoreError};
use wire::ProblemType;

use crate::support::{Answer, NOTE, Page, Peer, Script, Tablet, blank, id, text};

fn save_by(tablet: &Tablet, number: u128, note: &str, by: Option<&str>) {
    let held = tablet.store().get(id(number)).expect("the store reads");
    let save = Save {
        id: Some(id(number)),
        kind: "inspection".into(),
        seen: held.map(|held| held.version),
        set: vec![(NOTE.into(), text(note))],
        by: by.map(Into::into),
        ..Save::default()
    };
    tablet.store().save(save).expect("saved");
}

fn is_rejected(tablet: &Tablet, number: u128, cursor: &str) {
    let script = Script::new();
    script.push(move |sent| Answer::to(sent).rejecting(id(number), ProblemType::NotAllowed)).echo(cursor);
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(tablet.rejected(), [id(number)]);
}

#[test]
fn a_record_that_only_this_device_knows_is_gone_with_its_change() {
    let tablet = Tablet::enrolled();
    save_by(&tablet, 1, "误加的区域", Some("p1"));
    is_rejected(&tablet, 1, "1");
    assert_eq!(tablet.store().discard(id(1), Some("p1")).expect("discarded"), Discarded::Gone);
    assert!(tablet.queue().is_empty());
    assert!(tablet.store().get(id(1)).expect("the store reads").is_none());
    assert!(tablet.store().search("误加", &[], 10).expect("the store reads").records.is_empty());
    let script = Script::new();
    script.echo("2");
    tablet.sync(&script).expect("nothing is sent");
}

#[test]
fn each_pull_says_how_many_records_the_server_has_not_taken_and_what_was_rejected_is_one() {
    let tablet = Tablet::enrolled();
    save_by(&tablet, 1, "误加的区域", Some("p1"));
    save_by(&tablet, 2, "操场", Some("p1"));
    let script = Script::new();
    script.push(move |sent| Answer::to(sent).rejecting(id(1), ProblemType::NotAllowed)).echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.owed(), [1]);
    tablet.store().discard(id(1), Some("p1")).expect("discarded");
    let script = Script::new();
    script.echo("2");
    tablet.sync(&script).expect("nothing is sent");
    assert_eq!(script.owed(), [0]);
}

#[test]
fn what_the_server_has_takes_the_place_of_what_was_discarded() {
    let tablet = Tablet::enrolled();
    let theirs = Peer::new(1).writes(&blank(id(1)), NOTE, "操场");
    let script = Script::new();
    script.page(Page::of([theirs.clone()], "1"));
    tablet.sync(&script).expect("a page");
    save_by(&tablet, 1, "大操场", Some("p1"));
    is_rejected(&tablet, 1, "2");
    assert_eq!(tablet.store().discard(id(1), Some("p1")).expect("discarded"), Discarded::Reverting);
    assert_eq!(tablet.notes(id(1)), ["大操场"], "it stands until the server's copy is here");
    assert!(tablet.queue().is_empty() && !tablet.identity().reached_end);
    let script = Script::new();
    script.page(Page::of([theirs], "3"));
    tablet.sync(&script).expect("the feed from its beginning");
    assert_eq!(tablet.notes(id(1)), ["操场"]);
    save_by(&tablet, 1, "新操场", Some("p1"));
    assert_eq!(tablet.queue(), [id(1)], "a later change is sent like any other");
}

#[test]
fn what_the_feed_does_not_bring_back_goes_at_its_end() {
    let tablet = Tablet::enrolled();
    let theirs = Peer::new(1).writes(&blank(id(1)), NOTE, "操场");
    let script = Script::new();
    script.page(Page::of([theirs], "1"));
    tablet.sync(&script).expect("a page");
    save_by(&tablet, 1, "大操场", None);
    is_rejected(&tablet, 1, "2");
    tablet.store().discard(id(1), None).expect("discarded");
    let script = Script::new();
    script.echo("3");
    tablet.sync(&script).expect("an empty feed");
    assert!(tablet.store().get(id(1)).expect("the store reads").is_none());
}

#[test]
fn nobody_discards_what_was_not_refused_or_what_somebody_else_wrote() {
    let tablet = Tablet::enrolled();
    let refusal = |number: u128, by: &str| tablet.store().discard(id(number), Some(by)).expect_err("it is refused");
    assert!(matches!(refusal(1, "p1"), StoreError::NotFound(_)));
    save_by(&tablet, 1, "a", Some("p1"));
    assert!(matches!(refusal(1, "p1"), StoreError::NotRejected(_)));
    is_rejected(&tablet, 1, "1");
    assert!(matches!(refusal(1, "p2"), StoreError::WrittenByOthers(_)));
    assert_eq!(tablet.notes(id(1)), ["a"]);
    tablet.store().discard(id(1), Some("p1")).expect("discarded");
}

#[test]
fn on_a_tablet_what_only_the_office_writes_is_refused_at_once() {
    let save = |kind: &str, is_unchecked: bool| Save {
        kind: kind.into(),
        set: vec![(NOTE.into(), text("a"))],
        is_unchecked,
        ..Save::default()
    };
    let tablet = Tablet::new();
    tablet.store().save(save("area", false)).expect("a store that belongs to nobody yet");
    let tablet = Tablet::enrolled();
    for kind in ["campus", "area", "role_grant", "setting"] {
        let refused = tablet.store().save(save(kind, false)).expect_err("it is refused");
        assert!(matches!(&refused, StoreError::InOffice(refused) if refused == kind), "{refused:?}");
    }
    assert!(tablet.queue().is_empty());
    tablet.store().save(save("pin", false)).expect("a PIN is one's own");
    tablet.store().save(save("area", true)).expect("support may see what the server says");
}
