//! Everything about one record, as far as who asks sees it.

use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::{Hand, photo, text};

/// The registers of the rows, in the order of their names.
fn kinds(told: &Value) -> Vec<String> {
    let mut kinds: Vec<String> = told["rows"].as_array().expect("rows").iter().map(|row| text(&row["kind"])).collect();
    kinds.sort();
    kinds
}

fn records(told: &Value) -> Vec<String> {
    told["records"].as_array().expect("records").iter().map(|record| text(&record["kind"])).collect()
}

/// A shift of 张强, a certificate, and a finding that was found and is closed.
fn school() -> Gate {
    let gate = Gate::new();
    gate.shift();
    let set = json!({
        "person": gate.zhang, "no": "HZ-778899", "issued_on": "2026-08-01", "valid_to": "2027-07-31", "issuer": "疾控中心",
        "scan": [photo('a')],
    });
    gate.setup.call("entry.save", json!({"kind": "health_certificate", "set": set, "late_reason": "补"}));
    let found = json!({"description": "路灯不亮", "severity": "L2"});
    let finding = gate.by(&gate.zhang).call("finding.report", found)["id"].clone();
    gate.setup.call("finding.step", json!({"id": finding, "step": "void", "note": "看错了"}));
    gate
}

fn show(hand: &Hand, id: &str) -> Value {
    hand.call("entry.about", json!({"id": id}))
}

#[test]
fn everything_about_a_person_is_what_who_asks_sees_of_it() {
    let gate = school();
    let head = show(&gate.by(&gate.head), &gate.zhang);
    assert_eq!((&head["kind"], &head["title"], &head["cut"]), (&json!("person"), &json!("张强"), &json!(false)));
    assert_eq!(kinds(&head), ["duty_shift", "health_certificate"]);
    assert!(records(&head).contains(&"finding".to_owned()), "{head}");
    assert_eq!(kinds(&show(&gate.by(&gate.zhang), &gate.zhang)), ["duty_shift", "health_certificate"], "their own");
    assert_eq!(kinds(&show(&gate.by(&gate.li), &gate.zhang)), ["duty_shift"], "a colleague at the gate");
    let cook = show(&gate.by(&gate.cook), &gate.zhang);
    assert_eq!((kinds(&cook), records(&cook)), (vec![], vec![]), "{cook}");
    let nowhere = "0199a1f0-0000-7000-8000-00000000dead";
    assert_eq!(gate.by(&gate.cook).refusal("entry.about", json!({"id": nowhere})).0, "not-found");
    assert_eq!(gate.tablet.shared().refusal("entry.about", json!({"id": gate.zhang})).0, "person-needed");
}

#[test]
fn a_row_that_is_not_seen_has_nothing_about_it() {
    let gate = school();
    let shift = text(&gate.shift()["id"]);
    gate.handover(&shift);
    assert_eq!(kinds(&show(&gate.by(&gate.head), &shift)), ["shift_handover"]);
    assert_eq!(gate.by(&gate.cook).refusal("entry.about", json!({"id": shift})).0, "not-found");
}

#[test]
fn what_is_taken_out_is_written_down_with_its_purpose() {
    let gate = school();
    let export =
        |hand: &Hand| hand.call("entry.about", json!({"id": gate.zhang, "do": "export", "purpose": "本人申请"}));
    let head = gate.by(&gate.head);
    let refused = head.refusal("entry.about", json!({"id": gate.zhang, "do": "export"}));
    assert_eq!(refused, ("bad-arguments".to_owned(), Some("purpose".to_owned())));
    let taken = export(&head);
    assert_eq!(kinds(&taken), ["duty_shift", "health_certificate"]);
    let rows = taken["rows"].as_array().expect("rows");
    let shift = rows.iter().find(|row| row["kind"] == "duty_shift").expect("the shift");
    assert!(shift["fields"]["post"].is_string() && shift["fields"]["shift"] == "夜班", "every field: {shift}");
    let left = head.call("entry.list", json!({"kind": "disclosure"}))["rows"].clone();
    assert_eq!(left.as_array().map(Vec::len), Some(1), "{left}");
    assert_eq!((&left[0]["fields"]["title"], &left[0]["fields"]["full"]), (&json!("张强"), &json!(true)));
    let own = export(&gate.by(&gate.zhang));
    assert_eq!(kinds(&own), ["duty_shift", "health_certificate"], "everybody may take out what is about themselves");
    let colleague = export(&gate.by(&gate.li));
    let nothing: Vec<String> = Vec::new();
    assert_eq!((kinds(&colleague), records(&colleague)), (nothing.clone(), nothing), "reading is not taking out");
}
