//! Small pictures come by themselves, and large ones when somebody opens them.

use replica::{BlobId, BlobState, fetch_blob, sync_once};

use super::gallery::{Call, Gallery};
use super::{bytes, enrolled_with, owed, take_photo};
use crate::support::id;

#[test]
fn a_small_picture_comes_with_the_record_that_names_it() {
    let gallery = Gallery::default();
    let (a, b) = (enrolled_with(&gallery), enrolled_with(&gallery));
    let (photo, thumb) = take_photo(&a, id(1), &bytes(1, 5_000), Some(b"thumb"));
    let thumb = thumb.expect("a small picture");
    sync_once(a.store(), &gallery).expect("an exchange without faults");
    gallery.blob_calls();
    let changes = b.store().subscribe();
    let outcome = sync_once(b.store(), &gallery).expect("an exchange without faults");
    assert_eq!((outcome.pulled, outcome.blobs_fetched, outcome.blobs_sent), (1, 1, 0));
    assert_eq!(gallery.blob_calls(), [Call::Get(thumb)]);
    assert_eq!(b.store().read_blob(thumb).expect("it reads").as_deref(), Some(&b"thumb"[..]));
    assert_eq!(b.store().blob_state(thumb).expect("the store reads"), BlobState::Sent);
    assert_eq!(b.store().blob_state(photo).expect("the store reads"), BlobState::Awaited);
    assert_eq!(owed(&b), []);
    let told: Vec<_> = changes.try_iter().map(|change| change.ids).collect();
    assert_eq!(told, [vec![id(1)], vec![id(1)]], "once for the record, once for its picture");
    let opened = fetch_blob(b.store(), &gallery, photo).expect("it is fetched").expect("the server has it");
    assert_eq!(opened, bytes(1, 5_000));
    assert_eq!(fetch_blob(b.store(), &gallery, photo).expect("it is here"), Some(opened));
    assert_eq!(gallery.blob_calls(), [Call::Get(photo)]);
}

#[test]
fn a_small_picture_that_is_not_there_yet_is_asked_for_again_later() {
    let gallery = Gallery::default();
    let (a, b) = (enrolled_with(&gallery), enrolled_with(&gallery));
    gallery.state().has_no_blobs = true;
    let (_, thumb) = take_photo(&a, id(1), b"photo", Some(b"thumb"));
    let thumb = thumb.expect("a small picture");
    sync_once(a.store(), &gallery).expect("records do not mind");
    gallery.state().has_no_blobs = false;
    gallery.blob_calls();
    for expected in [&[Call::Get(thumb)][..], &[]] {
        let outcome = sync_once(b.store(), &gallery).expect("an exchange without faults");
        assert_eq!((outcome.blobs_fetched, gallery.blob_calls()), (0, expected.to_vec()));
    }
    assert_eq!(b.store().wanted_blobs(9).expect("the store reads"), [thumb]);
    assert_eq!(b.store().blob_counts().expect("the store reads").owed, 0);
    gallery.state().complete.insert(thumb, b"thumb".to_vec());
    b.clock.advance(15_000);
    let outcome = sync_once(b.store(), &gallery).expect("an exchange without faults");
    assert_eq!(outcome.blobs_fetched, 1);
    assert_eq!(b.store().wanted_blobs(9).expect("the store reads"), []);
}

#[test]
fn a_damaged_small_picture_that_the_server_has_is_fetched_anew() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (_, thumb) = take_photo(&tablet, id(1), b"photo", Some(b"thumb"));
    let thumb = thumb.expect("a small picture");
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    std::fs::write(tablet.blob_file(thumb), b"thumd").expect("the file is written");
    assert_eq!(tablet.store().read_blob(thumb).expect("it reads"), None);
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(tablet.store().read_blob(thumb).expect("it reads").as_deref(), Some(&b"thumb"[..]));
}

#[test]
fn what_the_server_does_not_have_is_none() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    assert_eq!(fetch_blob(tablet.store(), &gallery, BlobId::of(b"none")).expect("an answer"), None);
    gallery.state().complete.insert(BlobId::of(b"one"), b"another".to_vec());
    fetch_blob(tablet.store(), &gallery, BlobId::of(b"one")).expect_err("those are other bytes");
    assert!(!tablet.store().has_blob(BlobId::of(b"another")).expect("it is found out"));
}
