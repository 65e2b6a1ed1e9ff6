//! How a finding follows the answer that it comes from.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

fn after_the_undo(tablet: &Tablet, app: &Hand) -> Value {
    tablet.wait_ms(5_000);
    let findings = app.findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    app.call("finding.get", json!({"id": findings[0]["id"]}))
}

fn cold_dish(app: &Hand) -> String {
    let id = app.kitchen();
    app.answer(&id, "T01.07", json!([{"v": "65", "of": "红烧肉"}]));
    id
}

fn reheated() -> Value {
    json!([{"v": "65", "of": "红烧肉"}, {"v": "76", "of": "红烧肉", "retest": true}])
}

#[test]
fn another_window_leaves_the_undo_of_the_first_alone() {
    let tablet = Tablet::new();
    let first = tablet.app(Some("li"));
    let id = cold_dish(&first);
    tablet.wait_ms(2_000);
    assert!(tablet.app(Some("wang")).findings().is_empty(), "the answer may still be taken back");
    first.call("inspection.undo", json!({"id": id, "item": "T01.07"}));
    tablet.wait_ms(60_000);
    assert!(tablet.app(Some("wang")).findings().is_empty());
}

#[test]
fn a_clock_that_is_set_back_keeps_no_finding_waiting() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    tablet.wait_ms(86_400_000);
    cold_dish(&app);
    tablet.set_clock(tablet.now() - 86_400_000);
    assert_eq!(app.findings().len(), 1);
}

#[test]
fn what_the_form_does_by_itself_is_marked_and_blames_nobody() {
    let tablet = Tablet::new();
    let chief = tablet.app(None);
    let cook = text(&chief.call("person.save", json!({"name": "张桂花"}))["id"]);
    chief.call("person.grant", json!({"person": cook, "role": "cook"}));
    let cook = tablet.app(Some(&cook));
    let id = cook.kitchen();
    cook.answer(&id, "T01.06", json!("fail"));
    tablet.wait_ms(5_000);
    cook.answer(&id, "T01.06", json!("pass"));
    let voided = after_the_undo(&tablet, &cook);
    assert_eq!((&voided["state"], &voided["steps"][0]["auto"]), (&json!("voided"), &json!(true)));
    assert_eq!(voided["breaches"], json!([]));
    cook.answer(&id, "T01.06", json!("fail"));
    let raised = after_the_undo(&tablet, &cook);
    assert_eq!((&raised["state"], &raised["assignee"]), (&json!("unassigned"), &Value::Null));
    assert_eq!((&raised["steps"][1]["auto"], &raised["breaches"]), (&json!(true), &json!([])));
    let waiting = cook.call("finding.list", json!({"state": "unassigned"}));
    assert_eq!(waiting["findings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_later_note_and_a_worse_reading_reach_the_finding_until_somebody_is_at_work_on_it() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = cold_dish(&app);
    assert_eq!(after_the_undo(&tablet, &app)["description"], "热菜出锅中心温度（抽测 2 道）：红烧肉 65 ℃");
    app.call("inspection.note", json!({"id": id, "item": "T01.07", "note": "回锅加热"}));
    assert_eq!(after_the_undo(&tablet, &app)["description"], "热菜出锅中心温度（抽测 2 道）：红烧肉 65 ℃；回锅加热");
    app.answer(&id, "T01.07", json!([{"v": "65", "of": "红烧肉"}, {"v": "58", "of": "鱼"}]));
    let worse = after_the_undo(&tablet, &app);
    assert_eq!(worse["description"], "热菜出锅中心温度（抽测 2 道）：鱼 58 ℃；回锅加热");
    app.call("finding.step", json!({"id": worse["id"], "step": "accept"}));
    app.call("inspection.note", json!({"id": id, "item": "T01.07", "note": "已倒掉"}));
    assert_eq!(after_the_undo(&tablet, &app)["description"], worse["description"]);
}

#[test]
fn a_dish_that_a_retest_shows_to_be_put_right_was_a_failure_all_the_same() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = cold_dish(&app);
    tablet.wait_ms(5_000);
    assert_eq!(app.findings()[0]["state"], "unassigned");
    app.answer(&id, "T01.07", reheated());
    let corrected = after_the_undo(&tablet, &app);
    assert_eq!((&corrected["state_zh"], &corrected["is_open"]), (&json!("现场已改"), &json!(false)));
    assert_eq!(corrected["description"], "热菜出锅中心温度（抽测 2 道）：红烧肉 65 ℃，复测 76 ℃");
    assert_eq!((&corrected["steps"], &corrected["breaches"]), (&json!([]), &json!([])));
    app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    assert_eq!(after_the_undo(&tablet, &app)["state_zh"], "现场已改");
}

#[test]
fn a_retest_within_the_same_answer_leaves_the_same_finding() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.07", reheated());
    let corrected = after_the_undo(&tablet, &app);
    assert_eq!(corrected["state"], "corrected_on_spot");
    assert_eq!(corrected["description"], "热菜出锅中心温度（抽测 2 道）：红烧肉 65 ℃，复测 76 ℃");
    app.answer(&id, "T01.07", json!("60"));
    assert_eq!(after_the_undo(&tablet, &app)["state"], "unassigned", "it fails again");
    app.answer(&id, "T01.07", json!("75"));
    assert_eq!(after_the_undo(&tablet, &app)["state"], "voided", "it was mistyped");
    app.answer(&id, "T01.07", reheated());
    assert_eq!(after_the_undo(&tablet, &app)["state"], "corrected_on_spot");
}

#[test]
fn an_item_that_fails_again_raises_its_closed_finding_again() {
    let tablet = Tablet::new();
    let (cook, chief) = (tablet.app(Some("cook")), tablet.app(Some("chief")));
    let id = cook.kitchen();
    cook.answer(&id, "T01.06", json!("fail"));
    let finding = after_the_undo(&tablet, &cook)["id"].clone();
    chief.call("finding.step", json!({"id": finding, "step": "assign", "assignee": "cook"}));
    cook.call("finding.step", json!({"id": finding, "step": "fix"}));
    chief.call("finding.step", json!({"id": finding, "step": "pass"}));
    cook.call("inspection.note", json!({"id": id, "item": "T01.06", "note": "二号柜"}));
    assert_eq!(after_the_undo(&tablet, &cook)["state"], "closed", "a note is no new failure");
    cook.answer(&id, "T01.06", json!("pass"));
    assert_eq!(after_the_undo(&tablet, &cook)["state"], "closed");
    cook.answer(&id, "T01.06", json!("fail"));
    let raised = after_the_undo(&tablet, &cook);
    assert_eq!((&raised["state"], &raised["assignee"]["id"]), (&json!("returned"), &json!("cook")));
    assert_eq!(raised["breaches"], json!([]));
    chief.call("finding.step", json!({"id": finding, "step": "void", "note": "看错柜子"}));
    cook.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    assert_eq!(after_the_undo(&tablet, &cook)["state"], "voided", "what people decided stands against an old answer");
}

#[test]
fn a_correction_reaches_every_item_that_it_decides_over() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = text(&app.call("inspection.start", json!({"template": "T04@1"}))["id"]);
    app.answer(&id, "T04.02", json!("含氯浸泡"));
    app.answer(&id, "T04.03", json!("90"));
    tablet.wait_ms(5_000);
    assert!(app.findings().is_empty());
    app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    let correct = |method: &str| {
        app.call("inspection.correct", json!({"id": id, "item": "T04.02", "value": method, "reason": "选错"}));
        after_the_undo(&tablet, &app)
    };
    let raised = correct("煮沸");
    assert_eq!((&raised["item"], &raised["state"]), (&json!("T04.03"), &json!("unassigned")));
    assert_eq!(correct("含氯浸泡")["state"], "voided");
}

#[test]
fn an_undo_reaches_every_item_that_its_answer_decided_over() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = text(&app.call("inspection.start", json!({"template": "T04@1"}))["id"]);
    app.answer(&id, "T04.03", json!("90"));
    app.answer(&id, "T04.02", json!("煮沸"));
    assert_eq!(after_the_undo(&tablet, &app)["state"], "unassigned");
    app.call("inspection.undo", json!({"id": id, "item": "T04.02"}));
    assert_eq!(after_the_undo(&tablet, &app)["state"], "voided");
}
