//! Campuses, areas, settings and checklists.

use serde_json::{Value, json};

use crate::support::{Tablet, text};

#[test]
fn a_setting_is_stricter_than_the_rule_or_refused_with_the_rule() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    assert_eq!(app.refusal("setting.set", json!({"key": "food.core_c", "value": 75})).1.as_deref(), Some("campus"));
    let campus = text(&app.call("campus.save", json!({"name": "中心小学", "kind": "school"}))["id"]);
    let problem = app.refused("setting.set", json!({"key": "food.core_c", "value": 60}));
    assert_eq!((&problem["code"], &problem["floor"]), (&json!("below-floor"), &json!("at least 70")));
    app.call("setting.set", json!({"campus": campus, "key": "food.core_c", "value": "75"}));
    let id = app.kitchen();
    assert_eq!(app.item(&id, "T01.07")["limits"]["min"], "75");
    assert_eq!(app.answer(&id, "T01.07", json!("74"))["items"][0]["passed"], false);
    let ledger = app.call("record.list", json!({"kind": "setting_change"}));
    let change = &ledger["records"][0]["value"];
    assert_eq!((&change["key"], &change["old"], &change["new"]), (&json!("food.core_c"), &json!("70"), &json!("75")));
    app.call("setting.set", json!({"key": "food.core_c", "value": null}));
    assert_eq!(app.item(&id, "T01.07")["limits"]["min"], "70");
    assert_eq!(app.refusal("setting.set", json!({"key": "no.such", "value": 1})).0, "not-found");
}

#[test]
fn a_device_serves_the_only_campus_or_the_chosen_one() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    assert_eq!(app.call("campus.list", json!({}))["here"], Value::Null);
    let school = text(&app.call("campus.save", json!({"name": "小学", "kind": "school"}))["id"]);
    assert_eq!(app.call("campus.list", json!({}))["here"], school.as_str());
    let nursery = text(&app.call("campus.save", json!({"name": "幼儿园", "kind": "kindergarten"}))["id"]);
    assert_eq!(app.call("campus.list", json!({}))["here"], Value::Null);
    app.call("campus.use", json!({"id": nursery}));
    let codes: Vec<String> = app.call("template.list", json!({}))["templates"]
        .as_array()
        .expect("checklists")
        .iter()
        .map(|template| text(&template["code"]))
        .collect();
    assert!(codes.contains(&"T22".to_owned()));
    app.call("inspection.start", json!({"template": "T22@1"}));
    let wrong = json!({"template": "T22@1", "scope": school});
    assert_eq!(app.refusal("inspection.start", wrong).0, "wrong-campus");
}

#[test]
fn a_days_work_belongs_to_the_day_of_the_campus() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let campus =
        text(&app.call("campus.save", json!({"name": "驻外", "kind": "school", "timezone": "Pacific/Auckland"}))["id"]);
    tablet.wait_ms(10 * 3_600_000);
    assert_eq!(app.call("today.get", json!({"campus": campus}))["business_date"], "2026-09-02");
    let bad = json!({"name": "x", "kind": "school", "timezone": "Mars/Olympus"});
    assert_eq!(app.refusal("campus.save", bad).1.as_deref(), Some("timezone"));
    let reversed = json!({"id": campus, "term_calendar": {"terms": [{"from": "2026-09-02", "to": "2026-09-01"}]}});
    assert_eq!(app.refusal("campus.save", reversed).1.as_deref(), Some("term_calendar"));
}

#[test]
fn an_area_is_named_on_the_forms_about_it() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let area = app.call("area.save", json!({"name": "中心食堂", "kind": "kitchen"}));
    app.call("area.save", json!({"id": area["id"], "name": "东食堂", "seen": area["version"]}));
    let form = app.call("inspection.start", json!({"template": "T01@1", "subject": area["id"]}));
    assert_eq!(form["subject_name"], "东食堂");
    assert_eq!(app.call("search.find", json!({"query": "dst"}))["hits"][0]["title"], "东食堂");
    assert_eq!(app.refusal("area.save", json!({"kind": "kitchen"})).1.as_deref(), Some("name"));
    assert_eq!(app.refusal("area.save", json!({"name": "x", "kind": "moon"})).1.as_deref(), Some("kind"));
}

#[test]
fn a_fridge_is_asked_for_from_its_first_day_until_it_is_taken_out_of_use() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let campus = text(&app.call("campus.save", json!({"name": "东校区", "kind": "school"}))["id"]);
    let area = text(&app.call("area.save", json!({"name": "厨房", "kind": "kitchen"}))["id"]);
    let fridge = app.call("asset.save", json!({"name": "1 号冰箱", "category": "冷藏冷冻", "area": area}));
    let missing = || app.call("today.get", json!({"everybody": true}))["missing_groups"].clone();
    let words = |groups: Value| -> Vec<String> {
        groups.as_array().expect("groups").iter().map(|group| text(&group["what"]["zh"])).collect()
    };
    assert_eq!(words(missing()), ["1 号冰箱 上午", "1 号冰箱 下午"]);
    let listed = app.call("asset.list", json!({}))["assets"][0].clone();
    assert_eq!(
        (&listed["name"], &listed["area_name"], &listed["active"]),
        (&json!("1 号冰箱"), &json!("厨房"), &json!(true))
    );
    let picked = || app.call("entry.pick", json!({"kind": "asset"}))["options"].as_array().expect("options").len();
    assert_eq!(picked(), 1);

    let ended = app.call("asset.save", json!({"id": fridge["id"], "active": false, "seen": listed["version"]}));
    assert_eq!((words(missing()), picked()), (vec![], 0), "it is neither asked for nor offered");
    let listed = app.call("asset.list", json!({}))["assets"][0].clone();
    assert_eq!((&listed["active"], &listed["ended_on"]), (&json!(false), &json!("2026-09-01")));
    app.call("asset.save", json!({"id": fridge["id"], "active": true, "seen": ended["version"]}));
    assert_eq!((words(missing()).len(), picked()), (2, 1));
    assert_eq!(app.call("asset.list", json!({}))["assets"][0]["ended_on"], Value::Null);

    assert_eq!(app.refusal("asset.save", json!({"name": "x", "category": "冰箱"})).1.as_deref(), Some("category"));
    assert_eq!(app.refusal("asset.save", json!({"category": "其他"})).1.as_deref(), Some("name"));
    let person = |name: &str, role: &str| {
        let id = text(&app.call("person.save", json!({"name": name, "scope": campus}))["id"]);
        app.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
        tablet.app(Some(&id))
    };
    let (cook, keeper) = (person("赵厨", "cook"), person("钱保", "keeper"));
    let ending = json!({"id": fridge["id"], "active": false});
    assert_eq!(cook.refusal("asset.save", ending.clone()).0, "not-allowed");
    assert_eq!(cook.call("asset.list", json!({}))["assets"].as_array().map(Vec::len), Some(1));
    keeper.call("asset.save", ending);
}

#[test]
fn a_schools_own_checklist_is_filled_in_like_any_other() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let body = "code | X01\nversion | 1\ntitle | 车棚安全\ntitle_en | Bicycle shed\ncampus | both\ncadence | weekly\nfrequency | 每周\n\
                performers | staff\nreviewers | logi\nsubject | room\npass | at_least 80\ncategory | fire\nbasis | -\n\n\
                X01.01 | 充电 | 无私拉电线 | PF | 100 | — | L3 | 0\n";
    let own = app.call("record.save", json!({"kind": "template_version", "set": {"title": "车棚", "body": body}}));
    let form = app.call("inspection.start", json!({"template": own["id"], "subject": "东门"}));
    let id = text(&form["id"]);
    assert_eq!(app.answer(&id, "X01.01", json!("pass"))["score"]["percent"], "100");
    assert_eq!((&form["code"], &form["title"]), (&json!("X01"), &json!("车棚安全")));
    assert_eq!(app.call("inspection.list", json!({}))["inspections"][0]["title"], "车棚安全");
    assert_eq!(app.call("today.get", json!({}))["open"][0]["title_en"], "Bicycle shed");
    let seen = form["version"].clone();
    app.call("inspection.answer", json!({"id": id, "item": "X01.01", "result": "fail", "seen": seen}));
    assert_eq!(app.call("conflict.list", json!({}))["conflicts"][0]["title"], "车棚安全 · 东门");
    let listed = app.call("template.list", json!({}));
    let is_listed = |t: &Value| t["template"] == own["id"] && t["own"] == true;
    assert!(listed["templates"].as_array().expect("checklists").iter().any(is_listed));
}
