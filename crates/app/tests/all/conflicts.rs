//! Two forms that did not know of each other, and the end of it.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

/// Two people answer one item from forms that were both opened before.
fn disagree(tablet: &Tablet) -> (Hand, String, String) {
    let li = tablet.app(Some("li"));
    let id = li.kitchen();
    let seen = text(&li.call("inspection.get", json!({"id": id}))["version"]);
    let answer = |hand: &Hand, result: &str| {
        tablet.wait_ms(1_000);
        hand.call("inspection.answer", json!({"id": id, "item": "T01.06", "result": result, "seen": seen}));
    };
    answer(&li, "fail");
    answer(&tablet.app(Some("wang")), "pass");
    (li, id, seen)
}

#[test]
fn both_answers_are_kept_and_the_worse_one_counts_until_somebody_decides() {
    let tablet = Tablet::new();
    let (li, id, _) = disagree(&tablet);
    let item = li.item(&id, "T01.06");
    assert_eq!((&item["result"], &item["passed"]), (&json!("fail"), &json!(false)));
    let listed = li.call("conflict.list", json!({}));
    let conflict = &listed["conflicts"][0];
    assert_eq!(conflict["field"], "answers/T01.06/result");
    assert!(text(&conflict["label"]).starts_with("T01.06 四隔离"));
    let words = |value: &Value| (text(&value["by"]["id"]), text(&value["text"]), value["counts"].as_bool());
    let values: Vec<_> = conflict["values"].as_array().expect("values").iter().map(words).collect();
    let expected = [("wang".into(), "合格".into(), Some(false)), ("li".into(), "不合格".into(), Some(true))];
    assert_eq!(values, expected);
    assert_eq!(li.call("sync.status", json!({}))["conflicts"], 1);

    li.call("conflict.resolve", json!({"id": id, "field": conflict["field"], "take": 0, "seen": conflict["version"]}));
    assert_eq!(li.call("conflict.list", json!({}))["conflicts"], json!([]));
    assert_eq!(li.item(&id, "T01.06")["result"], "pass");
    let again = json!({"id": id, "field": "answers/T01.06/result", "take": 0});
    assert_eq!(li.refusal("conflict.resolve", again).0, "not-in-conflict");
}

#[test]
fn a_decision_covers_only_what_was_seen() {
    let tablet = Tablet::new();
    let (li, id, seen) = disagree(&tablet);
    let shown = li.call("conflict.list", json!({}))["conflicts"][0].clone();
    tablet.wait_ms(1_000);
    li.call("inspection.answer", json!({"id": id, "item": "T01.06", "result": "na", "seen": seen}));
    let decide = json!({"id": id, "field": shown["field"], "take": 0, "seen": shown["version"]});
    li.call("conflict.resolve", decide);
    let left = li.call("conflict.list", json!({}))["conflicts"][0]["values"].clone();
    let results: Vec<String> = left.as_array().expect("values").iter().map(|value| text(&value["value"])).collect();
    assert_eq!(results, ["pass", "na"], "the answer that nobody had looked at is still there");
}

#[test]
fn two_equal_decisions_end_clean() {
    let tablet = Tablet::new();
    let (li, id, _) = disagree(&tablet);
    let shown = li.call("conflict.list", json!({}))["conflicts"][0].clone();
    let decide = json!({"id": id, "field": shown["field"], "value": "不合格", "seen": shown["version"]});
    li.call("conflict.resolve", decide);
    // The second one is written from the same screen, as another tablet would.
    li.call("inspection.answer", json!({"id": id, "item": "T01.06", "result": "fail", "seen": shown["version"]}));
    assert_eq!(li.call("conflict.list", json!({}))["conflicts"], json!([]));
    assert_eq!(li.item(&id, "T01.06")["result"], "fail");
}

#[test]
fn a_decision_that_is_no_answer_is_refused() {
    let tablet = Tablet::new();
    let (li, id, _) = disagree(&tablet);
    let field = "answers/T01.06/result";
    let with = |rest: Value| {
        let mut arguments = json!({"id": id, "field": field});
        arguments.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
        li.refusal("conflict.resolve", arguments)
    };
    assert_eq!(with(json!({"value": "很好"})), ("bad-answer".into(), Some("value".into())));
    assert_eq!(with(json!({"take": 2})).1.as_deref(), Some("take"));
    assert_eq!(with(json!({})).1.as_deref(), Some("take"));
    assert_eq!(with(json!({"take": 0, "seen": "nonsense"})).1.as_deref(), Some("seen"));
}

#[test]
fn a_harmless_merge_is_listed_on_its_record_and_asks_nobody() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let area = app.call("area.save", json!({"name": "食堂"}));
    for name in ["东食堂", "西食堂"] {
        tablet.wait_ms(1_000);
        app.call("area.save", json!({"id": area["id"], "name": name, "seen": area["version"]}));
    }
    assert_eq!(app.call("conflict.list", json!({}))["conflicts"], json!([]));
    let listed = app.call("conflict.list", json!({"id": area["id"]}));
    assert_eq!((&listed["conflicts"][0]["asks"], &listed["conflicts"][0]["label"]), (&json!(false), &json!("名称")));
}
