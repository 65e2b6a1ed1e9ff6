//! What is said of a form as a whole, and values that are asked about before they are stored.

use serde_json::{Value, json};

use crate::support::{Tablet, text};

#[test]
fn a_form_that_is_not_filled_in_has_no_verdict_and_no_percent_anywhere() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.01", json!("pass"));
    let form = app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    let expected = json!({
        "verdict": "incomplete", "verdict_zh": "未填完", "percent": null,
        "answered": 1, "asked": 15, "failed": 0, "red_lines": 0,
    });
    assert_eq!(form["outcome"], expected);
    assert_eq!(app.call("inspection.list", json!({}))["inspections"][0]["outcome"], expected);
    let step = app.call("today.get", json!({"everybody": true}))["plan"][0]["detail"].clone();
    assert_eq!((&step["verdict"], &step["percent"]), (&json!("incomplete"), &Value::Null));
    assert_eq!((&step["answered"], &step["items"]), (&json!(1), &json!(15)));
}

#[test]
fn a_list_tells_a_pass_from_a_fail() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.14", json!("fail"));
    app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    let outcome = app.call("inspection.list", json!({}))["inspections"][0]["outcome"].clone();
    assert_eq!(
        (&outcome["verdict"], &outcome["red_lines"], &outcome["percent"]),
        (&json!("fail"), &json!(1), &Value::Null)
    );
}

#[test]
fn a_value_that_can_hardly_be_meant_is_stored_only_by_who_is_sure() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let answer = |result: Value, sure: bool| json!({"id": id, "item": "T01.12", "result": result, "sure": sure});
    let problem = app.refused("inspection.answer", answer(json!("372"), false));
    assert_eq!((text(&problem["code"]), text(&problem["reason"])), ("bad-answer".into(), "unlikely".into()));
    assert_eq!((text(&problem["value"]), text(&problem["unit"])), ("372".into(), "℃".into()));
    assert_eq!(app.item(&id, "T01.12")["result"], Value::Null);

    let sure = app.call("inspection.answer", answer(json!("372"), true));
    assert_eq!(sure["items"][0]["passed"], false);
    let more = app.call("inspection.answer", answer(json!(["372", "4"]), false));
    assert_eq!(more["items"][0]["status"], "judged", "nobody is asked twice");

    app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    let correct = |sure: bool| json!({"id": id, "item": "T01.12", "value": "999", "reason": "看错", "sure": sure});
    assert_eq!(text(&app.refused("inspection.correct", correct(false))["reason"]), "unlikely");
    app.call("inspection.correct", correct(true));
}

#[test]
fn both_meanings_of_a_comma_are_told_with_what_was_typed() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let problem = app.refused("inspection.answer", json!({"id": id, "item": "T01.12", "result": ["4", "1,234"]}));
    let told = ["typed", "as_decimal", "as_thousands"].map(|name| text(&problem[name]));
    assert_eq!(told, ["1,234", "1.234", "1234"]);
}

#[test]
fn notes_that_differ_are_told_in_the_form() {
    let tablet = Tablet::new();
    let li = tablet.app(Some("li"));
    let id = li.kitchen();
    let seen = text(&li.call("inspection.get", json!({"id": id}))["version"]);
    for (person, note) in [("li", "门没关"), ("wang", "门坏了")] {
        tablet.wait_ms(1_000);
        let hand = tablet.app(Some(person));
        hand.call("inspection.note", json!({"id": id, "item": "T01.06", "note": note, "seen": seen}));
    }
    let item = li.item(&id, "T01.06");
    let notes: Vec<_> =
        item["note_conflict"].as_array().expect("values").iter().map(|value| text(&value["text"])).collect();
    assert_eq!(notes, ["门坏了", "门没关"]);
    assert_eq!(item["conflict"], json!([]));
}

#[test]
fn what_is_put_right_on_the_spot_is_not_overdue_the_moment_it_is_found() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.call("inspection.answer", json!({"id": id, "item": "T01.01", "result": "fail", "note": "一人未晨检"}));
    app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    tablet.wait_ms(60_000);
    let finding = app.call("finding.list", json!({}))["findings"][0].clone();
    assert_eq!((&finding["is_overdue"], &finding["left_min"]), (&json!(false), &json!(119)));
    tablet.wait_ms(2 * 3_600_000);
    assert_eq!(app.call("finding.list", json!({}))["findings"][0]["is_overdue"], true);
}
