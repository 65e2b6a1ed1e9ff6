//! Two names under a round: the second by a PIN of their own on the same tablet, or later in the office; none takes another's place.

use serde_json::{Value, json};

use super::School;
use crate::entries::signature;
use crate::support::Hand;

fn strokes() -> Value {
    signature()["strokes"].clone()
}

/// A fire patrol that the guard has walked; guard and logi have PINs of their own.
fn walked() -> (School, String) {
    let school = School::new();
    school.make_fire_route();
    for (person, pin) in [(&school.guard, "1357"), (&school.logi, "2468")] {
        school.tablet.app(Some(person)).call("pin.set", json!({"person": person, "pin": pin}));
    }
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.visit(&run, 2, "normal");
    (school, run)
}

/// The tablet that the guard has switched to.
fn tablet(school: &School) -> Hand {
    let shared = school.tablet.shared();
    shared.call("person.switch", json!({"person": school.guard, "pin": "1357"}));
    shared
}

fn signing(hand: &Hand, run: &str) -> Value {
    hand.call("patrol.get", json!({"run": run}))["signing"].clone()
}

fn vouch(hand: &Hand, run: &str, person: &str, pin: &str) -> Value {
    let saw = signing(hand, run)["saw"].clone();
    let asked = json!({"person": person, "pin": pin, "record": run, "act": "sign", "saw": saw});
    hand.call("person.vouch", asked)["voucher"].clone()
}

#[test]
fn a_second_signer_on_the_same_tablet_enters_their_own_pin_and_the_session_stays() {
    let (school, run) = walked();
    let shared = tablet(&school);
    shared.call("patrol.finish", json!({"run": run, "signature": strokes()}));
    let before = signing(&shared, &run);
    assert_eq!((&before["needed"], &before["missing"], &before["role"]), (&json!(2), &json!(1), &json!("walker")));
    school.tablet.wait_ms(1_000);
    let voucher = vouch(&shared, &run, &school.logi, "2468");
    let given = json!({"run": run, "signature": strokes(), "as": voucher});
    let signed = shared.call("patrol.sign", given.clone());
    assert_eq!((&signed["role"], &signed["visits"], &signed["missing"]), (&json!("second"), &json!(2), &json!(0)));
    assert_eq!(shared.call("person.current", json!({}))["by"]["id"], school.guard.as_str(), "nobody is switched");
    let view = shared.call("patrol.get", json!({"run": run}));
    let signs = view["signs"].as_array().expect("signatures");
    let told: Vec<_> = signs.iter().map(|sign| (&sign["by"]["name"], &sign["role"], &sign["how"])).collect();
    let guard = (&json!("guard"), &json!("walker"), &json!("pin"));
    assert_eq!(told, [guard, (&json!("logi"), &json!("second"), &json!("pin"))]);
    assert_eq!(signs[1]["nil"], false, "nobody signs a 零报告 for what others walked");
    assert_eq!(shared.refusal("patrol.sign", given), ("bad-voucher".to_owned(), Some("as".to_owned())), "it was used");
}

#[test]
fn the_second_signs_later_in_the_office_and_a_person_is_counted_once() {
    let (school, run) = walked();
    let shared = tablet(&school);
    shared.call("patrol.finish", json!({"run": run, "signature": strokes()}));
    let again = shared.call("patrol.sign", json!({"run": run, "signature": strokes()}));
    assert_eq!((&again["role"], &again["missing"]), (&json!("walker"), &json!(1)), "one person is one signer");
    school.tablet.wait_ms(1_000);
    let office = school.tablet.office(Some(&school.logi));
    assert_eq!(signing(&office, &run)["role"], "second");
    let signed = office.call("patrol.sign", json!({"run": run, "signature": strokes()}));
    assert_eq!((&signed["role"], &signed["missing"]), (&json!("second"), &json!(0)));
    let view = office.call("patrol.get", json!({"run": run}));
    assert_eq!(view["signs"].as_array().map(Vec::len), Some(3), "no strokes take the place of others");
    assert_eq!(view["signs"][2]["how"], "session");
}

#[test]
fn who_has_walked_a_part_signs_for_that_part_and_is_no_second_under_it() {
    let (school, run) = walked();
    let visit = json!({"run": run, "checkpoint": school.points[2], "how": "qr", "result": "normal"});
    school.logi().call("patrol.visit", visit);
    let office = school.tablet.office(Some(&school.logi));
    let signed = office.call("patrol.sign", json!({"run": run, "signature": strokes()}));
    assert_eq!((&signed["role"], &signed["visits"]), (&json!("walker"), &json!(1)));
    let shared = tablet(&school);
    let signed = shared.call("patrol.sign", json!({"run": run, "signature": strokes()}));
    assert_eq!(
        (&signed["visits"], &signed["missing"]),
        (&json!(2), &json!(1)),
        "two persons have signed, each for their part, and nobody who walked none of it"
    );
    let view = signing(&shared, &run);
    assert_eq!((&view["lacks_second"], view["signed"].as_array().map(Vec::len)), (&json!(true), Some(2)));
    let head = school.person("head");
    let signed = school.tablet.office(Some(&head)).call("patrol.sign", json!({"run": run, "signature": strokes()}));
    assert_eq!((&signed["role"], &signed["missing"]), (&json!("second"), &json!(0)));
}

#[test]
fn two_walkers_of_one_fire_patrol_sign_each_for_their_own_run_and_neither_is_the_second_of_the_other() {
    let (school, run) = walked();
    let window = json!({"route": school.route, "walk": run, "window": "am"});
    let other = school.other_tablet();
    let along = other.app(Some(&school.logi)).call("patrol.start", window)["id"].clone();
    let visit = json!({"run": along, "checkpoint": school.points[2], "how": "qr", "result": "normal"});
    other.app(Some(&school.logi)).call("patrol.visit", visit);
    let arrived = other.app(None).call("record.get", json!({"id": along}));
    school.give(&school.tablet, &arrived);
    let shared = tablet(&school);
    let saw = signing(&shared, &run)["saw"].clone();
    assert_eq!(signing(&shared, &run)["walkers"].as_array().map(Vec::len), Some(2));
    let voucher = vouch(&shared, &run, &school.logi, "2468");
    let given = json!({"run": run, "signature": strokes(), "saw": saw, "as": voucher});
    assert_eq!(shared.refusal("patrol.sign", given), ("own-work".to_owned(), Some("as".to_owned())));
    let office = school.tablet.office(Some(&school.logi));
    assert_eq!(signing(&office, &run)["role"], Value::Null);
    assert_eq!(
        office.refusal("patrol.sign", json!({"run": run, "signature": strokes()})),
        ("own-work".to_owned(), Some("run".to_owned()))
    );
    assert_eq!(office.call("patrol.get", json!({"run": run}))["signs"], json!([]), "nothing was kept of it");
    let own = office.call("patrol.sign", json!({"run": along, "signature": strokes()}));
    assert_eq!((&own["role"], &own["missing"]), (&json!("walker"), &json!(1)));
    let walker = shared.call("patrol.sign", json!({"run": run, "signature": strokes()}));
    assert_eq!((&walker["role"], &walker["missing"]), (&json!("walker"), &json!(1)));
}

#[test]
fn what_was_added_or_changed_after_a_signature_stands_beside_it_and_no_signature_is_withdrawn() {
    let (school, run) = walked();
    let office = school.tablet.office(Some(&school.logi));
    office.call("patrol.sign", json!({"run": run, "signature": strokes()}));
    school.visit(&run, 3, "normal");
    let sign = |hand: &Hand| hand.call("patrol.get", json!({"run": run}))["signs"][0].clone();
    assert_eq!((&sign(&office)["points"], &sign(&office)["added"]), (&json!(2), &json!(1)), "签后新增");
    let visit = school.guard().call("patrol.get", json!({"run": run}))["points"][0]["visits"][0]["id"].clone();
    school.guard().call("patrol.undo", json!({"run": run, "visit": visit}));
    assert_eq!(sign(&office)["changed"], 1, "签后更正");
    assert_eq!(sign(&office)["strokes"], strokes());
}

#[test]
fn a_proof_is_for_the_round_as_it_was_shown() {
    let (school, run) = walked();
    let shared = tablet(&school);
    let voucher = vouch(&shared, &run, &school.logi, "2468");
    let saw = signing(&shared, &run)["saw"].clone();
    school.visit(&run, 3, "normal");
    let refused = shared.refusal("patrol.sign", json!({"run": run, "signature": strokes(), "as": voucher}));
    assert_eq!(refused, ("bad-voucher".to_owned(), Some("as".to_owned())));
    let refused = shared.refusal("patrol.sign", json!({"run": run, "signature": strokes(), "saw": saw}));
    assert_eq!(refused, ("changed".to_owned(), Some("saw".to_owned())));
}

#[test]
fn nobody_signs_without_a_hand_a_name_or_a_part_in_patrols() {
    let (school, run) = walked();
    let given = json!({"run": run, "signature": strokes()});
    assert_eq!(
        school.guard().refusal("patrol.sign", json!({"run": run, "signature": []})).1.as_deref(),
        Some("signature")
    );
    assert_eq!(school.setup.refusal("patrol.sign", given.clone()).0, "person-needed");
    assert_eq!(school.tablet.app(Some(&school.cook)).refusal("patrol.sign", given.clone()).0, "not-found");
    let shared = tablet(&school);
    school.tablet.app(Some(&school.cook)).call("pin.set", json!({"person": school.cook, "pin": "9999"}));
    let voucher = vouch(&shared, &run, &school.cook, "9999");
    let refused = shared.refusal("patrol.sign", json!({"run": run, "signature": strokes(), "as": voucher}));
    assert_eq!(refused, ("not-allowed".to_owned(), Some("as".to_owned())));
    school.logi().call("patrol.void", json!({"run": run, "reason": "重复"}));
    assert_eq!(shared.refusal("patrol.sign", given).0, "void");
    assert!(!school.stored(&run).to_string().contains("9999"), "a PIN stands nowhere");
}

#[test]
fn a_hand_that_nobody_made_sure_of_is_kept_and_counts_for_nothing() {
    let (school, run) = walked();
    let signed = school.logi().call("patrol.sign", json!({"run": run, "signature": strokes()}));
    assert_eq!((&signed["role"], &signed["missing"]), (&json!("second"), &json!(2)), "未核验");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!((&view["signs"][0]["how"], &view["signing"]["signed"]), (&json!("none"), &json!([])));
}
