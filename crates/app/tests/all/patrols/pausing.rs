//! Broken off for a while, and gone on with; and what was found on the way.

use serde_json::{Value, json};

use super::School;
use crate::support::{photo, text};

#[test]
fn a_round_is_broken_off_with_a_reason_and_gone_on_with() {
    let school = School::new();
    let run = school.begun();
    let pause = |reason: &str| json!({"run": run, "reason": reason});
    assert_eq!(school.guard().refusal("patrol.pause", pause(" ")).1.as_deref(), Some("reason"));
    let view = school.guard().call("patrol.pause", pause("被叫到门口"));
    assert_eq!((&view["pauses"][0]["reason"], &view["pauses"][0]["until"]), (&json!("被叫到门口"), &Value::Null));
    assert_eq!(view["pauses"][0]["by"]["id"], json!(school.guard));
    school.wait_minutes(12);
    school.guard().call("patrol.pause", pause("天气"));
    let view = school.logi().call("patrol.resume", json!({"run": run}));
    let pauses = view["pauses"].as_array().expect("pauses");
    assert_eq!(
        (pauses.len(), &pauses[0]["reason"]),
        (1, &json!("被叫到门口")),
        "a second tap breaks nothing off again"
    );
    let minutes = (pauses[0]["until"].as_i64().expect("an end") - pauses[0]["at"].as_i64().expect("a start")) / 60_000;
    assert_eq!(minutes, 12);
    school.guard().call("patrol.resume", json!({"run": run}));
    school.guard().call("patrol.finish", json!({"run": run}));
    assert_eq!(school.guard().refusal("patrol.pause", pause("天气")).0, "already-submitted");
}

#[test]
fn whoever_reads_the_next_tag_has_gone_on_and_a_pause_makes_no_stay_short() {
    let school = School::new();
    let run = school.begun();
    school.guard().call("patrol.arrive", json!({"run": run, "checkpoint": school.points[0], "how": "qr"}));
    school.tablet.wait_ms(20_000);
    school.guard().call("patrol.pause", json!({"run": run, "reason": "被叫到门口"}));
    school.wait_minutes(5);
    school.visit(&run, 1, "normal");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert!(view["pauses"][0]["until"].is_null(), "the point that was left open is the one before the pause");
    school.visit(&run, 2, "normal");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert!(view["pauses"][0]["until"].is_i64());
    assert_eq!(view["points"][0]["visits"][0]["short"], false);
}

#[test]
fn what_is_found_on_the_way_at_no_point_belongs_to_the_round_and_ends_its_nil_report() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    assert_eq!(school.guard().call("patrol.get", json!({"run": run}))["nil"], true);
    let report = json!({"description": "围墙外有人翻越", "severity": "L3", "photos": [photo('c')], "patrol_run": run});
    let finding = school.guard().call("finding.report", report);
    let stored = school.stored(&text(&finding["id"]));
    assert_eq!((&stored["source"], &stored["patrol_run"]), (&json!("patrol"), &json!(run)));
    assert_eq!(stored["business_date"], "2026-09-01");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!((&view["on_the_way"][0]["id"], &view["nil"]), (&finding["id"], &json!(false)));
    let strokes = json!([[[10, 10], [500, 400], [900, 100]]]);
    assert_eq!(school.guard().call("patrol.finish", json!({"run": run, "signature": strokes}))["nil"], false);
    assert_eq!(school.due("am")["nil"], "abnormal");
    let cook = school.tablet.app(Some(&school.cook));
    let report = json!({"description": "门坏", "patrol_run": run});
    assert_eq!(cook.refusal("finding.report", report).0, "not-found", "who has no part in rounds sees none");
}
