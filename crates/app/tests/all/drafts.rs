//! What people have begun: under their names, and offered to nobody else.

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use serde_json::{Value, json};

use crate::patrols::School;
use crate::support::{Tablet, text};

const DAY_MS: u64 = 24 * 3_600_000;

/// A tablet with two people, whose PINs are not set.
fn tablet() -> (Tablet, String, String) {
    let tablet = Tablet::new();
    let add = |name: &str| text(&tablet.app(None).call("person.save", json!({ "name": name }))["id"]);
    let (li, zhang) = (add("李敏"), add("张桂花"));
    (tablet, li, zhang)
}

#[test]
fn what_was_begun_on_a_round_says_in_both_languages_which_round() {
    let school = School::new();
    let (run, guard) = (school.begun(), school.guard());
    guard.call("draft.save", json!({"form": "patrol.end", "record": run, "set": {"words": "有一处"}, "base": {}}));
    let rows = guard.call("draft.list", json!({}))["drafts"].clone();
    assert_eq!((&rows[0]["about"], &rows[0]["about_en"]), (&json!("巡查 · 日巡"), &json!("Patrol · Day round")));
    let found = guard.call("sync.queue", json!({}))["items"].clone();
    let of_run = found.as_array().expect("items").iter().find(|item| item["id"] == json!(run)).expect("the run");
    assert_eq!(of_run["title_en"], "Patrol · Day round");
    let plan = found.as_array().expect("items").iter().find(|item| item["kind"] == "route_plan").expect("its plan");
    assert_eq!((&plan["title"], &plan["title_en"]), (&json!("路线底稿"), &json!("Copy of a route")));
}

fn report(words: &str) -> Value {
    json!({"form": "finding.report", "set": {"words": words}, "base": {"words": ""}})
}

#[test]
fn each_person_takes_up_their_own_draft_and_nobody_else_s() {
    let (tablet, li, zhang) = tablet();
    let shared = tablet.shared();
    shared.call("person.switch", json!({ "person": li }));
    shared.call("draft.save", report("李敏的话"));
    shared.call("person.switch", json!({ "person": zhang }));
    let which = json!({"form": "finding.report"});
    assert_eq!(shared.call("draft.get", which.clone())["draft"], Value::Null);
    assert_eq!(shared.call("draft.list", json!({}))["drafts"], json!([]));
    shared.call("draft.save", report("张桂花的话"));
    shared.call("person.switch", json!({ "person": li }));
    assert_eq!(shared.call("draft.get", which.clone())["draft"]["set"]["words"], "李敏的话");
    shared.call("draft.discard", which.clone());
    assert_eq!(shared.call("draft.get", which.clone())["draft"], Value::Null);
    shared.call("person.switch", json!({ "person": zhang }));
    assert_eq!(shared.call("draft.get", which)["draft"]["set"]["words"], "张桂花的话");
}

#[test]
fn a_draft_keeps_what_its_author_had_seen() {
    let (tablet, li, _) = tablet();
    let office = tablet.office(Some(&li));
    let area = office.call("area.save", json!({"name": "食堂", "kind": "kitchen"}));
    let (id, seen) = (text(&area["id"]), text(&area["version"]));
    let kept = json!({"form": "area.save", "record": id, "declared": 1, "seen": seen,
        "base": {"name": "食堂"}, "set": {"name": "一食堂"}});
    office.call("draft.save", kept);
    office.call("area.save", json!({"id": id, "name": "新食堂", "seen": seen}));
    let draft = &office.call("draft.get", json!({"form": "area.save", "record": id}))["draft"];
    assert_eq!((&draft["seen"], &draft["base"]["name"], &draft["declared"]), (&json!(seen), &json!("食堂"), &json!(1)));
    let rows = office.call("draft.list", json!({}))["drafts"].clone();
    assert_eq!((&rows[0]["about"], &rows[0]["words"]), (&json!("新食堂"), &json!("一食堂")));
    let save = json!({"id": id, "name": "一食堂", "seen": draft["seen"]});
    office.call("area.save", save);
    assert_eq!(office.call("conflict.list", json!({"id": id}))["conflicts"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_empty_draft_is_none() {
    let (tablet, li, _) = tablet();
    let office = tablet.office(Some(&li));
    office.call("draft.save", report("灯"));
    office.call("draft.save", json!({"form": "finding.report", "set": {}}));
    assert_eq!(office.call("draft.list", json!({}))["drafts"], json!([]));
}

#[test]
fn nobody_has_no_drafts_and_a_draft_has_its_limits() {
    let (tablet, li, _) = tablet();
    for door in [tablet.shared(), tablet.office(None), tablet.app(None)] {
        for (name, arguments) in [
            ("draft.save", report("x")),
            ("draft.get", json!({"form": "finding.report"})),
            ("draft.list", json!({})),
            ("draft.discard", json!({"form": "finding.report"})),
        ] {
            assert_eq!(door.tries(name, arguments).expect_err(name), "person-needed", "{name}");
        }
    }
    let office = tablet.office(Some(&li));
    assert_eq!(office.tries("draft.save", report(&"长".repeat(200_000))).expect_err("long"), "limit-exceeded");
    for meal in ["meal.card/2026-11-23~午餐", "meal.card/2026-11-23~午餐~0197d000-0000-7000-8000-000400000001"] {
        office.call("draft.get", json!({ "form": meal }));
    }
    for form in ["", "a b", "../x\n", &"x".repeat(500)] {
        assert_eq!(office.tries("draft.get", json!({ "form": form })).expect_err("a name"), "bad-arguments");
    }
}

#[test]
fn what_is_done_for_one_name_is_never_done_under_another() {
    let (tablet, li, zhang) = tablet();
    let shared = tablet.shared();
    shared.call("person.switch", json!({ "person": zhang }));
    let as_shown = |name: &str, arguments: Value| {
        shared.app().dispatch_for(Some(&li), name, &arguments.to_string()).map_err(|error| error.code().to_owned())
    };
    let refused = Err("other-person".to_owned());
    for (name, arguments) in [
        ("draft.save", report("李敏的话")),
        ("draft.get", json!({"form": "finding.report"})),
        ("finding.report", json!({"description": "灯管不亮"})),
        ("inspection.start", json!({"template": "T01@1"})),
    ] {
        assert_eq!(as_shown(name, arguments), refused, "{name}");
    }
    assert!(as_shown("today.get", json!({})).is_ok(), "a page that is behind may read");
    let back = json!({ "person": li });
    assert!(as_shown("person.switch", back).is_ok(), "and may be switched");
    assert!(as_shown("draft.save", report("李敏的话")).is_ok());
}

#[test]
fn what_somebody_left_begun_goes_thirty_days_after_they_left() {
    let (tablet, li, zhang) = tablet();
    for person in [&li, &zhang] {
        tablet.office(Some(person)).call("draft.save", report("x"));
    }
    tablet.office(Some("lin")).call("draft.save", report("x"));
    tablet.app(None).call("person.save", json!({"id": li, "active": false}));
    let has = |person: &str| {
        let key = replica::DraftKey { person: person.to_owned(), form: "finding.report".into(), record: None };
        tablet.office(Some(person)).app().store().draft(&key).expect("read").is_some()
    };
    tablet.wait_ms(29 * DAY_MS);
    tablet.office(Some(&zhang)).call("draft.list", json!({}));
    assert!(has(&li), "a mistake can still be mended");
    tablet.wait_ms(2 * DAY_MS);
    tablet.office(Some(&zhang)).call("draft.list", json!({}));
    assert_eq!([&li, &zhang, "lin"].map(has), [false, true, true]);
}

#[test]
fn every_window_hears_of_a_switch() {
    let (tablet, li, _) = tablet();
    let shared = tablet.shared();
    let news = shared.app().store().subscribe();
    shared.call("person.switch", json!({ "person": li }));
    let heard = news.recv_timeout(Duration::from_secs(5)).expect("news");
    assert_eq!((heard.kinds, heard.ids), (vec!["session".to_owned()], vec![]));
    shared.call("draft.save", report("灯"));
    let kinds = news.recv_timeout(Duration::from_millis(50)).map(|change| change.kinds);
    assert_eq!(kinds, Err(RecvTimeoutError::Timeout), "no screen asks again for each letter");
}

#[test]
fn what_a_form_has_stored_is_no_draft_any_more_and_what_was_typed_further_is() {
    let (tablet, li, _) = tablet();
    let app = tablet.app(Some(&li));
    let id = app.kitchen();
    let which = json!({"form": "inspection.items", "record": id});
    let draft = |set: Value| json!({"form": "inspection.items", "record": id, "set": {"items": set}});
    let kept = || app.call("draft.get", which.clone())["draft"]["set"]["items"].clone();
    let note = |words: &str| app.call("inspection.note", json!({"id": id, "item": "T01.06", "note": words}));
    app.call(
        "draft.save",
        draft(json!({"T01.06": {"note": "门没关", "seen": "x"}, "T01.12": {"typed": ["6"], "seen": "x"}})),
    );
    note("门没关");
    assert_eq!(kept(), json!({"T01.12": {"typed": ["6"], "seen": "x"}}), "what is no answer yet stays");
    app.call("draft.save", draft(json!({"T01.06": {"note": "门没关严", "seen": "x"}})));
    note("门没关");
    assert_eq!(kept()["T01.06"]["note"], "门没关严", "letters that came after the save are no part of it");
    note("门没关严");
    assert_eq!(app.call("draft.get", which.clone())["draft"], Value::Null);
}
