//! What one record may become, push by push.

use causal::Record;
use wire::{MAX_PUSH_BYTES, Outcome, PushResult};

use super::support::*;

/// The values of one push: just below what one push may add.
const FIELDS: u64 = 15;
const VALUE: usize = 60_000;

/// Adds values of nearly 1 MiB to the record, all from one replica.
fn grow(record: &mut Record, device: &Device) {
    let value = "v".repeat(VALUE);
    for index in 0..FIELDS {
        let counter = device.number * FIELDS + index + 1;
        save(record, device.replica, counter, &format!("f{counter}"), &value);
    }
}

fn push_one(server: &Server, device: &mut Device, record: &Record) -> PushResult {
    device.push(server, std::slice::from_ref(record)).results.remove(0)
}

#[test]
fn no_number_of_pushes_makes_a_record_larger_than_one_push_carries() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let mut grown = record(1, "finding", None);
    let refused = loop {
        let before = grown.clone();
        grow(&mut grown, &tablet);
        let result = push_one(&server, &mut tablet, &grown);
        if result.outcome == Outcome::Rejected {
            grown = before;
            break result.problem.expect("a problem");
        }
        assert!(tablet.number < 20, "the record grows without an end");
    };
    assert_eq!(refused.kind().map(|kind| kind.slug()), Some("limit-exceeded"));
    let refused: serde_json::Value = serde_json::from_slice(&refused.encode()).expect("is JSON");
    assert_eq!(refused["limit"], "record-total");
    assert_eq!(tablet.number, 10, "nine pushes fit into {MAX_PUSH_BYTES} bytes");
    assert_eq!(server.stored(1), Some(grown.clone()), "what is there stays");
    // Who adds nothing is not refused, and everybody reads on.
    assert_eq!(tablet.outcome(&server, &grown), "unchanged");
    let mut other = server.tablet();
    let small = finding(2, other.replica, 1, "x");
    assert_eq!(other.outcome(&server, &small), "merged");
    let first = tablet.pull(&server, None, 1);
    assert_eq!(first.records, [grown]);
    assert_eq!(tablet.pull(&server, Some(&first.cursor), 1).records, [small]);
}
