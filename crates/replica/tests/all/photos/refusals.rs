//! A blob that does not get through is named, tried again later, and in nobody's way.

use replica::{BlobState, SyncError, sync_once};
use wire::{Problem, ProblemType};

use super::gallery::{Call, Gallery};
use super::{PART, bytes, enrolled_with, owed, take_photo};
use crate::support::{Tablet, id};

fn last_problem(tablet: &Tablet) -> String {
    let owed = tablet.store().owed_blobs(1).expect("the store reads");
    let problem = owed[0].last_problem.as_ref().expect("it did not get through");
    problem.urn.strip_prefix("urn:rounds:problem:").expect("one of ours").to_owned()
}

#[test]
fn another_offset_is_asked_for_and_gone_on_from() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let photo = bytes(5, PART + 10);
    let (photo_id, _) = take_photo(&tablet, id(1), &photo, None);
    gallery.state().refusals.push_back(Problem::new(ProblemType::OffsetMismatch));
    gallery.state().unfinished.insert(photo_id, photo[..7].to_vec());
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    let sent = [Call::Send(photo_id, 7, PART), Call::Ask(photo_id), Call::Send(photo_id, 7, PART)];
    assert_eq!(gallery.blob_calls()[1..4], sent);
    assert_eq!(gallery.state().complete[&photo_id], photo);
}

#[test]
fn a_server_that_holds_other_bytes_drops_them_and_gets_the_whole_again() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let photo = bytes(5, PART + 10);
    let (photo_id, _) = take_photo(&tablet, id(1), &photo, None);
    gallery.state().unfinished.insert(photo_id, vec![0; PART]);
    let outcome = sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!((outcome.blobs_sent, outcome.blobs_failed), (1, 0));
    assert_eq!(gallery.state().complete[&photo_id], photo);
}

#[test]
fn a_blob_that_is_refused_for_ever_is_left_for_later_and_the_others_follow() {
    for refusal in [
        ProblemType::OffsetMismatch,
        ProblemType::DigestMismatch,
        ProblemType::LimitExceeded,
        ProblemType::NotAllowed,
        ProblemType::NotFound,
        ProblemType::BadRequest,
    ] {
        let gallery = Gallery::default();
        let tablet = enrolled_with(&gallery);
        let (bad, _) = take_photo(&tablet, id(1), b"bad", None);
        tablet.clock.advance(1);
        let (good, _) = take_photo(&tablet, id(2), b"good", None);
        gallery.state().bad = Some((bad, refusal));
        let outcome = sync_once(tablet.store(), &gallery).expect("the others get through");
        assert_eq!((outcome.blobs_sent, outcome.blobs_failed), (1, 1), "{refusal:?}");
        assert!(gallery.has(good));
        assert_eq!(owed(&tablet), [bad]);
        assert_eq!(last_problem(&tablet), refusal.slug());
        gallery.blob_calls();
        sync_once(tablet.store(), &gallery).expect("an exchange without faults");
        assert_eq!(gallery.blob_calls(), [], "it is left alone for a while");
        gallery.state().bad = None;
        tablet.clock.advance(3_600_000);
        sync_once(tablet.store(), &gallery).expect("an exchange without faults");
        assert_eq!(owed(&tablet), [], "{refusal:?}");
    }
}

#[test]
fn a_person_who_asks_again_does_not_wait() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (bad, _) = take_photo(&tablet, id(1), b"bad", None);
    gallery.state().bad = Some((bad, ProblemType::LimitExceeded));
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    gallery.state().bad = None;
    tablet.store().retry_rejected().expect("another try");
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(owed(&tablet), []);
}

#[test]
fn a_wait_ends_though_the_clock_was_put_back() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    take_photo(&tablet, id(1), b"photo", None);
    tablet.tamper("UPDATE blob SET not_before = 4102444800000");
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(owed(&tablet), []);
}

#[test]
fn a_blob_that_is_damaged_here_is_named_and_the_others_follow() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (damaged, _) = take_photo(&tablet, id(1), b"damaged", None);
    tablet.clock.advance(1);
    let (gone, _) = take_photo(&tablet, id(2), b"gone", None);
    tablet.clock.advance(1);
    let (good, _) = take_photo(&tablet, id(3), b"good", None);
    std::fs::write(tablet.blob_file(damaged), b"damage").expect("the file is written");
    std::fs::remove_file(tablet.blob_file(gone)).expect("the file goes");
    let outcome = sync_once(tablet.store(), &gallery).expect("the others get through");
    assert_eq!((outcome.blobs_sent, outcome.blobs_failed), (1, 2));
    assert!(gallery.has(good));
    assert_eq!(owed(&tablet), [damaged, gone]);
    assert_eq!(last_problem(&tablet), "damaged-blob");
    assert!(tablet.store().owed_blobs(9).expect("the store reads").iter().all(|owed| owed.is_damaged));
    assert_eq!(tablet.store().blob_state(gone).expect("the store reads"), BlobState::Damaged);
    // Another tablet has the one, and the photographer the other.
    gallery.state().complete.insert(damaged, b"damaged".to_vec());
    tablet.store().put_blob(b"gone").expect("it is put again");
    tablet.clock.advance(3_600_000);
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(owed(&tablet), []);
    assert!(gallery.has(gone));
}

#[test]
fn a_server_without_blobs_breaks_nothing() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    gallery.state().has_no_blobs = true;
    let (photo, thumb) = take_photo(&tablet, id(1), b"photo", Some(b"thumb"));
    let outcome = sync_once(tablet.store(), &gallery).expect("records do not mind");
    assert_eq!((outcome.pushed, outcome.blobs_sent, outcome.blobs_failed), (1, 0, 0));
    assert_eq!(gallery.blob_calls().len(), 1, "one answer tells enough");
    assert_eq!(tablet.store().blob_counts().expect("the store reads").owed, 2);
    gallery.state().has_no_blobs = false;
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert!(gallery.has(photo) && thumb.is_some_and(|thumb| gallery.has(thumb)));
}

#[test]
fn what_is_about_the_device_or_the_server_stops_the_exchange_and_keeps_the_photo() {
    for refusal in [ProblemType::Unauthorised, ProblemType::DeviceRevoked, ProblemType::Unavailable] {
        let gallery = Gallery::default();
        let tablet = enrolled_with(&gallery);
        let (photo, _) = take_photo(&tablet, id(1), b"photo", None);
        gallery.state().refusals.push_back(Problem::new(refusal));
        let error = sync_once(tablet.store(), &gallery).expect_err("it is refused");
        assert!(matches!(&error, SyncError::Refused(problem) if problem.kind() == Some(refusal)), "{error}");
        assert_eq!(owed(&tablet), [photo]);
        sync_once(tablet.store(), &gallery).expect("an exchange without faults");
        assert_eq!(owed(&tablet), []);
    }
}
