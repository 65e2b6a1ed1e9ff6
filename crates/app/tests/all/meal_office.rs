//! What the office reads of meals: the trace of many lines, the sample fridge, dishes that were planned before, what was left.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::meal_rows::Canteen;
use crate::support::text;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

fn lunch(date: &str) -> Value {
    json!({"date": date, "type": "午餐"})
}

fn names(list: &Value, name: &str) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|one| text(&one[name])).collect()
}

impl Canteen {
    fn plans(&self, date: &str, dishes: &[(&str, &str)]) {
        let dishes: Vec<Value> =
            dishes.iter().map(|(name, category)| json!({"name": name, "category": category})).collect();
        let meals = json!([{"date": date, "type": "午餐", "dishes": dishes}]);
        self.by(&self.cook).call("menu.save", json!({"day": date, "meals": meals}));
    }

    /// The lines of a delivery.
    fn delivers(&self, items: &[&str]) -> Vec<String> {
        let keeper = self.by(&self.keeper);
        let supplier =
            json!({"name": "鲜达", "address": "南街 1 号", "contact": "何", "goods": "猪肉", "status": "在用"});
        let supplier = keeper.call("entry.save", json!({"kind": "supplier", "set": supplier}))["id"].clone();
        let delivery = json!({"kitchen": self.kitchen, "supplier": supplier});
        let delivery = keeper.call("entry.save", json!({"kind": "delivery", "set": delivery}))["id"].clone();
        let save = |item: &&str| {
            let set = json!({"delivery": delivery, "item_name": item, "sort": "常温", "qty": "20", "unit": "kg",
                             "batch": "B0901", "papers": "齐全", "sensory": "合格", "decision": "接收"});
            text(&keeper.call("entry.save", json!({"kind": "delivery_line", "set": set}))["id"])
        };
        items.iter().map(save).collect()
    }

    fn cooks(&self, date: &str, dish: &str, lines: &[&str]) {
        let cook = self.by(&self.cook);
        let meal = lunch(date);
        let card = cook.call("meal.dish", json!({"meal": meal, "name": dish, "category": "热菜"}));
        let own = card["dishes"].as_array().expect("dishes").iter().find(|own| own["name"] == dish);
        let id = own.expect("the dish")["id"].clone();
        cook.call("meal.link", json!({"meal": meal, "dish": id, "lines": lines}));
    }

    fn meal(&self, date: &str) -> String {
        Uuid::new_v5(&self.campus.parse().expect("a UUID"), format!("meal/{date}/午餐").as_bytes()).to_string()
    }

    fn leaves(&self, date: &str, left: &str) {
        let issue = json!({"date": date, "meal": self.meal(date), "class": self.class, "issued": "20", "unit": "份",
                           "leftover": left, "leftover_unit": "份"});
        self.by(&self.cook).call("entry.save", json!({"kind": "snack_issue", "set": issue, "late_reason": "补"}));
    }
}

#[test]
fn lines_of_a_batch_are_traced_together_to_every_dish_of_the_days_after_and_what_nobody_said_is_named() {
    let canteen = Canteen::new();
    let lines = canteen.delivers(&["猪前腿肉", "猪骨"]);
    canteen.plans("2026-09-01", &[("红烧肉", "热菜"), ("冬瓜汤", "汤")]);
    canteen.cooks("2026-09-01", "红烧肉", &[&lines[0]]);
    canteen.tablet.wait_ms(DAY_MS);
    canteen.cooks("2026-09-02", "骨头汤", &[&lines[1], &lines[0]]);
    canteen.plans("2026-09-03", &[("米饭", "主食")]);
    let cook = canteen.by(&canteen.cook);
    let trace = cook.call("meal.trace", json!({"lines": lines}));
    assert_eq!(names(&trace["dishes"], "name"), ["红烧肉", "骨头汤"]);
    assert_eq!(trace["dishes"][0]["lines"], json!([lines[0]]), "which line went where is told");
    assert_eq!(trace["dishes"][1]["lines"].as_array().map(Vec::len), Some(2));
    assert_eq!(trace["dishes"][1]["meal"], json!({"date": "2026-09-02", "type": "午餐", "kitchen": null}));
    // What is planned for tomorrow has fed nobody.
    assert_eq!(trace["unlinked_dishes"], json!(["冬瓜汤"]));
    let one = cook.call("meal.trace", json!({"line": lines[1]}));
    assert_eq!(names(&one["dishes"], "name"), ["骨头汤"]);
}

#[test]
fn a_trace_of_nothing_of_too_many_lines_or_of_one_that_is_not_here_is_refused() {
    let canteen = Canteen::new();
    let line = canteen.delivers(&["猪前腿肉"]).remove(0);
    let cook = canteen.by(&canteen.cook);
    assert_eq!(cook.refusal("meal.trace", json!({})).0, "bad-arguments");
    let both = json!({"meal": lunch("2026-09-01"), "line": line});
    assert_eq!(cook.refusal("meal.trace", both).0, "bad-arguments");
    let many: Vec<Uuid> = (1..=201).map(Uuid::from_u128).collect();
    assert_eq!(cook.refusal("meal.trace", json!({"lines": many})).0, "limit-exceeded");
    let gone = json!({"lines": [line, Uuid::from_u128(9)]});
    assert_eq!(cook.refusal("meal.trace", gone).0, "not-found");
}

#[test]
fn the_fridge_shows_what_may_go_first_and_what_is_held_however_old_it_is() {
    let canteen = Canteen::new();
    let (old, held) = (canteen.sample("红烧肉", "130", "A-07"), canteen.sample("冬瓜汤", "90", "A-08"));
    let fso = canteen.by(&canteen.fso);
    let fridge = |by: &str| canteen.by(by).call("meal.samples", json!({}))["samples"].clone();
    let first = fridge(&canteen.cook);
    let states: Vec<(String, String)> =
        first.as_array().expect("samples").iter().map(|one| (text(&one["id"]), text(&one["state"]))).collect();
    assert!(states.iter().all(|(_, state)| state == "waiting") && states.len() == 2, "{first}");
    assert_eq!(first[0]["meal"], json!({"date": "2026-09-01", "type": "午餐", "kitchen": null}), "of no record");
    canteen.tablet.wait_ms(48 * HOUR_MS);
    canteen.by(&canteen.cook).call("meal.dispose", json!({"sample": old, "way": "餐厨垃圾"}));
    let then = fridge(&canteen.cook);
    assert_eq!((&then[0]["id"], &then[0]["state"]), (&json!(held), &json!("ready")));
    assert_eq!(then[0]["problems"], json!(["grams"]));
    assert_eq!((&then[1]["state"], &then[1]["way"]), (&json!("disposed"), &json!("餐厨垃圾")));
    assert_eq!(then[1]["gone_by"]["name"], "赵厨");
    let incident = json!({"sort": "食品", "area": canteen.kitchen, "desc": "呕吐", "people": "2", "first": "送医",
                          "meals": [canteen.lunch]});
    fso.call("entry.save", json!({"kind": "incident", "set": incident}));
    canteen.tablet.wait_ms(70 * DAY_MS);
    let later = fridge(&canteen.cook);
    let kept: Vec<(&Value, &Value, &Value)> = later
        .as_array()
        .expect("samples")
        .iter()
        .filter(|one| one["state"] == "waiting")
        .map(|one| (&one["id"], &one["held"], &one["ready_at"]))
        .collect();
    assert_eq!(kept, [(&json!(held), &json!(true), &Value::Null)]);
    assert_eq!(fridge(&canteen.carer), json!([]), "who does not see samples sees none");
    assert_eq!(canteen.by(&canteen.guard).refusal("meal.samples", json!({})).0, "not-allowed");
}

#[test]
fn dishes_that_were_planned_before_are_found_by_pinyin_as_they_were_planned_last() {
    let canteen = Canteen::new();
    canteen.plans("2026-08-25", &[("红烧肉", "热菜"), ("冬瓜汤", "汤")]);
    canteen.plans("2026-09-01", &[("红烧肉", "热菜"), ("小白菜", "热菜")]);
    let cook = canteen.by(&canteen.cook);
    let all = cook.call("menu.known", json!({}));
    assert_eq!(names(&all["dishes"], "name")[0], "红烧肉", "the usual ones come first");
    assert_eq!((&all["dishes"][0]["times"], &all["dishes"][0]["last"]), (&json!(2), &json!("2026-09-01")));
    for (typed, found) in [("dgt", "冬瓜汤"), ("xiaobai", "小白菜"), ("烧", "红烧肉")] {
        assert_eq!(names(&cook.call("menu.known", json!({"typed": typed}))["dishes"], "name"), [found], "{typed}");
    }
    assert_eq!(cook.call("menu.known", json!({"typed": "披萨"}))["dishes"], json!([]));
}

#[test]
fn a_class_that_leaves_too_much_on_three_days_with_meals_is_marked_and_a_dish_is_told_by_its_meals() {
    let canteen = Canteen::new();
    for (date, left) in [("2026-08-27", "3"), ("2026-08-28", "4"), ("2026-08-31", "5")] {
        canteen.plans(date, &[("清蒸鱼", "热菜")]);
        canteen.leaves(date, left);
    }
    let cook = canteen.by(&canteen.cook);
    let asked = json!({"from": "2026-08-24", "to": "2026-09-01"});
    let told = cook.call("meal.leftovers", asked.clone());
    assert_eq!((&told["limit"], &told["classes"][0]["over"]), (&json!("10"), &json!(true)));
    assert_eq!(
        (&told["classes"][0]["meals"][0]["date"], &told["classes"][0]["meals"][0]["percent"]),
        (&json!("2026-08-31"), &json!("25"))
    );
    assert_eq!(told["dishes"], json!([{"name": "清蒸鱼", "times": 3, "percent": "20"}]));
    canteen.leaves("2026-09-01", "1");
    assert_eq!(cook.call("meal.leftovers", asked)["classes"][0]["over"], false);
    for wrong in [json!({"from": "2026-09-02", "to": "2026-09-01"}), json!({"from": "2026-01-01", "to": "2026-09-01"})]
    {
        assert_eq!(cook.refusal("meal.leftovers", wrong).1.as_deref(), Some("to"));
    }
}

#[test]
fn a_form_of_the_menu_takes_off_only_what_it_showed() {
    let canteen = Canteen::new();
    canteen.plans("2026-09-02", &[("米饭", "主食"), ("冬瓜汤", "汤")]);
    let cook = canteen.by(&canteen.cook);
    let of_day = |menu: &Value| {
        let meals = menu["meals"].as_array().expect("meals").clone();
        meals.into_iter().find(|meal| meal["date"] == "2026-09-02").expect("the meal")["dishes"].clone()
    };
    let begun = cook.call("menu.get", json!({"day": "2026-09-02"}));
    let had: Vec<String> = names(&of_day(&begun), "id");
    canteen.plans("2026-09-02", &[("米饭", "主食"), ("冬瓜汤", "汤"), ("红烧肉", "热菜")]);
    let meals =
        json!([{"date": "2026-09-02", "type": "午餐", "dishes": [{"name": "米饭", "category": "主食"}], "had": had}]);
    let saved = cook.call("menu.save", json!({"day": "2026-09-02", "meals": meals, "seen": begun["version"]}));
    assert_eq!(names(&of_day(&saved), "name"), ["米饭", "红烧肉"], "what a colleague added meanwhile stays");
    assert!(cook.call("conflict.list", json!({}))["conflicts"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn the_menu_tells_what_a_meal_has_otherwise_and_a_food_that_is_banned_as_it_is_typed() {
    let canteen = Canteen::new();
    canteen.plans("2026-09-01", &[("红烧肉", "热菜"), ("冬瓜汤", "汤")]);
    let cook = canteen.by(&canteen.cook);
    let card = cook.call("meal.card", lunch("2026-09-01"));
    let strike = json!({"meal": lunch("2026-09-01"), "dish": card["dishes"][1]["id"], "reason": "排骨没到", "replaced_by": "紫菜汤"});
    cook.call("meal.strike", strike);
    let of_day = || {
        let menu = cook.call("menu.get", json!({"day": "2026-09-01"}));
        let meals = menu["meals"].as_array().expect("meals").clone();
        meals.into_iter().find(|meal| meal["date"] == "2026-09-01").expect("the meal")
    };
    let meal = of_day();
    assert_eq!(names(&meal["dishes"], "name"), ["红烧肉", "冬瓜汤"], "what was planned stays readable");
    let mut changes = meal["changes"].as_array().expect("changes").clone();
    changes.sort_by_key(|change| change["struck"].is_null());
    assert_eq!(
        json!(changes),
        json!([
            {"was": "冬瓜汤", "name": "冬瓜汤", "struck": "排骨没到"},
            {"was": null, "name": "紫菜汤", "struck": null}
        ])
    );
    let renamed = json!({"meal": lunch("2026-09-01"), "dish": card["dishes"][0]["id"], "name": "小炒肉"});
    cook.call("meal.dish", renamed);
    let changes = of_day()["changes"].to_string();
    assert!(changes.contains(r#""was":"红烧肉""#) && changes.contains("小炒肉"), "{changes}");
    assert_eq!(cook.call("menu.known", json!({"typed": "干煸豆角"}))["banned"], "四季豆");
    assert_eq!(cook.call("menu.known", json!({"typed": "生菜"}))["banned"], Value::Null);
}
