//! What somebody knows before the first point.

use serde_json::{Value, json};

use crate::support::text;

use super::School;

#[test]
fn what_the_last_shift_left_open_and_the_duty_leader_stand_before_the_first_point() {
    let school = School::new();
    let setup = &school.setup;
    let gate = text(&setup.call("area.save", json!({"name": "东门岗", "scope": school.campus}))["id"]);
    let shift = json!({"kind": "duty_shift", "set": {"post": gate, "shift": "夜班"}});
    let shift = school.guard().call("entry.save", shift)["id"].clone();
    let logi = &school.logi;
    let kinds = school.guard().call("entry.kinds", json!({}))["kinds"].as_array().expect("kinds").clone();
    let handover = kinds.iter().find(|kind| kind["kind"] == "shift_handover").expect("the register");
    let field = handover["fields"].as_array().expect("fields").iter().find(|field| field["name"] == "items");
    let lines = field.expect("the field")["lines"].as_array().expect("lines").clone();
    let items: serde_json::Map<String, Value> =
        lines.iter().map(|line| (text(&line["key"]), json!({"counted": 0, "intact": true}))).collect();
    let first = lines.first().map(|line| text(&line["key"])).expect("a thing");
    let guard2 = school.person("guard");
    let set = json!({"from_shift": shift, "to": guard2, "items": items, "notes": "后门灯已报修，等电工"});
    let row = school.guard().call("entry.save", json!({"kind": "shift_handover", "set": set}))["id"].clone();
    let roster = json!({"date": "2026-09-01", "sort": "带班", "shift": "白班", "person": logi, "phone": "0512 6688"});
    school.logi().call("entry.save", json!({"kind": "duty_roster", "set": roster}));
    let night = json!({"date": "2026-09-01", "sort": "带班", "shift": "夜班", "person": school.guard, "phone": "110"});
    school.logi().call("entry.save", json!({"kind": "duty_roster", "set": night}));

    school.wait_minutes(1);
    let run = school.begun();
    let before = school.guard().call("patrol.before", json!({"run": run}));
    assert_eq!((&before["handover"]["id"], &before["handover"]["from"]["id"]), (&row, &json!(school.guard)));
    assert_eq!(before["handover"]["notes"], json!(["后门灯已报修，等电工"]));
    assert!(before["handover"]["short"].as_array().expect("things").contains(&json!(first)), "{before}");
    assert_eq!(before["leader"]["person"]["id"], json!(logi), "of the day, since it is a day round");
    assert!(text(&before["leader"]["phone"]).contains("6688"));
    assert!(before["free_bytes"].as_u64().is_some_and(|free| free > 0));
    // Who keeps no shifts is told nothing of them.
    let staff = school.person("staff");
    let before = school.tablet.app(Some(&staff)).call("patrol.before", json!({"run": run}));
    assert_eq!((&before["handover"], &before["leader"]), (&Value::Null, &Value::Null));
}

#[test]
fn where_nobody_has_handed_over_and_no_roster_is_kept_nothing_is_said() {
    let school = School::new();
    let run = school.begun();
    let before = school.guard().call("patrol.before", json!({"run": run}));
    assert_eq!((&before["handover"], &before["leader"]), (&Value::Null, &Value::Null));
}
