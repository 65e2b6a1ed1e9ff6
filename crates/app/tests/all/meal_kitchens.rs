//! Two kitchens of one campus: their cards, samples, ledgers, papers and reminders stay apart.

use serde_json::{Value, json};

use crate::meal_rows::Canteen;
use crate::support::text;

const HOUR_MS: u64 = 3_600_000;
const DAY: &str = "2026-09-01";

/// A canteen with a second kitchen, whose lunch has a dish of its own.
struct Two {
    canteen: Canteen,
    second: String,
}

impl Two {
    fn new() -> Self {
        let canteen = Canteen::new();
        let area = json!({"name": "二食堂", "kind": "kitchen", "scope": canteen.campus});
        let second = text(&canteen.setup.call("area.save", area)["id"]);
        Self { canteen, second }
    }

    fn lunch(&self) -> Value {
        json!({"date": DAY, "type": "午餐", "kitchen": self.second})
    }

    fn card(&self, meal: Value) -> Value {
        self.canteen.by(&self.canteen.fso).call("meal.card", meal)
    }

    fn dish(&self, meal: Value, name: &str) -> Value {
        let cook = self.canteen.by(&self.canteen.cook);
        cook.call("meal.dish", json!({"meal": meal, "name": name, "category": "热菜"}))
    }

    fn row(&self, by: &str, kind: &str, set: Value) -> String {
        text(&self.canteen.by(by).call("entry.save", json!({"kind": kind, "set": set}))["id"])
    }

    fn sample(&self, meal: &Value, kitchen: &str, dish: &str, box_no: &str) -> String {
        let set = json!({"kitchen": kitchen, "meal": meal, "dish_name": dish, "grams": "130", "box_no": box_no});
        self.row(&self.canteen.cook, "food_sample", set)
    }
}

fn first_lunch() -> Value {
    json!({"date": DAY, "type": "午餐"})
}

fn names<'c>(list: &'c Value, key: &str) -> Vec<&'c str> {
    list.as_array().expect("a list").iter().filter_map(|one| one[key].as_str()).collect()
}

fn lacks(card: &Value, stage: &str) -> Vec<String> {
    let stages = card["stages"].as_array().expect("stages");
    let found = stages.iter().find(|known| known["stage"] == stage).expect("the stage");
    names(&found["missing"], "code").into_iter().map(str::to_owned).collect()
}

#[test]
fn each_kitchen_has_a_card_of_its_own_with_its_own_dishes_rows_and_samples() {
    let two = Two::new();
    let canteen = &two.canteen;
    two.dish(first_lunch(), "红烧肉");
    let second = two.dish(two.lunch(), "清蒸鱼")["id"].clone();
    assert_ne!(second, json!(canteen.lunch));
    let one = canteen.sample("红烧肉", "130", "A-07");
    let other = two.sample(&second, &two.second, "清蒸鱼", "B-07");
    for (kitchen, name) in [(&canteen.kitchen, "绿源"), (&two.second, "远洋水产")] {
        let supplier = json!({"name": name, "address": "南街 1 号", "contact": "周", "goods": "菜", "status": "在用"});
        let supplier = two.row(&canteen.keeper, "supplier", supplier);
        two.row(&canteen.keeper, "delivery", json!({"kitchen": kitchen, "supplier": supplier}));
    }
    let (own, further) = (two.card(first_lunch()), two.card(two.lunch()));
    assert_eq!((names(&own["dishes"], "name"), names(&further["dishes"], "name")), (vec!["红烧肉"], vec!["清蒸鱼"]));
    assert_eq!(names(&own["samples"], "id"), [one.as_str()]);
    assert_eq!(names(&further["samples"], "id"), [other.as_str()]);
    assert_eq!(names(&own["deliveries"], "supplier"), ["绿源"]);
    assert_eq!(names(&further["deliveries"], "supplier"), ["远洋水产"]);
    assert_eq!((&own["kitchen_name"], &further["kitchen_name"]), (&Value::Null, &json!("二食堂")));
    assert_eq!(further["meal"]["kitchen"], two.second.as_str());
    // A label names its sample, of whichever kitchen.
    let scanned = canteen.by(&canteen.cook).call("meal.scan", json!({"code": further["samples"][0]["label"]}));
    assert_eq!(scanned["sample"], other.as_str());
}

#[test]
fn tableware_and_who_ate_along_count_for_the_kitchen_that_they_name() {
    let two = Two::new();
    let canteen = &two.canteen;
    two.dish(first_lunch(), "红烧肉");
    let second = two.dish(two.lunch(), "清蒸鱼")["id"].clone();
    canteen.tablet.wait_ms(2 * HOUR_MS);
    let steam = |area: &str| json!({"area": area, "object": "餐具", "method": "蒸汽", "qty": 30, "temp_c": "101"});
    let row = two.row(&canteen.cook, "disinfection_log", steam(&two.second));
    canteen.tablet.wait_ms(HOUR_MS / 2);
    canteen.by(&canteen.cook).call("entry.act", json!({"id": row, "act": "finish"}));
    let head = canteen.by(&canteen.head);
    head.call("inspection.start", json!({"template": "T08@1", "subject": second}));
    let (own, further) = (two.card(first_lunch()), two.card(two.lunch()));
    assert_eq!((lacks(&own, "disinfect"), lacks(&further, "disinfect")), (vec!["disinfect".to_owned()], vec![]));
    assert_eq!((lacks(&own, "accompany"), lacks(&further, "accompany")), (vec!["accompany".to_owned()], vec![]));
    assert_eq!(names(&own["accompanied"], "inspection").len(), 0);
}

#[test]
fn a_place_that_has_no_meals_of_its_own_cooks_for_the_first_kitchen() {
    let two = Two::new();
    let canteen = &two.canteen;
    two.dish(first_lunch(), "红烧肉");
    let supplier = json!({"name": "绿源", "address": "南街 1 号", "contact": "周", "goods": "菜", "status": "在用"});
    let supplier = two.row(&canteen.keeper, "supplier", supplier);
    two.row(&canteen.keeper, "delivery", json!({"kitchen": two.second, "supplier": supplier}));
    assert_eq!(names(&two.card(first_lunch())["deliveries"], "supplier"), ["绿源"]);
    two.dish(two.lunch(), "清蒸鱼");
    assert_eq!(names(&two.card(first_lunch())["deliveries"], "supplier").len(), 0);
}

#[test]
fn lists_and_samples_of_two_kitchens_are_told_apart() {
    let two = Two::new();
    let canteen = &two.canteen;
    two.dish(first_lunch(), "红烧肉");
    let second = two.dish(two.lunch(), "清蒸鱼")["id"].clone();
    let sample = two.sample(&second, &two.second, "清蒸鱼", "A-07");
    canteen.sample("红烧肉", "130", "A-07");
    let list = canteen.by(&canteen.cook).call("meal.list", json!({"date": DAY}));
    let lunches: Vec<&Value> =
        list["meals"].as_array().expect("meals").iter().filter(|row| row["meal"]["type"] == "午餐").collect();
    assert_eq!(lunches.iter().map(|row| &row["kitchen_name"]).collect::<Vec<_>>(), [&Value::Null, &json!("二食堂")]);
    canteen.tablet.wait_ms(48 * HOUR_MS);
    let list = canteen.by(&canteen.cook).call("meal.list", json!({}));
    assert_eq!(names(&list["clocks"], "dish").len(), 2, "samples of both may go: {list}");
    let fridge = canteen.by(&canteen.cook).call("meal.samples", json!({}))["samples"].clone();
    let own = fridge.as_array().expect("samples").iter().find(|one| one["id"] == sample.as_str()).expect("it").clone();
    assert_eq!(own["meal"]["kitchen"], two.second.as_str());
}

#[test]
fn gaps_of_ledgers_and_papers_name_the_kitchen_that_is_not_the_first() {
    let two = Two::new();
    let canteen = &two.canteen;
    two.dish(first_lunch(), "红烧肉");
    two.dish(two.lunch(), "红烧肉");
    canteen.sample("红烧肉", "130", "A-07");
    canteen.tablet.wait_ms(20 * HOUR_MS);
    let fso = canteen.by(&canteen.fso);
    let sums = fso.call("meal.ledgers", json!({"from": DAY, "to": DAY}))["ledgers"].clone();
    let of = |code: &str| sums.as_array().expect("sums").iter().find(|sum| sum["ledger"] == code).expect("it").clone();
    let samples = of("samples");
    assert_eq!((&samples["compared"], &samples["found"]), (&json!(2), &json!(1)));
    assert_eq!(names(&samples["gaps"], "kitchen"), ["二食堂"]);
    assert_eq!(names(&of("cores")["gaps"], "kitchen"), ["", "二食堂"]);
    let paper = |code: &str| {
        let sheet = fso.call("sheet.get", json!({"sheet": code, "from": DAY, "to": DAY}));
        sheet["rows"].to_string()
    };
    assert!(paper("meals/ledgers").contains("二食堂 午餐"), "{}", paper("meals/ledgers"));
    let day = paper("meals/day");
    assert!(day.contains("二食堂 午餐 红烧肉 没有留样") && !day.contains("；午餐 红烧肉 没有留样"), "{day}");
}

#[test]
fn a_further_kitchen_is_reminded_of_its_own_meals_and_samples() {
    let two = Two::new();
    let canteen = &two.canteen;
    let card = two.dish(two.lunch(), "清蒸鱼");
    let second = card["id"].clone();
    two.sample(&second, &two.second, "清蒸鱼", "B-07");
    let set = json!({
        "what": "中心温度", "area": two.second, "meal": second, "dish": "清蒸鱼", "dish_id": card["dishes"][0]["id"],
        "c": "61",
    });
    two.row(&canteen.cook, "temperature_reading", set);
    let reminders = || {
        let today = canteen.by(&canteen.cook).call("today.get", json!({}));
        today["reminders"].as_array().expect("reminders").clone()
    };
    let retest = reminders();
    assert_eq!((retest.len(), &retest[0]["code"], &retest[0]["kitchen"]), (1, &json!("retest"), &json!(two.second)));
    canteen.tablet.wait_ms(48 * HOUR_MS);
    let due = reminders();
    let due = due.iter().find(|one| one["code"] == "sample-due").expect("the sample may go");
    assert_eq!((&due["kitchen"], &due["date"]), (&json!(two.second), &json!(DAY)));
}

#[test]
fn reminders_cost_no_more_look_ups_where_a_store_has_many_cards() {
    let canteen = Canteen::new();
    let asked = || {
        let cook = canteen.by(&canteen.cook);
        let before = cook.app().store().looks();
        cook.call("today.get", json!({}));
        cook.app().store().looks() - before
    };
    let meals = ["早餐", "早点", "午点", "晚餐", "夜宵"];
    let cards = |from: u32, to: u32| {
        for day in from..=to {
            for meal in meals {
                let meal = json!({"date": format!("2026-08-{day:02}"), "type": meal});
                let cook = canteen.by(&canteen.cook);
                cook.call("meal.dish", json!({"meal": meal, "name": "红烧肉", "category": "热菜"}));
            }
        }
    };
    cards(1, 2);
    canteen.sample("红烧肉", "130", "A-01");
    let few = asked();
    cards(3, 31);
    for number in 2..20 {
        canteen.sample("红烧肉", "130", &format!("A-{number:02}"));
    }
    assert_eq!(asked(), few, "of 155 cards and 19 samples as of 10 and one");
}
