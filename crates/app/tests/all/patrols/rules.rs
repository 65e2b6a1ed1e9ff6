//! Rules of rounds that cut across commands, each in its words.

use serde_json::{Value, json};

use super::School;
use crate::support::text;

const HOUR_MS: u64 = 3_600_000;

/// A night route of two rounds, since long ago.
fn night(school: &School) -> String {
    let night = super::id(2);
    school.setup.call(
        "record.save",
        json!({"id": night, "kind": "route", "scope": school.campus, "set": {
            "name": "夜巡", "night": true, "since": 0,
            "windows/n1": {"name": "夜巡一", "from": "22:00", "to": "00:00", "since": 0},
            "windows/n2": {"name": "夜巡二", "from": "00:00", "to": "02:00", "since": 0},
            "windows/n3": {"name": "夜巡三", "from": "02:00", "to": "04:00", "since": 0},
        }}),
    );
    let point = json!({"route": night, "seq": 1, "name": "配电房", "items": ["T15.02"], "min_seconds": 60, "since": 0});
    school
        .setup
        .call("record.save", json!({"id": super::id(21), "kind": "checkpoint", "scope": school.campus, "set": point}));
    night
}

#[test]
fn two_who_walk_one_route_have_two_runs_and_a_point_counts_once_per_window() {
    let school = School::new();
    let first = school.begun();
    school.visit(&first, 1, "normal");
    school.visit(&first, 2, "normal");
    school.guard().call("patrol.finish", json!({"run": first}));
    let second = text(&school.logi().call("patrol.start", json!({"route": school.route}))["id"]);
    assert_ne!(first, second);
    school.visit(&second, 2, "normal");
    school.visit(&second, 3, "normal");
    let rows = school.logi().call("patrol.coverage", json!({"from": "2026-09-01", "to": "2026-09-01"}))["rows"].clone();
    assert_eq!((&rows[0]["runs"], &rows[0]["covered"], &rows[0]["points"]), (&json!(2), &json!(3), &json!(4)));
}

#[test]
fn a_route_that_is_edited_while_a_round_is_open_stays_for_it_as_it_was_and_holds_from_the_next_start() {
    let school = School::new();
    let open = school.begun();
    let edit = |id: &str, set: Value| {
        school.setup.call("record.save", json!({"id": id, "kind": "checkpoint", "scope": school.campus, "set": set}));
    };
    edit(&school.points[0], json!({"name": "新大门", "min_seconds": 300}));
    edit(&school.points[3], json!({"until": school.tablet.now()}));
    let names = |run: &str| -> Vec<String> {
        let view = school.guard().call("patrol.get", json!({"run": run}));
        view["points"].as_array().expect("points").iter().map(|point| text(&point["name"])).collect()
    };
    assert_eq!(names(&open), ["点位1", "点位2", "点位3", "点位4"]);
    school.visit(&open, 4, "normal");
    assert_eq!(school.visit(&open, 1, "normal")["short_by_s"], 60, "its own shortest stay, too");
    school.guard().call("patrol.finish", json!({"run": open}));
    assert_eq!(names(&school.begun()), ["新大门", "点位2", "点位3"]);
    assert_eq!(names(&open).len(), 4, "and reads so for ever");
}

#[test]
fn outside_of_all_windows_a_walk_counts_for_none() {
    let school = School::new();
    school.tablet.wait_ms(3 * HOUR_MS);
    let started = school.guard().call("patrol.start", json!({"route": school.route}));
    assert_eq!((&started["window"], &started["day"]), (&Value::Null, &json!("2026-09-01")));
    school.visit(&text(&started["id"]), 1, "normal");
    assert_eq!((&school.due("am")["covered"], &school.due("pm")["covered"]), (&json!(0), &json!(0)));
}

#[test]
fn what_a_night_finds_at_two_in_the_morning_counts_for_its_evening() {
    let school = School::new();
    let night = night(&school);
    // 2026-09-02 02:05 in Shanghai.
    school.tablet.set_clock(1_788_285_900_000);
    let run = school.guard().call("patrol.start", json!({"route": night, "window": "n3"}));
    assert_eq!(run["day"], "2026-09-01");
    let visit =
        json!({"run": run["id"], "checkpoint": super::id(21), "how": "qr", "result": "abnormal", "note": "门没锁"});
    let finding = school.guard().call("patrol.visit", visit)["finding"].clone();
    assert_eq!(school.stored(&text(&finding))["business_date"], "2026-09-01");
}

#[test]
fn the_order_of_a_round_is_that_of_its_tablet_and_times_are_never_rewritten() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    let first = school.tablet.now();
    school.tablet.wait_ms(90_000);
    // Somebody sets the clock back by two hours; the machine runs on.
    school.tablet.set_clock(first - 2 * HOUR_MS);
    school.visit(&run, 2, "normal");
    school.tablet.wait_ms(90_000);
    school.guard().call("patrol.finish", json!({"run": run}));
    let view = school.guard().call("patrol.get", json!({"run": run}));
    let visit = |at: usize| &view["points"][at]["visits"][0];
    assert!(visit(0)["n"].as_u64() < visit(1)["n"].as_u64());
    assert_eq!((&visit(0)["arrived"], &visit(1)["arrived"]), (&json!(first), &json!(first - 2 * HOUR_MS)));
    assert_eq!((&visit(0)["stay_s"], &visit(0)["short"]), (&json!(90), &json!(false)), "by the clock that nobody sets");
    let signals = view["signals"].as_array().expect("who walked sees them").clone();
    assert!(signals.iter().any(|signal| signal["kind"] == "clock_jump"), "{signals:?}");
}

#[test]
fn a_void_round_covers_nothing_and_is_read_as_before_with_the_reason() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    let void = json!({"run": run, "reason": "走错楼"});
    let colleague = school.tablet.app(Some(&school.person("guard")));
    assert_eq!(colleague.refusal("patrol.void", void.clone()).0, "not-allowed", "who leads it, or who manages routes");
    school.guard().call("patrol.void", void.clone());
    assert_eq!(school.due("am")["covered"], 0);
    let moved = json!({"run": run, "field": "window", "value": "pm", "reason": "点错了"});
    assert_eq!(school.logi().refusal("patrol.correct", moved).0, "void");
    assert_eq!(school.logi().refusal("patrol.void", void).0, "void");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!((&view["stage"], view["points"][0]["visits"].as_array().map(Vec::len)), (&json!("void"), Some(1)));
    let stored = school.stored(&run);
    let kept = stored.as_object().expect("fields").iter().find(|(name, _)| name.starts_with("void/"));
    assert_eq!(kept.expect("the void").1["reason"], "走错楼");
    let next = text(&colleague.call("patrol.start", json!({"route": school.route}))["id"]);
    let view = colleague.call("patrol.get", json!({"run": next}));
    assert_eq!(view["points"][0]["elsewhere"], Value::Null, "no colleague was there");
}

#[test]
fn two_walks_outside_of_all_windows_have_nothing_to_do_with_each_other() {
    let school = School::new();
    // 12:20: no window is open.
    school.wait_minutes(110);
    let first = school.begun();
    school.visit(&first, 1, "normal");
    school.guard().call("patrol.finish", json!({"run": first}));
    let second = school.begun();
    let view = school.guard().call("patrol.get", json!({"run": second}));
    assert_eq!((&view["coverage"]["covered"], &view["points"][0]["elsewhere"]), (&json!(0), &Value::Null));
}

#[test]
fn a_reason_is_given_for_a_point_of_the_round_and_for_no_other() {
    let school = School::new();
    let run = school.begun();
    let finish = json!({"run": run, "missed": [{"checkpoint": super::id(77), "reason": "施工"}]});
    assert_eq!(school.guard().refusal("patrol.finish", finish), ("not-found".to_owned(), Some("missed".to_owned())));
    assert_eq!(school.due("am")["state"], "open", "nothing has changed");
}

#[test]
fn what_is_entered_afterwards_is_a_run_of_its_own_beside_one_that_is_open() {
    let school = School::new();
    let open = school.begun();
    let entered = json!({"route": school.route, "window": "am", "day": "2026-09-01", "late_reason": "电池没电"});
    let entered = school.guard().call("patrol.start", entered);
    assert_eq!(entered["resumed"], false);
    assert_ne!(entered["id"], json!(open));
    let again = school.guard().call("patrol.start", json!({"route": school.route}));
    assert_eq!((&again["id"], &again["resumed"]), (&json!(open), &json!(true)), "the walk is gone on with");
}

#[test]
fn a_point_in_an_area_that_is_closed_on_that_day_is_walked_by_nobody() {
    let school = School::new();
    let pool = text(&school.setup.call("area.save", json!({"name": "游泳馆", "scope": school.campus}))["id"]);
    let closed = json!([{"name": "检修", "from": "2026-09-01", "to": "2026-09-01"}]);
    school.setup.call("record.save", json!({"id": pool, "kind": "area", "set": {"closed_periods": closed}}));
    school.setup.call("record.save", json!({"id": school.points[3], "kind": "checkpoint", "set": {"area": pool}}));
    let points = |run: &str| {
        let view = school.guard().call("patrol.get", json!({"run": run}));
        view["points"].as_array().map(Vec::len)
    };
    assert_eq!(points(&school.begun()), Some(3));
    school.wait_minutes(24 * 60);
    assert_eq!(points(&school.begun()), Some(4), "the next day it is open");
}
