//! The count of boarders on a dormitory round.

use serde_json::{Value, json};

use super::School;
use crate::support::{Hand, text};

/// A school whose second point asks for the count.
fn dormitory() -> (School, String, String) {
    let school = School::new();
    let set = json!({"items": ["T15.02", "T11.09"], "must": ["T11.09"]});
    let seen = school.setup.call("record.get", json!({"id": school.points[1]}))["version"].clone();
    let save = json!({"id": school.points[1], "kind": "checkpoint", "seen": seen, "set": set});
    school.setup.call("record.save", save);
    let (keeper, run) = (school.person("dorm"), school.begun());
    (school, keeper, run)
}

fn point(hand: &Hand, run: &str) -> Value {
    hand.call("patrol.get", json!({"run": run}))["points"][1].clone()
}

fn codes(form: &Value) -> Vec<Value> {
    let sections = form["sections"].as_array().expect("sections");
    let items = sections.iter().flat_map(|section| section["items"].as_array().expect("items"));
    items.map(|item| item["code"].clone()).collect()
}

#[test]
fn the_keeper_must_count_before_the_point_is_closed_and_a_guard_sees_whether_it_was_done() {
    let (school, keeper, run) = dormitory();
    let dorm = school.tablet.app(Some(&keeper));
    assert_eq!((&point(&dorm, &run)["must"], &point(&dorm, &run)["items"]), (&json!(true), &json!(2)));
    let of_guard = point(&school.guard(), &run);
    assert_eq!((&of_guard["must"], &of_guard["items"]), (&json!(false), &json!(1)));
    assert_eq!(of_guard["boarders"], json!({"may_count": false, "expected": null, "counted": null}), "待宿管");
    let at = json!({"run": run, "checkpoint": school.points[1]});
    assert_eq!(codes(&school.guard().call("patrol.point", at.clone())), ["T15.02"]);
    assert_eq!(codes(&dorm.call("patrol.point", at)).len(), 2);
    let count = |present: &str| {
        json!({"run": run, "checkpoint": school.points[1], "item": "T11.09",
               "result": [{"of": "应到", "v": "30"}, {"of": "实到", "v": present}]})
    };
    assert_eq!(school.guard().refusal("patrol.answer", count("30")).0, "not-allowed");
    let note = json!({"run": run, "checkpoint": school.points[1], "item": "T11.09", "note": "少一人"});
    assert_eq!(school.guard().refusal("patrol.note", note).0, "not-allowed");
    dorm.call("patrol.answer", count("30"));
    dorm.call("patrol.visit", json!({"run": run, "checkpoint": school.points[1], "how": "qr", "result": "normal"}));
    let counted = point(&school.guard(), &run)["boarders"]["counted"].clone();
    assert_eq!(counted["by"]["id"], json!(keeper), "宿管已点");
    let back = json!({"run": run, "checkpoint": school.points[1], "item": "T11.09"});
    assert_eq!(school.guard().refusal("patrol.take_back", back).0, "not-allowed");
}

#[test]
fn who_counts_is_told_how_many_live_there_less_those_who_are_away_and_nobody_else_is() {
    let (school, keeper, run) = dormitory();
    let dorm = school.tablet.app(Some(&keeper));
    let expected = |hand: &Hand| point(hand, &run)["boarders"]["expected"].clone();
    assert_eq!(expected(&dorm), Value::Null, "nobody has said how many live there");
    let area = school.stored(&school.points[1])["area"].clone();
    let enter =
        |hand: &Hand, kind: &str, set: Value| text(&hand.call("entry.save", json!({"kind": kind, "set": set}))["id"]);
    enter(&school.logi(), "boarders", json!({"since": "2026-09-01", "area": area, "number": 30}));
    enter(&school.logi(), "boarders", json!({"since": "2026-09-02", "area": area, "number": 99}));
    let teacher = school.tablet.app(Some(&school.person("teacher")));
    let away = |from: &str, nights: Value, people: u32| json!({"from": from, "nights": nights, "area": area, "people": people, "sort": "事假"});
    let leave = enter(&teacher, "boarder_leave", away("2026-08-31", json!(3), 2));
    enter(&dorm, "boarder_leave", away("2026-08-30", json!(2), 7));
    enter(&dorm, "boarder_leave", away("2026-08-30", Value::Null, 1));
    assert_eq!(expected(&dorm), json!({"number": 27, "living": 30, "away": 3}), "of this evening alone");
    assert_eq!(expected(&school.guard()), Value::Null, "the numbers stay with who may count");
    teacher.call("entry.void", json!({"id": leave, "reason": "没有走"}));
    assert_eq!(expected(&dorm)["number"], 29);
}

#[test]
fn a_count_on_a_void_round_is_none() {
    let (school, keeper, run) = dormitory();
    let result = json!([{"of": "应到", "v": "30"}, {"of": "实到", "v": "30"}]);
    let count = json!({"run": run, "checkpoint": school.points[1], "item": "T11.09", "result": result});
    school.tablet.app(Some(&keeper)).call("patrol.answer", count);
    school.guard().call("patrol.void", json!({"run": run, "reason": "走错楼"}));
    let next = school.begun();
    assert_eq!(point(&school.guard(), &next)["boarders"]["counted"], Value::Null);
}

#[test]
fn a_count_on_the_checklist_of_the_dormitory_is_the_same_count() {
    let (school, keeper, run) = dormitory();
    let dorm = school.tablet.app(Some(&keeper));
    let form = dorm.call("inspection.start", json!({"template": "T11@1", "subject": "一号宿舍楼"}))["id"].clone();
    assert_eq!(point(&school.guard(), &run)["boarders"]["counted"], Value::Null);
    let result = json!([{"of": "应到", "v": "30"}, {"of": "实到", "v": "30"}]);
    dorm.call("inspection.answer", json!({"id": form, "item": "T11.09", "result": result}));
    assert_eq!(point(&school.guard(), &run)["boarders"]["counted"]["by"]["id"], json!(keeper));
}

#[test]
fn a_count_that_does_not_agree_is_found_even_where_a_guard_closes_the_point() {
    let (school, keeper, run) = dormitory();
    let dorm = school.tablet.app(Some(&keeper));
    dorm.call(
        "patrol.answer",
        json!({"run": run, "checkpoint": school.points[1], "item": "T11.09", "note": "一人没回来",
               "result": [{"of": "应到", "v": "30"}, {"of": "实到", "v": "29"}]}),
    );
    school.visit(&run, 2, "normal");
    let found = school.logi().findings();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["severity"], &found[0]["item"]), (&json!("L4"), &json!("T11.09")));
}
