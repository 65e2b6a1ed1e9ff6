//! A record that one person deleted while another wrote to it.

use serde_json::{Value, json};

use crate::support::{Tablet, text};

/// Support deletes a report of which it had not seen all.
fn disputed(tablet: &Tablet) -> String {
    let li = tablet.app(Some("li"));
    let id = text(&li.call("finding.report", json!({"description": "水管漏"}))["id"]);
    let seen = li.call("record.get", json!({"id": id}))["version"].clone();
    tablet.wait_ms(1_000);
    li.call("finding.step", json!({"id": id, "step": "assign", "assignee": "wang"}));
    tablet.wait_ms(1_000);
    tablet.app(Some("support")).call("record.delete", json!({"id": id, "seen": seen}));
    id
}

#[test]
fn a_deletion_that_somebody_wrote_past_is_listed_with_both_sides() {
    let tablet = Tablet::new();
    let id = disputed(&tablet);
    let app = tablet.app(None);
    let listed = app.call("conflict.list", json!({}))["conflicts"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(app.call("sync.status", json!({}))["conflicts"], 1);
    let conflict = &listed[0];
    assert_eq!((&conflict["id"], &conflict["field"]), (&json!(id), &json!("_deleted")));
    assert_eq!((&conflict["label"], &conflict["asks"]), (&json!("删除"), &json!(true)));
    let side = |value: &Value| (text(&value["by"]["id"]), text(&value["text"]), value["counts"].as_bool());
    let sides: Vec<_> = conflict["values"].as_array().expect("values").iter().map(side).collect();
    assert_eq!(sides, [("support".into(), "删除".into(), Some(false)), ("li".into(), "保留".into(), Some(true))]);
}

#[test]
fn it_ends_with_one_of_its_sides() {
    let decisions = [
        (json!({"take": 0}), true),
        (json!({"take": 1}), false),
        (json!({"value": "delete"}), true),
        (json!({"value": "keep"}), false),
    ];
    for (decision, is_deleted) in decisions {
        let tablet = Tablet::new();
        let id = disputed(&tablet);
        let app = tablet.app(Some("wang"));
        let conflict = app.call("conflict.list", json!({}))["conflicts"][0].clone();
        let mut arguments = json!({"id": id, "field": "_deleted", "seen": conflict["version"]});
        arguments.as_object_mut().expect("an object").extend(decision.as_object().expect("an object").clone());
        app.call("conflict.resolve", arguments.clone());
        assert_eq!(app.findings().len(), usize::from(!is_deleted), "{decision}");
        assert_eq!(app.call("conflict.list", json!({}))["conflicts"], json!([]), "{decision}");
        assert_eq!(app.call("sync.status", json!({}))["conflicts"], 0, "{decision}");
        assert_eq!(app.refusal("conflict.resolve", arguments).0, "not-in-conflict");
    }
}

#[test]
fn another_answer_to_it_is_refused() {
    let tablet = Tablet::new();
    let id = disputed(&tablet);
    let app = tablet.app(Some("wang"));
    for decision in [json!({}), json!({"value": null}), json!({"value": "maybe"}), json!({"take": 0, "value": "keep"})]
    {
        let mut arguments = json!({"id": id, "field": "_deleted"});
        arguments.as_object_mut().expect("an object").extend(decision.as_object().expect("an object").clone());
        assert_eq!(app.refusal("conflict.resolve", arguments).0, "bad-arguments", "{decision}");
    }
}
