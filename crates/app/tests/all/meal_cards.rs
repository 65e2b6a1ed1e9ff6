//! Cards of meals: what a kitchen does on a day, from the menu to the disposed sample, each rule in its words.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::entries::signature;
use crate::meal_rows::Canteen;
use crate::support::{Hand, photo, text};

const HOUR_MS: u64 = 3_600_000;

fn lunch() -> Value {
    json!({"date": "2026-09-01", "type": "午餐"})
}

impl Canteen {
    fn card(&self, by: &str) -> Value {
        self.by(by).call("meal.card", lunch())
    }

    fn dish(&self, name: &str, category: &str) -> String {
        let arguments = json!({"meal": lunch(), "name": name, "category": category});
        let card = self.by(&self.cook).call("meal.dish", arguments);
        self.dish_in(&card, name)
    }

    fn dish_in(&self, card: &Value, name: &str) -> String {
        let dishes = card["dishes"].as_array().expect("dishes");
        text(&dishes.iter().find(|dish| dish["name"] == name).expect("the dish")["id"])
    }

    fn menu(&self, by: &Hand, dishes: &[(&str, &str)]) -> Value {
        let dishes: Vec<Value> =
            dishes.iter().map(|(name, category)| json!({"name": name, "category": category})).collect();
        by.call(
            "menu.save",
            json!({"day": "2026-09-01", "meals": [{"date": "2026-09-01", "type": "午餐", "dishes": dishes}]}),
        )
    }
}

fn stage<'c>(card: &'c Value, code: &str) -> &'c Value {
    let stages = card["stages"].as_array().expect("stages");
    stages.iter().find(|stage| stage["stage"] == code).expect("the stage")
}

fn codes(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|one| text(&one["code"])).collect()
}

#[test]
fn a_card_that_is_only_opened_writes_nothing_and_has_an_id_that_follows_from_its_key() {
    let canteen = Canteen::new();
    let card = canteen.card(&canteen.cook);
    assert_eq!(card["id"], canteen.lunch.as_str());
    assert_eq!(canteen.setup.tries("record.get", json!({"id": canteen.lunch})), Err("not-found"));
    assert_eq!((&card["meal"]["type"], &card["profile"]), (&json!("午餐"), &json!("main")));
    // 11:30, and it is 10:30.
    assert_eq!(card["service"]["minutes_left"], 60);
    assert_eq!(canteen.by(&canteen.guard).refusal("meal.card", lunch()).0, "not-allowed");
    for wrong in [json!({"type": "火锅"}), json!({"date": "2026-13-01", "type": "午餐"})] {
        assert_eq!(canteen.by(&canteen.cook).refusal("meal.card", wrong).0, "bad-arguments");
    }
}

#[test]
fn two_cooks_who_type_one_dish_make_one_and_the_menu_that_comes_later_has_it_too() {
    let canteen = Canteen::new();
    let one = canteen.dish("冬瓜汤", "汤");
    let again = json!({"meal": lunch(), "name": " 冬瓜汤 "});
    let card = canteen.by(&canteen.other_cook).call("meal.dish", again);
    assert_eq!(card["dishes"].as_array().map(Vec::len), Some(1));
    canteen.menu(&canteen.by(&canteen.cook), &[("米饭", "主食"), ("冬瓜汤", "汤")]);
    let card = canteen.card(&canteen.cook);
    let names: Vec<&Value> = card["dishes"].as_array().expect("dishes").iter().map(|dish| &dish["name"]).collect();
    assert_eq!(names, ["米饭", "冬瓜汤"]);
    assert_eq!(canteen.dish_in(&card, "冬瓜汤"), one);
}

#[test]
fn a_rename_changes_the_name_alone_and_a_dish_that_is_struck_after_its_sample_keeps_its_clock() {
    let canteen = Canteen::new();
    let dish = canteen.dish("冬瓜汤", "汤");
    let cook = canteen.by(&canteen.cook);
    let mut set = canteen.sample_set("冬瓜汤", "130", "A-07");
    set["dish"] = json!(dish);
    let sample = cook.call("entry.save", json!({"kind": "food_sample", "set": set}))["id"].clone();
    let renamed = cook.call("meal.dish", json!({"meal": lunch(), "dish": dish, "name": "冬瓜排骨汤"}));
    assert_eq!(canteen.dish_in(&renamed, "冬瓜排骨汤"), dish);
    assert_eq!(renamed["clocks"][0]["dish"], "冬瓜排骨汤");
    let struck = json!({"meal": lunch(), "dish": dish, "reason": "排骨没到", "replaced_by": "紫菜汤"});
    let card = cook.call("meal.strike", struck);
    let dishes = card["dishes"].as_array().expect("dishes");
    let of = |name: &str| dishes.iter().find(|dish| dish["name"] == name).expect("the dish");
    assert_eq!((&of("冬瓜排骨汤")["struck"], &of("冬瓜排骨汤")["needs_sample"]), (&json!("排骨没到"), &json!(false)));
    assert_eq!((&of("紫菜汤")["category"], &of("紫菜汤")["needs_sample"]), (&json!("汤"), &json!(true)));
    assert_eq!((&card["clocks"][0]["sample"], &card["clocks"][0]["state"]), (&sample, &json!("waiting")));
    assert_eq!(cook.refusal("meal.strike", json!({"meal": lunch(), "dish": dish, "reason": " "})).0, "bad-arguments");
    let gone = Uuid::from_u128(9);
    assert_eq!(cook.refusal("meal.dish", json!({"meal": lunch(), "dish": gone, "name": "x"})).0, "not-found");
}

#[test]
fn what_is_missing_before_service_is_what_the_stages_lack_and_each_step_takes_it_away() {
    let canteen = Canteen::new();
    let dish = canteen.dish("红烧肉", "热菜");
    let cook = canteen.by(&canteen.cook);
    let card = canteen.card(&canteen.fso);
    let missing = codes(&card["before_service"]);
    for code in ["delivery", "check", "core", "sample"] {
        assert!(missing.contains(&code.to_owned()), "{code}: {missing:?}");
    }
    assert_eq!(
        (&stage(&card, "menu")["state"], &stage(&card, "sample")["missing"][0]["what"]),
        (&json!("done"), &json!("红烧肉"))
    );
    let none = json!({"meal": lunch(), "stage": "delivery", "reason": "昨天已备货"});
    let card = cook.call("meal.stage", none);
    assert_eq!(
        (&stage(&card, "delivery")["state"], &stage(&card, "delivery")["waived"]["reason"]),
        (&json!("not_needed"), &json!("昨天已备货"))
    );
    for always in ["sample", "cook", "accompany"] {
        let waive = json!({"meal": lunch(), "stage": always, "reason": "忙"});
        assert_eq!(cook.refusal("meal.stage", waive).1.as_deref(), Some("stage"), "{always}");
    }
    let cold = canteen.reads("红烧肉", "65", &[]);
    let card = canteen.card(&canteen.cook);
    assert_eq!(codes(&stage(&card, "cook")["missing"]), ["core-failing"]);
    assert_eq!(
        (&card["dishes"][0]["failing"], &codes(&card["problems"])[..1]),
        (&json!([cold]), &["core".to_owned()][..])
    );
    canteen.reads("红烧肉", "78", &[&cold]);
    let mut set = canteen.sample_set("红烧肉", "130", "A-07");
    set["dish"] = json!(dish);
    cook.call("entry.save", json!({"kind": "food_sample", "set": set}));
    for person in [&canteen.cook, &canteen.other_cook] {
        canteen.checks(&canteen.fso, person, json!({"decision": "上岗"}));
    }
    let card = canteen.card(&canteen.fso);
    for done in ["menu", "check", "cook", "sample"] {
        assert_eq!(stage(&card, done)["state"], "done", "{done}: {card}");
    }
    assert_eq!(stage(&card, "dispose")["state"], "later");
}

#[test]
fn who_may_not_see_the_checks_of_people_learns_how_many_are_missing_and_not_whose() {
    let canteen = Canteen::new();
    canteen.checks(&canteen.fso, &canteen.other_cook, json!({"temp_c": "37.9"}));
    let seen = canteen.card(&canteen.fso);
    assert!(seen["problems"].to_string().contains("钱厨"), "{}", seen["problems"]);
    assert_eq!(seen["people"].as_array().map(Vec::len), Some(2));
    for other in [&canteen.cook, &canteen.carer] {
        let card = canteen.card(other);
        let told = card.to_string();
        assert_eq!(card["people"], json!([]));
        assert!(!told.contains("钱厨") && !told.contains(&canteen.other_cook) && !told.contains("37.9"), "{told}");
        let check = stage(&card, "check");
        assert_eq!((check["missing"].as_array().map(Vec::len), &check["missing"][0]["what"]), (Some(1), &json!("1")));
    }
}

#[test]
fn a_sample_is_ready_after_48_proved_hours_and_its_label_disposes_of_it_on_a_tablet_that_never_got_its_record() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    let card = canteen.card(&canteen.cook);
    let clock = &card["clocks"][0];
    assert_eq!((&clock["state"], &clock["left_ms"]), (&json!("waiting"), &json!(48 * HOUR_MS)));
    assert_eq!(clock["ready_at"], json!(canteen.tablet.now() + 48 * HOUR_MS));
    let (label, short) = (text(&card["samples"][0]["label"]), text(&card["samples"][0]["short"]));
    let cook = canteen.by(&canteen.cook);
    canteen.tablet.wait_ms(47 * HOUR_MS);
    let scanned = cook.call("meal.scan", json!({"code": short}));
    assert_eq!(
        (&scanned["sample"], &scanned["left_ms"], &scanned["known"]),
        (&json!(sample), &json!(HOUR_MS), &json!(true))
    );
    let early = cook.refused("meal.dispose", json!({"label": label, "way": "餐厨垃圾"}));
    assert_eq!((&early["code"], &early["left_ms"]), (&json!("confirm-value"), &json!(HOUR_MS)));
    canteen.tablet.wait_ms(HOUR_MS);
    assert_eq!(canteen.card(&canteen.cook)["clocks"][0]["state"], "ready");

    // The other tablet has the school, and not the sample.
    let other = Canteen::new();
    other.tablet.wait_ms(48 * HOUR_MS);
    let scanned = other.by(&other.cook).call("meal.scan", json!({"code": label}));
    assert_eq!(
        (&scanned["known"], &scanned["dish"], &scanned["state"]),
        (&json!(false), &json!("红烧肉"), &json!("ready"))
    );
    let gone = other.by(&other.cook).call("meal.dispose", json!({"label": label, "way": "餐厨垃圾"}));
    let row = other.by(&other.fso).call("entry.get", json!({"id": gone["id"]}));
    assert_eq!((&row["fields"]["dish_name"], &row["fields"]["age_min_h"]), (&json!("红烧肉"), &json!("48")));

    let done = cook.call("meal.dispose", json!({"label": label, "way": "餐厨垃圾"}));
    assert_eq!(done["state"], "disposed");
    assert_eq!(canteen.card(&canteen.cook)["clocks"][0]["state"], "disposed");
    assert!(canteen.setup.findings().is_empty());
    for (code, why) in [("RS1.x", "damaged"), ("QQQQ", "neither")] {
        let refused = cook.refused("meal.scan", json!({"code": code}));
        assert_eq!((&refused["code"], &refused["field"]), (&json!("bad-arguments"), &json!("label")), "{why}");
    }
}

#[test]
fn the_label_of_another_school_says_so() {
    let canteen = Canteen::new();
    canteen.sample("红烧肉", "130", "A-07");
    let label = text(&canteen.card(&canteen.cook)["samples"][0]["label"]);
    let west = text(&canteen.setup.call("campus.save", json!({"name": "西校区", "kind": "school"}))["id"]);
    let refused = canteen.setup.refused("meal.scan", json!({"code": label, "campus": west}));
    assert_eq!((&refused["field"], &refused["rule"]), (&json!("label"), &json!("other-campus")));
}

#[test]
fn a_label_is_drawn_for_each_sample_and_reads_back_as_that_sample() {
    let canteen = Canteen::new();
    let (meat, soup) = (canteen.sample("红烧肉", "130", "A-07"), canteen.sample("冬瓜汤", "126", "A-08"));
    let cook = canteen.by(&canteen.cook);
    let sheet = cook.call("meal.labels", json!({"meal": lunch()}));
    let drawn: Vec<String> =
        sheet["labels"].as_array().expect("labels").iter().map(|label| text(&label["sample"]["id"])).collect();
    assert_eq!(drawn.len(), 2);
    assert!(drawn.contains(&meat) && drawn.contains(&soup));
    let one = cook.call("meal.labels", json!({"meal": lunch(), "sample": soup}));
    assert_eq!(one["labels"].as_array().map(Vec::len), Some(1));
    assert!(text(&one["labels"][0]["svg"]).contains("<svg"));
    let scanned = cook.call("meal.scan", json!({"code": one["labels"][0]["sample"]["label"]}));
    assert_eq!(scanned["sample"], soup.as_str());
    // Who does not see samples gets no label of one.
    let carer = canteen.by(&canteen.carer);
    assert_eq!(carer.call("meal.labels", json!({"meal": lunch()}))["labels"], json!([]));
    let asked = json!({"meal": lunch(), "sample": soup});
    assert_eq!(carer.refusal("meal.labels", asked), ("not-found".into(), Some("sample".into())));
}

#[test]
fn one_box_that_two_cooks_take_is_told_and_nothing_is_lost() {
    let canteen = Canteen::new();
    canteen.sample("红烧肉", "130", "A-07");
    let cook = canteen.by(&canteen.other_cook);
    cook.call("entry.save", json!({"kind": "food_sample", "set": canteen.sample_set("冬瓜汤", "130", "ａ07")}));
    let card = canteen.card(&canteen.cook);
    assert!(codes(&card["problems"]).contains(&"box-twice".to_owned()), "{}", card["problems"]);
    assert_eq!(card["samples"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_early_disposal_and_a_sealed_sample_are_told_by_the_clock() {
    let canteen = Canteen::new();
    let (sample, sealed) = (canteen.sample("红烧肉", "130", "A-07"), canteen.sample("冬瓜汤", "130", "A-08"));
    let cook = canteen.by(&canteen.cook);
    canteen.tablet.wait_ms(30 * HOUR_MS);
    let early = cook.call("meal.dispose", json!({"sample": sample, "way": "餐厨垃圾", "sure": ["early"]}));
    assert_eq!(early["state"], "early");
    let incident = json!({"sort": "食品", "area": canteen.kitchen, "desc": "呕吐", "people": "2", "first": "送医", "meals": [canteen.lunch]});
    canteen.by(&canteen.fso).call("entry.save", json!({"kind": "incident", "set": incident}));
    canteen.tablet.wait_ms(20 * HOUR_MS);
    let card = canteen.card(&canteen.cook);
    let clocks = card["clocks"].as_array().expect("clocks");
    let of = |id: &str| clocks.iter().find(|clock| clock["sample"] == id).expect("a clock");
    assert_eq!((&of(&sample)["state"], &of(&sealed)["state"]), (&json!("early"), &json!("waiting")));
    assert_eq!((&of(&sealed)["ready_at"], &of(&sealed)["problems"]), (&Value::Null, &json!(["on-hold"])));
    let asked = cook.refused("meal.dispose", json!({"sample": sealed, "way": "餐厨垃圾"}));
    assert_eq!(asked["warnings"][0]["code"], "hold");
}

#[test]
fn a_meal_that_was_cancelled_and_served_counts_as_served_and_says_so() {
    let canteen = Canteen::new();
    canteen.dish("红烧肉", "热菜");
    let cook = canteen.by(&canteen.cook);
    let cancel = json!({"meal": lunch(), "reason": "停电", "moved_to": "2026-09-04"});
    let card = cook.call("meal.cancel", cancel);
    assert_eq!((&card["cancelled"]["reason"], &card["cancelled"]["moved_to"]), (&json!("停电"), &json!("2026-09-04")));
    assert_eq!(card["before_service"], json!([]), "nothing is asked of a meal that is not served");
    canteen.sample("红烧肉", "130", "A-07");
    let card = canteen.card(&canteen.cook);
    assert!(codes(&card["problems"]).contains(&"cancelled-but-served".to_owned()), "{}", card["problems"]);
    let back = cook.call("meal.uncancel", json!({"meal": lunch(), "id": card["cancelled"]["id"]}));
    assert_eq!(back["cancelled"], Value::Null);
    assert_eq!(cook.refusal("meal.uncancel", json!({"meal": lunch(), "id": Uuid::from_u128(3)})).0, "not-found");
}

#[test]
fn a_meal_is_closed_by_a_signature_and_takes_what_comes_later() {
    let canteen = Canteen::new();
    canteen.dish("红烧肉", "热菜");
    let fso = canteen.by(&canteen.fso);
    let strokes = signature()["strokes"].clone();
    let card = fso.call("meal.close", json!({"meal": lunch(), "signature": strokes}));
    assert_eq!(card["closed"][0]["by"]["name"], "陈安");
    canteen.sample("红烧肉", "130", "A-07");
    assert_eq!(canteen.card(&canteen.cook)["samples"].as_array().map(Vec::len), Some(1));
    assert_eq!(fso.refusal("meal.close", json!({"meal": lunch(), "signature": []})).1.as_deref(), Some("signature"));
}

#[test]
fn the_menu_refuses_what_is_banned_and_takes_off_what_is_left_out() {
    let canteen = Canteen::new();
    let cook = canteen.by(&canteen.cook);
    let plan = |dishes: Value| json!({"day": "2026-09-03", "meals": [{"date": "2026-09-01", "type": "午餐", "dishes": dishes}]});
    let refused = cook.refused("menu.save", plan(json!([{"name": "干煸豆角"}])));
    assert_eq!((&refused["code"], &refused["rule"]), (&json!("bad-value"), &json!("banned")));
    assert_eq!(cook.call("menu.get", json!({"day": "2026-09-01"}))["version"], Value::Null, "nothing was written");
    canteen.menu(&cook, &[("米饭", "主食"), ("冬瓜汤", "汤")]);
    let menu = canteen.menu(&cook, &[("米饭", "主食"), ("生菜", "热菜")]);
    let lunch_of = |menu: &Value| {
        let meals = menu["meals"].as_array().expect("meals").clone();
        meals.into_iter().find(|meal| meal["date"] == "2026-09-01").expect("the meal")["dishes"].clone()
    };
    let names: Vec<String> =
        lunch_of(&menu).as_array().expect("dishes").iter().map(|dish| text(&dish["name"])).collect();
    assert_eq!((names, &menu["monday"]), (vec!["米饭".to_owned(), "生菜".to_owned()], &json!("2026-08-31")));
    let other_week = json!({"day": "2026-09-01", "meals": [{"date": "2026-09-08", "type": "午餐", "dishes": []}]});
    assert_eq!(cook.refusal("menu.save", other_week).1.as_deref(), Some("meals"));
    assert_eq!(canteen.by(&canteen.guard).refusal("menu.save", plan(json!([]))).0, "not-allowed");
    assert_eq!(canteen.by(&canteen.guard).call("menu.get", json!({"day": "2026-09-01"}))["may_write"], false);
}

#[test]
fn a_dish_is_traced_to_the_lines_that_it_was_made_of_and_a_line_to_the_dishes_and_classes_that_had_of_it() {
    let canteen = Canteen::new();
    let dish = canteen.dish("红烧肉", "热菜");
    canteen.dish("冬瓜汤", "汤");
    let keeper = canteen.by(&canteen.keeper);
    let supplier =
        json!({"name": "鲜达肉类", "address": "南街 1 号", "contact": "何", "goods": "猪肉", "status": "在用"});
    let supplier = keeper.call("entry.save", json!({"kind": "supplier", "set": supplier}))["id"].clone();
    let delivery = json!({"kitchen": canteen.kitchen, "supplier": supplier});
    let delivery = keeper.call("entry.save", json!({"kind": "delivery", "set": delivery}))["id"].clone();
    let line = |item: &str| {
        json!({"delivery": delivery, "item_name": item, "sort": "常温", "qty": "20", "unit": "kg", "batch": "B0901",
               "papers": "齐全", "sensory": "合格", "decision": "接收"})
    };
    let meat = keeper.call("entry.save", json!({"kind": "delivery_line", "set": line("猪前腿肉")}))["id"].clone();
    keeper.call("entry.save", json!({"kind": "delivery_line", "set": line("冬瓜")}));
    let cook = canteen.by(&canteen.cook);
    let card = cook.call("meal.link", json!({"meal": lunch(), "dish": dish, "lines": [meat]}));
    let linked =
        card["dishes"].as_array().expect("dishes").iter().find(|own| own["id"] == dish.as_str()).expect("the dish");
    assert_eq!(
        (&linked["lines"][0]["item_name"], &linked["lines"][0]["supplier"]),
        (&json!("猪前腿肉"), &json!("鲜达肉类"))
    );
    let issue = json!({"meal": canteen.lunch, "class": canteen.class, "issued": "28", "unit": "份"});
    cook.call("entry.save", json!({"kind": "snack_issue", "set": issue}));
    let back = cook.call("meal.trace", json!({"meal": lunch(), "dish": dish}));
    assert_eq!((&back["lines"][0]["batch"], &back["unlinked_dishes"]), (&json!("B0901"), &json!(["冬瓜汤"])));
    assert_eq!(back["unlinked_lines"][0]["item_name"], "冬瓜");
    let on = cook.call("meal.trace", json!({"line": meat}));
    assert_eq!((&on["dishes"][0]["name"], &on["dishes"][0]["classes"]), (&json!("红烧肉"), &json!(["小一班"])));
    assert_eq!(canteen.by(&canteen.carer).refusal("meal.trace", json!({"line": meat})).0, "not-found");
}

#[test]
fn the_list_of_a_day_has_its_meals_and_the_samples_of_days_before_that_may_go() {
    let canteen = Canteen::new();
    let sample = canteen.sample("红烧肉", "130", "A-07");
    let list = canteen.by(&canteen.cook).call("meal.list", json!({"date": "2026-09-01"}));
    let types: Vec<&Value> =
        list["meals"].as_array().expect("meals").iter().map(|meal| &meal["meal"]["type"]).collect();
    assert_eq!(types, ["午餐"]);
    assert_eq!(list["meals"][0]["ready"], 0);
    canteen.tablet.wait_ms(49 * HOUR_MS);
    let later = canteen.by(&canteen.cook).call("meal.list", json!({"date": "2026-09-03"}));
    assert_eq!((&later["clocks"][0]["sample"], &later["clocks"][0]["state"]), (&json!(sample), &json!("ready")));
    assert_eq!(canteen.by(&canteen.carer).call("meal.list", json!({"date": "2026-09-03"}))["clocks"], json!([]));
    let sunday = canteen.by(&canteen.cook).call("meal.list", json!({"date": "2026-09-06"}));
    assert_eq!(sunday["meals"], json!([]), "未供餐");
}

#[test]
fn a_supplier_whose_licence_has_ended_is_told_before_anything_is_unloaded() {
    let canteen = Canteen::new();
    let keeper = canteen.by(&canteen.keeper);
    let supplier =
        json!({"name": "绿源蔬菜", "address": "南街 1 号", "contact": "周", "goods": "蔬菜", "status": "在用"});
    let supplier = keeper.call("entry.save", json!({"kind": "supplier", "set": supplier}))["id"].clone();
    let licence = json!({
        "supplier": supplier, "sort": "食品经营许可证", "no": "JY1", "valid_from": "2021-08-01", "valid_to": "2026-08-31",
        "scan": [photo('b')],
    });
    keeper.call("entry.save", json!({"kind": "supplier_licence", "set": licence, "late_reason": "补"}));
    keeper.call("entry.save", json!({"kind": "delivery", "set": {"kitchen": canteen.kitchen, "supplier": supplier}}));
    let card = canteen.card(&canteen.cook);
    assert_eq!(card["deliveries"][0]["supplier_out"], true);
    assert!(codes(&card["problems"]).contains(&"supplier".to_owned()), "{}", card["problems"]);
}
