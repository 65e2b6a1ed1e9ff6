//! What a meal's record and a week's menu hold, and when a meal is closed.

use domain::checked_time::{Boot, CheckedTime, ClockReading, ClockState, Steady};
use domain::id::{dish_id, finding_id, issue_id, kitchen_meal_id, meal_id, menu_id};
use domain::meal::{Category, Closed, MealRecord, StageCode, dish_called, dishes_of, is_closed, menu_of};
use domain::time::DEFAULT_ZONE;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{at, day, id};

fn map(json: Value) -> Map<String, Value> {
    json.as_object().expect("an object").clone()
}

#[test]
fn a_meal_reads_back_as_its_record_tells_it() {
    let soup = dish_id(id(10), "冬瓜汤");
    let clock = json!({"state": "server", "boot": id(1), "steady_ms": 5});
    let meal = MealRecord::read(&map(json!({
        (format!("dishes/{soup}/name")): "冬瓜排骨汤",
        (format!("dishes/{soup}/allergens")): ["大豆"],
        (format!("dishes/{soup}/cooked_at")): {"at": 100, "clock": clock},
        (format!("dishes/{soup}/lines/{}", id(50))): true,
        (format!("dishes/{soup}/lines/{}", id(51))): null,
        (format!("dishes/{soup}/struck")): {"by": id(3), "at": 5, "reason": "没买到"},
        "dishes/no-id/name": "x",
        "stages/delivery": {"by": id(3), "reason": "今日无收货"},
        "stages/nonsense": {"reason": "x"},
        "closes/1": {"by": id(3)},
    })));
    let dish = &meal.dishes[&soup];
    assert_eq!((meal.dishes.len(), dish.name.as_deref()), (1, Some("冬瓜排骨汤")));
    assert_eq!(dish.lines.iter().copied().collect::<Vec<_>>(), [id(50)]);
    assert!(dish.times.out.is_some_and(|out| out.at.0 == 100));
    assert_eq!(dish.struck.as_ref().map(|struck| struck.reason.as_str()), Some("没买到"));
    assert_eq!(meal.waived.keys().copied().collect::<Vec<_>>(), [StageCode::Delivery]);
    assert_eq!(meal.closed, [Closed { by: Some(id(3)), at: None }]);
    assert!(!meal.is_cancelled());
}

#[test]
fn the_weeks_menu_and_what_was_added_make_the_dishes_of_a_meal() {
    let menu = map(json!({
        "days/2026-11-23/午餐/a": {"name": "米饭", "category": "主食", "n": 1},
        "days/2026-11-23/午餐/b": {"name": "冬瓜汤", "category": "汤", "n": 2, "allergens": ["虾皮"]},
        "days/2026-11-24/午餐/c": {"name": "面条"},
    }));
    let own = MealRecord::read(&map(json!({
        (format!("dishes/{}/name", dish_id(id(10), "西瓜"))): "西瓜",
        (format!("dishes/{}/made_here", dish_id(id(10), "冬瓜汤"))): false,
    })));
    let dishes = dishes_of(id(10), &menu_of(&menu, day("2026-11-23"), "午餐"), &own.dishes);
    let names: Vec<&str> = dishes.iter().map(|dish| dish.name.as_str()).collect();
    assert_eq!(names, ["米饭", "冬瓜汤", "西瓜"]);
    let soup = dish_called(&dishes, None, "冬瓜汤").expect("the soup");
    assert_eq!((soup.category, soup.made_here, soup.needs_sample()), (Some(Category::Soup), Some(false), false));
    assert!(soup.is_planned && !dishes[2].is_planned && soup.allergens.contains("虾皮"));
}

#[test]
fn a_meal_is_closed_by_an_act_or_once_its_day_is_over_in_checked_time() {
    let time = |state, text: &str| {
        let reading = ClockReading { wall: at(text), steady: Steady { boot: Boot(id(1)), ms: 0 } };
        CheckedTime { now: at(text), state, reading, latest_server: None }
    };
    let open = MealRecord::default();
    let closed = |meal: &MealRecord, state, text| is_closed(meal, day("2026-11-23"), &time(state, text), DEFAULT_ZONE);
    assert!(!closed(&open, ClockState::Server, "2026-11-23T23:59:00"));
    assert!(closed(&open, ClockState::Server, "2026-11-24T00:01:00"));
    assert!(!closed(&open, ClockState::None, "2031-01-01T00:01:00"), "a clock that nobody checked closes nothing");
    let act = MealRecord { closed: vec![Closed { by: None, at: None }], ..open };
    assert!(closed(&act, ClockState::Server, "2026-11-23T13:00:00"));
}

#[test]
fn the_second_kitchen_of_a_campus_has_meals_of_its_own() {
    let date = day("2026-11-23");
    assert_ne!(kitchen_meal_id(id(1), date, "午餐", id(2)), meal_id(id(1), date, "午餐"));
    assert_ne!(menu_id(id(1), date), meal_id(id(1), date, "午餐"));
    assert_ne!(issue_id(id(10), id(41)), finding_id(id(10), "41"));
}

fn any_json() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
        Just(json!({"by": 5, "reason": [], "at": "x"})),
        Just(json!(["a", 1])),
    ]
}

proptest! {
    #[test]
    fn what_is_ill_typed_is_left_out_and_never_stops_anybody(
        fields in prop::collection::vec((0usize..12, any_json()), 0..12),
    ) {
        let names = ["name", "category", "made_here", "allergens", "cooked_at", "to_table_at", "minutes", "same_as", "struck"];
        let dish = dish_id(id(10), "汤");
        let name = |at: usize| match at {
            9 => "stages/cook".to_owned(),
            10 => "cancelled/1".to_owned(),
            11 => "closes/1".to_owned(),
            other => format!("dishes/{dish}/{}", names[other]),
        };
        let document: Map<String, Value> = fields.into_iter().map(|(at, value)| (name(at), value)).collect();
        let meal = MealRecord::read(&document);
        let dishes = dishes_of(id(10), &[], &meal.dishes);
        prop_assert!(dishes.len() <= 1);
        let menu: Map<String, Value> =
            document.into_iter().map(|(name, value)| (format!("days/2026-11-23/午餐/{name}"), value)).collect();
        prop_assert!(menu_of(&menu, day("2026-11-23"), "午餐").is_empty(), "nothing there has a name");
    }
}
