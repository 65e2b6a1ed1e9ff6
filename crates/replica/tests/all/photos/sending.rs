//! What is sent, and in which order.

use replica::{BlobState, Syncer, sync_once};
use serde_json::json;

use super::gallery::{Call, Gallery};
use super::{PART, bytes, enrolled_with, owed, save_value, take_photo};
use crate::support::{NEXT_EPOCH, id};

#[test]
fn a_photo_follows_its_record_part_by_part_after_the_small_picture() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let photo = bytes(1, 2 * PART + 5);
    let (photo_id, thumb_id) = take_photo(&tablet, id(1), &photo, Some(&bytes(2, 900)));
    let thumb_id = thumb_id.expect("a small picture");
    let outcome = sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!((outcome.pushed, outcome.blobs_sent, outcome.blobs_failed), (1, 2, 0));
    assert_eq!(outcome.blob_bytes_sent, photo.len() as u64 + 900);
    let expected = [
        Call::Push,
        Call::Ask(thumb_id),
        Call::Send(thumb_id, 0, 900),
        Call::Ask(photo_id),
        Call::Send(photo_id, 0, PART),
        Call::Send(photo_id, PART as u64, PART),
        Call::Send(photo_id, 2 * PART as u64, 5),
    ];
    assert_eq!(gallery.state().calls, expected);
    assert_eq!(gallery.state().complete[&photo_id], photo);
    assert_eq!(tablet.store().blob_state(photo_id).expect("the store reads"), BlobState::Sent);
    assert_eq!(owed(&tablet), []);
    let report = tablet.store().sync_report().expect("the store reads");
    assert_eq!(report.blobs_sent, 2);
    gallery.state().calls.clear();
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(gallery.state().calls, []);
}

#[test]
fn an_empty_blob_is_sent_too() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (empty, _) = take_photo(&tablet, id(1), b"", None);
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert!(gallery.has(empty));
    assert_eq!(owed(&tablet), []);
}

#[test]
fn what_no_record_names_is_not_sent_and_keeps_nobody_waiting() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let loose = tablet.store().put_blob(b"loose").expect("it is put");
    let (photo, _) = take_photo(&tablet, id(1), b"photo", None);
    save_value(&tablet, id(1), &format!("photos/{}", &photo.to_string()[..8]), json!(null));
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(gallery.blob_calls(), []);
    assert_eq!(tablet.store().blob_counts().expect("the store reads").owed, 0);
    assert!(tablet.store().has_blob(loose).expect("it is found out"));
}

#[test]
fn a_record_that_is_saved_meanwhile_goes_between_two_parts() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    take_photo(&tablet, id(1), &bytes(1, 3 * PART), None);
    let mut syncer = Syncer::new(tablet.store(), &gallery).expect("it is enrolled");
    while gallery.state().calls.iter().filter(|call| matches!(call, Call::Send(..))).count() < 2 {
        assert!(syncer.step().expect("a step"), "it ended early");
    }
    tablet.save(id(2), "urgent");
    syncer.run().expect("the rest");
    let calls = gallery.state().calls.clone();
    let kinds: Vec<&str> = calls
        .iter()
        .map(|call| match call {
            Call::Push => "push",
            Call::Ask(_) => "ask",
            Call::Send(..) => "send",
            Call::Get(_) => "get",
        })
        .collect();
    assert_eq!(kinds, ["push", "ask", "send", "send", "push", "send"]);
}

#[test]
fn a_photo_of_a_record_that_was_never_taken_waits_for_it() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    gallery.state().rejects = Some(id(1));
    let (photo, _) = take_photo(&tablet, id(1), b"photo", None);
    let (other, _) = take_photo(&tablet, id(2), b"other", None);
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert!(gallery.has(other) && !gallery.has(photo));
    assert_eq!(owed(&tablet), [photo]);
    gallery.state().rejects = None;
    tablet.store().retry_rejected().expect("another try");
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert!(gallery.has(photo));
}

#[test]
fn a_server_that_went_back_gets_the_photos_that_it_has_lost() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (kept, _) = take_photo(&tablet, id(1), b"kept", None);
    let (lost, _) = take_photo(&tablet, id(2), b"lost", None);
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(owed(&tablet), []);
    gallery.state().epoch = Some(NEXT_EPOCH);
    gallery.state().records.clear();
    gallery.state().complete.remove(&lost);
    gallery.blob_calls();
    let outcome = sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!((outcome.pushed, outcome.blobs_sent, outcome.blob_bytes_sent), (2, 2, 4));
    assert_eq!(gallery.blob_calls(), [Call::Ask(kept), Call::Ask(lost), Call::Send(lost, 0, 4)]);
    assert_eq!(owed(&tablet), []);
}
