//! 追溯 both ways, what a device reminds of, and numbers that nobody can have measured.

use std::collections::{BTreeMap, BTreeSet};

use domain::checked_time::ClockState::{None as Nobody, Server};
use domain::checked_time::Moment;
use domain::id::dish_id;
use domain::meal::{
    CardRows, Category, Dish, DishFields, DishReading, Issue, MealFacts, MenuDish, OnTheWay, Trace, TracedMeal, card,
    dishes_of, profile_of, reminders, typed_alike,
};
use domain::time::UtcMillis;
use proptest::prelude::*;
use uuid::Uuid;

use super::cards::{limits, meal_id, reading, sample, today};
use super::{at, day, id, moment, number};

fn dish(meal: Uuid, name: &str, lines: &[u128]) -> Vec<Dish> {
    let lines = lines.iter().map(|line| id(*line)).collect();
    let fields = DishFields { name: Some(name.into()), lines, ..DishFields::default() };
    dishes_of(meal, &[], &[(dish_id(meal, name), fields)].into())
}

fn given(class: u128, issued: Option<&str>) -> Issue {
    Issue { class: Some(id(class)), issued: issued.map(number), ..Issue::default() }
}

#[test]
fn a_line_is_traced_to_the_dishes_of_every_day_and_to_the_classes_that_ate_of_them() {
    let (monday, tuesday) = (dish(id(1), "红烧肉", &[50, 51]), dish(id(2), "肉末豆腐", &[50]));
    let milk = dish(id(3), "牛奶", &[]);
    let issues = [given(41, Some("28")), given(42, None)];
    let meal = |number, date, meal_type, dishes| TracedMeal {
        id: id(number),
        date: day(date),
        meal_type,
        dishes,
        issues: &issues,
    };
    let trace = Trace::of(&[
        meal(2, "2026-11-24", "午餐", tuesday.as_slice()),
        meal(3, "2026-11-24", "早点", milk.as_slice()),
        meal(1, "2026-11-23", "午餐", monday.as_slice()),
    ]);
    let eaten: Vec<(&str, &str)> =
        trace.dishes_of(id(50)).iter().map(|eaten| (eaten.name.as_str(), eaten.meal_type.as_str())).collect();
    assert_eq!(eaten, [("红烧肉", "午餐"), ("肉末豆腐", "午餐")], "rice of last week is traced too");
    assert_eq!(trace.dishes_of(id(51))[0].classes, BTreeSet::from([id(41)]), "nothing was given to the other class");
    let same: Vec<&str> = trace.made_of_the_same(&monday[0]).iter().map(|eaten| eaten.name.as_str()).collect();
    assert_eq!(same, ["肉末豆腐"]);
    assert_eq!(trace.unlinked_dishes.iter().map(|eaten| eaten.name.as_str()).collect::<Vec<_>>(), ["牛奶"]);
    assert_eq!(trace.unlinked_lines([id(50), id(52)]), [id(52)]);
}

#[test]
fn a_device_reminds_of_a_retest_a_table_what_is_missing_and_a_sample_that_is_due() {
    let facts = MealFacts {
        id: meal_id(),
        date: today(),
        profile: profile_of(Some("main"), "午餐", false),
        planned: Some(at("2026-11-23T11:30:00")),
        waived: BTreeMap::new(),
        is_cancelled: false,
        is_accompanied: true,
        is_all_heard: false,
    };
    let times = OnTheWay { out: Some(moment(Server, 1, "2026-11-23T09:30:00")), ..OnTheWay::default() };
    let own = [(dish_id(meal_id(), "红烧肉"), DishFields { times, ..DishFields::default() })].into();
    let menu = [MenuDish { name: "红烧肉".into(), category: Some(Category::Hot), ..MenuDish::default() }];
    let dishes = dishes_of(meal_id(), &menu, &own);
    let (samples, readings) = ([sample(100, "红烧肉", "130")], [reading(200, "红烧肉", "65")]);
    let rows = CardRows { dishes: &dishes, samples: &samples, readings: &readings, ..CardRows::default() };
    let told = |now: &str, facts: &MealFacts<'_>| -> Vec<(&'static str, String)> {
        let now = moment(Server, 1, now);
        let card = card(facts, &rows, &limits(), &now);
        reminders(&card, &rows, limits().hold, &now).into_iter().map(|one| (one.code.code(), one.what)).collect()
    };
    let retest = ("retest", "红烧肉".to_owned());
    assert_eq!(told("2026-11-23T11:00:00", &facts), std::slice::from_ref(&retest));
    let near = [retest.clone(), ("to-table", "红烧肉".to_owned()), ("before-service", "4".to_owned())];
    assert_eq!(told("2026-11-23T11:16:00", &facts), near, "delivery, check, retest and who eats with the children");
    assert_eq!(told("2026-11-25T11:02:00", &facts), [retest, ("sample-due", "红烧肉".to_owned())]);
    // A dish that is on its way is waited for no longer once the meal was called off.
    let rows = CardRows { dishes: &dishes, ..CardRows::default() };
    let now = moment(Server, 1, "2026-11-23T11:16:00");
    let told = |is_cancelled| {
        let card = card(&MealFacts { is_cancelled, ..facts.clone() }, &rows, &limits(), &now);
        reminders(&card, &rows, limits().hold, &now).into_iter().map(|one| one.code.code()).collect::<Vec<_>>()
    };
    assert_eq!((told(false), told(true)), (vec!["to-table", "before-service"], vec![]));
}

fn measured(number: u128, dish_name: &str, celsius: &str, at: Moment) -> DishReading {
    DishReading { at, ..reading(number, dish_name, celsius) }
}

#[test]
fn one_number_typed_in_a_second_into_three_dishes_is_a_signal() {
    let moment_at = |ms: i64, state| {
        let start = moment(state, 1, "2026-11-23T10:52:00");
        let steady_ms = start.clock.steady_ms + u64::try_from(ms).expect("later");
        Moment { at: UtcMillis(start.at.0 + ms), clock: domain::checked_time::ClockStamp { steady_ms, ..start.clock } }
    };
    let rows = |gap: i64, celsius: [&str; 3]| -> Vec<DishReading> {
        let names = ["米饭", "红烧肉", "冬瓜汤"];
        (0..3).map(|at| measured(at as u128, names[at], celsius[at], moment_at(gap * at as i64, Nobody))).collect()
    };
    assert_eq!(typed_alike(&rows(400, ["74.2", "74.20", "74.2"])), [BTreeSet::from([id(0), id(1), id(2)])]);
    assert!(typed_alike(&rows(600, ["74.2", "74.2", "74.2"])).is_empty(), "1.2 seconds");
    assert!(typed_alike(&rows(100, ["74.2", "74.3", "74.2"])).is_empty());
    let mut void = rows(100, ["74.2", "74.2", "74.2"]);
    void[1].is_void = true;
    assert!(typed_alike(&void).is_empty());
}

proptest! {
    #[test]
    fn a_dish_and_its_line_name_each_other(links in prop::collection::vec((0u128..5, 0u128..5), 0..12)) {
        let all: Vec<(Uuid, Vec<Dish>)> = (0..5u128)
            .map(|number| {
                let lines: Vec<u128> = links.iter().filter(|(dish, _)| *dish == number).map(|(_, line)| 50 + line).collect();
                (id(number + 1), dish(id(number + 1), "菜", &lines))
            })
            .collect();
        let meals: Vec<TracedMeal<'_>> = all
            .iter()
            .map(|(meal, dishes)| TracedMeal { id: *meal, date: today(), meal_type: "午餐", dishes, issues: &[] })
            .collect();
        let trace = Trace::of(&meals);
        for (meal, dishes) in &all {
            for line in 0..5u128 {
                let is_of_line = trace.dishes_of(id(50 + line)).iter().any(|eaten| eaten.meal == *meal);
                prop_assert_eq!(is_of_line, dishes[0].lines.contains(&id(50 + line)));
            }
        }
    }
}
