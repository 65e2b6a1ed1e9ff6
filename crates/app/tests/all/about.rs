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

/// Everything about 张强, who has left, has a phone number, and is named by a shift, a certificate and a finding.
fn left() -> Gate {
    let gate = school();
    gate.setup.call("person.save", json!({"id": gate.zhang, "phone": "13800001234"}));
    gate.setup.call("person.save", json!({"id": gate.zhang, "active": false}));
    gate
}

fn kinds_of(groups: &Value) -> Vec<(String, u64, Value)> {
    let one = |group: &Value| (text(&group["kind"]), group["count"].as_u64().expect("a count"), group["until"].clone());
    let mut kinds: Vec<_> = groups.as_array().expect("groups").iter().map(one).collect();
    kinds.sort_by(|one, other| one.0.cmp(&other.0));
    kinds
}

#[test]
fn the_page_says_what_would_go_and_what_must_stay_and_until_when_before_anything_is_done() {
    let gate = left();
    let told = show(&gate.by(&gate.head), &gate.zhang)["erasure"].clone();
    assert_eq!((&told["hindrance"], &told["done_at"]), (&Value::Null, &Value::Null));
    assert_eq!(
        kinds_of(&told["goes"]),
        [("health_certificate_scan".to_owned(), 1, Value::Null), ("person_contact".to_owned(), 1, Value::Null)]
    );
    assert_eq!(
        kinds_of(&told["stays"]),
        [
            ("duty_shift".to_owned(), 1, json!("2028-09-01")),
            ("finding".to_owned(), 1, json!("2029-09-01")),
            ("health_certificate".to_owned(), 1, json!("2029-08-01")),
        ],
        "{told}"
    );
    assert_eq!(told["goes"][1]["title"], "健康证明：证件照片");
    let stored = gate.setup.call("record.list", json!({"kind": "erasure"}))["records"].clone();
    assert_eq!(stored, json!([]), "looking erases nothing");
}

#[test]
fn somebody_is_erased_by_who_may_in_the_office_with_a_reason_and_only_once_they_have_left() {
    let gate = left();
    let erase =
        |hand: &Hand, id: &str| hand.refusal("entry.about", json!({"id": id, "do": "erase", "basis": "request"}));
    let head = gate.by(&gate.head);
    assert_eq!(show(&gate.by(&gate.cook), &gate.zhang)["erasure"], Value::Null);
    assert_eq!(erase(&gate.by(&gate.cook), &gate.zhang).0, "not-allowed");
    assert_eq!(show(&head, &gate.li)["erasure"]["hindrance"], "works_here");
    assert_eq!(erase(&head, &gate.li), ("not-allowed".to_owned(), Some("id".to_owned())));
    let shared = gate.tablet.shared();
    shared.call("person.switch", json!({"person": gate.head}));
    assert_eq!(show(&shared, &gate.zhang)["erasure"]["hindrance"], "in_office");
    assert_eq!(erase(&shared, &gate.zhang).0, "in-office");
    let reason = head.refusal("entry.about", json!({"id": gate.zhang, "do": "erase"}));
    assert_eq!(reason, ("bad-arguments".to_owned(), Some("basis".to_owned())));
    let shift = gate.setup.call("record.list", json!({"kind": "duty_shift"}))["records"][0]["id"].clone();
    assert_eq!(erase(&head, &text(&shift)), ("bad-arguments".to_owned(), Some("id".to_owned())));
}

#[test]
fn an_erasure_is_a_record_of_ids_that_says_who_and_why_and_no_word_of_what_went() {
    let gate = left();
    let head = gate.by(&gate.head);
    let done = head.call("entry.about", json!({"id": gate.zhang, "do": "erase", "basis": "request"}));
    assert!(done["erasure"]["done_at"].is_i64(), "{done}");
    let stored = gate.setup.call("record.list", json!({"kind": "erasure"}))["records"][0]["value"].clone();
    assert_eq!(
        (&stored["person"], &stored["basis"], &stored["by"]),
        (&json!(gate.zhang), &json!("request"), &json!(gate.head))
    );
    assert_eq!(stored["targets"].as_array().map(Vec::len), Some(2), "{stored}");
    let said = stored.to_string();
    assert!(!said.contains("张强") && !said.contains("1380000") && !said.contains("HZ-"), "{said}");
    let again = show(&head, &gate.zhang);
    assert_eq!(again["erasure"]["done_at"], done["erasure"]["done_at"]);
    let seen = |hand: &Hand| hand.call("search.find", json!({"query": "request"}))["hits"].clone();
    assert_eq!(seen(&gate.by(&gate.cook)), json!([]));
}

#[test]
fn what_an_earlier_version_kept_with_the_name_is_emptied_with_the_rest() {
    let gate = left();
    let flat = json!({"phone": "13900005678", "id_last4": "123X"});
    let version = gate.setup.call("record.get", json!({"id": gate.zhang}))["version"].clone();
    gate.setup.call("record.save", json!({"id": gate.zhang, "kind": "person", "seen": version, "set": flat}));
    gate.by(&gate.head).call("entry.about", json!({"id": gate.zhang, "do": "erase", "basis": "left"}));
    let stored = gate.setup.call("record.get", json!({"id": gate.zhang}))["value"].clone();
    assert_eq!((&stored["phone"], &stored["id_last4"], &stored["name"]), (&Value::Null, &Value::Null, &json!("张强")));
}

#[test]
fn what_is_taken_out_comes_as_lines_that_say_who_took_it_and_reckon_with_nothing() {
    let gate = school();
    let taken =
        gate.by(&gate.head).call("entry.about", json!({"id": gate.zhang, "do": "export", "purpose": "本人申请"}));
    let csv = text(&taken["csv"]);
    assert!(csv.starts_with("\u{feff}张强,王校长,2026-09-01,含个人信息"), "{csv}");
    assert!(csv.contains("健康证明") && csv.contains("HZ-778899") && csv.contains("值班"), "{csv}");
    assert!(csv.lines().all(|line| !line.starts_with(['=', '+', '-', '@'])), "{csv}");
    assert_eq!(show(&gate.by(&gate.head), &gate.zhang)["csv"], Value::Null);
}
