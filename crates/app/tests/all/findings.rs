//! Findings: when they are written, and who may do what with them.

use serde_json::{Value, json};

use crate::support::{Tablet, text};

#[test]
fn a_crash_before_the_undo_ends_loses_no_finding() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.06", json!("fail"));
    drop(app);
    tablet.wait_ms(5_000);
    let next_day = tablet.app(Some("wang"));
    let findings = next_day.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["found_by"]["id"], "li", "who answered has found it, not who starts the tablet");
}

#[test]
fn a_later_pass_voids_the_finding_unless_somebody_is_at_work_on_it() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    for item in ["T01.06", "T01.09"] {
        app.answer(&id, item, json!("fail"));
    }
    tablet.wait_ms(5_000);
    let findings = app.findings();
    let of = |code: &str| text(&findings.iter().find(|f| f["item"] == code).expect("a finding")["id"]);
    app.call("finding.step", json!({"id": of("T01.09"), "step": "接单"}));
    for item in ["T01.06", "T01.09"] {
        app.answer(&id, item, json!("pass"));
    }
    tablet.wait_ms(5_000);
    let void = app.call("finding.get", json!({"id": of("T01.06")}));
    assert_eq!((&void["state"], &void["steps"][0]["note"]), (&json!("voided"), &json!("改判合格")));
    assert_eq!(app.call("finding.get", json!({"id": of("T01.09")}))["state"], "in_progress");
    app.answer(&id, "T01.06", json!("fail"));
    tablet.wait_ms(5_000);
    assert_eq!(app.call("finding.get", json!({"id": of("T01.06")}))["state"], "unassigned", "it is open again");
    assert_eq!(app.findings().len(), 2, "an item has one finding");
}

#[test]
fn a_submit_writes_the_findings_at_once() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = app.kitchen();
    app.answer(&id, "T01.06", json!("fail"));
    let submitted = app.call("inspection.submit", json!({"id": id, "reason": "停电"}));
    assert_eq!(submitted["findings"].as_array().map(Vec::len), Some(1));
    tablet.wait_ms(60_000);
    assert_eq!(app.findings().len(), 1);
}

#[test]
fn one_answer_can_decide_over_another_items_finding() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = text(&app.call("inspection.start", json!({"template": "T04@1"}))["id"]);
    app.answer(&id, "T04.03", json!("105"));
    assert_eq!(app.item(&id, "T04.03")["limits_wait_for"], "T04.02");
    app.answer(&id, "T04.02", json!("红外消毒柜"));
    tablet.wait_ms(5_000);
    let findings = app.findings();
    assert_eq!((findings.len(), &findings[0]["item"]), (1, &json!("T04.03")), "120 ℃ holds for infrared");
}

#[test]
fn a_report_is_due_by_its_grade_and_is_found_by_its_words() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let report =
        app.call("finding.report", json!({"description": "二楼走廊灯不亮", "severity": "L3", "category": "electric"}));
    assert_eq!(report["due"], json!(tablet.now() + 86_400_000));
    let hits = app.call("search.find", json!({"query": "zld", "kinds": ["finding"]}));
    assert_eq!(hits["hits"][0]["id"], report["id"]);
    assert_eq!(app.call("finding.list", json!({"overdue": true}))["findings"], json!([]));
    tablet.wait_ms(86_400_001);
    assert_eq!(app.call("finding.list", json!({"overdue": true}))["findings"][0]["is_overdue"], true);
    assert_eq!(app.call("today.get", json!({}))["counts"]["overdue"], 1);
}

#[test]
fn lists_know_what_is_mine_and_go_by_due_time_page_by_page() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    for (what, severity) in [("甲", "L1"), ("乙", "L4"), ("丙", "L2")] {
        app.call("finding.report", json!({"description": what, "severity": severity}));
    }
    let first = app.call("finding.list", json!({"state": "open", "limit": 2}));
    let words = |page: &Value| -> Vec<String> {
        page["findings"].as_array().expect("rows").iter().map(|row| text(&row["description"])).collect()
    };
    assert_eq!(words(&first), ["乙", "丙"]);
    let second = app.call("finding.list", json!({"state": "open", "limit": 2, "after": first["next"]}));
    assert_eq!((words(&second), &second["next"]), (vec!["甲".to_owned()], &Value::Null));
    let id = text(&second["findings"][0]["id"]);
    app.call("finding.step", json!({"id": id, "step": "assign", "assignee": "li"}));
    assert_eq!(words(&app.call("finding.list", json!({"mine": true}))), ["甲"]);
    assert_eq!(tablet.app(None).refusal("finding.list", json!({"mine": true})).0, "person-needed");
}

#[test]
fn a_step_is_held_against_what_its_author_had_seen() {
    let tablet = Tablet::new();
    let (fixer, chief) = (tablet.app(Some("fixer")), tablet.app(Some("chief")));
    let id = text(&chief.call("finding.report", json!({"description": "门锁坏", "severity": "L2"}))["id"]);
    let assigned = chief.call("finding.step", json!({"id": id, "step": "assign", "assignee": "fixer"}));
    let seen = json!([assigned["steps"][0]["id"]]);
    fixer.call("finding.step", json!({"id": id, "step": "fix"}));
    let moved = chief.call("finding.step", json!({"id": id, "step": "reassign", "assignee": "other", "after": seen}));
    assert_eq!(moved["state"], "awaiting_recheck", "nobody undoes a repair by giving it to somebody else");
    assert_eq!(moved["overruled"][0]["why"], "repair_stands");
    let now = json!({"id": id, "step": "reassign", "assignee": "other"});
    assert_eq!(chief.refusal("finding.step", now).0, "step-not-open");
    let made_up = json!({"id": id, "step": "pass", "after": ["nothing"]});
    assert_eq!(chief.refusal("finding.step", made_up).1.as_deref(), Some("after"));
}

#[test]
fn steps_say_what_they_have_to() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let id = text(&app.call("finding.report", json!({"description": "积水", "severity": "L1"}))["id"]);
    let field = |arguments: Value| {
        let mut arguments = arguments;
        arguments["id"] = json!(id);
        app.refusal("finding.step", arguments).1
    };
    assert_eq!(field(json!({"step": "assign"})).as_deref(), Some("assignee"));
    assert_eq!(field(json!({"step": "void"})).as_deref(), Some("note"));
    assert_eq!(field(json!({"step": "修好了"})).as_deref(), Some("step"));
    assert_eq!(field(json!({"step": "fix", "cost": "很贵"})).as_deref(), Some("cost"));
    assert_eq!(field(json!({"step": "fix", "photos": [{"blob": "x"}]})).as_deref(), Some("photos"));
    app.call("finding.step", json!({"id": id, "step": "fix"}));
    assert_eq!(field(json!({"step": "close"})).as_deref(), Some("photos"), "closing one's own L1 takes a photo");
    let photo = json!({"blob": "0".repeat(64), "mime": "image/jpeg", "size": 1, "taken_at": 1, "source": "camera"});
    let closed = app.call("finding.step", json!({"id": id, "step": "close", "photos": [photo]}));
    assert_eq!((&closed["state"], &closed["breaches"]), (&json!("closed"), &json!([])));
}

#[test]
fn a_board_counts_each_state_and_rows_say_how_late_they_are() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("li"));
    let now = tablet.now();
    let report = |description: &str, severity: &str, due: u64| {
        let found_at = now - 86_400_000;
        text(
            &app.call(
                "finding.report",
                json!({"description": description, "severity": severity, "found_at": found_at, "due": due}),
            )["id"],
        )
    };
    let late = report("后门上锁", "L3", now - 8 * 60_000);
    report("灯管不亮", "L1", now + 90 * 60_000);
    let fixed = report("螺栓松动", "L2", now + 60_000);
    app.call("finding.step", json!({"id": fixed, "step": "fix"}));
    let board = app.call("finding.board", json!({}));
    let column = |state: &str| {
        let columns = board["columns"].as_array().expect("columns");
        columns.iter().find(|column| column["state"] == state).expect("the column").clone()
    };
    assert_eq!((&board["open"], &board["overdue"]), (&json!(3), &json!(1)));
    let unassigned = column("unassigned");
    assert_eq!((&unassigned["count"], &unassigned["rows"][0]["id"]), (&json!(2), &json!(late)));
    let row = &unassigned["rows"][0];
    assert_eq!((&row["severity"], &row["severity_zh"]), (&json!("L3"), &json!("较大")));
    assert_eq!((&row["overdue_min"], &row["left_min"]), (&json!(8), &Value::Null));
    let row = &unassigned["rows"][1];
    assert_eq!((&row["overdue_min"], &row["left_min"]), (&Value::Null, &json!(90)));
    let waiting = &column("awaiting_recheck")["rows"][0];
    assert_eq!((&waiting["left_min"], &waiting["is_overdue"]), (&Value::Null, &json!(false)));
}

#[test]
fn what_each_next_step_needs_is_told_with_whom_it_may_be_given_to() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let campus = text(&setup.call("campus.save", json!({"name": "校区", "kind": "school"}))["id"]);
    let person = |name: &str, role: &str| {
        let id = text(&setup.call("person.save", json!({"name": name, "scope": campus}))["id"]);
        setup.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
        id
    };
    let (logi, fixer, gone) = (person("林主任", "logi"), person("张师傅", "fixer"), person("已离职", "fixer"));
    person("财务", "fin");
    setup.call("person.save", json!({"id": gone, "active": false}));
    let chief = tablet.app(Some(&logi));
    let id = text(&chief.call("finding.report", json!({"description": "门锁坏", "severity": "L2"}))["id"]);
    let view = chief.call("finding.get", json!({"id": id}));
    let need = |view: &Value, code: &str, part: &str| {
        let steps = view["next_steps"].as_array().expect("steps");
        steps.iter().find(|step| step["code"] == code).map(|step| text(&step[part]))
    };
    assert_eq!(need(&view, "assign", "assignee").as_deref(), Some("required"));
    assert_eq!(need(&view, "void", "note").as_deref(), Some("required"));
    assert_eq!(need(&view, "fix", "photos").as_deref(), Some("optional"));
    let names: Vec<String> =
        view["assignable"].as_array().expect("people").iter().map(|one| text(&one["name"])).collect();
    assert_eq!(names, ["张师傅", "林主任"]);
    assert_eq!(view["assignable"][0], json!({"id": fixer, "name": "张师傅", "roles": ["fixer"]}));
    let hands = tablet.app(Some(&fixer));
    chief.call("finding.step", json!({"id": id, "step": "assign", "assignee": fixer}));
    let fixed = hands.call("finding.step", json!({"id": id, "step": "fix"}));
    assert_eq!((need(&fixed, "pass", "note"), &fixed["assignable"]), (None, &json!([])), "nobody re-checks his own");
}
