//! Rules as data: settings that hold from a day on, editions of checklists, meals that are served, and declarations of a newer app.

use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::{Hand, Tablet, text};

const DAY_MS: u64 = 86_400_000;

/// A school with its settings in one hand.
fn school() -> (Tablet, Hand) {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    app.call("campus.save", json!({"name": "中心小学", "kind": "school"}));
    (tablet, app)
}

fn setting(hand: &Hand, key: &str, day: Value) -> Value {
    let list = hand.call("setting.list", json!({"day": day}));
    let found = list["settings"].as_array().expect("settings").iter().find(|setting| setting["key"] == key);
    found.expect("a setting").clone()
}

#[test]
fn a_limit_of_a_form_that_was_begun_yesterday_does_not_change_today() {
    let (tablet, app) = school();
    let yesterday = app.kitchen();
    assert_eq!(app.answer(&yesterday, "T01.07", json!("72"))["items"][0]["passed"], true);
    tablet.wait_ms(DAY_MS);
    app.call("setting.set", json!({"key": "food.core_c", "value": "75"}));
    assert_eq!(app.item(&yesterday, "T01.07")["limits"]["min"], "70");
    assert_eq!(app.item(&yesterday, "T01.07")["passed"], true);
    let today = app.kitchen();
    assert_eq!(app.item(&today, "T01.07")["limits"]["min"], "75");
    assert_eq!(app.answer(&today, "T01.07", json!("72"))["items"][0]["passed"], false);
    let outcomes = app.call("inspection.list", json!({}));
    let failed: Vec<&Value> =
        outcomes["inspections"].as_array().expect("forms").iter().map(|form| &form["outcome"]["failed"]).collect();
    assert_eq!(failed, [&json!(1), &json!(0)], "the newest first: a list judges by the day of each form");
}

#[test]
fn a_setting_says_since_when_it_holds_by_what_rule_and_of_which_region() {
    let (_tablet, app) = school();
    let set = json!({
        "key": "food.core_c", "value": 75, "valid_from": "2026-09-05", "valid_to": "2026-09-30", "source": "市监〔2026〕3 号",
        "region": "深圳",
    });
    app.call("setting.set", set);
    let on = |day: &str| setting(&app, "food.core_c", json!(day));
    assert_eq!(on("2026-09-04")["value"], "70");
    assert_eq!((&on("2026-09-05")["value"], &on("2026-10-01")["value"]), (&json!("75"), &json!("70")));
    let holding = on("2026-09-05")["holding"].clone();
    let said = ["valid_from", "valid_to", "source", "region"].map(|name| text(&holding[name]));
    assert_eq!(said, ["2026-09-05", "2026-09-30", "市监〔2026〕3 号", "深圳"]);
    assert_eq!(on("2026-09-04")["holding"], Value::Null);
    assert_eq!(on("2026-09-04")["values"].as_array().map(Vec::len), Some(1), "what is to come is listed");
    assert_eq!(text(&on("2026-09-04")["en"]), "Core temperature of hot dishes");
    let ledger = app.call("record.list", json!({"kind": "setting_change"}));
    assert_eq!(ledger["records"][0]["value"]["valid_from"], "2026-09-05");
}

#[test]
fn a_value_never_holds_from_a_day_that_is_over() {
    let (_tablet, app) = school();
    let with = |name: &str, day: &str| json!({"key": "food.core_c", "value": 75, name: day});
    assert_eq!(app.refusal("setting.set", with("valid_from", "2026-08-31")).1.as_deref(), Some("valid_from"));
    assert_eq!(app.refusal("setting.set", with("valid_from", "31.8.")).1.as_deref(), Some("valid_from"));
    assert_eq!(app.refusal("setting.set", with("valid_to", "2026-08-31")).1.as_deref(), Some("valid_to"));
    let laxer = json!({"key": "food.core_c", "value": 60, "valid_from": "2026-09-05"});
    assert_eq!(app.refusal("setting.set", laxer).0, "below-floor");
    assert_eq!(app.call("setting.list", json!({}))["version"], Value::Null, "nothing was changed");
}

#[test]
fn a_value_set_without_having_seen_another_of_the_same_day_leaves_the_stricter_one() {
    let (_tablet, app) = school();
    app.call("setting.set", json!({"key": "food.core_c", "value": 80}));
    app.call("setting.set", json!({"key": "food.core_c", "value": 75, "after": []}));
    assert_eq!(setting(&app, "food.core_c", Value::Null)["value"], "80");
    app.call("setting.set", json!({"key": "food.core_c", "value": 72}));
    assert_eq!(setting(&app, "food.core_c", Value::Null)["value"], "72", "who has seen both decides");
}

#[test]
fn the_lamp_is_judged_by_the_setting_of_the_row_s_day() {
    let gate = Gate::new();
    gate.setup.call("setting.set", json!({"key": "K.uv.min", "value": 45, "valid_from": "2026-09-02"}));
    let cook = gate.by(&gate.cook);
    // Forty minutes: enough for thirty, and too short for forty-five.
    let lamp = |day: &str| {
        let set = json!({
            "area": gate.post, "object": "空气", "method": "紫外线", "lamp": "0199a1f0-0000-7000-8000-0000000000f1",
            "nobody": true, "started_at": format!("{day} 09:50"),
        });
        let id = text(&cook.call("entry.save", json!({"kind": "disinfection_log", "set": set}))["id"]);
        cook.call("entry.act", json!({"id": id, "act": "finish"}));
        id
    };
    let warned = |id: &str| {
        let row = cook.call("entry.get", json!({"id": id}));
        row["warnings"].as_array().expect("warnings").iter().any(|warning| warning["code"] == "short_uv")
    };
    let first = lamp("2026-09-01");
    assert!(!warned(&first));
    gate.tablet.wait_ms(DAY_MS);
    let second = lamp("2026-09-02");
    assert_eq!((warned(&first), warned(&second)), (false, true));
    assert_eq!(gate.setup.findings().len(), 1, "and the finding is of the second alone");
}

#[test]
fn old_forms_read_on_their_own_edition_and_count_for_the_newest() {
    let (_tablet, app) = school();
    let list = app.call("template.list", json!({}));
    let named: Vec<String> =
        list["templates"].as_array().expect("checklists").iter().map(|template| text(&template["template"])).collect();
    for reference in ["T01@2", "T15:D@2", "T24@1", "T24:D@1", "T24:W@1"] {
        assert!(named.contains(&reference.to_owned()), "{reference} is offered");
    }
    assert!(!named.contains(&"T01@1".to_owned()), "an earlier edition is offered to nobody");
    let old = text(&app.call("inspection.start", json!({"template": "T15@1", "subject": "教学楼"}))["id"]);
    assert_eq!(app.item(&old, "T15.06")["text"], "重点部位人员在岗；消防车道畅通");
    let new = text(&app.call("inspection.start", json!({"template": "T15@2", "subject": "教学楼"}))["id"]);
    assert_eq!(app.item(&new, "T15.15")["text"], "消防车道畅通，无车辆停放和堆物");
    assert_eq!(app.refusal("inspection.answer", json!({"id": new, "item": "T15.06", "result": "pass"})).0, "not-found");
}

#[test]
fn a_check_of_special_equipment_is_due_only_where_there_is_some() {
    let gate = Gate::new();
    let person = text(&gate.setup.call("person.save", json!({"name": "周后勤", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": person, "role": "logi", "campus": gate.campus}));
    let staff = gate.by(&person);
    let due = || {
        let plan = staff.call("today.get", json!({}));
        plan["plan"].as_array().expect("steps").iter().any(|step| step["code"] == "T24")
    };
    assert!(!due());
    let lift = json!({
        "name": "教学楼电梯", "sort": "电梯", "area": gate.post, "registration": "梯11", "next_inspection": "2027-03-01",
        "keeper": person,
    });
    staff.call("entry.save", json!({"kind": "special_equipment", "set": lift}));
    assert!(due());
}

#[test]
fn meals_that_are_served_make_gaps_of_what_no_kitchen_wrote() {
    let gate = Gate::new();
    gate.setup.call("area.save", json!({"name": "食堂", "kind": "kitchen", "scope": gate.campus}));
    let bad = json!({"id": gate.campus, "meals": [{"type": "下午茶"}]});
    assert_eq!(gate.setup.refusal("campus.save", bad).1.as_deref(), Some("meals"));
    let meals = json!([{"type": "午餐", "planned": "11:30", "days": "school", "weekdays": [1, 2, 3, 4]}]);
    gate.setup.call("campus.save", json!({"id": gate.campus, "meals": meals}));
    gate.tablet.wait_ms(5 * DAY_MS);
    let week = json!({"sheet": "disinfection_log", "from": "2026-08-31", "to": "2026-09-06"});
    let sheet = gate.by(&gate.head).call("sheet.get", week.clone());
    let told = |sheet: &Value| -> Vec<(String, String)> {
        sheet["gaps"].as_array().expect("gaps").iter().map(|gap| (text(&gap["day"]), text(&gap["what"]))).collect()
    };
    let missing = ["2026-09-01", "2026-09-02", "2026-09-03"].map(|day| (day.to_owned(), "食堂 餐具 午餐".to_owned()));
    assert_eq!(told(&sheet), missing, "neither Monday, before the meals were said, nor Friday, nor today");
    gate.setup.call("campus.save", json!({"id": gate.campus, "meals": []}));
    assert_eq!(told(&gate.by(&gate.head).call("sheet.get", week)), missing, "days that are over stay as they were");
    let meals = gate.setup.call("campus.list", json!({}))["campuses"][0]["meals"].clone();
    assert_eq!((&meals[0]["since"], &meals[0]["until"]), (&json!("2026-09-01"), &json!("2026-09-05")));
}

#[test]
fn a_food_safety_director_is_asked_for_by_diners_per_meal_and_of_the_contractor_too() {
    let (_tablet, app) = school();
    let id = app.call("campus.list", json!({}))["campuses"][0]["id"].clone();
    let directors = |change: Value| {
        let mut save = json!({"id": id});
        save.as_object_mut().expect("an object").extend(change.as_object().cloned().expect("an object"));
        app.call("campus.save", save);
        app.call("campus.list", json!({}))["campuses"][0]["directors"].clone()
    };
    assert_eq!(directors(json!({"pupils": 900})), json!([]), "nobody has said how many eat");
    assert_eq!(directors(json!({"diners": 499})), json!([]));
    assert_eq!(directors(json!({"diners": 500})), json!(["school"]));
    assert_eq!(directors(json!({"catering_mode": "委托承包"})), json!(["school", "contractor"]));
    assert_eq!(directors(json!({"catering_mode": "订餐"})), json!([]));
}

#[test]
fn of_queries_about_who_works_with_minors_the_days_alone_are_kept() {
    let gate = Gate::new();
    let get = || gate.setup.call("person.get", json!({"id": gate.cook}));
    let save = |change: Value| {
        let mut save = json!({"id": gate.cook});
        save.as_object_mut().expect("an object").extend(change.as_object().cloned().expect("an object"));
        gate.setup.call("person.save", save)
    };
    assert_eq!((&get()["record_query_on"], &get()["record_query_due"]), (&Value::Null, &Value::Null));
    save(json!({"entry_query_on": "2025-08-20"}));
    assert_eq!(get()["record_query_due"], "2026-08-20");
    save(json!({"record_query_on": "2026-02-28"}));
    assert_eq!(get()["record_query_due"], "2027-02-28");
    let wrong = json!({"id": gate.cook, "record_query_on": "无"});
    assert_eq!(gate.setup.refusal("person.save", wrong).1.as_deref(), Some("record_query_on"));
    let answer = json!({"id": gate.cook, "record_query_result": "无"});
    assert_eq!(gate.setup.refusal("person.save", answer).0, "bad-arguments", "there is no place for an answer");
    let guard = gate.by(&gate.zhang);
    assert_eq!(guard.refusal("person.get", json!({"id": gate.cook})).0, "not-allowed");
}

#[test]
fn what_a_newer_app_declared_is_hidden_named_and_counted_and_no_act_is_offered() {
    let gate = Gate::new();
    let id = text(&gate.shift()["id"]);
    let guard = gate.by(&gate.zhang);
    let get = || guard.call("entry.get", json!({"id": id}));
    assert_eq!(
        (&get()["hidden"], &get()["acts"], &get()["form"]),
        (&json!(0), &json!(["begin"]), &json!("duty_shift@1"))
    );
    let write = |set: Value| {
        let seen = gate.setup.call("record.get", json!({"id": id}))["version"].clone();
        gate.setup.call("record.save", json!({"id": id, "kind": "duty_shift", "seen": seen, "set": set}))
    };
    write(json!({"mood": "机密", "weather": "沙尘"}));
    let seen = get();
    assert_eq!((&seen["hidden"], &seen["hidden_names"]), (&json!(2), &json!(["mood", "weather"])));
    assert_eq!((&seen["acts"], &seen["offers"]), (&json!([]), &json!([])));
    assert!(!seen.to_string().contains("机密") && !seen.to_string().contains("沙尘"), "{seen}");
    assert_eq!(guard.refusal("entry.act", json!({"id": id, "act": "begin"})).0, "finished");
    write(
        json!({"mood": null, "weather": null, "acts/0199a1f0-0000-7000-8000-0000000000aa": {"act": "nap", "by": "x", "at": 1}}),
    );
    assert_eq!((&get()["hidden_names"], &get()["acts"]), (&json!(["nap"]), &json!([])));
    write(json!({"form": "duty_shift@2"}));
    let newer = get();
    assert_eq!((&newer["newer"], &newer["fields"]), (&json!(true), &json!({})));
    assert_eq!(guard.call("entry.list", json!({"kind": "duty_shift"}))["newer"], 1);
}
