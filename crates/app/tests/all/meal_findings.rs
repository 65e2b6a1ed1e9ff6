//! One cause, one finding: what several rows of a dish tell comes to one id; and what is told of who typed or decided.

use serde_json::{Value, json};

use crate::meal_rows::Canteen;
use crate::support::text;

const HOUR_MS: u64 = 3_600_000;

fn lunch() -> Value {
    json!({"date": "2026-09-01", "type": "午餐"})
}

#[test]
fn a_reading_that_names_its_dish_by_words_alone_is_a_cause_of_the_finding_that_card_and_paper_look_for() {
    let canteen = Canteen::new();
    let cook = canteen.by(&canteen.cook);
    let lunch = lunch();
    let card = cook.call("meal.dish", json!({"meal": lunch, "name": "冬瓜汤", "category": "汤"}));
    let dish = card["dishes"][0]["id"].clone();
    cook.call("meal.dish", json!({"meal": lunch, "dish": dish, "name": "冬瓜排骨汤"}));
    let read = |set: Value| {
        let mut whole =
            json!({"what": "中心温度", "area": canteen.kitchen, "meal": canteen.lunch, "dish": "冬瓜排骨汤"});
        whole.as_object_mut().expect("an object").extend(set.as_object().expect("an object").clone());
        text(&cook.call("entry.save", json!({"kind": "temperature_reading", "set": whole}))["id"])
    };
    let words = read(json!({"c": "65"}));
    let at_birth = read(json!({"c": "64", "dish": " 冬瓜汤"}));
    let by_id = read(json!({"c": "61", "dish_id": dish}));
    assert_eq!(canteen.setup.findings().len(), 1, "one dish, one cause");
    let problems = canteen.by(&canteen.fso).call("meal.card", lunch.clone())["problems"].clone();
    let core =
        problems.as_array().expect("problems").iter().find(|one| one["code"] == "core").expect("it is told").clone();
    let finding = canteen.finding_id(&canteen.lunch, &format!("core/{}", text(&dish)));
    assert_eq!(core["finding"], finding.as_str(), "the card opens it");
    read(json!({"c": "80", "retest_of": [words, at_birth, by_id]}));
    assert_eq!(canteen.finding(&finding)["state"], "corrected_on_spot");
    // What was never on the card has a finding of its name, and a fridge is no dish.
    read(json!({"c": "60", "dish": "紫菜汤"}));
    assert_eq!(canteen.setup.findings().len(), 2);
}

#[test]
fn a_banned_dish_is_one_finding_by_whatever_name_a_row_calls_it() {
    let canteen = Canteen::new();
    let cook = canteen.by(&canteen.cook);
    let lunch = lunch();
    let card = cook.call("meal.dish", json!({"meal": lunch, "name": "炒豆角", "category": "热菜"}));
    cook.call("meal.dish", json!({"meal": lunch, "dish": card["dishes"][0]["id"], "name": "干煸豆角"}));
    canteen.sample("干煸豆角", "130", "A-07");
    canteen.sample("炒豆角", "130", "A-08");
    cook.call("meal.time", json!({"meal": lunch, "dish": card["dishes"][0]["id"], "what": "out"}));
    assert_eq!(canteen.setup.findings().len(), 1);
}

#[test]
fn a_check_that_waits_is_decided_on_the_card_by_somebody_else_who_may() {
    let canteen = Canteen::new();
    let check = canteen.checks(&canteen.cook, &canteen.cook, json!({}));
    canteen.checks(&canteen.fso, &canteen.other_cook, json!({"decision": "上岗"}));
    let person = |by: &str, name: &str| {
        let people = canteen.by(by).call("meal.card", lunch())["people"].clone();
        let found = people.as_array().expect("people").iter().find(|one| one["person"]["name"] == name).cloned();
        found.expect("the person")
    };
    let waiting = person(&canteen.fso, "赵厨");
    assert_eq!((&waiting["state"], &waiting["waits"]), (&json!("unconfirmed"), &json!([check])));
    assert_eq!(person(&canteen.fso, "钱厨")["waits"], json!([]));
    assert_eq!(person(&canteen.head, "赵厨")["waits"], json!([]), "who may only look is offered nothing");
    let decide = json!({"id": check, "act": "decide", "set": {"decision": "上岗"}});
    assert_eq!(canteen.by(&canteen.cook).refusal("entry.act", decide.clone()).0, "not-allowed");
    canteen.by(&canteen.fso).call("entry.act", decide);
    let decided = person(&canteen.fso, "赵厨");
    assert_eq!((&decided["state"], &decided["waits"]), (&json!("works"), &json!([])));
}

#[test]
fn a_decision_that_is_stricter_than_the_check_keeps_its_person_out() {
    let canteen = Canteen::new();
    let check = canteen.checks(&canteen.cook, &canteen.cook, json!({}));
    let decide = json!({"id": check, "act": "decide", "set": {"decision": "就医"}});
    canteen.by(&canteen.fso).call("entry.act", decide);
    let card = canteen.by(&canteen.fso).call("meal.card", lunch());
    let own = card["people"].as_array().expect("people").iter().find(|one| one["person"]["name"] == "赵厨").cloned();
    assert_eq!(own.expect("the person")["state"], "out");
    assert!(card["problems"].as_array().expect("problems").iter().any(|one| one["code"] == "unfit"));
}

#[test]
fn nobody_is_offered_to_decide_on_a_check_that_they_wrote_themselves() {
    let canteen = Canteen::new();
    canteen.checks(&canteen.fso, &canteen.cook, json!({}));
    let people = canteen.by(&canteen.fso).call("meal.card", lunch())["people"].clone();
    let own = people.as_array().expect("people").iter().find(|one| one["person"]["name"] == "赵厨").cloned();
    let own = own.expect("the person");
    assert_eq!((&own["state"], &own["waits"]), (&json!("unconfirmed"), &json!([])));
}

#[test]
fn one_number_of_a_fridge_on_five_days_is_told_to_the_head_and_to_who_typed_it() {
    let canteen = Canteen::new();
    let fridge = |name: &str| {
        let set = json!({"name": name, "category": "冷藏冷冻", "area": canteen.kitchen, "scope": canteen.campus});
        text(&canteen.setup.call("asset.save", set)["id"])
    };
    let (one, two) = (fridge("一号冰箱"), fridge("二号冰箱"));
    let reads = |by: &str, fridge: &str, c: &str| {
        let set = json!({"what": "冷藏", "session": "上午", "area": canteen.kitchen, "equipment": fridge, "c": c});
        canteen.by(by).call("entry.save", json!({"kind": "temperature_reading", "set": set}));
    };
    let card = |by: &str, date: &str| {
        canteen.by(by).call("meal.card", json!({"date": date, "type": "午餐"}))["signals"].clone()
    };
    for (day, other) in ["3.1", "4", "3.8", "4.2", "3.5"].into_iter().enumerate() {
        reads(&canteen.cook, &one, "4");
        reads(&canteen.other_cook, &two, other);
        let told = if day == 4 { 1 } else { 0 };
        let signals = card(&canteen.head, &format!("2026-09-0{}", day + 1));
        assert_eq!(signals.as_array().map(Vec::len), Some(told), "day {day}: {signals}");
        canteen.tablet.wait_ms(24 * HOUR_MS);
    }
    let last = "2026-09-05";
    let signals = card(&canteen.head, last);
    let expected = json!({"what": "一号冰箱", "c": "4", "from": "2026-09-01", "to": last});
    assert_eq!((&signals[0]["days"], signals[0]["rows"].as_array().map(Vec::len)), (&expected, Some(5)));
    assert_eq!(signals[0]["people"][0]["name"], "赵厨");
    assert_eq!(card(&canteen.cook, last).as_array().map(Vec::len), Some(1), "of their own");
    assert_eq!(card(&canteen.other_cook, last), json!([]));
    assert_eq!(card(&canteen.head, "2026-09-06"), json!([]), "it is told on the days that it lasts");
}
