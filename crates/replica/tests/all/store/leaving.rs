//! A tablet that serves less than before: what it served leaves its files, and nothing that only it has is lost.

use std::path::Path;
use std::sync::Arc;

use causal::{Dot, Record, Seen, Stamp, Value};
use domain::register::{Hold, hold_scope};
use replica::{BlobId, BlobState, Draft, DraftKey, Presence, Save};
use serde_json::json;
use uuid::Uuid;
use wire::EnrolAnswer;

use crate::support::{NOTE, Page, Peer, Script, Tablet, blank, enrol_answer, id, text};

/// A name that stands nowhere else.
const NAME: &str = "zqchildxk";
const CAMPUS: Uuid = Uuid::from_u128(8);

fn children() -> Uuid {
    hold_scope(CAMPUS, Hold::Children)
}

/// A record of somebody else in a scope, with the name.
fn theirs(number: u128, scope: Option<Uuid>, photo: Option<BlobId>) -> Record {
    let mut peer = Peer::new(number);
    let mut record = Record { scope, ..peer.writes(&blank(id(number)), NOTE, NAME) };
    if let Some(photo) = photo {
        let seen = Seen::from(record.state.version().clone());
        let named = Value::from_json(&json!({ "blob": photo }));
        let dot = Dot::new(peer.replica, peer.counter + 1);
        record.state.save(dot, Stamp { at: 1, by: None }, &seen, [(Arc::from("photo"), named)]).expect("a new counter");
    }
    record
}

fn hears(tablet: &Tablet, records: Vec<Record>) {
    let script = Script::new();
    script.page(Page::of(records, "1"));
    tablet.step(&script).expect("an exchange without faults");
}

fn save_in(tablet: &Tablet, number: u128, scope: Uuid) {
    let set = vec![(NOTE.into(), text("own"))];
    let save = Save { id: Some(id(number)), kind: "inspection".into(), scope: Some(scope), set, ..Save::default() };
    tablet.store().save(save).expect("a save");
}

/// A code that serves these scopes.
fn serving(scopes: &[Uuid]) -> EnrolAnswer {
    EnrolAnswer { token: "token-new".into(), scopes: Some(scopes.to_vec()), ..enrol_answer(1) }
}

fn enrol(tablet: &Tablet, script: &Script) {
    replica::enrol(tablet.store(), script, "https://office.example", "CODE", "平板").expect("enrolled");
    script.expect_done();
}

fn stands_in(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).expect("the folder reads").flatten().any(|entry| {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn what_a_tablet_serves_no_longer_stands_in_none_of_its_files() {
    let tablet = Tablet::enrolled();
    hears(&tablet, vec![theirs(1, Some(children()), None), theirs(2, Some(CAMPUS), None), theirs(3, None, None)]);
    let begun = |form: &str| {
        let set = json!({ "name": NAME }).as_object().cloned().expect("an object");
        let key = DraftKey { person: "li".into(), form: form.into(), record: None };
        Draft { key, declared: 1, seen: None, base: serde_json::Map::new(), set, at: 1 }
    };
    for form in ["entry.save/child", "entry.act/child_handover.answer", "finding.report"] {
        tablet.store().keep_draft(&begun(form)).expect("kept");
    }
    let script = Script::new();
    script.enrols(serving(&[CAMPUS]));
    enrol(&tablet, &script);
    let presence = |number| tablet.store().presence(id(number)).expect("the store reads");
    assert_eq!((presence(1), presence(2), presence(3)), (Presence::Absent, Presence::Here, Presence::Here));
    let drafts = tablet.store().drafts_of("li", 10).expect("drafts");
    assert_eq!(drafts.iter().map(|draft| draft.key.form.as_str()).collect::<Vec<_>>(), ["finding.report"]);
    let found = tablet.store().search(NAME, &[], 5).expect("the store reads").records.len();
    assert_eq!(found, 2, "those of the campus are found still");
    let script = Script::new();
    script.enrols(serving(&[Uuid::from_u128(9)]));
    enrol(&tablet, &script);
    assert_eq!((presence(2), presence(3)), (Presence::Absent, Presence::Here));
    tablet.store().discard_draft(&begun("finding.report").key).expect("it goes");
    let mut last = tablet.record(id(3));
    last.state.purge();
    hears(&tablet, vec![last]);
    tablet.store().scrub().expect("the index forgets");
    assert!(!stands_in(tablet.store().folder(), NAME), "neither record nor index nor log holds the name");
}

#[test]
fn what_only_the_old_device_may_send_is_sent_before_it_becomes_another() {
    let tablet = Tablet::enrolled();
    save_in(&tablet, 1, children());
    let script = Script::new();
    script.takes().echo("1").enrols(serving(&[CAMPUS]));
    enrol(&tablet, &script);
    assert!(tablet.queue().is_empty() && !tablet.holds(id(1)), "the server has it, and the tablet no longer");
}

#[test]
fn what_the_server_has_not_taken_stays_until_a_code_serves_it_again() {
    let tablet = Tablet::enrolled();
    hears(&tablet, vec![theirs(1, Some(children()), None)]);
    save_in(&tablet, 2, children());
    let script = Script::new();
    script.loses_a_push().enrols(serving(&[CAMPUS]));
    enrol(&tablet, &script);
    assert_eq!((tablet.holds(id(1)), tablet.holds(id(2))), (false, true), "it is nowhere else");
    assert_eq!(tablet.queue(), [id(2)]);
    let script = Script::new();
    script.loses_a_pull().enrols(serving(&[CAMPUS, children()])).page(Page::of([], "2")).takes();
    replica::enrol(tablet.store(), &script, "https://office.example", "CODE", "平板").expect("enrolled");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(2)]);
}

#[test]
fn a_photo_goes_with_its_record_and_one_that_the_server_lacks_stays_with_it() {
    let tablet = Tablet::enrolled();
    let photo = |bytes: &[u8]| tablet.store().put_blob(bytes).expect("room");
    let (sent, owed) = (photo(b"sent"), photo(b"owed"));
    hears(&tablet, vec![theirs(1, Some(children()), Some(sent)), theirs(2, Some(children()), Some(owed))]);
    tablet.tamper(&format!("UPDATE blob SET sent = 1 WHERE id = x'{sent}'"));
    let script = Script::new();
    script.page(Page::of([], "2")).enrols(serving(&[CAMPUS]));
    enrol(&tablet, &script);
    assert!(!tablet.blob_file(sent).exists() && tablet.blob_file(owed).exists());
    assert_eq!(tablet.store().blob_state(sent).expect("the store reads"), BlobState::Unknown);
    assert_eq!((tablet.holds(id(1)), tablet.holds(id(2))), (false, true));
}
