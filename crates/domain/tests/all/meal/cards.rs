//! The card: its stages, what is missing before service, and what was only not heard of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::checked_time::ClockState::{None as Nobody, Server};
use domain::checked_time::Moment;
use domain::id::{core_finding_id, dish_id, finding_id, unfit_finding_id};
use domain::meal::{
    Attendance, Card, CardRows, Category, CoreRule, Decision, Dish, DishReading, Disinfection, Disposal,
    DisposalReason, Issue, MealFacts, MealLimits, MenuDish, MissingCode, MorningCheck, ProblemCode, ReadingOf, Sample,
    Session, StageCode, StageState, Who, card, dishes_of, profile_of, profiles,
};
use domain::setting::Settings;
use proptest::prelude::*;
use uuid::Uuid;

use super::{at, day, id, moment, number};

const NAMES: [&str; 4] = ["米饭", "红烧肉", "清炒菜心", "冬瓜汤"];

pub(super) fn meal_id() -> Uuid {
    id(10)
}

pub(super) fn today() -> NaiveDate {
    day("2026-11-23")
}

fn facts(profile: &str) -> MealFacts<'static> {
    MealFacts {
        id: meal_id(),
        date: today(),
        profile: profile_of(Some(profile), "午餐", false),
        planned: Some(at("2026-11-23T11:30:00")),
        waived: BTreeMap::new(),
        is_cancelled: false,
        is_accompanied: true,
        is_all_heard: false,
    }
}

pub(super) fn limits() -> MealLimits {
    MealLimits::of(&Settings::default(), CoreRule::All)
}

fn lunch() -> Vec<Dish> {
    let categories = [Category::Staple, Category::Hot, Category::Hot, Category::Soup];
    let menu: Vec<MenuDish> = NAMES
        .iter()
        .zip(categories)
        .map(|(name, category)| MenuDish { name: (*name).into(), category: Some(category), ..MenuDish::default() })
        .collect();
    dishes_of(meal_id(), &menu, &BTreeMap::new())
}

pub(super) fn sample(number: u128, dish_name: &str, grams: &str) -> Sample {
    Sample {
        id: id(number),
        meal: meal_id(),
        date: today(),
        dish: None,
        dish_name: dish_name.into(),
        fridge: Some(id(20)),
        box_no: format!("A-{number}"),
        grams: Some(super::number(grams)),
        min_g: super::number("125"),
        keep_h: 48,
        taken: moment(Server, 1, "2026-11-23T11:02:00"),
        is_void: false,
    }
}

pub(super) fn reading(number: u128, dish_name: &str, celsius: &str) -> DishReading {
    DishReading {
        id: id(number),
        dish: None,
        dish_name: dish_name.into(),
        batch: None,
        what: ReadingOf::Core,
        celsius: super::number(celsius),
        retest_of: BTreeSet::new(),
        at: moment(Server, 1, "2026-11-23T10:52:00"),
        is_void: false,
    }
}

fn check(number: u128, person: u128, celsius: &str) -> MorningCheck {
    MorningCheck {
        id: id(number),
        who: Who::Person(id(person)),
        date: today(),
        session: Session::Morning,
        attendance: Attendance::Here,
        celsius: Some(super::number(celsius)),
        has_symptom: false,
        is_tidy: true,
        decision: Some(Decision::Works),
        is_void: false,
    }
}

/// The kitchen at 11:12: everything is done but the sample of the soup, and nobody has come to eat with the children.
struct Kitchen {
    facts: MealFacts<'static>,
    dishes: Vec<Dish>,
    samples: Vec<Sample>,
    readings: Vec<DishReading>,
    checks: Vec<MorningCheck>,
    issues: Vec<Issue>,
    disinfections: Vec<Disinfection>,
    disposals: Vec<Disposal>,
    accompanied: Vec<Uuid>,
    classes: Vec<Uuid>,
}

impl Kitchen {
    fn at_lunch() -> Self {
        let mut facts = facts("main");
        facts.waived.insert(StageCode::Delivery, "今日无收货".into());
        Self {
            facts,
            dishes: lunch(),
            samples: (0..3).map(|at| sample(100 + at, NAMES[at as usize], "130")).collect(),
            readings: (0..4).map(|at| reading(200 + at, NAMES[at as usize], "74.2")).collect(),
            checks: vec![check(300, 1, "36.5"), check(301, 2, "36.6")],
            issues: Vec::new(),
            disinfections: Vec::new(),
            disposals: Vec::new(),
            accompanied: Vec::new(),
            classes: vec![id(41), id(42)],
        }
    }

    fn card(&self, now: &Moment) -> Card {
        let kitchen = [Who::Person(id(1)), Who::Person(id(2))];
        let rows = CardRows {
            dishes: &self.dishes,
            samples: &self.samples,
            readings: &self.readings,
            kitchen: &kitchen,
            sessions: &[Session::Morning],
            checks: &self.checks,
            issues: &self.issues,
            disinfections: &self.disinfections,
            disposals: &self.disposals,
            accompanied: &self.accompanied,
            classes: &self.classes,
            ..CardRows::default()
        };
        card(&self.facts, &rows, &limits(), now)
    }
}

fn before() -> Moment {
    moment(Server, 1, "2026-11-23T11:12:00")
}

fn states(card: &Card) -> Vec<(&'static str, &'static str)> {
    card.stages.iter().map(|stage| (stage.stage.code(), stage.state.code())).collect()
}

fn state_of(card: &Card, stage: StageCode) -> StageState {
    card.stages.iter().find(|known| known.stage == stage).expect("a stage of the profile").state
}

fn codes(card: &Card) -> Vec<&'static str> {
    card.problems.iter().map(|problem| problem.code.code()).collect()
}

#[test]
fn a_lunch_lacks_two_things_18_minutes_before_service() {
    let card = Kitchen::at_lunch().card(&before());
    assert_eq!(card.minutes_left, Some(18));
    let missing: Vec<(&str, &str, bool)> =
        card.before_service.iter().map(|missing| (missing.code.code(), missing.what.as_str(), missing.heard)).collect();
    assert_eq!(missing, [("sample", "冬瓜汤", false), ("accompany", "", false)], "本机未见: others may have them");
    let expected = [
        ("menu", "done"),
        ("delivery", "not_needed"),
        ("check", "done"),
        ("cook", "done"),
        ("sample", "now"),
        ("accompany", "open"),
        ("issue", "open"),
        ("leftover", "later"),
        ("disinfect", "later"),
        ("dispose", "later"),
    ];
    assert_eq!(states(&card), expected);
    assert_eq!(card.clocks.len(), 3);
    assert!(card.problems.is_empty(), "{:?}", card.problems);
}

#[test]
fn a_gap_is_certain_only_when_every_device_was_heard_from() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.facts.is_all_heard = true;
    assert!(kitchen.card(&before()).before_service.iter().all(|missing| missing.heard));
    let mut light = Kitchen::at_lunch();
    light.samples.push(sample(103, "冬瓜汤", "90"));
    let missing = &light.card(&before()).before_service[0];
    assert_eq!((missing.code, missing.heard), (MissingCode::SampleGrams, true), "what is there was heard of");
}

#[test]
fn a_whole_lunch_is_done_from_the_menu_to_the_disposed_sample() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.samples.push(sample(103, "冬瓜汤", "131"));
    kitchen.accompanied.push(id(7));
    let given = |number: u128, class: u128| Issue {
        id: id(number),
        class: Some(id(class)),
        issued: Some(super::number("28")),
        leftover: Some(super::number("1")),
        ..Issue::default()
    };
    kitchen.issues = vec![given(400, 41), given(401, 42)];
    kitchen.disinfections.push(Disinfection {
        id: id(500),
        started: moment(Server, 1, "2026-11-23T13:20:00"),
        ended: Some(moment(Server, 1, "2026-11-23T13:35:00")),
        min_minutes: Some(number("10")),
        fails: Vec::new(),
        is_void: false,
    });
    let evening = kitchen.card(&moment(Server, 1, "2026-11-23T18:00:00"));
    assert_eq!(states(&evening).last(), Some(&("dispose", "later")));
    assert!(evening.stages[..9].iter().all(|stage| matches!(stage.state, StageState::Done | StageState::NotNeeded)));
    let ready = moment(Server, 1, "2026-11-25T11:02:00");
    assert_eq!(state_of(&kitchen.card(&ready), StageCode::Dispose), StageState::Now);
    kitchen.disposals = kitchen
        .samples
        .iter()
        .map(|sample| Disposal {
            id: Uuid::new_v5(&sample.id, b"gone"),
            sample: sample.id,
            at: ready,
            reason: DisposalReason::Due,
            receiver: None,
            has_receipt: false,
            age: None,
            after: BTreeSet::new(),
            is_void: false,
        })
        .collect();
    let card = kitchen.card(&ready);
    assert_eq!(state_of(&card, StageCode::Dispose), StageState::Done);
    assert!(card.problems.is_empty() && card.before_service.is_empty());
}

#[test]
fn a_row_beats_who_said_that_its_stage_is_not_needed_and_some_cannot_be_waived() {
    let mut kitchen = Kitchen::at_lunch();
    for stage in [StageCode::Sample, StageCode::Cook, StageCode::Accompany, StageCode::Leftover] {
        kitchen.facts.waived.insert(stage, "不需要".into());
    }
    let card = kitchen.card(&before());
    assert_eq!(state_of(&card, StageCode::Sample), StageState::Now);
    assert_eq!(state_of(&card, StageCode::Cook), StageState::Done);
    assert_eq!(state_of(&card, StageCode::Accompany), StageState::Open);
    assert_eq!(state_of(&card, StageCode::Leftover), StageState::NotNeeded);
    kitchen.issues.push(Issue { class: Some(id(41)), leftover: Some(number("2")), ..Issue::default() });
    let card = kitchen.card(&before());
    assert_eq!(state_of(&card, StageCode::Leftover), StageState::Open);
    assert_eq!(codes(&card), ["waived-but-done"], "shown");
}

#[test]
fn a_dish_under_70_is_missing_before_service_and_makes_one_finding() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.readings[1].celsius = number("65");
    let card = kitchen.card(&before());
    assert_eq!(card.before_service[0].code, MissingCode::CoreFailing);
    let pork = dish_id(meal_id(), "红烧肉");
    let found: Vec<_> = card.problems.iter().map(|problem| (problem.code, problem.finding)).collect();
    assert_eq!(found, [(ProblemCode::Core, Some(core_finding_id(meal_id(), pork)))]);
    let retest = DishReading { retest_of: [id(201)].into(), ..reading(210, "红烧肉", "72") };
    kitchen.readings.push(retest);
    assert!(kitchen.card(&before()).problems.is_empty());
}

#[test]
fn a_school_that_measures_two_dishes_lacks_so_many() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.readings.truncate(1);
    let dishes = lunch();
    let rows = CardRows { dishes: &dishes, readings: &kitchen.readings, ..CardRows::default() };
    let two = MealLimits::of(&Settings::default(), CoreRule::AtLeast(2));
    let card = card(&kitchen.facts, &rows, &two, &before());
    let cook = card.stages.iter().find(|stage| stage.stage == StageCode::Cook).expect("the stage");
    let missing: Vec<_> = cook.missing.iter().map(|missing| (missing.code, missing.what.as_str())).collect();
    assert_eq!(missing, [(MissingCode::MoreCores, "1")]);
}

#[test]
fn somebody_with_a_fever_is_out_and_is_not_missing() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.checks[0] = check(300, 1, "37.9");
    let card = kitchen.card(&before());
    assert_eq!(state_of(&card, StageCode::Check), StageState::Done);
    let found: Vec<_> = card.problems.iter().map(|problem| (problem.code, problem.about, problem.finding)).collect();
    let id_of = unfit_finding_id(id(1), today());
    assert_eq!(found, [(ProblemCode::Unfit, Some(id(1)), Some(id_of))]);
    assert!(card.problems.iter().all(|problem| problem.what.is_empty()), "no name and no number");
    kitchen.checks.remove(0);
    let missing = kitchen.card(&before()).before_service;
    assert_eq!((missing[0].code, missing[0].about), (MissingCode::Check, Some(id(1))));
}

#[test]
fn who_was_found_ill_on_another_day_and_keeps_out_does_as_they_should() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.checks[0] = MorningCheck { date: day("2026-11-20"), ..check(300, 1, "37.9") };
    let problems = |kitchen: &Kitchen| -> Vec<ProblemCode> {
        kitchen.card(&before()).problems.iter().map(|problem| problem.code).collect()
    };
    assert_eq!(problems(&kitchen), []);
    kitchen.checks.push(MorningCheck { attendance: Attendance::Away, ..check(302, 1, "36.5") });
    assert_eq!(problems(&kitchen), [], "who stayed at home is no problem");
    kitchen.checks.push(check(303, 1, "36.5"));
    assert_eq!(problems(&kitchen), [ProblemCode::Unfit], "who came all the same is one");
}

#[test]
fn a_card_without_dishes_asks_for_its_menu_and_calls_nothing_done_that_depends_on_it() {
    let card = card(&facts("main"), &CardRows::default(), &limits(), &before());
    assert_eq!(states(&card)[0], ("menu", "now"));
    for stage in [StageCode::Cook, StageCode::Sample, StageCode::Dispose] {
        assert_eq!(state_of(&card, stage), StageState::Later, "{stage:?}");
    }
}

#[test]
fn a_dish_that_waits_after_it_was_struck_is_waited_for_no_longer() {
    use domain::meal::{DishFields, OnTheWay, Struck};
    let problems = |struck: Option<Struck>| {
        let times = OnTheWay { out: Some(moment(Server, 1, "2026-11-23T08:00:00")), ..OnTheWay::default() };
        let own = [(
            dish_id(meal_id(), "红烧肉"),
            DishFields { name: Some("红烧肉".into()), times, struck, ..DishFields::default() },
        )];
        let dishes = dishes_of(meal_id(), &[], &own.into());
        let rows = CardRows { dishes: &dishes, ..CardRows::default() };
        codes(&card(&facts("main"), &rows, &limits(), &before()))
    };
    assert_eq!(problems(None), ["time-unknown"], "192 minutes, and nobody said that it is on the table");
    assert!(problems(Some(Struck { by: None, reason: "换菜".into(), replaces: None })).is_empty());
}

#[test]
fn packaged_milk_asks_for_neither_a_sample_nor_a_core_temperature() {
    let menu = [MenuDish { name: "牛奶".into(), category: Some(Category::Packaged), ..MenuDish::default() }];
    let dishes = dishes_of(meal_id(), &menu, &BTreeMap::new());
    let rows = CardRows { dishes: &dishes, ..CardRows::default() };
    let facts = MealFacts { profile: profile_of(Some("packaged"), "早点", false), ..facts("packaged") };
    let card = card(&facts, &rows, &limits(), &before());
    assert_eq!(state_of(&card, StageCode::Sample), StageState::NotNeeded);
    assert_eq!(state_of(&card, StageCode::Dispose), StageState::NotNeeded);
    assert!(card.stages.iter().all(|stage| !matches!(stage.stage, StageCode::Cook | StageCode::Accompany)));
    assert_eq!(state_of(&card, StageCode::Issue), StageState::NotNeeded, "there are no classes");
}

#[test]
fn a_cancelled_meal_that_was_cooked_counts_as_served() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.facts.is_cancelled = true;
    let cooked = kitchen.card(&before());
    assert!(cooked.is_served);
    assert_eq!(codes(&cooked), ["cancelled-but-served"]);
    kitchen.samples.clear();
    kitchen.readings.clear();
    let card = kitchen.card(&before());
    assert!(!card.is_served && card.problems.is_empty());
    assert_eq!(state_of(&card, StageCode::Sample), StageState::NotNeeded);
    assert!(card.before_service.is_empty(), "nobody is asked for a meal that there is not");
}

#[test]
fn where_nobody_knows_the_time_nothing_counts_to_service() {
    let card = Kitchen::at_lunch().card(&moment(Nobody, 1, "2016-01-01T08:00:00"));
    assert_eq!(card.minutes_left, None);
    assert_eq!(state_of(&card, StageCode::Leftover), StageState::Later, "the samples come first");
}

#[test]
fn tableware_that_was_disinfected_before_the_meal_is_not_that_of_the_meal() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.disinfections.push(Disinfection {
        id: id(500),
        started: moment(Server, 1, "2026-11-23T08:20:00"),
        ended: Some(moment(Server, 1, "2026-11-23T08:25:00")),
        min_minutes: Some(number("10")),
        fails: vec!["temp_c".into()],
        is_void: false,
    });
    let card = kitchen.card(&moment(Server, 1, "2026-11-23T13:00:00"));
    assert_eq!(state_of(&card, StageCode::Disinfect), StageState::Open);
    let found: Vec<_> = card.problems.iter().map(|problem| (problem.code.code(), problem.finding)).collect();
    let id_of = |field| Some(finding_id(id(500), field));
    assert_eq!(found, [("disinfect-fails", id_of("temp_c")), ("disinfect-short", id_of("minutes"))]);
}

#[test]
fn a_sample_of_no_dish_is_told_and_so_is_a_box_of_another_meal() {
    let mut kitchen = Kitchen::at_lunch();
    kitchen.samples.push(sample(110, "炒面", "130"));
    assert_eq!(codes(&kitchen.card(&before())), ["off-menu"]);
    let yesterday = Sample { meal: id(11), box_no: "a100".into(), ..sample(120, "米饭", "130") };
    let rows = CardRows {
        dishes: &kitchen.dishes,
        samples: &kitchen.samples[..1],
        other_samples: std::slice::from_ref(&yesterday),
        ..CardRows::default()
    };
    let card = card(&kitchen.facts, &rows, &limits(), &before());
    assert!(
        card.problems.iter().any(|problem| problem.code == ProblemCode::BoxTwice && problem.about == Some(id(100)))
    );
}

#[test]
fn each_profile_has_its_stages() {
    let stages = |code: &str| -> Vec<&str> {
        let profile = profiles().iter().find(|profile| profile.code == code).expect("a profile");
        profile.stages.iter().map(|stage| stage.stage.code()).collect()
    };
    assert_eq!(stages("main").len(), 10);
    assert!(!stages("snack").contains(&"accompany") && stages("snack").contains(&"cook"));
    assert!(!stages("packaged").contains(&"cook"));
    assert!(stages("ordered").contains(&"arrival") && !stages("ordered").contains(&"delivery"));
    for profile in profiles() {
        let kept = [StageCode::Cook, StageCode::Sample, StageCode::Accompany];
        assert!(profile.stages.iter().filter(|stage| kept.contains(&stage.stage)).all(|stage| !stage.may_waive));
        assert!(profile.stages.iter().all(|stage| stage.name_en.is_ascii() && !stage.name.is_empty()));
    }
}

proptest! {
    #[test]
    fn the_order_of_the_rows_changes_no_card(order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(), celsius in prop::collection::vec(60i64..80, 4)) {
        let mut kitchen = Kitchen::at_lunch();
        kitchen.samples.push(sample(103, "冬瓜汤", "100"));
        for (row, celsius) in kitchen.readings.iter_mut().zip(&celsius) {
            row.celsius = (*celsius).into();
        }
        let sorted = kitchen.card(&before());
        kitchen.samples = order.iter().map(|at| kitchen.samples[*at].clone()).collect();
        kitchen.readings = order.iter().map(|at| kitchen.readings[*at].clone()).collect();
        prop_assert_eq!(kitchen.card(&before()), sorted);
    }

    #[test]
    fn a_further_row_never_makes_more_missing(grams in 100i64..150, celsius in 70i64..80, dish in 0usize..4) {
        let mut kitchen = Kitchen::at_lunch();
        kitchen.samples.truncate(1);
        let before_rows = kitchen.card(&before()).before_service.len();
        kitchen.samples.push(sample(150, NAMES[dish], &grams.to_string()));
        kitchen.readings.push(reading(250, NAMES[dish], &celsius.to_string()));
        prop_assert!(kitchen.card(&before()).before_service.len() <= before_rows);
    }
}
