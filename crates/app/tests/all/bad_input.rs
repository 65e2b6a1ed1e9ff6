//! What is not understood is refused by name, and changes nothing.

use serde_json::{Value, json};

use crate::support::{Tablet, text};

#[test]
fn an_answer_that_is_not_understood_names_the_item_and_the_reason_and_changes_nothing() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let before = app.call("inspection.get", json!({"id": id}))["version"].clone();
    let cases = [
        ("T01.07", json!("很烫"), "number"),
        ("T01.07", json!("1,234"), "number"),
        ("T01.07", json!("74 kg"), "number"),
        ("T01.07", json!(true), "shape"),
        ("T01.01", json!("maybe"), "shape"),
        ("T01.01", json!(1), "shape"),
        ("T01.03", json!(9), "points"),
        ("T01.03", json!(-1), "points"),
        ("T01.03", json!({}), "shape"),
    ];
    for (item, result, reason) in cases {
        let problem = app.refused("inspection.answer", json!({"id": id, "item": item, "result": result}));
        assert_eq!((&problem["code"], &problem["field"]), (&json!("bad-answer"), &json!("result")), "{item} {result}");
        assert_eq!((&problem["item"], &problem["reason"]), (&json!(item), &json!(reason)), "{item} {result}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(item)), "{problem}");
    }
    assert_eq!(app.call("inspection.get", json!({"id": id}))["version"], before);
}

#[test]
fn arguments_that_nobody_declared_are_refused() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    for command in app::all_commands().iter().filter(|command| command.name != "sync.retry") {
        let (code, _) = app.refusal(command.name, json!({"no_such_argument": 1}));
        assert_eq!(code, "bad-arguments", "{}", command.name);
        assert_eq!(app.refusal(command.name, json!([1])).0, "bad-arguments", "{}", command.name);
    }
    assert_eq!(app.refusal("inspection.fly", json!({})).0, "unknown-command");
}

#[test]
fn what_is_not_there_is_not_found() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let nothing = "0199a1f0-0000-7000-8000-000000000001";
    let id = app.kitchen();
    let cases: [(&str, Value); 8] = [
        ("inspection.get", json!({"id": nothing})),
        ("inspection.answer", json!({"id": nothing, "item": "T01.01", "result": "pass"})),
        ("inspection.answer", json!({"id": id, "item": "T02.01", "result": "pass"})),
        ("inspection.undo", json!({"id": id, "item": "T99.01"})),
        ("finding.step", json!({"id": nothing, "step": "fix"})),
        ("conflict.list", json!({"id": nothing})),
        ("pin.set", json!({"person": nothing, "pin": "1234"})),
        ("campus.use", json!({"id": nothing})),
    ];
    for (name, arguments) in cases {
        assert_eq!(app.refusal(name, arguments.clone()).0, "not-found", "{name} {arguments}");
    }
    // What is here, and something else, is told apart from what is not here at all.
    let other = app.refusal("finding.get", json!({"id": id}));
    assert_eq!(other, ("other-kind".to_owned(), Some("id".to_owned())));
    for template in ["T99@1", "T01@9", nothing] {
        let arguments = json!({"template": template});
        assert_eq!(app.refusal("inspection.start", arguments).0, "unknown-template", "{template}");
    }
    assert_eq!(app.refusal("inspection.start", json!({"template": "厨房"})).1.as_deref(), Some("template"));
}

#[test]
fn limits_and_pages_are_checked() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    for name in ["inspection.list", "finding.list", "person.list", "area.list", "sync.queue", "conflict.list"] {
        for limit in [0, 1_001] {
            assert_eq!(app.refusal(name, json!({"limit": limit})).1.as_deref(), Some("limit"), "{name}");
        }
    }
    for name in ["inspection.list", "finding.list", "person.list", "area.list"] {
        assert_eq!(app.refusal(name, json!({"after": "somewhere"})).1.as_deref(), Some("after"), "{name}");
    }
    assert_eq!(app.refusal("finding.list", json!({"state": "lost"})).1.as_deref(), Some("state"));
    assert_eq!(app.refusal("search.find", json!({"query": "x", "limit": 101})).1.as_deref(), Some("limit"));
}

#[test]
fn a_value_that_another_client_wrote_badly_is_shown_raw_and_left_out_of_the_score() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let id = app.kitchen();
    app.call(
        "record.save",
        json!({"id": id, "kind": "inspection", "set": {"answers/T01.07/result": "很烫", "answers/T99.01/result": 5,
            "people/x": "yesterday", "submits/y": null, "corrections/1": "oops", "subject": 7}}),
    );
    let item = app.item(&id, "T01.07");
    assert_eq!(
        (&item["result"], &item["status"], &item["passed"]),
        (&json!("很烫"), &json!("ill_typed"), &Value::Null)
    );
    let form = app.call("inspection.get", json!({"id": id}));
    assert_eq!((&form["stage"], &form["score"]["answered"]), (&json!("open"), &json!(0)));
    app.answer(&id, "T01.07", json!("75"));
    assert_eq!(app.item(&id, "T01.07")["passed"], true);
}

#[test]
fn an_instant_that_no_clock_shows_is_refused_by_the_name_of_its_argument() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let finding = text(&app.call("finding.report", json!({"description": "水管漏"}))["id"]);
    let step = |due: i64| json!({"id": finding, "step": "assign", "assignee": "wang", "due": due});
    for at in [i64::MIN, -1, 1 << 53, i64::MAX] {
        let cases = [
            ("inspection.start", json!({"template": "T01@1", "occurred_at": at, "late_reason": "补"}), "occurred_at"),
            ("finding.report", json!({"description": "x", "found_at": at}), "found_at"),
            ("finding.report", json!({"description": "x", "due": at}), "due"),
            ("finding.step", step(at), "due"),
        ];
        for (name, arguments, argument) in cases {
            let refusal = app.refusal(name, arguments);
            assert_eq!(refusal, ("bad-arguments".into(), Some(argument.into())), "{name} {at}");
        }
    }
    let paid = |cost: Value| json!({"id": finding, "step": "fix", "cost": cost});
    for cost in [json!(-1), json!("-0.5")] {
        assert_eq!(app.refusal("finding.step", paid(cost)).1.as_deref(), Some("cost"));
    }
}

#[test]
fn a_person_whose_name_is_too_long_for_a_field_is_told_so() {
    let tablet = Tablet::new();
    let fits = "长".repeat(150);
    tablet.app(Some(&fits)).kitchen();
    let id = tablet.app(None).kitchen();
    for length in [151, 194, 200] {
        let name = "长".repeat(length);
        let app = tablet.app(Some(&name));
        for (command, arguments) in [
            ("inspection.start", json!({"template": "T01@1"})),
            ("inspection.answer", json!({"id": id, "item": "T01.01", "result": "pass"})),
            ("inspection.submit", json!({"id": id, "reason": "先提交"})),
        ] {
            let problem = app.refused(command, arguments);
            assert_eq!(problem["code"], "bad-person", "{command}");
            assert!(text(&problem["detail"]).contains(&name), "{command}");
        }
    }
}
