//! What is kept no longer goes at night, and what was erased at once.

use causal::RecordId;
use domain::id::{contact_id, pin_id};
use domain::register::part_id;
use serde_json::json;
use uuid::Uuid;

use super::{ORGANISATION, School};

/// From the first day of school to the last day on which a certificate of the month before is kept.
const TO_ITS_LAST_DAY: u64 = 3 * 365 + 1 - 31;

#[test]
fn what_is_kept_no_longer_goes_at_night_with_its_parts_and_photos_and_not_a_day_before() {
    let school = School::new();
    let (cook, certificate, photo) = school.cook();
    let scan = part_id(certificate, "scan");
    assert_eq!(school.days_pass(TO_ITS_LAST_DAY), 0, "it is kept to its last day");
    assert!(school.holds(certificate) && school.holds(scan) && school.has_photo(photo));
    assert!(school.days_pass(1) >= 2);
    assert!(!school.holds(certificate) && !school.holds(scan), "gone at the hub, and so everywhere");
    assert!(!school.has_photo(photo), "the bytes that only they named are gone");
    assert_eq!(school.refusal("entry.get", json!({"id": certificate})), "not-found");
    assert!(school.holds(cook) && school.holds(contact_id(cook)), "who works here stays");
    assert_eq!(school.replica.run_night().expect("a night"), 0, "a night is run once");
}

#[test]
fn a_clock_that_has_jumped_takes_nothing_away_on_its_first_night() {
    let school = School::new();
    let (_, certificate, _) = school.cook();
    school.days_pass(1);
    school.wait_days(5 * 365);
    assert_eq!(school.replica.run_night().expect("a night"), 0);
    assert!(school.holds(certificate));
    school.wait_days(1);
    assert!(school.replica.run_night().expect("a night") >= 2, "the next night knows of one before it");
    assert!(!school.holds(certificate));
}

#[test]
fn how_somebody_is_reached_is_kept_ninety_days_after_they_have_left() {
    let school = School::new();
    let (cook, certificate, _) = school.cook();
    school.days_pass(100);
    assert!(school.holds(contact_id(cook)));
    school.call("person.save", json!({"id": cook, "active": false}));
    assert_eq!(school.days_pass(90), 0);
    assert_eq!(school.days_pass(1), 1);
    assert!(!school.holds(contact_id(cook)));
    assert!(school.holds(cook) && school.holds(certificate), "the name stands on what is kept");
    let told = school.call("person.get", json!({"id": cook}));
    assert_eq!((&told["name"], &told["phone"]), (&json!("赵厨"), &json!(null)));
}

/// 赵厨 has left, and everything about them was erased.
fn erased() -> (School, Uuid, Uuid, replica::BlobId) {
    let school = School::new();
    let (cook, certificate, photo) = school.cook();
    school.call("person.save", json!({"id": cook, "active": false}));
    school.call("entry.about", json!({"id": cook, "do": "erase", "basis": "request"}));
    (school, cook, certificate, photo)
}

#[test]
fn what_is_erased_is_gone_at_the_hub_before_it_is_answered_and_the_rest_says_what_is_gone() {
    let (school, cook, certificate, photo) = erased();
    for gone in [contact_id(cook), pin_id(cook), part_id(certificate, "scan")] {
        assert!(!school.holds(gone));
    }
    assert!(!school.has_photo(photo));
    assert!(school.holds(cook) && school.holds(certificate), "what must be kept is kept");
    let row = school.call("entry.get", json!({"id": certificate}));
    assert_eq!((&row["fields"]["scan"], &row["words"]["person"]["zh"]), (&json!({"gone": "keep"}), &json!("赵厨")));
}

#[test]
fn what_was_erased_goes_again_when_a_store_that_was_put_back_holds_it() {
    let school = School::new();
    let (cook, certificate, _) = school.cook();
    let scan = part_id(certificate, "scan");
    let before = school.hub.read_store(|txn| txn.record(ORGANISATION, RecordId(scan))).expect("the hub reads");
    let before = before.expect("the scan");
    school.call("person.save", json!({"id": cook, "active": false}));
    school.call("entry.about", json!({"id": cook, "do": "erase", "basis": "left"}));
    school.days_pass(1);
    let put_back = school.hub.write_blocking(ORGANISATION, move |txn| {
        let mut old = before.clone();
        old.seq = txn.next_place(ORGANISATION, Uuid::from_u128(9))?;
        txn.put_record(ORGANISATION, &old)?;
        txn.begin_epoch(ORGANISATION, Uuid::from_u128(8))
    });
    put_back.expect("a commit");
    assert!(school.holds(scan), "the older copy holds it again");
    assert_eq!(school.days_pass(1), 1);
    assert!(!school.holds(scan));
}

#[test]
fn a_name_goes_with_the_last_row_that_says_it() {
    let (school, cook, certificate, _) = erased();
    school.days_pass(TO_ITS_LAST_DAY);
    assert!(school.holds(cook));
    school.days_pass(1);
    assert!(!school.holds(certificate));
    school.days_pass(1);
    assert!(!school.holds(cook), "nothing says it any more");
    assert_eq!(school.refusal("entry.about", json!({"id": cook})), "not-found");
}

#[test]
fn who_works_here_again_keeps_what_is_new() {
    let (school, cook, ..) = erased();
    school.call("person.save", json!({"id": cook, "active": true, "phone": "13900005678"}));
    school.days_pass(3);
    assert!(school.holds(contact_id(cook)));
    assert_eq!(school.call("person.get", json!({"id": cook}))["phone"], "13900005678");
}
