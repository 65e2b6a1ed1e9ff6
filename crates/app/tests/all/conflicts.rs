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

#[test]
fn measured_values_are_shown_with_unit_and_verdict_and_the_item_to_answer_anew() {
    let tablet = Tablet::new();
    let li = tablet.app(Some("li"));
    let id = li.kitchen();
    let seen = text(&li.call("inspection.get", json!({"id": id}))["version"]);
    for (person, result) in [("li", "65"), ("wang", "75.5")] {
        tablet.wait_ms(1_000);
        let answer = json!({"id": id, "item": "T01.07", "result": result, "seen": seen});
        tablet.app(Some(person)).call("inspection.answer", answer);
    }
    let conflict = li.call("conflict.list", json!({}))["conflicts"][0].clone();
    assert_eq!((&conflict["rule"], &conflict["joinable"]), (&json!("worst"), &json!(false)));
    assert_eq!((&conflict["item"]["limits"]["min"], &conflict["may_resolve"]), (&json!("70"), &json!(true)));
    let [wang, li_value] = [&conflict["values"][0], &conflict["values"][1]];
    assert_eq!((&wang["text"], &wang["figure"], &wang["unit"]), (&json!("75.5 ℃"), &json!("75.5"), &json!("℃")));
    assert_eq!((&wang["passed"], &wang["counts"]), (&json!(true), &json!(false)));
    assert_eq!((&li_value["passed"], &li_value["counts"]), (&json!(false), &json!(true)));
    let shown = li.item(&id, "T01.07")["conflict"].clone();
    assert_eq!(shown, conflict["values"], "the form shows the same");
}

#[test]
fn notes_can_be_joined_into_one() {
    let tablet = Tablet::new();
    let li = tablet.app(Some("li"));
    let id = li.kitchen();
    let seen = text(&li.call("inspection.get", json!({"id": id}))["version"]);
    for (person, note) in [("li", "混放在 2 号柜"), ("wang", "第二层有私人饮料")] {
        tablet.wait_ms(1_000);
        let note = json!({"id": id, "item": "T01.06", "note": note, "seen": seen});
        tablet.app(Some(person)).call("inspection.note", note);
    }
    let conflict = li.call("conflict.list", json!({}))["conflicts"][0].clone();
    let joined = "混放在 2 号柜；第二层有私人饮料";
    assert_eq!((&conflict["joinable"], &conflict["joined"]), (&json!(true), &json!(joined)));
    let decide =
        |value: Value| json!({"id": id, "field": conflict["field"], "value": value, "seen": conflict["version"]});
    assert_eq!(li.refusal("conflict.resolve", decide(json!([1]))).1.as_deref(), Some("value"));
    assert_eq!(li.refusal("conflict.resolve", decide(json!("长".repeat(3_000)))).0, "limit-exceeded");
    li.call("conflict.resolve", decide(json!(joined)));
    assert_eq!(li.item(&id, "T01.06")["note"], joined);
    assert_eq!(li.call("conflict.list", json!({}))["conflicts"], json!([]));
}

#[test]
fn what_was_merged_is_listed_with_who_filled_in_how_much() {
    let tablet = Tablet::new();
    let (lead, helper) = (tablet.app(Some("lead")), tablet.app(Some("helper")));
    let id = text(&lead.call("inspection.start", json!({"template": "T01@1", "mode": "joint"}))["id"]);
    let seen = text(&lead.call("inspection.get", json!({"id": id}))["version"]);
    let answer = |hand: &Hand, item: &str| {
        tablet.wait_ms(1_000);
        hand.call("inspection.answer", json!({"id": id, "item": item, "result": "pass", "seen": seen}));
    };
    for item in ["T01.01", "T01.02", "T01.04"] {
        answer(&lead, item);
    }
    answer(&helper, "T01.04");
    answer(&helper, "T01.06");
    let merged = lead.call("conflict.list", json!({"id": id}))["merged"].clone();
    let of = |kind: &str| {
        let all = merged.as_array().expect("a list").iter().filter(|one| one["kind"] == kind);
        all.map(|one| (text(&one["people"][0]["id"]), one["items"].as_u64().expect("a number"))).collect::<Vec<_>>()
    };
    assert_eq!(of("answered"), [("helper".to_owned(), 1), ("lead".to_owned(), 2)]);
    assert_eq!(of("same").len(), 1);
    let same = merged.as_array().expect("a list").iter().find(|one| one["kind"] == "same").expect("one").clone();
    assert_eq!((&same["people"][1]["id"], &same["text"]), (&json!("lead"), &json!("合格")));
}
