//! What the office reads of patrols: the board of a day, signals, gaps that become findings, and corrections.

use domain::id::gap_finding_id;
use serde_json::{Value, json};

use super::School;
use crate::support::{photo, text};

/// The board of a day with the windows of this route alone: a campus has its built-in routes from the start.
fn board(school: &School, day: &str) -> Value {
    let mut board = school.logi().call("patrol.board", json!({"day": day}));
    let windows = board["windows"].as_array().expect("windows").clone();
    let own = windows.into_iter().filter(|window| window["route"] == school.route.as_str());
    board["windows"] = own.collect();
    board
}

fn signals(school: &School, person: &str) -> Value {
    let asked = json!({"from": "2026-09-01", "to": "2026-09-01"});
    school.tablet.app(Some(person)).call("patrol.signals", asked)["rows"].clone()
}

#[test]
fn the_board_of_a_day_tells_each_window_with_its_walks_and_the_least_walked_key_area() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "normal");
    school.guard().call("patrol.visit", json!({"run": run, "tag": "ffff", "how": "qr", "result": "normal"}));
    school.guard().call("patrol.finish", json!({"run": run}));
    let day = board(&school, "2026-09-01");
    assert_eq!((&day["is_today"], &day["is_school"], &day["needed"]), (&json!(true), &json!(true), &json!("5")));
    let morning = &day["windows"][0];
    assert_eq!((&morning["window"], &morning["covered"], &morning["points"]), (&json!("am"), &json!(1), &json!(4)));
    assert_eq!(morning["missed"], json!(["点位2", "点位3", "点位4"]));
    let walk = &morning["walks"][0];
    assert_eq!((&walk["run"], &walk["lead"]["id"], &walk["visited"]), (&json!(run), &json!(school.guard), &json!(1)));
    assert_eq!(walk["strays"], 1, "a tag that was given to no point yet");
    assert_eq!((&day["windows"][1]["window"], &day["windows"][1]["walks"]), (&json!("pm"), &json!([])));
    assert_eq!((&day["areas"][0]["name"], &day["areas"][0]["rounds"]), (&json!("教学楼"), &json!(1)));
}

#[test]
fn who_is_in_a_room_of_a_key_area_was_in_the_key_area() {
    let school = School::new();
    let room = json!({"name": "配电房", "scope": school.campus, "parent": school.stored(&school.points[0])["area"]});
    let room = text(&school.setup.call("area.save", room)["id"]);
    school.setup.call("record.save", json!({"id": school.points[0], "kind": "checkpoint", "set": {"area": room}}));
    let run = school.begun();
    school.visit(&run, 1, "normal");
    let areas = board(&school, "2026-09-01")["areas"].clone();
    assert_eq!((&areas[0]["name"], &areas[0]["rounds"]), (&json!("教学楼"), &json!(1)));
}

#[test]
fn a_walk_outside_of_all_windows_stands_apart_on_the_board() {
    let school = School::new();
    // 12:20: no window is open.
    school.wait_minutes(110);
    let run = school.begun();
    school.visit(&run, 1, "normal");
    let day = board(&school, "2026-09-01");
    assert_eq!((&day["extras"][0]["run"], &day["extras"][0]["visited"]), (&json!(run), &json!(1)));
    assert_eq!(day["windows"][0]["covered"], 0, "it counts for none");
}

#[test]
fn a_day_without_school_says_so_and_asks_for_what_is_walked_on_every_day() {
    let school = School::new();
    school.wait_minutes(6 * 24 * 60);
    let sunday = board(&school, "2026-09-06");
    assert_eq!(sunday["is_school"], false);
    let windows: Vec<&Value> =
        sunday["windows"].as_array().expect("windows").iter().map(|row| &row["window"]).collect();
    assert_eq!(windows, ["am"], "the clearing of the school is walked on school days");
}

#[test]
fn the_head_sees_all_signals_everybody_their_own_and_nobody_another_one_s() {
    let school = School::new();
    let (head, other) = (school.person("head"), school.person("guard"));
    let run = school.begun();
    school.visit(&run, 1, "normal");
    // 20 s at a point that asks for 60.
    school.tablet.wait_ms(20_000);
    let by_other = school.tablet.app(Some(&other));
    by_other.call("patrol.visit", json!({"run": run, "checkpoint": school.points[1], "how": "qr", "result": "normal"}));
    school.wait_minutes(5);
    by_other.call("patrol.finish", json!({"run": run}));
    for person in [&head, &school.guard] {
        let rows = signals(&school, person);
        assert_eq!((&rows[0]["kind"], &rows[0]["by_s"]), (&json!("short"), &json!(40)));
        assert_eq!((&rows[0]["points"], &rows[0]["people"][0]["id"]), (&json!(["点位1"]), &json!(school.guard)));
        assert_eq!(rows[0]["run"], json!(run));
    }
    for person in [&other, &school.logi, &school.cook] {
        assert_eq!(signals(&school, person), json!([]), "nobody sees those of another one");
    }
    let of = |person: &str| {
        let view = school.tablet.app(Some(person)).call("patrol.get", json!({"run": run}));
        view["signals"].as_array().map(Vec::len)
    };
    assert_eq!([of(&head), of(&school.guard), of(&other), of(&school.logi)], [Some(1), Some(1), Some(0), None]);
}

#[test]
fn a_photo_that_is_used_again_on_the_next_round_is_told_there_with_the_way_to_the_first() {
    let school = School::new();
    let (head, other) = (school.person("head"), school.person("guard"));
    let photographed = |run: &str, number: usize| {
        let point = &school.points[number - 1];
        let given = json!({"run": run, "checkpoint": point, "how": "qr", "result": "normal", "photos": [photo('a')]});
        school.guard().call("patrol.visit", given);
        school.guard().call("patrol.finish", json!({"run": run}));
    };
    let first = school.begun();
    photographed(&first, 1);
    school.wait_minutes(7 * 60);
    let second = school.begun();
    photographed(&second, 2);
    let again = |person: &str| -> Vec<Value> {
        let rows = signals(&school, person).as_array().expect("rows").clone();
        rows.into_iter().filter(|row| row["kind"] == "photo_before").collect()
    };
    let told = again(&head);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (&told[0]["run"], &told[0]["earlier"], &told[0]["points"]),
        (&json!(second), &json!(first), &json!(["点位2"]))
    );
    assert_eq!((again(&school.guard).len(), again(&other).len()), (1, 0), "one's own, and nobody another one's");
    let of_first = school.guard().call("patrol.get", json!({"run": first}))["signals"].to_string();
    assert!(!of_first.contains("photo_before"), "it was new then");
}

#[test]
fn a_gap_becomes_a_finding_only_when_a_person_says_so_and_only_once() {
    let school = School::new();
    let gap = json!({"route": school.route, "day": "2026-09-01", "window": "am"});
    assert_eq!(school.logi().refusal("patrol.gap", gap.clone()).0, "finished", "the window is not over yet");
    school.wait_minutes(120);
    let at_noon = board(&school, "2026-09-01");
    assert_eq!((&at_noon["windows"][0]["state"], &at_noon["windows"][0]["finding"]), (&json!("missed"), &Value::Null));
    assert_eq!(school.cook().refusal("patrol.gap", gap.clone()).0, "not-found", "who sees no routes sees no gaps");
    let made = school.logi().call("patrol.gap", gap.clone());
    let route = school.route.parse().expect("a UUID");
    let id = gap_finding_id(route, "2026-09-01".parse().expect("a day"), "am");
    assert_eq!((&made["id"], &made["description"]), (&json!(id), &json!("漏巡：日巡 上午")));
    assert_eq!(made["patrol"], json!({"run": null, "day": "2026-09-01"}), "it leads to the board of its day");
    let seen_by_cook = school.cook().call("finding.get", json!({"id": id}));
    assert_eq!(seen_by_cook["patrol"], Value::Null, "who sees no routes is led to none");
    assert_eq!(school.guard().call("patrol.gap", gap)["id"], json!(id), "whoever makes it again gets the one there is");
    assert_eq!(board(&school, "2026-09-01")["windows"][0]["finding"], json!(id));
    let findings = school.setup.call("record.list", json!({"kind": "finding", "limit": 10}));
    assert_eq!(findings["records"].as_array().map(Vec::len), Some(1));
    assert_eq!(school.stored(&text(&made["id"]))["business_date"], "2026-09-01");
    let unknown = json!({"route": school.route, "day": "2026-09-01", "window": "night"});
    assert_eq!(school.logi().refusal("patrol.gap", unknown), ("not-found".to_owned(), Some("window".to_owned())));
}

#[test]
fn two_devices_that_make_the_finding_of_one_gap_write_one_head_about_which_nobody_is_asked() {
    let school = School::new();
    let other = school.other_tablet();
    school.wait_minutes(120);
    other.wait_ms(125 * 60_000);
    let gap = json!({"route": school.route, "day": "2026-09-01", "window": "am"});
    let here = school.logi().call("patrol.gap", gap.clone())["id"].clone();
    let there = other.app(Some(&school.guard)).call("patrol.gap", gap)["id"].clone();
    assert_eq!(here, there, "one cause, one id");
    let (here, there) = (school.stored(&text(&here)), other.app(None).call("record.get", json!({"id": there})));
    let kind = domain::kind::kind("finding");
    for (name, value) in here.as_object().expect("fields") {
        assert!(there["value"][name] == *value || !kind.field(name).asks, "{name}");
    }
    assert_ne!(here["found_by"], there["value"]["found_by"], "the first of them found it");
}

#[test]
fn a_gap_that_somebody_tells_on_the_next_day_is_one_of_its_own_day() {
    let school = School::new();
    school.wait_minutes(24 * 60);
    let made = school.logi().call("patrol.gap", json!({"route": school.route, "day": "2026-09-01", "window": "am"}));
    assert_eq!(school.stored(&text(&made["id"]))["business_date"], "2026-09-01");
    assert_eq!(made["patrol"], json!({"run": null, "day": "2026-09-01"}));
}

#[test]
fn a_window_without_a_gap_becomes_no_finding() {
    let school = School::new();
    let run = school.begun();
    for number in 1..=4 {
        school.visit(&run, number, "normal");
    }
    school.wait_minutes(120);
    let gap = json!({"route": school.route, "day": "2026-09-01", "window": "am"});
    assert_eq!(school.logi().refusal("patrol.gap", gap).0, "finished");
}

#[test]
fn a_visit_is_corrected_by_who_manages_routes_and_the_original_stays_readable() {
    let school = School::new();
    let run = school.begun();
    let visit = text(&school.visit(&run, 1, "abnormal")["visit"]);
    let field = format!("visits/{}/v/{visit}", school.points[0]);
    let correct = |value: Value| json!({"run": run, "field": field, "value": value, "reason": "点错了"});
    assert_eq!(school.guard().refusal("patrol.correct", correct(json!("normal"))).0, "not-allowed");
    let view = school.logi().call("patrol.correct", correct(json!("normal")));
    assert_eq!((&view["coverage"]["abnormal"], &view["coverage"]["covered"]), (&json!(0), &json!(1)));
    let correction = &view["corrections"][0];
    assert_eq!(
        (&correction["part"], &correction["was"], &correction["now"], &correction["reason"]),
        (&json!("visit"), &json!("abnormal"), &json!("normal"), &json!("点错了"))
    );
    assert_eq!((&correction["checkpoint"], &correction["stands"]), (&json!(school.points[0]), &json!(true)));
    assert_eq!(school.stored(&run)[&field]["result"], "异常", "what was written stays");
    // Their order is that of time.
    school.wait_minutes(1);
    let view = school.logi().call("patrol.correct", correct(Value::Null));
    assert_eq!((&view["coverage"]["covered"], &view["corrections"][1]["now"]), (&json!(0), &Value::Null));
    assert_eq!(view["corrections"][0]["stands"], false, "a later one has taken its place");
    assert_eq!(school.due("am")["covered"], 0, "a visit that does not count covers nothing");
    let nowhere = json!({"run": run, "field": "visits/x/v/y", "value": "normal", "reason": "点错了"});
    assert_eq!(school.logi().refusal("patrol.correct", nowhere), ("not-found".to_owned(), Some("field".to_owned())));
    let of_window = ("window", json!("night"));
    for (field, value) in
        [("visits/x", json!("normal")), ("leader", json!("x")), (field.as_str(), json!("good")), of_window]
    {
        let wrong = json!({"run": run, "field": field, "value": value, "reason": "点错了"});
        assert_eq!(school.logi().refusal("patrol.correct", wrong).0, "bad-arguments", "{field}");
    }
}

#[test]
fn corrections_of_a_visit_stand_in_the_order_in_which_they_were_seen_also_where_a_clock_was_set_back() {
    let school = School::new();
    let run = school.begun();
    let visit = text(&school.visit(&run, 1, "abnormal")["visit"]);
    let field = format!("visits/{}/v/{visit}", school.points[0]);
    let now = school.tablet.now();
    let mut view = Value::Null;
    // Three in one millisecond, and a fourth after somebody has set the clock back.
    for (value, at) in
        [(json!("normal"), now), (json!("abnormal"), now), (Value::Null, now), (json!("normal"), now - 60_000)]
    {
        school.tablet.set_clock(at);
        let correction = json!({"run": run, "field": field, "value": value, "reason": "点错了"});
        view = school.logi().call("patrol.correct", correction);
    }
    let corrections = view["corrections"].as_array().expect("corrections");
    let told: Vec<&Value> = corrections.iter().map(|correction| &correction["now"]).collect();
    assert_eq!(told, [&json!("normal"), &json!("abnormal"), &Value::Null, &json!("normal")]);
    let stands: Vec<&Value> = corrections.iter().map(|correction| &correction["stands"]).collect();
    assert_eq!(stands, [&json!(false), &json!(false), &json!(false), &json!(true)]);
}

#[test]
fn a_board_of_long_ago_is_for_who_sees_every_run() {
    let school = School::new();
    assert_eq!(school.guard().refusal("patrol.board", json!({"day": "2026-08-01"})).0, "not-allowed");
    let nothing = school.cook().call("patrol.board", json!({}));
    assert_eq!((&nothing["windows"], &nothing["areas"], &nothing["extras"]), (&json!([]), &json!([]), &json!([])));
    board(&school, "2026-08-01");
}
