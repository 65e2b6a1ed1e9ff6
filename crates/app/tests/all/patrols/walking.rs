//! Beginning, visiting, taking back and finishing.

use serde_json::{Value, json};

use super::School;
use crate::support::{START_MS, photo, text};

#[test]
fn a_start_takes_the_window_that_is_open_and_a_double_tap_makes_no_second_run() {
    let school = School::new();
    let start = || school.guard().call("patrol.start", json!({"route": school.route}));
    let first = start();
    assert_eq!(
        (&first["window"], &first["day"], &first["next"]),
        (&json!("am"), &json!("2026-09-01"), &json!(school.points[0]))
    );
    assert_eq!(first["resumed"], false);
    let again = school.logi().call("patrol.start", json!({"route": school.route}));
    assert_eq!(
        (&again["id"], &again["resumed"]),
        (&first["id"], &json!(true)),
        "an open run is offered to anybody on the tablet"
    );
    let stored = school.stored(&text(&first["id"]));
    assert_eq!((&stored["business_date"], &stored["leader"]), (&json!("2026-09-01"), &json!(school.guard)));
    assert_eq!(stored["clock"]["state"], "server");
}

#[test]
fn equal_plans_are_one_record() {
    let school = School::new();
    let plan = |run: &str| school.stored(run)["plan"].clone();
    let first = school.begun();
    school.guard().call("patrol.finish", json!({"run": first}));
    let second = school.begun();
    assert_ne!(first, second);
    assert_eq!(plan(&first), plan(&second));
    school.setup.call("record.save", json!({"id": school.points[0], "kind": "checkpoint", "set": {"name": "大门"}}));
    school.guard().call("patrol.finish", json!({"run": second}));
    let third = school.begun();
    assert_ne!(plan(&first), plan(&third));
    let name = |run: &str| text(&school.guard().call("patrol.get", json!({"run": run}))["points"][0]["name"]);
    assert_eq!(
        (name(&first), name(&third)),
        ("点位1".to_owned(), "大门".to_owned()),
        "a run keeps the names that it was begun with"
    );
}

#[test]
fn a_visit_is_one_value_that_answers_no_item_and_a_second_one_is_a_second_field() {
    let school = School::new();
    let run = school.begun();
    let first = school.visit(&run, 2, "abnormal");
    assert_eq!((&first["next"], &first["checkpoint"]), (&json!(school.points[2]), &json!(school.points[1])));
    school.wait_minutes(18);
    school.visit(&run, 2, "normal");
    let stored = school.stored(&run);
    let prefix = format!("visits/{}/v/", school.points[1]);
    let fields = stored.as_object().expect("fields");
    let mut visits: Vec<&Value> =
        fields.iter().filter(|(name, _)| name.starts_with(&prefix)).map(|(_, visit)| visit).collect();
    visits.sort_by_key(|visit| visit["n"].as_u64());
    let results: Vec<&Value> = visits.iter().map(|visit| &visit["result"]).collect();
    assert_eq!(results, [&json!("异常"), &json!("正常")], "the hazard stays");
    assert_eq!((&visits[0]["n"], &visits[1]["n"], &visits[0]["by"]), (&json!(1), &json!(2), &json!(school.guard)));
    assert!(fields.keys().all(|name| !name.contains("answers/")), "正常 answers no item");
    let window = school.due("am");
    assert_eq!((&window["covered"], &window["points"], &window["nil"]), (&json!(1), &json!(4), &json!("abnormal")));
}

#[test]
fn a_visit_that_is_taken_back_is_null_and_nobody_takes_back_another_one_s() {
    let school = School::new();
    let run = school.begun();
    let visit = text(&school.visit(&run, 1, "normal")["visit"]);
    assert_eq!(school.logi().refusal("patrol.undo", json!({"run": run, "visit": visit})).0, "nothing-to-undo");
    let undone = school.guard().call("patrol.undo", json!({"run": run, "visit": visit}));
    assert_eq!((&undone["checkpoint"], &undone["next"]), (&json!(school.points[0]), &json!(school.points[0])));
    assert_eq!(school.stored(&run)[format!("visits/{}/v/{visit}", school.points[0])], Value::Null);
    assert_eq!(school.guard().refusal("patrol.undo", json!({"run": run})).0, "nothing-to-undo");
}

#[test]
fn an_arrival_is_durable_and_the_visit_closes_it_with_what_is_left_of_the_stay() {
    let school = School::new();
    let run = school.begun();
    let arrive = json!({"run": run, "checkpoint": school.points[0], "how": "qr"});
    assert_eq!(school.guard().call("patrol.arrive", arrive.clone())["checkpoint"], json!(school.points[0]));
    school.tablet.wait_ms(25_000);
    school.guard().call("patrol.arrive", arrive);
    let there = school.guard().call("patrol.get", json!({"run": run}))["points"][0]["arrival"].clone();
    assert_eq!(
        (&there["ago_ms"], &there["how"]),
        (&json!(25_000), &json!("qr")),
        "who reads one tag twice has come once"
    );
    let closed = school.guard().call(
        "patrol.visit",
        json!({
            "run": run, "checkpoint": school.points[0], "how": "hand", "result": "normal",
        }),
    );
    assert_eq!(closed["short_by_s"], 35);
    school.tablet.wait_ms(40_000);
    school.visit(&run, 2, "normal");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    let visit = &view["points"][0]["visits"][0];
    assert_eq!(
        (&visit["how"], &visit["stay_s"], &visit["short"]),
        (&json!("qr"), &json!(65), &json!(false)),
        "the stay ends with the next arrival"
    );
    assert_eq!(visit["arrived"], json!(START_MS));
    assert_eq!(view["points"][0]["arrival"], Value::Null);
}

#[test]
fn a_visit_without_an_arrival_arrives_as_it_closes() {
    let school = School::new();
    let run = school.begun();
    assert_eq!(school.visit(&run, 1, "normal")["short_by_s"], 60);
    school.tablet.wait_ms(5_000);
    school.visit(&run, 2, "normal");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!((&view["points"][0]["visits"][0]["short"], &view["coverage"]["short"]), (&json!(true), &json!(1)));
    assert_eq!(view["points"][1]["visits"][0]["stay_s"], Value::Null, "未测: nobody knows yet");
}

#[test]
fn what_is_done_by_hand_without_a_reason_is_kept_and_says_so() {
    let school = School::new();
    let run = school.begun();
    let by_hand = |number: usize, more: Value| {
        let mut given = json!({"run": run, "checkpoint": school.points[number], "how": "hand", "result": "normal"});
        given.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        school.guard().call("patrol.visit", given);
    };
    by_hand(0, json!({}));
    by_hand(1, json!({"reason": "标签脱落"}));
    by_hand(2, json!({"photos": [photo('a')]}));
    let view = school.guard().call("patrol.get", json!({"run": run}));
    let lacks = |at: usize| view["points"][at]["visits"][0]["lacks_reason"].clone();
    assert_eq!([lacks(0), lacks(1), lacks(2)], [json!(true), json!(false), json!(false)]);
    assert_eq!((&view["coverage"]["covered"], &view["coverage"]["by_hand"]), (&json!(3), &json!(3)));
}

#[test]
fn a_photo_that_a_point_asks_for_and_nobody_took_is_said_and_holds_nobody_up() {
    let school = School::new();
    let point = &school.points[0];
    let seen = school.setup.call("record.get", json!({"id": point}))["version"].clone();
    let asks = json!({"id": point, "kind": "checkpoint", "seen": seen, "set": {"photo": true}});
    school.setup.call("record.save", asks);
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.visit(&run, 2, "normal");
    let lacks = || {
        let view = school.guard().call("patrol.get", json!({"run": run}));
        [0, 1].map(|at: usize| view["points"][at]["visits"][0]["lacks_photo"].clone())
    };
    assert_eq!(lacks(), [json!(true), json!(false)], "缺照片, where one is asked for");
    let visit = json!({"run": run, "checkpoint": point, "how": "qr", "result": "normal", "photos": [photo('a')]});
    school.guard().call("patrol.visit", visit);
    assert_eq!(lacks(), [json!(false), json!(false)]);
    assert_eq!(school.due("am")["covered"], 2);
}

#[test]
fn a_signer_signs_for_their_own_visits_and_what_comes_after_is_told_beside_it() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.logi().call(
        "patrol.visit",
        json!({"run": run, "checkpoint": school.points[1], "how": "qr", "result": "abnormal", "note": "门坏"}),
    );
    let strokes = json!([[[10, 10], [500, 400], [900, 100]]]);
    let finished = school.guard().call(
        "patrol.finish",
        json!({
            "run": run, "missed": [{"checkpoint": school.points[2], "reason": "施工"}], "signature": strokes,
        }),
    );
    assert_eq!(finished["nil"], true, "what a colleague found is the colleague's");
    let figures = &finished["coverage"];
    assert_eq!((&figures["points"], &figures["covered"], &figures["missed"]), (&json!(4), &json!(2), &json!(2)));
    school.visit(&run, 3, "normal");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    let sign = &view["signs"][0];
    assert_eq!(
        (&sign["nil"], &sign["points"], &sign["added"], &sign["changed"]),
        (&json!(true), &json!(1), &json!(1), &json!(0))
    );
    assert_eq!(view["stage"], "finished");
    let missed = &view["points"][2];
    assert_eq!(
        (&missed["missed"]["reason"], missed["visits"].as_array().map(Vec::len)),
        (&json!("施工"), Some(1)),
        "a reason hides no visit"
    );
    let again = school.guard().call("patrol.finish", json!({"run": run, "signature": strokes}));
    assert_eq!(again["coverage"]["covered"], 3, "finished twice: both are kept");
    assert_eq!(school.guard().refusal("patrol.undo", json!({"run": run})).0, "already-submitted");
}

#[test]
fn what_is_entered_afterwards_takes_a_reason_and_is_counted_apart() {
    let school = School::new();
    let start = json!({"route": school.route, "window": "am", "day": "2026-08-31"});
    assert_eq!(
        school.guard().refusal("patrol.start", start.clone()),
        ("bad-arguments".to_owned(), Some("late_reason".to_owned()))
    );
    let mut late = start;
    late["late_reason"] = json!("电池没电");
    let run = text(&school.guard().call("patrol.start", late)["id"]);
    school.visit(&run, 1, "normal");
    let stored = school.stored(&run);
    assert_eq!((&stored["business_date"], &stored["late"]), (&json!("2026-08-31"), &json!(true)));
    let rows = school.logi().call("patrol.coverage", json!({"from": "2026-08-31", "to": "2026-08-31"}))["rows"].clone();
    let row = &rows[0];
    assert_eq!(
        (&row["covered"], &row["entered"], &row["on_time"], &row["by_hand"]),
        (&json!(1), &json!(1), &json!(0), &json!(1))
    );
    assert_eq!(
        school.guard().refusal("patrol.start", json!({"route": school.route, "day": "2026-09-02"})).1.as_deref(),
        Some("day")
    );
}

#[test]
fn a_clock_that_nobody_has_checked_refuses_nothing_and_makes_nothing_late() {
    let school = School::new();
    school.tablet.shows_unchecked(1_451_606_400_000);
    let run = text(
        &school.guard().call("patrol.start", json!({"route": school.route, "window": "am", "day": "2026-09-01"}))["id"],
    );
    school.visit(&run, 1, "normal");
    assert_eq!(school.stored(&run)["business_date"], "2026-09-01", "the day is what the person chose");
    let view = school.guard().call("patrol.get", json!({"run": run}));
    assert_eq!((&view["coverage"]["late"], &view["coverage"]["on_time"]), (&json!(0), &json!(1)));
    // In 2033 the window is long over, as far as this tablet can tell.
    school.tablet.set_clock(2_000_000_000_000);
    let evening = json!({"route": school.route, "window": "pm", "day": "2026-09-01"});
    assert_eq!(school.guard().call("patrol.start", evening)["resumed"], false, "and it asks for no reason");
}

#[test]
fn a_night_round_begun_ten_minutes_after_its_end_is_that_of_last_night() {
    let school = School::new();
    let night = super::id(2);
    school.setup.call(
        "record.save",
        json!({"id": night, "kind": "route", "scope": school.campus, "set": {
            "name": "夜巡", "night": true, "since": 0,
            "windows/n1": {"name": "夜巡一", "from": "22:00", "to": "00:00", "since": 0},
            "windows/n4": {"name": "夜巡四", "from": "04:00", "to": "06:00", "since": 0},
        }}),
    );
    // 2026-09-02 06:10 in Shanghai.
    school.tablet.set_clock(1_788_300_600_000);
    let fourth = school.due("n4");
    assert_eq!((&fourth["day"], &fourth["state"]), (&json!("2026-09-01"), &json!("missed")));
    assert_eq!(fourth["may_be_late"], true, "it may still be walked, late");
    assert_eq!(school.due("n1")["may_be_late"], false, "the round of before has had the next one after it");
    let started = school.guard().call("patrol.start", json!({"route": night, "window": "n4"}));
    assert_eq!(started["day"], "2026-09-01");
}

#[test]
fn a_window_that_is_over_may_be_begun_late_until_the_next_one_and_is_entered_afterwards_from_then_on() {
    let school = School::new();
    assert_eq!(school.due("am")["may_be_late"], false, "it is open");
    let begin = json!({"route": school.route, "window": "am", "day": "2026-09-01"});
    school.wait_minutes(90 + 4 * 60 + 29);
    assert_eq!((&school.due("am")["state"], &school.due("am")["may_be_late"]), (&json!("missed"), &json!(true)));
    school.wait_minutes(1);
    assert_eq!(school.due("am")["may_be_late"], false, "清校 has begun");
    let refused = school.guard().refusal("patrol.start", begin);
    assert_eq!(refused, ("bad-arguments".to_owned(), Some("late_reason".to_owned())));
}

#[test]
fn two_who_walk_along_have_a_run_each_and_the_walk_is_shown_as_one() {
    let school = School::new();
    let first = school.begun();
    school.visit(&first, 1, "normal");
    school.guard().call("patrol.finish", json!({"run": first}));
    let second = text(&school.logi().call("patrol.start", json!({"route": school.route, "walk": first}))["id"]);
    assert_ne!(first, second);
    school
        .logi()
        .call("patrol.visit", json!({"run": second, "checkpoint": school.points[1], "how": "qr", "result": "normal"}));
    let view = school.logi().call("patrol.get", json!({"run": second}));
    assert_eq!((&view["coverage"]["covered"], &view["coverage"]["missed"]), (&json!(2), &json!(2)));
    assert_eq!(view["points"][0]["elsewhere"]["by"]["id"], json!(school.guard), "同事已到");
}
