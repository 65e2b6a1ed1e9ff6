//! A road to the server that is narrower than the server: bodies shrink until they pass, what is small is not kept waiting by
//! what is large, and what does not pass at all is told by its name.

use replica::{SyncError, sync_once};

use super::gallery::{Call, Gallery};
use super::{PART, bytes, enrolled_with, owed, take_photo};
use crate::support::{NOTE, Tablet, id};

/// A note of so many bytes; a value may have 64 KiB, so a longer one is several fields.
fn write(tablet: &Tablet, number: u128, length: usize) {
    let mut left = length;
    for field in 0.. {
        let part = left.min(60_000);
        let name = if field == 0 { NOTE.to_owned() } else { format!("{NOTE}/{field}") };
        tablet.save_seeing(id(number), None, &name, &"a".repeat(part));
        left -= part;
        if left == 0 {
            break;
        }
    }
}

fn problem(tablet: &Tablet) -> Option<String> {
    let report = tablet.store().sync_report().expect("the store reads");
    report.last_problem.map(|problem| problem.urn.replace("urn:rounds:problem:", ""))
}

#[test]
fn pushes_shrink_until_something_on_the_way_lets_them_through() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    (1..=120).for_each(|number| write(&tablet, number, 30_000));
    gallery.state().road_limit = Some(1 << 20);
    let outcome = sync_once(tablet.store(), &gallery).expect("smaller bodies pass");
    assert_eq!((outcome.pushed, tablet.queue().len(), problem(&tablet)), (120, 0, None));
    let refused = gallery.state().refused_by_road;
    assert!((2..=4).contains(&refused), "{refused} bodies were sent in vain");
}

#[test]
fn a_record_that_does_not_pass_keeps_nothing_else_waiting_and_is_tried_again() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    write(&tablet, 1, 200_000);
    (2..=30).for_each(|number| write(&tablet, number, 5_000));
    let (photo, _) = take_photo(&tablet, id(2), &bytes(1, 1_000), None);
    gallery.state().road_limit = Some(100_000);
    let error = sync_once(tablet.store(), &gallery).expect_err("one is too large");
    assert!(matches!(error, SyncError::RoadLimit { bytes: 200_000.. }) && error.is_passing(), "{error}");
    assert_eq!((tablet.queue(), problem(&tablet).as_deref()), (vec![id(1)], Some("road-limit")));
    assert!(gallery.has(photo) && tablet.identity().reached_end, "the photo went out, and the feed was read");
    gallery.state().road_limit = None;
    sync_once(tablet.store(), &gallery).expect("the road is wide again");
    assert_eq!((tablet.queue(), tablet.rejected(), problem(&tablet)), (vec![], vec![], None));
}

#[test]
fn a_small_save_does_not_wait_behind_large_ones() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    (1..=40).for_each(|number| write(&tablet, number, 60_000));
    write(&tablet, 41, 10);
    gallery.state().road_limit = Some(50_000);
    sync_once(tablet.store(), &gallery).expect_err("the large ones do not pass");
    assert!(gallery.state().records.contains_key(&id(41)));
    assert_eq!(tablet.queue().len(), 40);
    // Each large one is tried two times before it is set aside.
    let refused = gallery.state().refused_before_any.expect("the small one passed");
    assert!(refused < 20, "it came through after {refused} bodies that did not pass");
}

#[test]
fn parts_of_a_photo_shrink_down_to_thirty_two_kilobytes() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (photo, _) = take_photo(&tablet, id(1), &bytes(1, PART + 5), None);
    gallery.state().road_limit = Some(40_000);
    sync_once(tablet.store(), &gallery).expect("small parts pass");
    assert!(gallery.has(photo));
    let mut tried: Vec<usize> = Vec::new();
    for call in gallery.blob_calls() {
        if let Call::Send(_, _, length) = call {
            tried.push(length >> 10);
        }
    }
    assert_eq!(tried[..6], [512, 256, 128, 64, 32, 32]);
}

#[test]
fn a_photo_of_which_no_part_passes_is_named_and_the_next_exchange_tries_it_again() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    let (photo, _) = take_photo(&tablet, id(1), &bytes(1, PART), None);
    gallery.state().road_limit = Some(20_000);
    let error = sync_once(tablet.store(), &gallery).expect_err("no part passes");
    assert!(matches!(error, SyncError::RoadLimit { bytes: 32_768 }), "{error}");
    assert_eq!((owed(&tablet), problem(&tablet).as_deref()), (vec![photo], Some("road-limit")));
    gallery.state().road_limit = None;
    tablet.clock.advance(86_400_000);
    sync_once(tablet.store(), &gallery).expect("the road is wide again");
    assert_eq!((owed(&tablet), problem(&tablet)), (vec![], None));
}

#[test]
fn a_garbled_road_that_is_mended_needs_nobody() {
    let gallery = Gallery::default();
    let tablet = enrolled_with(&gallery);
    (1..=5).for_each(|number| write(&tablet, number, 10));
    gallery.state().is_garbled = true;
    sync_once(tablet.store(), &gallery).expect_err("nothing passes");
    assert_eq!(problem(&tablet).as_deref(), Some("road-garbles"));
    gallery.state().is_garbled = false;
    assert_eq!(sync_once(tablet.store(), &gallery).expect("the road is mended").pushed, 5);
}
