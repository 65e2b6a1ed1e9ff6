//! What the hub promises of blobs, without HTTP.

use causal::Value;
use uuid::Uuid;
use wire::{BlobId, BlobProgress, MAX_BLOB_BYTES};

use super::support::*;
use crate::blobs::BlobStore;
use crate::service::{BlobRefusal, Refusal};
use crate::storage::Role;

const EAST: Uuid = Uuid::from_u128(0xEA57);
const WEST: Uuid = Uuid::from_u128(0x3E57);

fn progress(server: &Server, device: &Device, id: BlobId) -> Option<(u64, bool)> {
    let found = server.hub.blob_progress(&device.row, id).expect("works");
    found.map(|BlobProgress { offset, complete }| (offset, complete))
}

fn bytes(server: &Server, device: &Device, id: BlobId) -> Option<Vec<u8>> {
    server.hub.read_blob(&device.row, id).expect("works")
}

fn send(
    server: &Server,
    device: &Device,
    id: BlobId,
    offset: u64,
    total: u64,
    part: &[u8],
) -> Result<u64, BlobRefusal> {
    server.hub.send_blob(&device.row, id, offset, total, part).expect("works")
}

#[test]
fn what_is_put_as_a_whole_is_acknowledged_and_readable_where_a_record_names_it() {
    let server = Server::new();
    let mut office = server.office();
    let (east, west) = (server.enrol(Role::Tablet, Some(&[EAST])), server.enrol(Role::Tablet, Some(&[WEST])));
    let id = server.hub.put_blob(&office.row, b"photo").expect("works").expect("is taken");
    assert_eq!(bytes(&server, &office, id).as_deref(), Some(&b"photo"[..]));
    assert_eq!((bytes(&server, &east, id), progress(&server, &east, id)), (None, None));
    let mut named = record(1, "finding", Some(EAST));
    let value = Value::from_json(&serde_json::json!({"deep": [{"blob": id.to_string()}]}));
    named
        .state
        .save(
            causal::Dot::new(office.replica, 1),
            causal::Stamp { at: 1, by: None },
            &causal::VersionVector::new().into(),
            [("photos".into(), value)],
        )
        .expect("a save");
    office.push(&server, &[named]);
    assert_eq!(bytes(&server, &east, id).as_deref(), Some(&b"photo"[..]));
    assert_eq!((bytes(&server, &west, id), progress(&server, &west, id)), (None, None));
}

#[test]
fn a_blob_is_taken_in_parts_and_no_larger_than_allowed() {
    let server = Server::new();
    let tablet = server.tablet();
    let id = BlobId::of(b"photograph");
    assert_eq!(send(&server, &tablet, id, 0, 10, b"photo"), Ok(5));
    assert_eq!(send(&server, &tablet, id, 0, 10, b"photo"), Err(BlobRefusal::Offset(5)));
    assert_eq!(send(&server, &tablet, id, 5, 7, b"graph"), Err(BlobRefusal::BeyondItsEnd));
    assert_eq!(progress(&server, &tablet, id), Some((5, false)));
    assert_eq!(send(&server, &tablet, id, 5, 10, b"graph"), Ok(10));
    assert_eq!(send(&server, &tablet, id, 10, 10, b""), Ok(10));
    assert_eq!(send(&server, &tablet, id, 0, 10, b"photograph"), Err(BlobRefusal::Offset(10)));
    let limit = u64::try_from(MAX_BLOB_BYTES).expect("is a number");
    let other = BlobId::of(b"other");
    assert_eq!(send(&server, &tablet, other, 0, limit + 1, b"x"), Err(BlobRefusal::TooLarge));
    let large = vec![0; MAX_BLOB_BYTES + 1];
    assert_eq!(server.hub.put_blob(&tablet.row, &large).expect("works"), Err(BlobRefusal::TooLarge));
    assert_eq!(send(&server, &tablet, other, 0, 5, b"wrong"), Err(BlobRefusal::Digest));
}

#[test]
fn bytes_without_an_acknowledgement_are_not_there() {
    let server = Server::new();
    let tablet = server.tablet();
    // As a crash between the file and the row leaves it.
    let id = server.blobs.put(server.organisation, b"photo").expect("works");
    assert_eq!((progress(&server, &tablet, id), bytes(&server, &tablet, id)), (None, None));
    assert_eq!(send(&server, &tablet, id, 0, 5, b"photo"), Ok(5));
    assert_eq!(progress(&server, &tablet, id), Some((5, true)));
}

#[test]
fn a_device_that_is_revoked_while_it_sends_gets_nothing_acknowledged() {
    let server = Server::new();
    let tablet = server.tablet();
    let id = BlobId::of(b"photo");
    assert_eq!(send(&server, &tablet, id, 0, 5, b"pho"), Ok(3));
    assert!(server.hub.revoke_device(server.organisation, tablet.row.id).expect("works"));
    let refused = send(&server, &tablet, id, 3, 5, b"to");
    assert_eq!(refused, Err(BlobRefusal::Device(Refusal::DeviceRevoked)));
    assert_eq!(server.storage.read().expect("a transaction").blobs(server.organisation).expect("works"), []);
}

#[test]
fn a_device_is_noted_as_seen_at_most_once_a_minute() {
    use std::sync::atomic::Ordering;
    let server = Server::new();
    let tablet = server.tablet();
    let seen_at = |now: u64| {
        server.clock.0.store(now, Ordering::SeqCst);
        let token = "no token";
        assert!(server.hub.authenticate(token).expect("works").is_err());
        server.hub.note_seen(&tablet.row);
        // What was only mentioned is written before what is waited for.
        server.hub.write_blocking(server.organisation, |_| Ok(())).expect("works");
        server.hub.devices(server.organisation).expect("works")[0].last_seen_at
    };
    assert_eq!(seen_at(1_500), Some(1_000), "when it was enrolled");
    assert_eq!(seen_at(60_999), Some(1_000));
    assert_eq!(seen_at(61_000), Some(61_000));
    assert_eq!(seen_at(100_000), Some(61_000));
    assert_eq!(seen_at(5), Some(5), "the clock was put back");
}

#[test]
fn what_a_device_owes_is_noted_when_it_changes_and_at_most_once_a_minute() {
    use std::sync::atomic::Ordering;
    let server = Server::new();
    let tablet = server.tablet();
    let noted = |owes: u64, now: u64| {
        server.clock.0.store(now, Ordering::SeqCst);
        server.hub.note_owes(&tablet.row, owes);
        server.hub.write_blocking(server.organisation, |_| Ok(())).expect("works");
        let row = server.hub.devices(server.organisation).expect("works").remove(0);
        (row.owes, row.owed_none_at)
    };
    assert_eq!(noted(2, 1_000), (Some(2), None), "it never has sent all that it had");
    assert_eq!(noted(0, 2_000), (Some(0), Some(2_000)));
    assert_eq!(noted(0, 61_999), (Some(0), Some(2_000)));
    assert_eq!(noted(0, 62_000), (Some(0), Some(62_000)));
    assert_eq!(noted(1, 63_000), (Some(1), Some(62_000)), "when it owed none stays");
}

#[test]
fn the_end_of_the_feed_is_shown_to_who_listens_until_the_hub_stops_listening() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let mut feed = server.hub.subscribe(server.organisation).expect("works");
    assert_eq!(*feed.borrow_and_update(), 0);
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a")]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let mut moved = || {
        let within = std::time::Duration::from_secs(5);
        let changed = runtime.block_on(async { tokio::time::timeout(within, feed.changed()).await });
        changed.expect("it is told in time").is_ok().then(|| *feed.borrow_and_update())
    };
    assert_eq!(moved(), Some(1));
    server.hub.stop_listening();
    assert_eq!(moved(), None);
    assert!(server.hub.subscribe(server.organisation).expect("works").has_changed().is_err(), "for good");
}
