//! The rules of filling in a form.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, photo, text};

#[test]
fn an_undo_goes_back_to_the_answer_before_and_only_once() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.01", json!("pass"));
    let changed = app.answer(&id, "T01.01", json!("fail"));
    assert_eq!(changed["undo"]["T01.01"], "pass");
    let undone = app.call("inspection.undo", json!({"id": id, "item": "T01.01"}));
    assert_eq!(undone["items"][0]["result"], "pass");
    assert_eq!(app.refusal("inspection.undo", json!({"id": id, "item": "T01.01"})).0, "nothing-to-undo");
    tablet.wait_ms(60_000);
    assert!(app.findings().is_empty(), "an answer that was taken back in time leaves no finding");
}

#[test]
fn an_undo_of_a_first_answer_leaves_none_and_takes_its_note_along() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.call("inspection.answer", json!({"id": id, "item": "T01.01", "result": "fail", "note": "一人未晨检"}));
    app.call("inspection.undo", json!({"id": id, "item": "T01.01"}));
    let item = app.item(&id, "T01.01");
    assert_eq!((&item["result"], &item["note"]), (&Value::Null, &Value::Null));
    assert_eq!(item["status"], "unanswered");
}

#[test]
fn an_undo_survives_a_restart_and_is_the_authors_alone() {
    let tablet = Tablet::new();
    let id = tablet.app(Some("li")).kitchen();
    tablet.app(Some("li")).answer(&id, "T01.06", json!("fail"));
    let arguments = json!({"id": id, "item": "T01.06"});
    assert_eq!(tablet.app(Some("wang")).refusal("inspection.undo", arguments.clone()).0, "nothing-to-undo");
    tablet.app(Some("li")).call("inspection.undo", arguments);
}

#[test]
fn a_form_that_undoes_has_seen_its_own_saves_and_nothing_else() {
    let tablet = Tablet::new();
    let (li, wang) = (tablet.app(Some("li")), tablet.app(Some("wang")));
    let id = li.kitchen();
    let seen = text(&li.call("inspection.get", json!({"id": id}))["version"]);
    let first = li.call("inspection.answer", json!({"id": id, "item": "T01.01", "result": "pass", "seen": seen}));
    let second =
        li.call("inspection.answer", json!({"id": id, "item": "T01.06", "result": "fail", "seen": first["version"]}));
    wang.answer(&id, "T01.09", json!("fail"));
    let undone = li.call("inspection.undo", json!({"id": id, "item": "T01.06", "seen": second["version"]}));
    let again =
        li.call("inspection.answer", json!({"id": id, "item": "T01.06", "result": "pass", "seen": undone["version"]}));
    assert_eq!(again["items"][0]["conflict"], json!([]), "the form knows its own undo");
    let blind =
        li.call("inspection.answer", json!({"id": id, "item": "T01.09", "result": "pass", "seen": again["version"]}));
    assert_eq!(blind["items"][0]["conflict"].as_array().map(Vec::len), Some(2), "it had not seen the other answer");
}

#[test]
fn the_rest_is_fine_fills_neither_red_lines_nor_measured_values() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    let filled = app.call("inspection.rest", json!({"id": id, "section": "人员"}));
    let codes: Vec<String> =
        filled["items"].as_array().expect("items").iter().map(|item| text(&item["code"])).collect();
    assert_eq!(codes, ["T01.02"]);
    assert_eq!((&filled["items"][0]["result"], &filled["items"][0]["how"]), (&json!("pass"), &json!("batch")));
    assert_eq!(app.item(&id, "T01.01")["status"], "unanswered", "a red line is always looked at");
    let arguments = json!({"id": id, "section": "设备"});
    assert_eq!(app.refusal("inspection.rest", arguments).0, "nothing-to-fill");
    assert_eq!(app.refusal("inspection.rest", json!({"id": id, "section": "屋顶"})).0, "not-found");
    let own = app.answer(&id, "T01.02", json!("fail"));
    assert_eq!(own["items"][0]["how"], "", "an answer of one's own is no batch");
}

#[test]
fn a_batch_can_be_taken_back_as_a_whole() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = text(&app.call("inspection.start", json!({"template": "T04@1"}))["id"]);
    app.answer(&id, "T04.07", json!("pass"));
    app.call("inspection.rest", json!({"id": id, "section": "效果"}));
    let undone = app.call("inspection.undo", json!({"id": id, "section": "效果"}));
    let items = undone["items"].as_array().expect("items");
    assert_eq!(items.len(), 2);
    assert_eq!(app.item(&id, "T04.07")["result"], "pass", "an answer of another section stays");
    assert!(items.iter().all(|item| item["result"].is_null() && item["how"] == ""));
}

#[test]
fn a_submitted_form_is_corrected_and_never_overwritten() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.01", json!("pass"));
    assert_eq!(
        app.refusal("inspection.correct", json!({"id": id, "item": "T01.01", "value": "fail", "reason": "看错"})).0,
        "not-submitted"
    );
    app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    let answer = json!({"id": id, "item": "T01.01", "result": "fail"});
    assert_eq!(app.refusal("inspection.answer", answer).0, "already-submitted");
    assert_eq!(app.refusal("inspection.undo", json!({"id": id, "item": "T01.01"})).0, "already-submitted");
    assert_eq!(app.refusal("inspection.submit", json!({"id": id, "reason": "停电"})).0, "already-submitted");
    let arguments = json!({"id": id, "item": "T01.01", "value": "不合格", "reason": "看错"});
    app.call("inspection.correct", arguments);
    let item = app.item(&id, "T01.01");
    assert_eq!((&item["result"], &item["original"], &item["passed"]), (&json!("fail"), &json!("pass"), &json!(false)));
    tablet.wait_ms(5_000);
    assert_eq!(app.findings().len(), 1, "a correction to 不合格 is a finding too");
    let voided = app.call("inspection.void", json!({"id": id, "reason": "重复"}));
    assert_eq!((&voided["stage"], &voided["voids"][0]["reason"]), (&json!("void"), &json!("重复")));
    let again = json!({"id": id, "item": "T01.01", "value": "pass", "reason": "又看错"});
    assert_eq!(app.refusal("inspection.correct", again).0, "void");
}

#[test]
fn a_joint_form_takes_late_answers_of_those_who_had_joined() {
    let tablet = Tablet::new();
    let (lead, helper, stranger) = (tablet.app(Some("lead")), tablet.app(Some("helper")), tablet.app(Some("stranger")));
    let form = lead.call("inspection.start", json!({"template": "T01@1", "subject": "食堂", "mode": "joint"}));
    let id = text(&form["id"]);
    helper.call("inspection.join", json!({"id": id, "template": "T01@1", "subject": "食堂"}));
    lead.answer(&id, "T01.01", json!("pass"));
    tablet.wait_ms(1_000);
    lead.call("inspection.submit", json!({"id": id, "reason": "分头检查"}));
    helper.answer(&id, "T01.06", json!("fail"));
    let answered = json!({"id": id, "item": "T01.01", "result": "fail"});
    assert_eq!(helper.refusal("inspection.answer", answered).0, "already-submitted");
    let late = json!({"id": id, "item": "T01.09", "result": "pass"});
    assert_eq!(stranger.refusal("inspection.answer", late.clone()).0, "already-submitted");
    assert_eq!(lead.refusal("inspection.answer", late).0, "already-submitted");
    let both = helper.call("inspection.submit", json!({"id": id, "reason": "分头检查"}));
    assert_eq!(both["submits"].as_array().map(Vec::len), Some(2));
}

/// A joint form that the lead has submitted while a helper is still at work.
fn submitted_beside_a_helper(tablet: &Tablet) -> (Hand, Hand, String) {
    let (lead, helper) = (tablet.app(Some("lead")), tablet.app(Some("helper")));
    let id = text(&lead.call("inspection.start", json!({"template": "T01@1", "mode": "joint"}))["id"]);
    tablet.wait_ms(600_000);
    helper.call("inspection.join", json!({"id": id, "template": "T01@1"}));
    tablet.set_clock(tablet.now() - 600_000);
    lead.call("inspection.answer", json!({"id": id, "item": "T01.01", "result": "pass", "note": "全员到齐"}));
    lead.call("inspection.note", json!({"id": id, "item": "T01.04", "note": "后门没看"}));
    lead.answer(&id, "T01.05", json!("pass"));
    lead.call("inspection.submit", json!({"id": id, "reason": "分头检查"}));
    (lead, helper, id)
}

#[test]
fn a_late_entry_replaces_nobody_elses() {
    let tablet = Tablet::new();
    let (lead, helper, id) = submitted_beside_a_helper(&tablet);
    let note = |item: &str, note: &str| json!({"id": id, "item": item, "note": note});
    for item in ["T01.01", "T01.04", "T01.05"] {
        assert_eq!(helper.refusal("inspection.note", note(item, "不对")).0, "already-submitted", "{item}");
    }
    let over = json!({"id": id, "item": "T01.04", "result": "fail", "note": "看了"});
    assert_eq!(helper.refusal("inspection.answer", over).0, "already-submitted");
    assert_eq!(helper.answer(&id, "T01.04", json!("fail"))["items"][0]["note"], "后门没看");
    helper.call("inspection.note", note("T01.09", "没带钥匙"));
    helper.answer(&id, "T01.06", json!("fail"));
    helper.call("inspection.note", note("T01.06", "二号柜"));
    assert_eq!(helper.refusal("inspection.note", note("T01.06", "")).0, "already-submitted");
    assert_eq!(lead.refusal("inspection.note", note("T01.10", "晚了")).0, "already-submitted");
}

#[test]
fn a_tablet_whose_clock_is_ahead_enters_the_rest_of_its_work() {
    let tablet = Tablet::new();
    let (lead, helper, id) = submitted_beside_a_helper(&tablet);
    helper.answer(&id, "T01.06", json!("pass"));
    let stranger = tablet.app(Some("stranger"));
    let join = json!({"id": id, "template": "T01@1"});
    assert_eq!(stranger.refusal("inspection.join", join.clone()).0, "already-submitted");
    assert_eq!(helper.call("inspection.join", join.clone())["id"], id.as_str(), "who is on it is on it");
    lead.call("inspection.void", json!({"id": id, "reason": "重复"}));
    assert_eq!(stranger.refusal("inspection.join", join).0, "void");
}

#[test]
fn a_joint_form_can_be_joined_before_it_arrives() {
    let (first, second) = (Tablet::new(), Tablet::new());
    let form = first.app(Some("lead")).call("inspection.start", json!({"template": "T01@1", "mode": "joint"}));
    let joined = second.app(Some("helper")).call("inspection.join", json!({"id": form["id"], "template": "T01@1"}));
    assert_eq!((&joined["id"], &joined["mode"]), (&form["id"], &json!("joint")));
    assert_eq!(joined["people"][0]["id"], "helper");
    assert_eq!(joined["created_by"], Value::Null, "who started it arrives with the lead's record");
}

#[test]
fn the_day_of_a_joint_form_is_that_of_the_lead_whatever_the_clock_of_who_joins_says() {
    let (first, second) = (Tablet::new(), Tablet::new());
    let form = first.app(Some("lead")).call("inspection.start", json!({"template": "T01@1", "mode": "joint"}));
    second.set_clock(second.now() - 365 * 86_400_000);
    let helper = second.app(Some("helper"));
    let join = json!({"id": form["id"], "template": "T01@1", "business_date": form["business_date"]});
    assert_eq!(helper.call("inspection.join", join)["business_date"], form["business_date"]);
    let another = "0199a1f0-0000-7000-8000-0000000000ab";
    let unsaid = json!({"id": another, "template": "T01@1"});
    assert_eq!(helper.call("inspection.join", unsaid)["business_date"], Value::Null, "it comes with the lead's record");
    let wrong = json!({"id": form["id"], "template": "T01@1", "business_date": "2026-02-30"});
    let stranger = Tablet::new();
    let refusal = stranger.app(Some("stranger")).refusal("inspection.join", wrong);
    assert_eq!(refusal.1.as_deref(), Some("business_date"));
}

#[test]
fn a_start_that_is_repeated_gives_the_form_that_is_there() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let arguments = json!({"id": "0199a1f0-0000-7000-8000-0000000000aa", "template": "T01@1"});
    let first = app.call("inspection.start", arguments.clone());
    app.answer(&text(&first["id"]), "T01.01", json!("pass"));
    let again = app.call("inspection.start", arguments);
    assert_eq!((&again["id"], &again["score"]["answered"]), (&first["id"], &json!(1)));
}

#[test]
fn a_void_form_leaves_no_new_finding() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.06", json!("fail"));
    app.call("inspection.void", json!({"id": id, "reason": "开错表"}));
    tablet.wait_ms(5_000);
    assert!(app.findings().is_empty());
    let answer = json!({"id": id, "item": "T01.01", "result": "pass"});
    assert_eq!(app.refusal("inspection.answer", answer).0, "void");
}

#[test]
fn an_entry_made_afterwards_takes_a_reason_and_its_own_day() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let yesterday = tablet.now() - 86_400_000;
    let arguments = json!({"template": "T01@1", "occurred_at": yesterday});
    assert_eq!(app.refusal("inspection.start", arguments).1.as_deref(), Some("late_reason"));
    let form =
        app.call("inspection.start", json!({"template": "T01@1", "occurred_at": yesterday, "late_reason": "没电"}));
    assert_eq!((&form["late"], &form["business_date"]), (&json!(true), &json!("2026-08-31")));
    let tomorrow = json!({"template": "T01@1", "occurred_at": tablet.now() + 86_400_000});
    assert_eq!(app.refusal("inspection.start", tomorrow).1.as_deref(), Some("occurred_at"));
}

#[test]
fn lists_go_page_by_page_and_by_stage_and_day() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let ids: Vec<String> = (0..5)
        .map(|_| {
            tablet.wait_ms(10);
            app.kitchen()
        })
        .collect();
    app.call("inspection.submit", json!({"id": ids[2], "reason": "停电"}));
    let mut listed = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut arguments = json!({"stage": "open", "day": "2026-09-01", "limit": 2});
        if !after.is_null() {
            arguments["after"] = after;
        }
        let page = app.call("inspection.list", arguments);
        listed.extend(page["inspections"].as_array().expect("rows").iter().map(|row| text(&row["id"])));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(listed, [&ids[4], &ids[3], &ids[1], &ids[0]].map(String::as_str));
    assert_eq!(app.call("inspection.list", json!({"day": "2026-09-02"}))["inspections"], json!([]));
}

#[test]
fn a_list_tells_what_is_still_owed_to_each_form_when_it_is_asked_for() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.01", json!("fail"));
    app.answer(&id, "T01.03", json!(8));
    app.call("inspection.photo", json!({"id": id, "item": "T01.01", "photo": photo('a')}));
    let digest =
        |digests: bool| app.call("inspection.list", json!({"digests": digests}))["inspections"][0]["digest"].clone();
    assert_eq!(digest(false), Value::Null);
    let told = digest(true);
    assert_eq!((&told["photos_awaited"], &told["conflicts"]), (&json!(1), &json!(0)), "its bytes are not here");

    let wang = tablet.app(Some("wang"));
    wang.call(
        "record.save",
        json!({"id": id, "kind": "inspection", "seen": "", "set": {"answers/T01.01/result": "pass"}}),
    );
    assert_eq!(digest(true)["conflicts"], json!(1));
}
