//! What a round finds.

use domain::id::{visit_alone_finding_id, visit_finding_id};
use serde_json::{Value, json};
use uuid::Uuid;

use super::School;
use crate::support::{photo, text};

fn answer(school: &School, run: &str, number: usize, item: &str, result: &str) -> Value {
    school.guard().call(
        "patrol.answer",
        json!({
            "run": run, "checkpoint": school.points[number - 1], "item": item, "result": result,
        }),
    )
}

fn open(school: &School) -> Vec<Value> {
    let mut findings = school.logi().findings();
    findings.retain(|finding| finding["is_open"] == true);
    findings
}

#[test]
fn an_abnormal_visit_without_a_failing_item_makes_one_finding_with_point_area_and_photo() {
    let school = School::new();
    let run = school.begun();
    let visited = school.guard().call("patrol.visit", json!({
        "run": run, "checkpoint": school.points[0], "how": "qr", "result": "abnormal", "note": "门前堵着", "photos": [photo('a')],
    }));
    let finding = school.stored(&text(&visited["finding"]));
    assert_eq!(
        (&finding["severity"], &finding["category"], &finding["source"]),
        (&json!("L2"), &json!("security"), &json!("patrol"))
    );
    assert_eq!((&finding["checkpoint"], &finding["patrol_run"]), (&json!(school.points[0]), &json!(run)));
    assert_eq!((&finding["description"], &finding["business_date"]), (&json!("门前堵着"), &json!("2026-09-01")));
    assert_eq!((&finding["photos"][0]["blob"], finding["area"].is_string()), (&json!("a".repeat(64)), true));
    // Taken back before anybody has begun to put it right, it was none; found again, it is one again.
    school.guard().call("patrol.undo", json!({"run": run}));
    assert!(open(&school).is_empty());
}

#[test]
fn a_finding_of_a_round_has_one_cause_from_which_its_id_follows() {
    let school = School::new();
    let run = school.begun();
    school.visit(&run, 1, "abnormal");
    answer(&school, &run, 2, "T15.02", "fail");
    school.visit(&run, 2, "abnormal");
    let visit = text(&school.guard().call("patrol.get", json!({"run": run}))["points"][0]["visits"][0]["id"]);
    let run: Uuid = run.parse().expect("a UUID");
    let mut expected =
        [visit_alone_finding_id(run, &school.points[0], &visit), visit_finding_id(run, &school.points[1], "T15.02")]
            .map(|id| id.to_string());
    let mut found: Vec<String> = open(&school).iter().map(|finding| text(&finding["id"])).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "the visit, or the answer");
}

#[test]
fn a_visit_that_is_corrected_takes_its_finding_back_as_long_as_nobody_has_begun_to_put_it_right() {
    let school = School::new();
    let run = school.begun();
    let visited = |number: usize| {
        let visited = school.visit(&run, number, "abnormal");
        let field = format!("visits/{}/v/{}", school.points[number - 1], text(&visited["visit"]));
        (field, text(&visited["finding"]))
    };
    let ((first, own), (second, begun), (third, other)) = (visited(1), visited(2), visited(3));
    let correct = |field: &str, value: Value| {
        let correction = json!({"run": run, "field": field, "value": value, "reason": "点错了"});
        school.logi().call("patrol.correct", correction);
    };
    let state = |finding: &str| school.logi().call("finding.get", json!({"id": finding}))["state"].clone();
    correct(&first, json!("normal"));
    assert_eq!(state(&own), "voided", "误报作废");
    correct(&first, json!("abnormal"));
    assert_eq!(state(&own), "unassigned", "one cause is one finding");
    correct(&first, Value::Null);
    assert_eq!(state(&own), "voided", "a visit that does not count has found nothing");
    let step = json!({"id": begun, "step": "assign", "assignee": school.logi});
    school.logi().call("finding.step", step);
    correct(&second, json!("normal"));
    assert_ne!(state(&begun), "voided", "somebody is looking into it");
    // A round that does not count may have found something all the same.
    school.logi().call("patrol.void", json!({"run": run, "reason": "走错了线路"}));
    assert_eq!((state(&other), third.is_empty()), (json!("unassigned"), false));
}

#[test]
fn a_visit_that_is_corrected_leaves_what_was_put_right_and_what_somebody_has_looked_into() {
    let school = School::new();
    let run = school.begun();
    let (first, second) = (school.visit(&run, 1, "abnormal"), school.visit(&run, 2, "abnormal"));
    school.guard().call("patrol.fixed", json!({"finding": first["finding"], "photos": [photo('b')]}));
    let cone = json!({"id": second["finding"], "step": "stopgap", "note": "已拉警戒线"});
    school.logi().call("finding.step", cone);
    let state = |visited: &Value| school.logi().call("finding.get", json!({"id": visited["finding"]}))["state"].clone();
    let before = [json!("corrected_on_spot"), json!("unassigned")];
    assert_eq!([state(&first), state(&second)], before);
    for (number, visited) in [(1, &first), (2, &second)] {
        let field = format!("visits/{}/v/{}", school.points[number - 1], text(&visited["visit"]));
        let correction = json!({"run": run, "field": field, "value": "normal", "reason": "点错了"});
        school.logi().call("patrol.correct", correction);
    }
    assert_eq!([state(&first), state(&second)], before);
}

#[test]
fn a_visit_that_is_corrected_to_have_found_something_has_one_finding_where_no_item_says_it() {
    let school = School::new();
    let run = school.begun();
    let correct = |number: usize, visit: &Value| {
        let field = format!("visits/{}/v/{}", school.points[number - 1], text(visit));
        let correction = json!({"run": run, "field": field, "value": "abnormal", "reason": "漏记了"});
        school.logi().call("patrol.correct", correction);
    };
    let visit = school.visit(&run, 1, "normal")["visit"].clone();
    correct(1, &visit);
    correct(1, &visit);
    let found = open(&school);
    assert_eq!(found.len(), 1);
    let stored = school.stored(&text(&found[0]["id"]));
    assert_eq!((&stored["checkpoint"], &stored["description"]), (&json!(school.points[0]), &json!("点位1：异常")));
    answer(&school, &run, 2, "T15.02", "fail");
    let visit = school.visit(&run, 2, "normal")["visit"].clone();
    correct(2, &visit);
    assert_eq!(open(&school).len(), 2, "the item says what is wrong");
}

#[test]
fn what_fails_at_a_point_becomes_a_finding_at_once_and_is_never_answered_over() {
    let school = School::new();
    let run = school.begun();
    answer(&school, &run, 1, "T15.02", "fail");
    answer(&school, &run, 1, "T15.02", "pass");
    answer(&school, &run, 1, "T15.02", "fail");
    assert!(open(&school).is_empty(), "the undo goes on");
    let visited = school.visit(&run, 1, "abnormal");
    assert_eq!(visited["finding"], Value::Null, "the item says what is wrong");
    let found = open(&school);
    assert_eq!(found.len(), 1);
    let stored = school.stored(&text(&found[0]["id"]));
    assert_eq!(
        (&stored["item"], &stored["checkpoint"], &stored["patrol_run"]),
        (&json!("T15.02"), &json!(school.points[0]), &json!(run))
    );
    school.wait_minutes(1);
    let over = json!({"run": run, "checkpoint": school.points[0], "item": "T15.02", "result": "pass"});
    assert_eq!(school.guard().refusal("patrol.answer", over), ("finished".to_owned(), Some("item".to_owned())));
    let back = json!({"run": run, "checkpoint": school.points[0], "item": "T15.02"});
    assert_eq!(school.guard().refusal("patrol.take_back", back).0, "finished");
    assert_eq!(open(&school).len(), 1, "no 误报作废: a real hazard stays on record");
}

#[test]
fn a_finding_of_a_visit_shows_the_answer_of_its_item_with_its_photos_and_the_way_to_the_round() {
    let school = School::new();
    let run = school.begun();
    answer(&school, &run, 1, "T15.02", "fail");
    let at = json!({"run": run, "checkpoint": school.points[0], "item": "T15.02"});
    let with = |more: Value| {
        let mut given = at.clone();
        given.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        given
    };
    school.guard().call("patrol.note", with(json!({"note": "纸箱堵住出口"})));
    school.guard().call("patrol.photo", with(json!({"photo": photo('d')})));
    school.visit(&run, 1, "abnormal");
    let view = school.logi().call("finding.get", json!({"id": open(&school)[0]["id"]}));
    let origin = &view["origin"];
    assert_eq!((&origin["patrol_run"], &origin["inspection"]), (&json!(run), &Value::Null));
    assert_eq!((&origin["title"], &origin["subject_name"]), (&json!("日巡"), &json!("点位1")));
    assert_eq!((&origin["item"], &origin["note"]), (&json!("T15.02"), &json!("纸箱堵住出口")));
    assert_eq!((&origin["result_text"], &origin["by"]["id"]), (&json!("不合格"), &json!(school.guard)));
    assert_eq!((&origin["may_open"], &view["photos"][0]["blob"]), (&json!(true), &json!("d".repeat(64))));
}

#[test]
fn a_finding_of_a_visit_that_no_item_explains_shows_the_visit() {
    let school = School::new();
    let run = school.begun();
    let finding = school.guard().call(
        "patrol.visit",
        json!({"run": run, "checkpoint": school.points[0], "how": "qr", "result": "abnormal", "note": "门前堵着"}),
    )["finding"]
        .clone();
    let origin = school.logi().call("finding.get", json!({"id": finding}))["origin"].clone();
    assert_eq!((&origin["patrol_run"], &origin["item"]), (&json!(run), &Value::Null));
    assert_eq!((&origin["result_text"], &origin["note"]), (&json!("异常"), &json!("门前堵着")));
}

#[test]
fn what_is_put_right_on_the_spot_keeps_both_and_takes_a_photo() {
    let school = School::new();
    let run = school.begun();
    answer(&school, &run, 1, "T15.02", "fail");
    school.visit(&run, 1, "abnormal");
    let finding = open(&school)[0]["id"].clone();
    assert_eq!(
        school.guard().refusal("patrol.fixed", json!({"finding": finding, "photos": []})).1.as_deref(),
        Some("photos")
    );
    let fixed = school.guard().call("patrol.fixed", json!({"finding": finding, "photos": [photo('b')]}));
    assert_eq!(fixed["state"], "corrected_on_spot");
    assert_eq!(school.stored(&text(&finding))["photos"][0]["blob"], json!("b".repeat(64)));
    assert!(open(&school).is_empty());
    let alone = school.guard().call(
        "patrol.visit",
        json!({
            "run": run, "checkpoint": school.points[1], "how": "qr", "result": "abnormal", "photos": [photo('c')],
        }),
    );
    school.guard().call("patrol.fixed", json!({"finding": alone["finding"], "photos": [photo('d')]}));
    let photos = school.stored(&text(&alone["finding"]))["photos"].clone();
    assert_eq!([&photos[0]["blob"], &photos[1]["blob"]], [&json!("c".repeat(64)), &json!("d".repeat(64))]);
}

#[test]
fn only_what_a_round_has_found_and_nobody_has_begun_to_put_right_is_put_right_on_the_spot() {
    let school = School::new();
    let run = school.begun();
    let given = school.visit(&run, 1, "abnormal")["finding"].clone();
    school.logi().call("finding.step", json!({"id": given, "step": "assign", "assignee": school.logi}));
    let reported = json!({"description": "门锁松动", "severity": "L2"});
    let reported = school.guard().call("finding.report", reported)["id"].clone();
    for finding in [given, reported] {
        let fixed = json!({"finding": finding, "photos": [photo('b')]});
        assert_eq!(school.guard().refusal("patrol.fixed", fixed).0, "finished");
    }
}

#[test]
fn what_a_round_has_taken_back_itself_is_not_put_right_on_the_spot_any_more() {
    let school = School::new();
    let run = school.begun();
    let finding = school.visit(&run, 1, "abnormal")["finding"].clone();
    school.guard().call("patrol.undo", json!({"run": run}));
    let fixed = json!({"finding": finding, "photos": [photo('b')]});
    assert_eq!(school.guard().refusal("patrol.fixed", fixed), ("finished".to_owned(), Some("finding".to_owned())));
    assert!(open(&school).is_empty());
}

#[test]
fn a_hazard_that_is_still_there_is_seen_again_and_raises_nothing() {
    let school = School::new();
    let first = school.begun();
    answer(&school, &first, 1, "T15.02", "fail");
    school.visit(&first, 1, "abnormal");
    school.guard().call("patrol.finish", json!({"run": first}));
    let finding = text(&open(&school)[0]["id"]);
    let second = school.begun();
    let there = school.guard().call("patrol.get", json!({"run": second}))["points"][0]["findings"].clone();
    assert_eq!(there[0]["id"], json!(finding), "on arrival it is shown, whoever found it");
    let visited = school.guard().call(
        "patrol.visit",
        json!({
            "run": second, "checkpoint": school.points[0], "how": "qr", "result": "abnormal", "still": [finding],
        }),
    );
    assert_eq!((open(&school).len(), &visited["finding"]), (1, &Value::Null));
    let visit = text(&visited["visit"]);
    let seen = school.stored(&finding)[format!("seen_again/{visit}")].clone();
    assert_eq!((&seen["by"], &seen["patrol_run"]), (&json!(school.guard), &json!(second)));
    let elsewhere =
        json!({"run": second, "checkpoint": school.points[1], "how": "qr", "result": "normal", "still": [finding]});
    assert_eq!(school.guard().refusal("patrol.visit", elsewhere).1.as_deref(), Some("still"));
    school.guard().call("patrol.undo", json!({"run": second, "visit": visit}));
    assert_eq!(school.stored(&finding)[format!("seen_again/{visit}")], Value::Null);
    school.setup.call("finding.step", json!({"id": finding, "step": "void", "note": "看错了"}));
    let closed =
        json!({"run": second, "checkpoint": school.points[0], "how": "qr", "result": "normal", "still": [finding]});
    assert_eq!(school.guard().refusal("patrol.visit", closed).1.as_deref(), Some("still"), "it is open no longer");
}

#[test]
fn a_visit_that_does_not_count_has_seen_nothing_again_and_one_that_counts_again_has() {
    let school = School::new();
    let first = school.begun();
    let finding = text(&school.visit(&first, 1, "abnormal")["finding"]);
    school.guard().call("patrol.finish", json!({"run": first}));
    let second = school.begun();
    let seen =
        json!({"run": second, "checkpoint": school.points[0], "how": "qr", "result": "normal", "still": [finding]});
    let visit = text(&school.guard().call("patrol.visit", seen)["visit"]);
    let seen = || school.stored(&finding)[format!("seen_again/{visit}")].clone();
    let (before, field) = (seen(), format!("visits/{}/v/{visit}", school.points[0]));
    let correct = |value: Value| {
        let correction = json!({"run": second, "field": field, "value": value, "reason": "点错了"});
        school.logi().call("patrol.correct", correction);
    };
    correct(Value::Null);
    assert_eq!(seen(), Value::Null, "nobody was there");
    correct(json!("abnormal"));
    assert_eq!((&seen()["by"], &seen()["n"]), (&before["by"], &before["n"]), "by who was there, not by who corrects");
    assert_eq!(seen()["patrol_run"], json!(second));
    assert_eq!(open(&school).len(), 1, "what is only still there raises nothing, by a correction either");
}

#[test]
fn an_item_that_fails_where_its_finding_is_open_raises_another_only_after_another_place() {
    let school = School::new();
    let first = school.begun();
    answer(&school, &first, 1, "T15.02", "fail");
    school.visit(&first, 1, "abnormal");
    school.guard().call("patrol.finish", json!({"run": first}));
    let second = school.begun();
    answer(&school, &second, 1, "T15.02", "fail");
    school.wait_minutes(1);
    school.visit(&second, 1, "abnormal");
    assert_eq!(open(&school).len(), 1, "the same lamp, met in each round");
    answer(&school, &second, 2, "T15.02", "fail");
    school.visit(&second, 2, "abnormal");
    assert_eq!(open(&school).len(), 2, "another point is another hazard");
    school.guard().call("patrol.another", json!({"run": second, "checkpoint": school.points[0], "item": "T15.02"}));
    assert_eq!(open(&school).len(), 3, "另一处");
    school.guard().call("patrol.finish", json!({"run": second}));
    let third = school.begun();
    school.guard().call("patrol.another", json!({"run": third, "checkpoint": school.points[1], "item": "T15.02"}));
    answer(&school, &third, 2, "T15.02", "fail");
    school.visit(&third, 2, "abnormal");
    assert_eq!(open(&school).len(), 4, "also where it was said first");
}

#[test]
fn what_fails_is_found_though_the_round_is_finished_at_once() {
    let school = School::new();
    let run = school.begun();
    answer(&school, &run, 1, "T15.02", "fail");
    school.guard().call("patrol.finish", json!({"run": run}));
    assert_eq!(open(&school).len(), 1);
}

#[test]
fn a_finding_of_a_night_counts_for_its_evening() {
    let school = School::new();
    let run = text(
        &school.guard().call(
            "patrol.start",
            json!({
                "route": school.route, "window": "am", "day": "2026-08-31", "late_reason": "电池没电",
            }),
        )["id"],
    );
    answer(&school, &run, 1, "T15.02", "fail");
    school.visit(&run, 1, "abnormal");
    let found = open(&school);
    assert_eq!(school.stored(&text(&found[0]["id"]))["business_date"], "2026-08-31", "its day is that of the run");
}
