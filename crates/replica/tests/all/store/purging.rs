//! What a purge leaves behind: neither words, nor values, nor photos of the record stand in any file of the store.

use std::path::Path;
use std::sync::Arc;

use causal::{Dot, Record, Seen, Stamp, Value};
use replica::{BlobId, BlobState, Draft, DraftKey, Presence};
use serde_json::json;

use crate::support::{NOTE, Page, Peer, Script, Tablet, blank, id};

/// A word that stands nowhere else.
const WORD: &str = "zqwordxk";

/// A record of somebody else with that word, which names a photo.
fn theirs(number: u128, photo: BlobId) -> Record {
    let mut peer = Peer::new(number);
    let mut record = peer.writes(&blank(id(number)), NOTE, WORD);
    let seen = Seen::from(record.state.version().clone());
    let named = Value::from_json(&json!({ "blob": photo }));
    let dot = Dot::new(peer.replica, peer.counter + 1);
    record.state.save(dot, Stamp { at: 1, by: None }, &seen, [(Arc::from("photos/a"), named)]).expect("a new counter");
    record
}

fn purged(record: &Record) -> Record {
    let mut record = record.clone();
    record.state.purge();
    record
}

/// One page of the feed arrives.
fn hears(tablet: &Tablet, records: &[Record], cursor: &str) {
    let script = Script::new();
    script.page(Page::of(records.to_vec(), cursor));
    tablet.step(&script).expect("an exchange without faults");
}

/// Whether a text stands in any file of a folder.
fn stands_in(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).expect("the folder reads").flatten().any(|entry| {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn no_word_of_a_purged_record_is_left_in_the_files_of_a_store() {
    let tablet = Tablet::enrolled();
    let photo = tablet.store().put_blob(b"photo").expect("room");
    let record = theirs(2, photo);
    hears(&tablet, std::slice::from_ref(&record), "1");
    let folder = tablet.store().folder().to_owned();
    assert!(stands_in(&folder, WORD));
    hears(&tablet, &[purged(&record)], "2");
    assert!(tablet.store().search(WORD, &[], 5).expect("the store reads").records.is_empty());
    tablet.store().scrub().expect("the index forgets");
    assert!(!stands_in(&folder, WORD), "neither the file nor its log holds it");
    assert_eq!(tablet.store().presence(record.id).expect("the store reads"), Presence::Gone);
    assert_eq!(tablet.store().purged(None, 5).expect("the store reads"), [record.id]);
}

#[test]
fn a_photo_that_only_purged_records_named_is_removed_and_one_that_another_names_stays() {
    let tablet = Tablet::enrolled();
    let (one, both) = (tablet.store().put_blob(b"one").expect("room"), tablet.store().put_blob(b"both").expect("room"));
    let records = [theirs(2, one), theirs(3, both), theirs(4, both)];
    hears(&tablet, &records, "1");
    hears(&tablet, &[purged(&records[0]), purged(&records[1])], "2");
    assert!(!tablet.blob_file(one).exists() && tablet.blob_file(both).exists());
    let state = |photo| tablet.store().blob_state(photo).expect("the store reads");
    assert_eq!((state(one), state(both)), (BlobState::Unknown, BlobState::Owed));
    hears(&tablet, &[purged(&records[2])], "3");
    assert!(!tablet.blob_file(both).exists());
}

#[test]
fn a_photo_that_nobody_has_named_yet_is_nobodys_to_remove() {
    let tablet = Tablet::enrolled();
    let (theirs_, own) =
        (tablet.store().put_blob(b"theirs").expect("room"), tablet.store().put_blob(b"own").expect("room"));
    let record = theirs(2, theirs_);
    hears(&tablet, std::slice::from_ref(&record), "1");
    hears(&tablet, &[purged(&record)], "2");
    assert!(tablet.blob_file(own).exists(), "somebody has just taken it");
    assert_eq!(tablet.store().blob_state(own).expect("the store reads"), BlobState::Loose);
}

#[test]
fn what_was_begun_about_a_purged_record_goes_with_it_and_so_does_what_names_a_child() {
    let tablet = Tablet::enrolled();
    let photo = tablet.store().put_blob(b"photo").expect("room");
    let mut child = theirs(2, photo);
    child.kind = Arc::from("child");
    hears(&tablet, std::slice::from_ref(&child), "1");
    let begun = |form: &str, record: Option<String>, words: serde_json::Value| {
        let key = DraftKey { person: "li".into(), form: form.into(), record };
        let set = words.as_object().cloned().expect("an object");
        tablet
            .store()
            .keep_draft(&Draft { key, declared: 1, seen: None, base: serde_json::Map::new(), set, at: 1 })
            .expect("kept");
    };
    begun("entry.door/child_handover", Some(child.id.to_string()), json!({ "name": WORD }));
    begun("entry.save/medicine_slip", None, json!({ "child": child.id, "note": WORD }));
    begun("finding.report", None, json!({ "words": "灯管不亮" }));
    hears(&tablet, &[purged(&child)], "2");
    let left = tablet.store().drafts_of("li", 10).expect("drafts");
    assert_eq!(left.iter().map(|draft| draft.key.form.as_str()).collect::<Vec<_>>(), ["finding.report"]);
    tablet.store().scrub().expect("the index forgets");
    assert!(!stands_in(tablet.store().folder(), WORD), "nor does the file hold it");
}
