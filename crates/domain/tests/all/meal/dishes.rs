//! Dishes and what is measured of them: identity, strikes, samples, core temperatures, the way to the table.

use std::collections::{BTreeMap, BTreeSet};

use domain::checked_time::ClockState::{None as Nobody, Person, Server};
use domain::id::dish_id;
use domain::meal::{
    Category, CoreState, DishFields, DishReading, HoldLimits, Issue, Lasted, MenuDish, OnTheWay, ReadingOf, Sample,
    StageCode, Struck, Waiting, core_dishes, dish_called, dishes_of, has_sample, is_late, lasted, leaves_too_much,
    same_names, waiting,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{day, id, moment, number};

const MEAL: u128 = 10;

fn meal() -> Uuid {
    id(MEAL)
}

fn planned(name: &str, category: Category) -> MenuDish {
    MenuDish { name: name.into(), category: Some(category), ..MenuDish::default() }
}

fn lunch() -> Vec<MenuDish> {
    vec![planned("米饭", Category::Staple), planned("红烧肉", Category::Hot), planned("冬瓜汤", Category::Soup)]
}

fn own(name: &str, fields: DishFields) -> BTreeMap<Uuid, DishFields> {
    [(dish_id(meal(), name), fields)].into()
}

fn named(name: &str) -> DishFields {
    DishFields { name: Some(name.into()), ..DishFields::default() }
}

fn struck() -> Option<Struck> {
    Some(Struck { by: Some(id(1)), reason: "没买到".into(), replaces: None })
}

fn reading(number: u128, dish_name: &str, celsius: &str, retest_of: &[u128]) -> DishReading {
    DishReading {
        id: id(number),
        dish: None,
        dish_name: dish_name.into(),
        batch: None,
        what: ReadingOf::Core,
        celsius: super::number(celsius),
        retest_of: retest_of.iter().map(|number| id(*number)).collect(),
        at: moment(Server, 1, "2026-11-23T10:52:00"),
        is_void: false,
    }
}

fn sample(dish: Option<Uuid>, dish_name: &str, grams: &str) -> Sample {
    Sample {
        id: id(100),
        meal: meal(),
        date: day("2026-11-23"),
        dish,
        dish_name: dish_name.into(),
        fridge: None,
        box_no: String::new(),
        grams: Some(number(grams)),
        min_g: number("125"),
        keep_h: 48,
        taken: moment(Server, 1, "2026-11-23T11:02:00"),
        is_void: false,
    }
}

fn names(dishes: &[domain::meal::Dish]) -> Vec<&str> {
    dishes.iter().map(|dish| dish.name.as_str()).collect()
}

#[test]
fn two_cooks_who_type_one_name_make_one_dish() {
    assert_eq!(dish_id(meal(), " 冬瓜汤"), dish_id(meal(), "冬瓜汤"));
    assert_eq!(dish_id(meal(), "ＡＢ饭"), dish_id(meal(), "AB饭"));
    assert_ne!(dish_id(meal(), "冬瓜汤"), dish_id(id(11), "冬瓜汤"));
    let dishes = dishes_of(meal(), &lunch(), &own("冬瓜汤", named("冬瓜汤")));
    assert_eq!(names(&dishes), ["米饭", "红烧肉", "冬瓜汤"], "typed before the week's menu arrived");
    assert!(dishes.iter().all(|dish| dish.is_planned));
}

#[test]
fn a_new_name_changes_the_name_alone() {
    let dishes = dishes_of(meal(), &lunch(), &own("冬瓜汤", named("冬瓜排骨汤")));
    let soup = dish_called(&dishes, None, "冬瓜汤").expect("by its old name");
    assert_eq!((soup.name.as_str(), soup.id), ("冬瓜排骨汤", dish_id(meal(), "冬瓜汤")));
    assert!(has_sample(&dishes, soup, &[sample(None, "冬瓜汤", "130")]), "its sample is its own after the new name");
    let added = dishes_of(meal(), &[], &own("炒面", named("炒饭")));
    assert!(dish_called(&added, None, "炒面").is_some(), "by the name at birth, which stands in its id alone");
}

#[test]
fn a_struck_dish_is_asked_for_no_longer_and_keeps_its_rows() {
    let fields = DishFields { struck: struck(), ..DishFields::default() };
    let dishes = dishes_of(meal(), &lunch(), &own("红烧肉", fields));
    let pork = dish_called(&dishes, None, "红烧肉").expect("still listed");
    assert!(!pork.is_asked());
    assert_eq!(core_dishes(&dishes, &[], number("70")).len(), 2);
    let measured = core_dishes(&dishes, &[reading(1, "红烧肉", "65", &[])], number("70"));
    assert_eq!(measured.len(), 3, "its reading stays");
}

#[test]
fn two_of_one_name_are_offered_to_be_one_and_then_are() {
    let mut fields = own("冬瓜汤", named("冬瓜汤"));
    fields.insert(dish_id(meal(), "瓜汤"), named("冬瓜汤"));
    let pairs = same_names(&dishes_of(meal(), &lunch(), &fields));
    assert_eq!(pairs, [(dish_id(meal(), "冬瓜汤"), dish_id(meal(), "瓜汤"))]);
    let one = DishFields { same_as: Some(dish_id(meal(), "冬瓜汤")), ..named("冬瓜汤") };
    fields.insert(dish_id(meal(), "瓜汤"), one);
    let dishes = dishes_of(meal(), &lunch(), &fields);
    assert_eq!(dishes.len(), 3);
    let soup = dish_called(&dishes, Some(dish_id(meal(), "瓜汤")), "").expect("the one that it is one with");
    assert!(soup.id == dish_id(meal(), "冬瓜汤") && has_sample(&dishes, soup, &[sample(None, "瓜汤", "125")]));
}

#[test]
fn a_dish_has_its_sample_when_one_box_holds_enough_and_boxes_are_never_added_up() {
    let dishes = dishes_of(meal(), &lunch(), &BTreeMap::new());
    let soup = &dishes[2];
    assert!(!has_sample(&dishes, soup, &[sample(None, "冬瓜汤", "90"), sample(None, "冬瓜汤", "60")]));
    assert!(has_sample(&dishes, soup, &[sample(Some(soup.id), "", "125")]));
    let void = Sample { is_void: true, ..sample(None, "冬瓜汤", "130") };
    assert!(!has_sample(&dishes, soup, &[void]));
    assert!(dish_called(&dishes, None, "炒面").is_none(), "菜单外留样");
}

#[test]
fn a_dish_fails_until_a_passing_reading_names_the_failing_one() {
    let dishes = dishes_of(meal(), &lunch(), &BTreeMap::new());
    let says = |readings: &[DishReading]| {
        let all = core_dishes(&dishes, readings, number("70"));
        all.into_iter().find(|(dish, _)| dish.name == "红烧肉").expect("the pork").1
    };
    assert_eq!(says(&[]).state, CoreState::Unmeasured);
    let first = reading(1, "红烧肉", "65", &[]);
    assert_eq!(says(&[first.clone(), reading(2, "红烧肉", "74", &[])]).state, CoreState::Failing, "two pots");
    let mended = says(&[first.clone(), reading(2, "红烧肉", "70", &[1])]);
    assert_eq!((mended.state, mended.mended), (CoreState::Passed, BTreeSet::from([id(1)])));
    let still = says(&[first.clone(), reading(2, "红烧肉", "68", &[1])]);
    assert_eq!(still.failing, BTreeSet::from([id(1), id(2)]), "a retest that fails puts nothing right");
    let chain = [first.clone(), reading(2, "红烧肉", "68", &[1]), reading(3, "红烧肉", "72", &[2])];
    assert_eq!(says(&chain).state, CoreState::Passed, "the last one measured what both had measured");
    let void = DishReading { is_void: true, ..reading(3, "红烧肉", "72", &[1]) };
    assert_eq!(says(&[first, void]).state, CoreState::Failing);
}

fn limits() -> HoldLimits {
    HoldLimits { max_min: 120, hot_c: number("60"), cold_c: number("8") }
}

#[test]
fn what_no_clock_can_tell_has_not_passed() {
    let times = |boot| OnTheWay {
        out: Some(moment(Nobody, 1, "2026-11-23T10:52:00")),
        table: Some(moment(Nobody, boot, "2026-11-23T11:30:00")),
        typed_min: None,
    };
    let now = moment(Nobody, 1, "2026-11-23T11:40:00");
    assert_eq!(waiting(times(1), &[], limits(), &now), Waiting::InTime { is_typed: false });
    assert_eq!(waiting(times(2), &[], limits(), &now), Waiting::Unknown);
    assert_eq!(waiting(times(2), &[number("64")], limits(), &now), Waiting::Kept);
    let typed = OnTheWay { typed_min: Some(38), ..times(2) };
    assert_eq!(waiting(typed, &[], limits(), &now), Waiting::InTime { is_typed: true });
    let running = OnTheWay { table: None, ..times(1) };
    assert_eq!(waiting(running, &[], limits(), &now), Waiting::Running { left_ms: 72 * 60_000 });
    assert_eq!(waiting(OnTheWay::default(), &[], limits(), &now), Waiting::NotYet);
}

#[test]
fn from_the_pot_to_the_table_the_longest_time_that_can_have_gone_by_counts() {
    let table = moment(Server, 2, "2026-11-23T11:55:00");
    let vouched =
        |state| OnTheWay { out: Some(moment(state, 1, "2026-11-23T10:00:00")), table: Some(table), typed_min: None };
    assert_eq!(waiting(vouched(Server), &[], limits(), &table), Waiting::InTime { is_typed: false });
    let says = waiting(vouched(Person), &[], limits(), &table);
    assert_eq!(says, Waiting::TooLong { is_typed: false }, "115 minutes may have been 125");
}

#[test]
fn what_is_left_is_a_rate_of_one_unit_and_too_much_on_three_served_days_alone() {
    let portions = || Some("份".to_owned());
    let given = |unit| Issue {
        issued: Some(number("28")),
        issued_unit: portions(),
        leftover: Some(number("7")),
        leftover_unit: unit,
        ..Issue::default()
    };
    assert_eq!(given(portions()).leftover_percent(), Some(number("25")));
    assert_eq!(given(Some("千克".into())).leftover_percent(), None);
    let days = ["2026-11-20", "2026-11-23", "2026-11-24"].map(|of| (day(of), Some(number("12"))));
    assert!(leaves_too_much(&days, number("10"), 3));
    assert!(!leaves_too_much(&days[1..], number("10"), 3), "two days are no three");
}

#[test]
fn a_disposal_is_never_late() {
    let (taken, gone) = (moment(Server, 1, "2026-11-23T11:00:00"), moment(Server, 1, "2026-11-25T11:30:00"));
    assert!(!is_late(StageCode::Dispose, true, &taken, &gone));
    assert!(is_late(StageCode::Sample, false, &taken, &gone) && is_late(StageCode::Sample, true, &taken, &taken));
}

#[test]
fn a_disinfection_counts_by_its_shortest_time() {
    use domain::checked_time::Span;
    let time = |min: i64, max: i64| Some(Span { min: min * 60_000, max: max * 60_000 });
    assert_eq!(lasted(time(10, 10), number("10")), Lasted::Enough);
    assert_eq!(lasted(time(5, 25), number("10")), Lasted::Short);
    assert_eq!(lasted(None, number("10")), Lasted::Unknown);
}

proptest! {
    #[test]
    fn dishes_that_point_at_each_other_are_one_whatever_the_way(links in prop::collection::vec(prop::option::of(0usize..6), 6)) {
        let called: Vec<String> = (0..6).map(|number| format!("菜{number}")).collect();
        let ids: Vec<Uuid> = called.iter().map(|name| dish_id(meal(), name)).collect();
        let fields: BTreeMap<Uuid, DishFields> = (0..6)
            .map(|number| (ids[number], DishFields { same_as: links[number].map(|to| ids[to]), ..named(&called[number]) }))
            .collect();
        let dishes = dishes_of(meal(), &[], &fields);
        let all: Vec<Uuid> = dishes.iter().flat_map(|dish| dish.ids.iter().copied()).collect();
        prop_assert_eq!(all.len(), 6, "each belongs to one dish");
        prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 6);
        for (number, link) in links.iter().enumerate() {
            let Some(to) = link else { continue };
            let of = |id: Uuid| dish_called(&dishes, Some(id), "").map(|dish| dish.id);
            prop_assert_eq!(of(ids[number]), of(ids[*to]));
        }
    }

    #[test]
    fn a_further_passing_reading_never_makes_a_dish_fail(
        celsius in prop::collection::vec(60i64..80, 1..6), retests in prop::collection::vec(0u128..6, 6),
    ) {
        let rows: Vec<DishReading> = celsius
            .iter()
            .enumerate()
            .map(|(number, celsius)| reading(number as u128, "红烧肉", &celsius.to_string(), &[retests[number]]))
            .collect();
        let before = domain::meal::core_of(&rows, number("70"));
        let more = reading(9, "红烧肉", "75", &[retests[5]]);
        let after = domain::meal::core_of(rows.iter().chain([&more]), number("70"));
        prop_assert!(after.failing.is_subset(&before.failing));
        let all: BTreeSet<Uuid> = before.failing.union(&before.mended).copied().collect();
        let failed: BTreeSet<Uuid> = rows.iter().filter(|row| row.celsius < number("70")).map(|row| row.id).collect();
        prop_assert_eq!(all, failed, "both stay on record");
    }
}
