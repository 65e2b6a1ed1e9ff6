//! What comes in wrong on a round: tags, points, clocks, and a tablet that dies.

use serde_json::{Value, json};

use super::School;
use crate::support::text;

fn version(school: &School, run: &str) -> Value {
    school.guard().call("patrol.get", json!({"run": run}))["version"].clone()
}

#[test]
fn a_tag_of_ten_thousand_signs_and_one_of_nothing_are_refused_and_change_nothing() {
    let school = School::new();
    let run = school.begun();
    let before = version(&school, &run);
    for tag in ["码".repeat(10_000), "R".repeat(10_000), String::new(), " \u{3000}\r\n".to_owned(), "\u{0}".to_owned()]
    {
        let visit = json!({"run": run, "tag": tag, "how": "qr", "result": "normal"});
        for (name, arguments) in
            [("patrol.arrive", json!({"run": run, "tag": tag, "how": "qr"})), ("patrol.visit", visit)]
        {
            let refused = school.guard().refusal(name, arguments);
            assert_eq!(refused, ("bad-arguments".to_owned(), Some("tag".to_owned())), "{name}");
        }
    }
    assert_eq!(version(&school, &run), before);
}

#[test]
fn a_tag_of_another_organisation_is_kept_with_its_time_and_opens_nothing() {
    let school = School::new();
    let run = school.begun();
    let read = school
        .guard()
        .call("patrol.arrive", json!({"run": run, "tag": "https://other.example/checkpoint/17?x=1", "how": "qr"}));
    assert_eq!((&read["unknown"], &read["why"], &read["checkpoint"]), (&json!(true), &json!("unknown"), &Value::Null));
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!(view["scans"].as_array().map(Vec::len), Some(1));
    assert!(view["points"].as_array().expect("points").iter().all(|point| point["arrival"].is_null()));
}

#[test]
fn one_tag_opens_one_point_even_where_two_points_claim_it() {
    let school = School::new();
    let run = school.begun();
    // Two tablets that had not met have bound one spelling: as a tag of its own here, and as a further spelling of another one there.
    school.tag("0A1B", json!({"checkpoint": school.points[2], "spellings/0A1B": "0A1B"}));
    school.tag("FFEE", json!({"checkpoint": school.points[0], "spellings/FFEE": "FFEE", "spellings/0A1B": "0A1B"}));
    let open = || {
        let read = school.guard().call("patrol.arrive", json!({"run": run, "tag": "0a:1b", "how": "nfc"}));
        read["checkpoint"].clone()
    };
    assert_eq!((open(), open()), (json!(school.points[2]), json!(school.points[2])), "the tag's own record says where");
    let bind = json!({"checkpoint": school.points[3], "tag": "0A1B"});
    assert_eq!(school.logi().refusal("tag.bind", bind).0, "tag-in-use", "and nobody binds it twice by mistake");
}

#[test]
fn a_point_that_is_removed_while_a_run_is_open_stays_on_the_run_and_is_asked_of_nobody() {
    let school = School::new();
    let run = school.begun();
    school.wait_minutes(1);
    let now = school.tablet.now();
    school.setup.call("record.save", json!({"id": school.points[1], "kind": "checkpoint", "set": {"until": now}}));
    school.wait_minutes(1);
    school.visit(&run, 2, "normal");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!(view["points"].as_array().map(Vec::len), Some(4), "a run keeps the plan that it was begun on");
    assert_eq!(view["points"][1]["visits"].as_array().map(Vec::len), Some(1));
    let due = school.due("am");
    assert_eq!(
        (&due["points"], &due["covered"]),
        (&json!(4), &json!(1)),
        "what was visited is counted, what was removed is not missed"
    );
}

#[test]
fn a_clock_put_back_ten_years_in_the_middle_of_a_run_moves_no_day_no_order_and_no_stay() {
    let school = School::new();
    let run = school.begun();
    school.guard().call("patrol.arrive", json!({"run": run, "checkpoint": school.points[0], "how": "qr"}));
    school.tablet.wait_ms(61_000);
    school.tablet.shows_unchecked(1_470_000_000_000);
    school.visit(&run, 1, "normal");
    school.tablet.wait_ms(70_000);
    school.visit(&run, 2, "normal");
    school.tablet.wait_ms(70_000);
    let finished = school.guard().call("patrol.finish", json!({"run": run}));
    assert_eq!((&finished["coverage"]["covered"], &finished["coverage"]["late"]), (&json!(2), &json!(0)));
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!(view["day"], "2026-09-01");
    let visit = |at: usize| view["points"][at]["visits"][0].clone();
    assert_eq!((&visit(0)["stay_s"], &visit(1)["stay_s"]), (&json!(131), &json!(70)), "by the clock that nobody sets");
    assert!(visit(0)["n"].as_u64() < visit(1)["n"].as_u64());
    assert_eq!((&visit(0)["short"], &visit(1)["short"]), (&json!(false), &json!(false)));
    assert_eq!(school.stored(&run)["business_date"], "2026-09-01");
}

#[test]
fn a_tablet_that_dies_after_each_step_goes_on_where_it_was() {
    let school = School::new();
    let wall = school.tablet.now();
    let dies = || school.tablet.restarts_in(wall);
    let run = school.begun();
    dies();
    let again =
        school.guard().call("patrol.start", json!({"route": school.route, "window": "am", "day": "2026-09-01"}));
    assert_eq!((&again["id"], &again["resumed"]), (&json!(run), &json!(true)));
    school.guard().call("patrol.arrive", json!({"run": run, "checkpoint": school.points[0], "how": "qr"}));
    dies();
    let point = || school.guard().call("patrol.get", json!({"run": run}))["points"][0].clone();
    assert_eq!((&point()["arrival"]["how"], &point()["arrival"]["ago_ms"]), (&json!("qr"), &Value::Null));
    let failed = json!({"run": run, "checkpoint": school.points[0], "item": "T15.02", "result": "fail"});
    school.guard().call("patrol.answer", failed);
    dies();
    school.visit(&run, 1, "abnormal");
    dies();
    assert_eq!(school.logi().findings().len(), 1, "what failed is found once, whatever died in between");
    assert_eq!(point()["visits"][0]["short"], false, "an unknown stay is never short");
    school.guard().call("patrol.pause", json!({"run": run, "reason": "电池没电"}));
    dies();
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!(view["pauses"][0]["until"], Value::Null);
    school.guard().call("patrol.finish", json!({"run": run}));
    dies();
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!((&view["stage"], &view["coverage"]["covered"]), (&json!("finished"), &json!(1)));
}

#[test]
fn midnight_and_the_end_of_summer_time_of_another_zone_move_no_round() {
    let school = School::new();
    school.setup.call("campus.save", json!({"id": school.campus, "timezone": "Europe/Berlin"}));
    let night = super::id(2);
    school.setup.call(
        "record.save",
        json!({"id": night, "kind": "route", "scope": school.campus, "set": {
            "name": "夜巡", "night": true, "since": 0,
            "windows/n1": {"name": "夜巡一", "from": "22:00", "to": "00:00", "since": 0},
            "windows/n3": {"name": "夜巡三", "from": "02:00", "to": "04:00", "since": 0},
        }}),
    );
    let point = super::id(51);
    let set = json!({"route": night, "seq": 1, "name": "楼梯间", "min_seconds": 60, "since": 0});
    school.setup.call("record.save", json!({"id": point, "kind": "checkpoint", "scope": school.campus, "set": set}));
    let start = |window: &str| school.guard().call("patrol.start", json!({"route": night, "window": window}));
    // 2026-10-25 00:10 in Berlin, summer time: ten minutes after the end of the first round.
    school.tablet.set_clock(1_792_879_800_000);
    let late = start("n1");
    assert_eq!(late["day"], "2026-10-24", "after midnight it is still that of its evening");
    // 02:30 comes twice in that night: at 00:30 UTC and at 01:30 UTC.
    for at in [1_792_888_200_000, 1_792_891_800_000] {
        school.tablet.set_clock(at);
        let started = start("n3");
        assert_eq!(started["day"], "2026-10-24");
        let run = text(&started["id"]);
        let visit = json!({"run": run, "checkpoint": point, "how": "qr", "result": "normal"});
        school.guard().call("patrol.visit", visit);
        let view = school.guard().call("patrol.get", json!({"run": run}));
        assert_eq!(view["coverage"]["late"], 0, "02:30 is in time, both times");
        let hours = (view["to"].as_i64().expect("an end") - view["from"].as_i64().expect("a start")) / 3_600_000;
        assert_eq!(hours, 3, "the round of that night is an hour longer");
        school.guard().call("patrol.finish", json!({"run": run}));
    }
}
