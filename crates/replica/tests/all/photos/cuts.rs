//! The network is cut at every point, and the next exchange goes on from there.

use replica::{SyncError, sync_once};

use super::gallery::{Call, Cut, Gallery};
use super::{PART, bytes, enrolled_with, owed, take_photo};
use crate::support::id;

/// Cuts the call number `at`; false when the exchange has no such call.
fn check_cut(at: usize, carried_out: bool) -> bool {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (photo, thumb) = (bytes(3, 2 * PART + 77), bytes(4, 800));
    let (photo_id, _) = take_photo(&tablet, id(1), &photo, Some(&thumb));
    gallery.state().cut = Some(Cut { at, carried_out });
    let first = sync_once(tablet.store(), &gallery);
    let is_cut = match first {
        Ok(_) => false,
        Err(SyncError::Unreachable(_)) => true,
        Err(error) => panic!("cut at {at}: {error}"),
    };
    assert!(tablet.queue().is_empty(), "the record is there before any photo");
    assert_eq!(owed(&tablet).is_empty(), !is_cut, "cut at {at}");
    sync_once(tablet.store(), &gallery).expect("an exchange without faults");
    assert_eq!(owed(&tablet), [], "cut at {at}");
    assert_eq!(gallery.state().complete[&photo_id], photo);
    let lengths =
        gallery.blob_calls().into_iter().map(|call| if let Call::Send(_, _, length) = call { length } else { 0 });
    let sent: usize = lengths.sum();
    let extra = if is_cut && !carried_out { PART } else { 0 };
    assert!(sent <= photo.len() + thumb.len() + extra, "cut at {at}: {sent} bytes were sent");
    is_cut
}

#[test]
fn an_exchange_that_is_cut_anywhere_goes_on_from_there() {
    for carried_out in [false, true] {
        let cuts = (0..20).take_while(|at| check_cut(*at, carried_out)).count();
        assert_eq!(cuts, 6, "one for the question and one for each part of both blobs");
    }
}

#[test]
fn what_is_on_the_server_is_known_after_a_cut() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    take_photo(&tablet, id(1), &bytes(3, 2 * PART), None);
    gallery.state().cut = Some(Cut { at: 2, carried_out: false });
    sync_once(tablet.store(), &gallery).expect_err("it is cut");
    let owed = tablet.store().owed_blobs(1).expect("the store reads");
    assert_eq!((owed[0].bytes, owed[0].sent_bytes, owed[0].attempts), (2 * PART as u64, PART as u64, 1));
    assert_eq!(tablet.store().blob_counts().expect("the store reads").owed_bytes, PART as u64);
}
