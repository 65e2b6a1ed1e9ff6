//! What people type, scan and change by mistake in a kitchen: each has a clear message or the right answer, and nothing is lost.

use serde_json::{Value, json};

use super::{Hand, Kitchen, at, date, is_an_hour, list, text};

/// Milliseconds of 48 hours.
const TWO_DAYS_MS: u64 = 48 * 3_600_000;

fn lunch() -> Value {
    json!({ "date": date(1), "type": "午餐" })
}

impl Kitchen {
    fn sample(&self, dish: &str, grams: &str, box_no: &str) -> Value {
        json!({ "kitchen": self.kitchen, "meal": self.meal_id(1, "午餐"), "dish_name": dish, "grams": grams,
            "box_no": box_no })
    }

    fn cook(&self, number: usize) -> Hand<'_> {
        let tablet = if number == 0 { &self.a } else { &self.b };
        Hand { tablet, by: &self.cooks[number], day: 1 }
    }
}

#[test]
fn numbers_that_can_hardly_be_meant_are_asked_about_or_refused_and_a_comma_is_a_point() {
    let kitchen = Kitchen::open();
    let cook = kitchen.cook(0);
    let save = |grams: &str, sure: Value| json!({ "kind": "food_sample", "set": kitchen.sample("米饭", grams, "A-1"), "sure": sure });
    assert_eq!(cook.refused("11:10", "entry.save", save("1250", json!([])))["warnings"][0]["code"], "heavy");
    cook.call("11:10", "entry.save", save("1250", json!(["heavy"])));
    let comma = cook.call("11:11", "entry.save", save("125，5", json!([])));
    assert_eq!(cook.call("11:11", "entry.get", json!({ "id": comma["id"] }))["fields"]["grams"], "125.5");
    let reading = json!({ "what": "中心温度", "area": kitchen.kitchen, "meal": kitchen.meal_id(1, "午餐"),
        "dish": "米饭", "c": "7420" });
    let refused = cook.refused("11:12", "entry.save", json!({ "kind": "temperature_reading", "set": reading }));
    assert_eq!(refused["field"], "c");
    let card = kitchen.card(&kitchen.a, cook.by, at(1, "11:13"), (1, "午餐"));
    assert_eq!(list(&card["samples"]).len(), 2, "what was refused has changed nothing");
}

#[test]
fn two_cooks_who_take_one_box_and_rename_strike_and_cancel_lose_nothing() {
    let mut kitchen = Kitchen::open();
    let dish = |name: &str| json!(uuid::Uuid::new_v5(&kitchen.meal_id(1, "午餐"), name.as_bytes()));
    let (pork, soup) = (dish("红烧肉"), dish("冬瓜汤"));
    let (one, other) = (kitchen.cook(0), kitchen.cook(1));
    one.row("11:10", "food_sample", kitchen.sample("红烧肉", "130", "A-07"));
    other.row("11:10", "food_sample", kitchen.sample("冬瓜汤", "130", "a07"));
    one.call("11:11", "meal.dish", json!({ "meal": lunch(), "dish": pork, "name": "土豆红烧肉" }));
    other.call(
        "11:12",
        "meal.strike",
        json!({ "meal": lunch(), "dish": soup, "reason": "汤洒了", "replaced_by": "紫菜汤" }),
    );
    one.call("12:00", "meal.cancel", json!({ "meal": lunch(), "reason": "停水", "moved_to": date(2) }));
    kitchen.meet(&["a", "b"]);
    let card = kitchen.card(&kitchen.office, &kitchen.fso, at(1, "20:00"), (1, "午餐"));
    let codes: Vec<String> = list(&card["problems"]).iter().map(|problem| text(&problem["code"])).collect();
    for code in ["box-twice", "cancelled-but-served"] {
        assert!(codes.contains(&code.to_owned()), "{code}: {codes:?}");
    }
    let mut clocks: Vec<(String, String)> =
        list(&card["clocks"]).iter().map(|clock| (text(&clock["dish"]), text(&clock["state"]))).collect();
    clocks.sort();
    assert_eq!(clocks, [("冬瓜汤".into(), "waiting".into()), ("土豆红烧肉".into(), "waiting".into())]);
    let struck = list(&card["dishes"]).into_iter().find(|own| own["name"] == "冬瓜汤").expect("it stays listed");
    assert_eq!(struck["struck"], "汤洒了");
    let moved = kitchen.card(&kitchen.office, &kitchen.fso, at(1, "20:00"), (2, "午餐"));
    assert_eq!(moved["samples"], json!([]), "a sample never moves");
}

#[test]
fn a_clock_that_is_put_forward_48_hours_and_back_makes_no_sample_older() {
    let kitchen = Kitchen::open();
    let cook = kitchen.cook(0);
    let sample = cook.row("11:10", "food_sample", kitchen.sample("米饭", "130", "A-1"));
    let ahead = u64::try_from(at(1, "12:00").timestamp_millis()).expect("a time") + TWO_DAYS_MS;
    let wrong = kitchen.a.showing(ahead).held_by(cook.by);
    let asked = wrong.refused("meal.dispose", json!({ "sample": sample, "way": "餐厨垃圾" }));
    assert_eq!(asked["warnings"][0]["code"], "early", "what nobody vouches for proves nothing");
    let card = kitchen.card(&kitchen.a, cook.by, at(1, "12:10"), (1, "午餐"));
    assert_eq!(card["clocks"][0]["state"], "waiting");
    // Two people vouched for the time, each to some minutes: so much longer must it be kept.
    let card = kitchen.card(&kitchen.a, cook.by, at(3, "11:31"), (1, "午餐"));
    assert_eq!(card["clocks"][0]["state"], "ready");
}

#[test]
fn a_label_of_another_school_says_so_and_one_s_own_counts_on_a_tablet_that_never_got_the_record() {
    let (kitchen, other) = (Kitchen::open(), Kitchen::open());
    let cook = kitchen.cook(0);
    cook.row("11:10", "food_sample", kitchen.sample("米饭", "130", "A-1"));
    let card = kitchen.card(&kitchen.a, cook.by, at(1, "11:12"), (1, "午餐"));
    let label = card["samples"][0]["label"].clone();
    let scan = json!({ "code": label });
    let refused = other.cook(0).refused("11:30", "meal.scan", scan.clone());
    assert_eq!(refused["rule"], "other-campus");
    let on_b = Hand { day: 3, ..kitchen.cook(1) };
    let found = on_b.call("10:10", "meal.scan", scan);
    assert_eq!(found["known"], false);
    assert!(is_an_hour(&found["left_ms"]), "{found}");
    let gone = json!({ "label": label, "way": "餐厨垃圾" });
    assert_eq!(on_b.refused("10:10", "meal.dispose", gone.clone())["warnings"][0]["code"], "early");
    on_b.call("11:31", "meal.dispose", gone);
    assert_eq!(on_b.refused("11:20", "meal.scan", json!({ "code": "RS1.x" }))["field"], "label");
}

#[test]
fn a_tablet_that_comes_back_after_three_days_brings_its_samples_with_the_age_that_they_have() {
    let mut kitchen = Kitchen::open();
    let away = Hand { day: 1, ..kitchen.cook(1) };
    away.row("11:10", "food_sample", kitchen.sample("米饭", "130", "A-1"));
    kitchen.meet(&["a"]);
    let before = kitchen.card(&kitchen.office, &kitchen.fso, at(2, "08:00"), (1, "午餐"));
    let stage = list(&before["stages"]).into_iter().find(|stage| stage["stage"] == "sample").expect("the stage");
    let missing = list(&stage["missing"]);
    assert!(missing.iter().any(|gap| gap["what"] == "米饭" && gap["heard"] == false), "only not seen: {missing:?}");
    kitchen.meet(&["a", "b"]);
    let card = kitchen.card(&kitchen.office, &kitchen.fso, at(4, "12:00"), (1, "午餐"));
    assert_eq!((&card["clocks"][0]["dish"], &card["clocks"][0]["state"]), (&json!("米饭"), &json!("ready")));
    let reminded = Hand { day: 4, ..kitchen.cook(0) }.call("12:00", "today.get", json!({}));
    let told = list(&reminded["reminders"]);
    assert!(told.iter().any(|one| one["code"] == "sample-due" && one["what"] == "米饭"), "{told:?}");
}
