//! Tags, what is due, what was covered, and who sees it.

use serde_json::{Value, json};

use super::School;
use crate::support::text;

#[test]
fn a_tag_opens_its_point_in_whatever_spelling_and_a_visit_by_it_names_the_point_for_ever() {
    let school = School::new();
    school.tag(
        "04A15E7F",
        json!({"checkpoint": school.points[2], "spellings/04A15E7F": "04A15E7F", "spellings/77701827": "77701827"}),
    );
    let run = school.begun();
    for spelled in ["04:a1:5e:7f", " 77701827\r"] {
        let read = school.guard().call("patrol.arrive", json!({"run": run, "tag": spelled, "how": "wedge"}));
        assert_eq!((&read["checkpoint"], &read["unknown"]), (&json!(school.points[2]), &json!(false)), "{spelled}");
    }
    let visited =
        school.guard().call("patrol.visit", json!({"run": run, "tag": "04A15E7F", "how": "qr", "result": "normal"}));
    school.tag("04A15E7F", json!({"checkpoint": school.points[0]}));
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!(view["points"][2]["visits"][0]["id"], visited["visit"]);
    assert_eq!(
        school.guard().refusal("patrol.arrive", json!({"run": run, "tag": " \r", "how": "qr"})).1.as_deref(),
        Some("tag")
    );
}

#[test]
fn a_tag_that_nobody_knows_is_kept_and_given_to_a_point_by_who_manages_routes() {
    let school = School::new();
    let run = school.begun();
    let visited =
        school.guard().call("patrol.visit", json!({"run": run, "tag": "ffff", "how": "qr", "result": "normal"}));
    assert_eq!(
        (&visited["unknown"], &visited["checkpoint"], &visited["why"]),
        (&json!(true), &Value::Null, &json!("unknown"))
    );
    let scan = school.guard().call("patrol.get", json!({"run": run}))["scans"][0].clone();
    assert_eq!((&scan["tag"], &scan["claimed"]), (&json!("FFFF"), &Value::Null));
    let claim = json!({"run": run, "scan": scan["id"], "checkpoint": school.points[1]});
    assert_eq!(school.guard().refusal("patrol.claim", claim.clone()).0, "not-allowed");
    school.logi().call("patrol.claim", claim.clone());
    school.logi().call("patrol.claim", claim);
    let view = school.guard().call("patrol.get", json!({"run": run}));
    let visit = &view["points"][1]["visits"][0];
    assert_eq!((&visit["how"], &visit["by"]["id"]), (&json!("claimed"), &json!(school.guard)), "by who read it");
    assert_eq!((&view["coverage"]["claimed"], &view["coverage"]["covered"]), (&json!(1), &json!(1)), "counted apart");
    let stored = school.stored(&run);
    let visit = &stored[format!("visits/{}/v/{}", school.points[1], text(&scan["id"]))];
    assert_eq!(visit["claimed"]["by"], json!(school.logi), "both names are kept");
    let walked = stored.as_object().expect("fields").keys().filter(|name| name.starts_with("people/"));
    assert_eq!(walked.count(), 1, "who gives a scan to a point has not walked");
    let other = json!({"run": run, "scan": scan["id"], "checkpoint": school.points[0]});
    assert_eq!(school.logi().refusal("patrol.claim", other).0, "finished");
}

#[test]
fn an_old_tag_and_one_of_another_route_say_so() {
    let school = School::new();
    let run = school.begun();
    school.tag("0A", json!({"checkpoint": school.points[0], "old": {"by": school.logi, "at": 5}}));
    let foreign = super::id(99);
    school.setup.call("record.save", json!({"id": foreign, "kind": "checkpoint", "scope": school.campus, "set": {"route": super::id(98), "name": "宿舍"}}));
    school.tag("0B", json!({"checkpoint": foreign}));
    let why = |tag: &str| {
        let read = school.guard().call("patrol.arrive", json!({"run": run, "tag": tag, "how": "qr"}));
        (read["why"].clone(), read["name"].clone())
    };
    assert_eq!(why("0a"), (json!("old"), json!("点位1")));
    assert_eq!(why("0b"), (json!("other"), json!("宿舍")));
}

#[test]
fn a_window_is_later_due_open_done_or_missed() {
    let school = School::new();
    assert_eq!((&school.due("am")["state"], &school.due("pm")["state"]), (&json!("due"), &json!("later")));
    let run = school.begun();
    assert_eq!((&school.due("am")["state"], &school.due("am")["run"]["id"]), (&json!("open"), &json!(run)));
    school.guard().call("patrol.finish", json!({"run": run}));
    assert_eq!(
        (&school.due("am")["state"], &school.due("am")["run"]),
        (&json!("done"), &Value::Null),
        "done, with gaps"
    );
    // 19:00: the window of the afternoon is over, and nobody walked it.
    school.wait_minutes(510);
    assert_eq!(
        (&school.due("pm")["state"], &school.due("pm")["heard"]),
        (&json!("missed"), &json!(true)),
        "no other device is there"
    );
}

#[test]
fn once_the_next_window_has_begun_a_round_that_nobody_finished_keeps_its_window_open_no_longer() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    // 16:29, and a minute later the next window begins.
    school.wait_minutes(359);
    assert_eq!(school.due("am")["state"], "open", "it may still be walked, late");
    school.wait_minutes(1);
    assert_eq!((&school.due("am")["state"], &school.due("am")["covered"]), (&json!("missed"), &json!(1)));
}

#[test]
fn an_absence_writes_nothing() {
    let school = School::new();
    school.wait_minutes(24 * 60);
    let count = || {
        let of = |kind: &str| {
            school.setup.call("record.list", json!({"kind": kind, "limit": 100}))["records"].as_array().map(Vec::len)
        };
        (of("patrol_run"), of("finding"))
    };
    school.guard().call("patrol.due", json!({}));
    school.logi().call("patrol.coverage", json!({"from": "2026-08-01", "to": "2026-09-02"}));
    assert_eq!(count(), (Some(0), Some(0)));
}

#[test]
fn coverage_tells_each_window_of_each_day_with_the_names_of_what_was_missed() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.visit(&run, 3, "normal");
    school
        .guard()
        .call("patrol.finish", json!({"run": run, "missed": [{"checkpoint": school.points[1], "reason": "施工"}]}));
    let coverage = school
        .guard()
        .call("patrol.coverage", json!({"from": "2026-09-01", "to": "2026-09-01", "route": school.route}));
    let row = &coverage["rows"][0];
    assert_eq!((&row["window"], &row["points"], &row["covered"]), (&json!("am"), &json!(4), &json!(2)));
    assert_eq!((&row["missed"], &row["reasons"]), (&json!(["点位2", "点位4"]), &json!([["施工"], []])));
    assert_eq!(coverage["rows"].as_array().map(Vec::len), Some(2), "the window of the afternoon is there as well");
    // How often a key area was walked counts the rounds of all routes.
    let all = school.guard().call("patrol.coverage", json!({"from": "2026-09-01", "to": "2026-09-01"}));
    let area = &all["days"][0]["areas"][0];
    assert_eq!((&area["name"], &area["rounds"], &all["days"][0]["needed"]), (&json!("教学楼"), &json!(1), &json!("5")));
}

#[test]
fn an_edit_of_a_route_changes_no_coverage_of_before() {
    let school = School::new();
    let rows = |from: &str| {
        let asked = json!({"from": from, "to": from, "route": school.route});
        school.logi().call("patrol.coverage", asked)["rows"].clone()
    };
    let before = rows("2026-08-28");
    assert_eq!((before.as_array().map(Vec::len), &before[0]["points"]), (Some(2), &json!(4)));
    let now = school.tablet.now();
    school.setup.call(
        "record.save",
        json!({"id": super::id(15), "kind": "checkpoint", "scope": school.campus, "set": {
            "route": school.route, "seq": 5, "name": "新点", "since": now,
        }}),
    );
    assert_eq!(rows("2026-08-28"), before);
    school.wait_minutes(24 * 60);
    assert_eq!(rows("2026-09-02")[0]["points"], 5);
}

#[test]
fn boarders_who_come_ask_for_no_round_of_a_night_that_is_over() {
    let school = School::new();
    let window = |name: &str, from: &str, to: &str| json!({"name": name, "from": from, "to": to, "since": 0});
    school.setup.call(
        "record.save",
        json!({"id": super::id(2), "kind": "route", "scope": school.campus, "set": {
            "name": "夜巡", "night": true, "since": 0,
            "windows/n1": window("夜巡一", "22:00", "00:00"), "windows/n2": window("夜巡二", "00:00", "02:00"),
            "windows/n3": window("夜巡三", "02:00", "04:00"), "windows/n4": window("夜巡四", "04:00", "06:00"),
        }}),
    );
    let rounds = |day: &str| {
        let asked = json!({"from": day, "to": day, "route": super::id(2)});
        school.logi().call("patrol.coverage", asked)["rows"].as_array().map(Vec::len)
    };
    let boarding = |boards: bool| {
        school.setup.call("campus.save", json!({"id": school.campus, "boarding": boards}));
    };
    let nights = ["2026-08-31", "2026-09-01"];
    assert_eq!(nights.map(rounds), [Some(2), Some(2)], "nobody sleeps there");
    boarding(true);
    assert_eq!(nights.map(rounds), [Some(2), Some(4)], "from tonight on somebody does");
    school.wait_minutes(2 * 24 * 60);
    boarding(false);
    assert_eq!(nights.map(rounds), [Some(2), Some(4)], "who leaves takes no round of before away");
    assert_eq!(["2026-09-02", "2026-09-03"].map(rounds), [Some(4), Some(2)]);
}

#[test]
fn a_run_is_seen_by_who_patrols_for_two_days_and_by_nobody_without_a_part_in_it() {
    let school = School::new();
    let run = school.begun();
    let cook = school.tablet.app(Some(&school.cook));
    for (name, arguments) in [
        ("patrol.get", json!({"run": run})),
        ("patrol.visit", json!({"run": run, "checkpoint": school.points[0], "how": "qr", "result": "normal"})),
        ("patrol.start", json!({"route": school.route})),
    ] {
        assert_eq!(cook.refusal(name, arguments).0, "not-found", "{name}");
    }
    assert_eq!(cook.call("patrol.due", json!({}))["windows"], json!([]));
    assert_eq!(cook.call("patrol.coverage", json!({"from": "2026-09-01", "to": "2026-09-01"}))["rows"], json!([]));
    let old = json!({"from": "2026-08-01", "to": "2026-08-31"});
    assert_eq!(
        school.guard().refusal("patrol.coverage", old.clone()).0,
        "not-allowed",
        "what others walked would be told as missed"
    );
    school.logi().call("patrol.coverage", old);
    assert_eq!(
        school.logi().call("patrol.get", json!({"run": run}))["signals"],
        Value::Null,
        "for the head, and for who walked"
    );
}

#[test]
fn a_run_counts_for_another_window_only_by_a_correction_and_a_void_one_for_none() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    let correct = json!({"run": run, "field": "window", "value": "pm", "reason": "点错了"});
    assert_eq!(school.guard().refusal("patrol.correct", correct.clone()).0, "not-allowed");
    school.logi().call("patrol.correct", correct);
    assert_eq!((&school.due("am")["covered"], &school.due("pm")["covered"]), (&json!(0), &json!(1)));
    assert_eq!(school.stored(&run)["window"], "am", "the original stays");
    school.guard().call("patrol.void", json!({"run": run, "reason": "走错"}));
    assert_eq!(school.due("pm")["covered"], 0);
    assert_eq!(
        school
            .guard()
            .refusal(
                "patrol.visit",
                json!({"run": run, "checkpoint": school.points[0], "how": "qr", "result": "normal"})
            )
            .0,
        "void"
    );
}

#[test]
fn the_items_of_a_point_are_one_form_at_its_place() {
    let school = School::new();
    let run = school.begun();
    let form = school.guard().call("patrol.point", json!({"run": run, "checkpoint": school.points[0]}));
    let items: Vec<&Value> = form["sections"]
        .as_array()
        .expect("sections")
        .iter()
        .flat_map(|section| section["items"].as_array().expect("items"))
        .map(|item| &item["code"])
        .collect();
    assert_eq!(items, ["T15.02", "T18.03"]);
    let elsewhere = json!({"run": run, "checkpoint": super::id(77)});
    assert_eq!(
        school.guard().refusal("patrol.point", elsewhere),
        ("not-found".to_owned(), Some("checkpoint".to_owned()))
    );
}
