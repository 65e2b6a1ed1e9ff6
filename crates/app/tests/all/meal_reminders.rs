//! What a device reminds of while the app runs, what a save of the kitchen finds by itself, and what is told of who typed.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::entries::signature;
use crate::meal_rows::Canteen;
use crate::support::{photo, text};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 3_600_000;

fn lunch() -> Value {
    json!({"date": "2026-09-01", "type": "午餐"})
}

impl Canteen {
    fn reminders(&self, by: &str) -> Vec<(String, String)> {
        let today = self.by(by).call("today.get", json!({}));
        let told = today["reminders"].as_array().expect("reminders").clone();
        told.iter().map(|one| (text(&one["code"]), text(&one["what"]))).collect()
    }

    fn put_dish(&self, name: &str, category: &str) -> String {
        let card = self.by(&self.cook).call("meal.dish", json!({"meal": lunch(), "name": name, "category": category}));
        let dishes = card["dishes"].as_array().expect("dishes");
        text(&dishes.iter().find(|dish| dish["name"] == name).expect("the dish")["id"])
    }

    fn timed(&self, dish: &str, what: &str) -> Value {
        self.by(&self.cook).call("meal.time", json!({"meal": lunch(), "dish": dish, "what": what}))
    }

    fn delivered(&self, supplier: &str, line: Value) -> String {
        let keeper = self.by(&self.keeper);
        let delivery = json!({"kitchen": self.kitchen, "supplier": supplier});
        let delivery = keeper.call("entry.save", json!({"kind": "delivery", "set": delivery}))["id"].clone();
        let mut set = json!({"delivery": delivery, "item_name": "猪肉", "sort": "常温", "qty": "20", "unit": "kg",
            "papers": "齐全", "sensory": "合格", "decision": "接收"});
        set.as_object_mut().expect("an object").extend(line.as_object().expect("an object").clone());
        text(&keeper.call("entry.save", json!({"kind": "delivery_line", "set": set}))["id"])
    }

    fn supplier(&self, status: &str) -> String {
        let set = json!({"name": "绿源", "address": "南街 1 号", "contact": "周", "goods": "肉", "status": status});
        text(&self.by(&self.keeper).call("entry.save", json!({"kind": "supplier", "set": set}))["id"])
    }

    fn found(&self) -> Vec<(String, String)> {
        let found = self.setup.findings();
        let mut found: Vec<(String, String)> =
            found.iter().map(|one| (text(&one["description"]), text(&one["severity"]))).collect();
        found.sort();
        found
    }
}

#[test]
fn a_kitchen_is_reminded_of_what_presses_and_nobody_else_is() {
    let canteen = Canteen::new();
    let dish = canteen.put_dish("红烧肉", "热菜");
    assert!(canteen.reminders(&canteen.cook).is_empty(), "an hour before service nothing presses");
    let cold = canteen.reads("红烧肉", "65", &[]);
    let retest = ("retest".to_owned(), "红烧肉".to_owned());
    assert_eq!(canteen.reminders(&canteen.cook), [retest]);
    canteen.reads("红烧肉", "78", &[&cold]);
    assert!(canteen.reminders(&canteen.cook).is_empty());
    canteen.tablet.wait_ms(45 * MINUTE_MS);
    let codes = |by: &str| -> Vec<String> { canteen.reminders(by).into_iter().map(|(code, _)| code).collect() };
    assert_eq!(codes(&canteen.cook), ["before-service"], "15 minutes before service");
    for other in [&canteen.guard, &canteen.carer, &canteen.keeper] {
        assert!(codes(other).is_empty());
    }
    canteen.timed(&dish, "out");
    canteen.tablet.wait_ms(110 * MINUTE_MS);
    assert_eq!(codes(&canteen.cook), ["to-table"]);
    canteen.timed(&dish, "table");
    assert!(codes(&canteen.cook).is_empty());
}

#[test]
fn a_sample_that_may_go_is_reminded_of_until_somebody_has_disposed_of_it() {
    let canteen = Canteen::new();
    canteen.put_dish("红烧肉", "热菜");
    let sample = canteen.sample("红烧肉", "130", "A-07");
    canteen.tablet.wait_ms(47 * HOUR_MS);
    assert!(canteen.reminders(&canteen.cook).iter().all(|(code, _)| code != "sample-due"));
    canteen.tablet.wait_ms(HOUR_MS);
    let due = ("sample-due".to_owned(), "红烧肉".to_owned());
    assert!(canteen.reminders(&canteen.cook).contains(&due));
    let told = canteen.by(&canteen.cook).call("today.get", json!({}))["reminders"].clone();
    let own = told.as_array().expect("reminders").iter().find(|one| one["code"] == "sample-due").expect("it").clone();
    assert_eq!((&own["about"], &own["date"], &own["meal"]), (&json!(sample), &json!("2026-09-01"), &json!("午餐")));
    canteen.dispose(&canteen.cook, &sample);
    assert!(!canteen.reminders(&canteen.cook).contains(&due));
}

#[test]
fn a_dish_that_waited_for_too_long_is_one_finding_of_its_meal() {
    let canteen = Canteen::new();
    let dish = canteen.put_dish("红烧肉", "热菜");
    canteen.timed(&dish, "out");
    canteen.tablet.wait_ms(121 * MINUTE_MS);
    assert!(canteen.found().is_empty(), "from what nobody has said nothing is found");
    canteen.timed(&dish, "table");
    assert_eq!(canteen.found(), [("出锅至开餐超过时限：红烧肉".to_owned(), "L3".to_owned())]);
    canteen.timed(&dish, "table");
    assert_eq!(canteen.found().len(), 1);
    let card = canteen.by(&canteen.fso).call("meal.card", lunch());
    let problem = card["problems"].as_array().expect("problems").iter().find(|one| one["code"] == "too-long");
    assert!(problem.expect("it is told")["finding"].is_string(), "its finding is opened from the card");
}

#[test]
fn a_banned_dish_that_was_cooked_is_kept_and_is_one_finding_of_its_meal() {
    let canteen = Canteen::new();
    let dish = canteen.put_dish("干煸豆角", "热菜");
    assert!(canteen.found().is_empty(), "a dish that nobody has cooked yet");
    canteen.timed(&dish, "out");
    assert_eq!(canteen.found(), [("供应禁用食品：干煸豆角".to_owned(), "L4".to_owned())]);
    canteen.reads("干煸豆角", "80", &[]);
    canteen.sample("干煸豆角", "130", "A-07");
    assert_eq!(canteen.found().len(), 1, "one cause, one finding");

    let other = Canteen::new();
    other.sample("凉拌四季豆", "130", "A-07");
    assert_eq!(other.found().len(), 1, "a box alone tells that it was cooked");
}

#[test]
fn food_whose_time_was_over_and_food_of_a_supplier_who_is_out_are_findings_of_the_lines_that_were_taken() {
    let canteen = Canteen::new();
    let (good, stopped) = (canteen.supplier("在用"), canteen.supplier("停用"));
    canteen.delivered(&good, json!({"expires_on": "2026-09-01"}));
    assert!(canteen.found().is_empty(), "the last day is a day");
    let expired = canteen.delivered(&good, json!({"expires_on": "2026-08-31"}));
    let over = ("验收明细：过期仍接收".to_owned(), "L4".to_owned());
    assert_eq!(canteen.found(), std::slice::from_ref(&over));
    let rejected =
        json!({"expires_on": "2026-08-31", "decision": "拒收", "reject_reason": "过期", "proof": [photo('a')]});
    canteen.delivered(&good, rejected);
    assert_eq!(canteen.found().len(), 1, "the rule worked");
    canteen.delivered(&stopped, json!({}));
    let out = ("验收明细：供货商证照到期或停用仍接收".to_owned(), "L3".to_owned());
    assert_eq!(canteen.found(), [out, over]);
    // A date that was put right takes the cause away, and closes nothing by itself.
    canteen.tablet.wait_ms(HOUR_MS);
    let correct = json!({"id": expired, "field": "expires_on", "value": "2026-09-30", "reason": "看错"});
    canteen.by(&canteen.keeper).call("entry.correct", correct);
    let id = Uuid::new_v5(&expired.parse().expect("a UUID"), b"expired");
    let finding = canteen.by(&canteen.head).call("finding.get", json!({"id": id}));
    assert_eq!(finding["entry"]["state"], "corrected");
}

#[test]
fn one_number_in_three_dishes_within_a_second_is_told_to_the_head_and_to_who_typed_it() {
    let canteen = Canteen::new();
    for dish in ["红烧肉", "冬瓜汤", "米饭"] {
        canteen.put_dish(dish, "热菜");
        canteen.reads(dish, "75.3", &[]);
    }
    let signals = |by: &str| canteen.by(by).call("meal.card", lunch())["signals"].as_array().expect("signals").len();
    assert_eq!((signals(&canteen.head), signals(&canteen.cook)), (1, 1));
    assert_eq!((signals(&canteen.other_cook), signals(&canteen.fso)), (0, 0));
}

#[test]
fn a_row_that_comes_after_the_close_says_so_once_and_is_taken() {
    let canteen = Canteen::new();
    canteen.put_dish("红烧肉", "热菜");
    canteen.sample("红烧肉", "130", "A-07");
    let strokes = signature()["strokes"].clone();
    canteen.by(&canteen.fso).call("meal.close", json!({"meal": lunch(), "signature": strokes}));
    canteen.sample("红烧肉", "140", "A-08");
    let samples = canteen.by(&canteen.cook).call("meal.card", lunch())["samples"].clone();
    let mut late: Vec<(String, bool)> = samples
        .as_array()
        .expect("samples")
        .iter()
        .map(|sample| (text(&sample["box_no"]), sample["late"] == true))
        .collect();
    late.sort();
    assert_eq!(late, [("A-07".to_owned(), false), ("A-08".to_owned(), true)]);
}

#[test]
fn a_school_says_how_many_cores_are_measured_and_at_which_meals_somebody_eats_along() {
    let canteen = Canteen::new();
    for dish in ["红烧肉", "冬瓜汤", "炒青菜"] {
        canteen.put_dish(dish, "热菜");
    }
    let lacks = |stage: &str| -> Vec<String> {
        let card = canteen.by(&canteen.fso).call("meal.card", lunch());
        let stages = card["stages"].as_array().expect("stages").clone();
        let found = stages.iter().find(|known| known["stage"] == stage).expect("the stage").clone();
        found["missing"].as_array().expect("a list").iter().map(|one| text(&one["code"])).collect()
    };
    assert_eq!(lacks("cook"), ["core", "core", "core"]);
    let set = |key: &str, value: Value| {
        let change = json!({"campus": canteen.campus, "key": key, "value": value, "valid_from": "2026-09-01"});
        canteen.setup.call("setting.set", change);
    };
    set("food.core_dishes", json!("抽测 2 道"));
    assert_eq!(lacks("cook"), ["more-cores"]);
    assert_eq!(lacks("accompany"), ["accompany"]);
    let snack = json!({"date": "2026-09-01", "type": "午点"});
    let state = || {
        let card = canteen.by(&canteen.fso).call("meal.card", snack.clone());
        let stages = card["stages"].as_array().expect("stages").clone();
        stages.iter().find(|known| known["stage"] == "accompany").map(|known| text(&known["state"]))
    };
    assert_ne!(state().as_deref(), Some("now"), "nobody need eat along at a snack");
    for few in [json!(["午餐"]), json!("午餐")] {
        let change =
            json!({"campus": canteen.campus, "key": "meal.accompany_types", "value": few, "valid_from": "2026-09-01"});
        assert!(canteen.setup.tries("setting.set", change).is_err(), "no main meal may be taken out");
    }
}

#[test]
fn a_certificate_that_has_ended_stands_beside_the_person_s_check() {
    let canteen = Canteen::new();
    let certificate = |person: &str, to: &str| {
        let set = json!({"person": person, "no": "J-1", "issued_on": "2025-08-20", "valid_to": to, "issuer": "疾控"});
        canteen.setup.call("entry.save", json!({"kind": "health_certificate", "set": set, "sure": ["left"]}));
    };
    certificate(&canteen.cook, "2026-08-20");
    let people = canteen.by(&canteen.fso).call("meal.card", lunch())["people"].clone();
    let of = |name: &str| {
        let all = people.as_array().expect("people");
        all.iter().find(|one| one["person"]["name"] == name).expect("the person")["certificate"].clone()
    };
    assert_eq!((of("赵厨"), of("钱厨")), (json!("ended"), json!("unseen")));
}
