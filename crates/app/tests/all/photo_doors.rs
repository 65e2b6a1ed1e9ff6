//! Photos that no record names, or only one that somebody does not see: as if they were not there.

use app::BlobSight;
use replica::BlobId;
use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::{Hand, START_MS, text};

/// A JPEG of a few bytes.
const PHOTO: &[u8] = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0picture\xff\xd9";

fn put(hand: &Hand) -> String {
    hand.app().put_photo(PHOTO).expect("room on the disk").blob
}

fn named(blob: &str) -> Value {
    json!({"blob": blob, "mime": "image/jpeg", "size": PHOTO.len(), "taken_at": START_MS, "source": "camera"})
}

fn sight(hand: &Hand, blob: &str) -> BlobSight {
    hand.app().blob_sight(blob.parse::<BlobId>().expect("a digest")).expect("the store reads")
}

/// A tablet at which somebody stands.
fn at_tablet(gate: &Gate, person: &str) -> Hand {
    let shared = gate.tablet.shared();
    shared.call("person.switch", json!({"person": person}));
    shared
}

#[test]
fn a_photo_that_nobody_has_named_yet_is_seen_by_who_put_it_alone() {
    let gate = Gate::new();
    let shared = at_tablet(&gate, &gate.zhang);
    let blob = put(&shared);
    assert_eq!(sight(&shared, &blob), BlobSight::Sealed, "no cache keeps it for the next person");
    for other in [Some(&gate.li), None] {
        shared.call("person.switch", json!({"person": other}));
        assert_eq!(sight(&shared, &blob), BlobSight::No, "{other:?}");
    }
    for person in [&gate.head, &gate.cook] {
        assert_eq!(sight(&gate.by(person), &blob), BlobSight::No);
    }
    assert_eq!(sight(&gate.tablet.office(None), &blob), BlobSight::No);
    assert_eq!(sight(&gate.setup, &blob), BlobSight::Sealed, "support holds the store");
}

#[test]
fn what_somebody_has_begun_keeps_its_photo_for_them_beyond_the_end_of_the_program() {
    let gate = Gate::new();
    let shared = at_tablet(&gate, &gate.zhang);
    let blob = put(&shared);
    shared.call("draft.save", json!({"form": "finding.report", "set": {"photos": [named(&blob)]}}));
    drop(shared);
    let again = gate.tablet.shared();
    assert_eq!(sight(&again, &blob), BlobSight::Sealed);
    again.call("person.switch", json!({"person": gate.li}));
    assert_eq!(sight(&again, &blob), BlobSight::No);
    again.call("person.switch", json!({"person": gate.zhang}));
    again.call("draft.discard", json!({"form": "finding.report"}));
    assert_eq!(sight(&again, &blob), BlobSight::No, "nothing names it any more");
}

#[test]
fn a_photo_that_was_taken_back_is_gone_for_everybody_else() {
    let gate = Gate::new();
    let shared = at_tablet(&gate, &gate.zhang);
    let blob = put(&shared);
    let form = shared.call("inspection.start", json!({"template": "T15:D@1", "subject": "主楼"}))["id"].clone();
    shared.call("inspection.photo", json!({"id": form, "item": "T15.02", "photo": named(&blob)}));
    assert_eq!(sight(&gate.by(&gate.head), &blob), BlobSight::Open);
    shared.call("inspection.undo", json!({"id": form, "item": "T15.02", "photo": blob}));
    assert_eq!(sight(&gate.by(&gate.head), &blob), BlobSight::No);
    assert_eq!(sight(&gate.by(&gate.li), &blob), BlobSight::No);
}

#[test]
fn a_draft_that_repeats_the_name_of_a_photo_shows_nothing_of_a_record_that_is_not_seen() {
    let gate = Gate::new();
    let blob = put(&at_tablet(&gate, &gate.zhang));
    let report = json!({"description": "路灯不亮", "severity": "L2", "photos": [named(&blob)]});
    let finding = text(&gate.by(&gate.head).call("finding.report", report)["id"]);
    gate.setup.call("finding.step", json!({"id": finding, "step": "void", "note": "看错了"}));
    let cook = at_tablet(&gate, &gate.cook);
    cook.call("draft.save", json!({"form": "finding.report", "set": {"photos": [named(&blob)]}}));
    assert_eq!(sight(&cook, &blob), BlobSight::No);
}

#[test]
fn nobody_names_a_photo_that_they_do_not_see_in_a_record_of_their_own() {
    let gate = Gate::new();
    let blob = put(&at_tablet(&gate, &gate.zhang));
    let refused = ("bad-photo".to_owned(), Some("photos".to_owned()));
    let report = |blob: &str| json!({"description": "门锁坏", "photos": [named(blob)]});
    for hand in [at_tablet(&gate, &gate.cook), gate.tablet.office(Some(&gate.cook))] {
        assert_eq!(hand.refusal("finding.report", report(&blob)), refused);
        hand.call("finding.report", report(&"a".repeat(64)));
        let form = text(&hand.call("inspection.start", json!({"template": "T03@1", "subject": "留样柜"}))["id"]);
        let photo = json!({"id": form, "item": "T03.01", "photo": named(&blob)});
        assert_eq!(hand.refusal("inspection.photo", photo).0, "bad-photo");
        let set = json!({
            "area": gate.post, "object": "口杯", "qty": 1, "method": "含氯浸泡", "chlorine_mg_l": "250",
            "mixed_at": START_MS, "strip": [named(&blob)],
        });
        let save = json!({"kind": "disinfection_log", "set": set});
        assert_eq!(hand.refusal("entry.save", save), ("bad-photo".to_owned(), Some("set".to_owned())));
    }
}

#[test]
fn the_queue_names_a_photo_to_who_sees_it_alone() {
    let gate = Gate::new();
    let blob = gate.setup.app().store().put_blob(PHOTO).expect("room").to_string();
    let set = json!({
        "person": gate.zhang, "no": "HZ-1", "issued_on": "2026-08-01", "valid_to": "2027-07-31", "issuer": "疾控中心",
        "scan": [named(&blob)],
    });
    gate.setup.call("entry.save", json!({"kind": "health_certificate", "set": set, "late_reason": "补"}));
    let told = |hand: &Hand| hand.call("sync.queue", json!({}))["photos"].clone();
    assert_eq!(told(&gate.by(&gate.head))[0]["blob"], json!(blob));
    let cook = told(&gate.by(&gate.cook));
    assert_eq!((&cook[0]["blob"], &cook[0]["bytes"]), (&Value::Null, &json!(PHOTO.len())), "it waits, and that is all");
}
