//! Photos and scans: put, named, owed, and told of.

use std::time::Duration;

use causal::{RecordId, Value};
use replica::{BlobId, BlobState, Save, Saved, StoreError};
use serde_json::json;

use crate::support::{EPOCH, NEXT_EPOCH, NOTE, Page, Peer, Script, Tablet, id};

/// Saves a photo in a field of a record, as somebody who has seen all of it.
fn save_photo(tablet: &Tablet, record: RecordId, field: &str, value: serde_json::Value) -> Saved {
    let seen = tablet.store().get(record).expect("the store reads").map(|reading| reading.version);
    let set = vec![(field.to_owned(), Value::from(value))];
    let save = Save { id: Some(record), kind: "inspection".into(), seen, set, ..Save::default() };
    tablet.store().save(save).expect("a save")
}

fn put(tablet: &Tablet, bytes: &[u8]) -> BlobId {
    tablet.store().put_blob(bytes).expect("it is put")
}

#[track_caller]
fn check_state(tablet: &Tablet, blob: BlobId, expected: BlobState) {
    assert_eq!(tablet.store().blob_state(blob).expect("the store reads"), expected);
}

fn owed(tablet: &Tablet) -> Vec<BlobId> {
    let owed = tablet.store().owed_blobs(100).expect("the store reads");
    let counts = tablet.store().blob_counts().expect("the store reads");
    assert_eq!(counts.owed, owed.len() as u64);
    owed.iter().map(|owed| owed.id).collect()
}

#[test]
fn a_photo_is_owed_when_a_record_names_it() {
    let tablet = Tablet::enrolled();
    let photo = put(&tablet, b"photo");
    check_state(&tablet, photo, BlobState::Loose);
    assert_eq!(owed(&tablet), []);
    save_photo(&tablet, id(1), "photos/a", json!({ "blob": photo }));
    check_state(&tablet, photo, BlobState::Owed);
    let owed = tablet.store().owed_blobs(10).expect("the store reads");
    assert_eq!((owed[0].id, owed[0].bytes, owed[0].record, owed[0].sent_bytes), (photo, 5, id(1), 0));
    assert_eq!(tablet.store().read_blob(photo).expect("it reads").as_deref(), Some(&b"photo"[..]));
}

#[test]
fn a_photo_that_nobody_names_any_more_is_not_owed() {
    let tablet = Tablet::enrolled();
    let photo = put(&tablet, b"photo");
    save_photo(&tablet, id(1), "photos/a", json!({ "blob": photo }));
    save_photo(&tablet, id(2), "photos/a", json!([{ "of": [{ "blob": photo }] }]));
    save_photo(&tablet, id(1), "photos/a", json!(null));
    assert_eq!(owed(&tablet), [photo]);
    save_photo(&tablet, id(2), "photos/a", json!("taken away"));
    assert_eq!(owed(&tablet), []);
    check_state(&tablet, photo, BlobState::Loose);
}

#[test]
fn small_pictures_go_first_and_then_the_oldest() {
    let tablet = Tablet::enrolled();
    let mut blobs = Vec::new();
    for bytes in [&b"large 1"[..], b"large 2", b"small 1", b"small 2"] {
        blobs.push(put(&tablet, bytes));
        tablet.clock.advance(1);
    }
    save_photo(&tablet, id(1), "photos/b", json!({ "blob": blobs[1], "thumb": blobs[3] }));
    save_photo(&tablet, id(1), "photos/a", json!({ "blob": blobs[0], "thumb": blobs[2] }));
    assert_eq!(owed(&tablet), [blobs[2], blobs[3], blobs[0], blobs[1]]);
    save_photo(&tablet, id(1), "photos/a", json!({ "blob": blobs[2] }));
    assert_eq!(owed(&tablet), [blobs[3], blobs[1], blobs[2]]);
}

#[test]
fn what_others_name_is_awaited_and_small_pictures_are_wanted() {
    let tablet = Tablet::enrolled();
    let (photo, thumb) = (BlobId::of(b"photo"), BlobId::of(b"thumb"));
    let mut theirs = crate::support::blank(id(1));
    let value = json!({ "blob": photo, "thumb": thumb });
    let stamp = causal::Stamp { at: 1, by: None };
    let dot = causal::Dot::new(Peer::new(1).replica, 1);
    let set = [("photos/a".into(), Value::from(value))];
    theirs.state.save(dot, stamp, &causal::Seen::default(), set).expect("a new counter");
    assert_eq!(tablet.store().blob_state(photo).expect("the store reads"), BlobState::Unknown);
    let script = Script::new();
    script.page(Page::of([theirs], "1"));
    tablet.sync(&script).expect("an exchange without faults");
    check_state(&tablet, photo, BlobState::Awaited);
    check_state(&tablet, thumb, BlobState::Awaited);
    assert_eq!(tablet.store().wanted_blobs(10).expect("the store reads"), [thumb]);
    assert_eq!(tablet.store().read_blob(photo).expect("it reads"), None);
    assert_eq!(owed(&tablet), []);
    put(&tablet, b"photo");
    check_state(&tablet, photo, BlobState::Owed);
}

#[test]
fn a_blob_that_is_damaged_here_is_named_as_such_and_mended_by_putting_it_again() {
    let tablet = Tablet::enrolled();
    let photo = put(&tablet, b"photo");
    save_photo(&tablet, id(1), "photos/a", json!({ "blob": photo }));
    let file = tablet.blob_file(photo);
    std::fs::write(&file, b"phot0").expect("the file is written");
    assert_eq!(tablet.store().read_blob(photo).expect("it reads"), None);
    check_state(&tablet, photo, BlobState::Damaged);
    assert_eq!(owed(&tablet), [photo]);
    assert_eq!(tablet.store().blob_counts().expect("the store reads").damaged, 1);
    put(&tablet, b"photo");
    check_state(&tablet, photo, BlobState::Owed);
    std::fs::remove_file(&file).expect("the file goes");
    assert_eq!(tablet.store().read_blob(photo).expect("it reads"), None);
    check_state(&tablet, photo, BlobState::Damaged);
    std::fs::write(&file, b"photo").expect("the file comes back");
    assert!(tablet.store().read_blob(photo).expect("it reads").is_some());
    check_state(&tablet, photo, BlobState::Owed);
}

#[test]
fn references_are_told_from_likenesses() {
    let tablet = Tablet::enrolled();
    let photo = put(&tablet, b"photo");
    save_photo(&tablet, id(1), "photos/a", json!({ "thumb": photo, "Blob": photo }));
    save_photo(&tablet, id(1), "photos/b", json!(format!("{{\"blob\":\"{photo}\"}}")));
    save_photo(&tablet, id(1), "photos/c", json!({ "blob": &photo.to_string()[1..] }));
    assert_eq!(owed(&tablet), []);
}

#[test]
fn a_server_that_went_back_is_owed_every_photo_again() {
    let tablet = Tablet::enrolled();
    let photo = put(&tablet, b"photo");
    let loose = put(&tablet, b"loose");
    save_photo(&tablet, id(1), "photos/a", json!({ "blob": photo }));
    tablet.tamper("UPDATE blob SET sent = 1, sent_bytes = size");
    check_state(&tablet, photo, BlobState::Sent);
    assert_eq!(owed(&tablet), []);
    let script = Script::new();
    let problem = wire::Problem::new(wire::ProblemType::EpochChanged).member("epoch", NEXT_EPOCH);
    script.refuses(problem).loses_a_pull();
    assert_ne!(EPOCH, NEXT_EPOCH);
    tablet.sync(&script).expect_err("the network is gone");
    check_state(&tablet, photo, BlobState::Owed);
    assert_eq!(owed(&tablet), [photo]);
    check_state(&tablet, loose, BlobState::Loose);
}

#[test]
fn a_blob_that_is_too_large_is_refused() {
    let tablet = Tablet::new();
    let error = tablet.store().put_blob(&vec![0; wire::MAX_BLOB_BYTES + 1]).expect_err("it is too large");
    assert!(matches!(error, StoreError::BlobTooLarge(_)), "{error:?}");
}

#[test]
fn a_listener_hears_of_each_save_and_of_what_other_windows_save() {
    let tablet = Tablet::enrolled();
    let changes = tablet.store().subscribe();
    tablet.save(id(1), "mine");
    let change = changes.recv_timeout(Duration::from_secs(5)).expect("it is told");
    assert_eq!((change.kinds, change.ids), (vec!["inspection".to_owned()], vec![id(1)]));
    let other = tablet.another_window();
    changes.try_iter().for_each(drop);
    let set = vec![(NOTE.to_owned(), crate::support::text("theirs"))];
    other.save(Save { id: Some(id(2)), kind: "inspection".into(), set, ..Save::default() }).expect("a save");
    let change = changes.recv_timeout(Duration::from_secs(5)).expect("it is noticed");
    assert!(change.is_anything());
    assert_eq!(changes.recv_timeout(Duration::from_millis(1_200)).ok(), None, "one save was noticed twice");
}
