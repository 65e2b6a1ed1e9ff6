//! A kindergarten's week: breakfast, lunch and a packaged snack on five days, with what goes wrong in one, and 日管控 of each day
//! against one worked out by hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::checked_time::ClockState::Server;
use domain::checked_time::Moment;
use domain::id::{dish_id, meal_id};
use domain::meal::{
    Attendance, Card, CardRows, Category, DailyAnswer, DailyLimits, DailySays, DailyState, Decision, Delivery,
    DeliveryLine, Dish, DishFields, DishReading, Disinfection, Disposal, DisposalReason, Issue, LedgerDay, LedgerMeal,
    LineDecision, MealFacts, MenuDish, MorningCheck, OnTheWay, ReadingOf, Sample, Session, Storage, Who, card,
    daily_lines, daily_report, dishes_of, profile_of,
};
use domain::time::UtcMillis;
use uuid::Uuid;

use super::cards::limits;
use super::{day, id, moment, number};

const MINUTE: i64 = 60_000;
/// Type, profile, when it is on the table, and its dishes.
type Course = (&'static str, &'static str, &'static str, &'static [(&'static str, Category)]);

const MEALS: [Course; 3] = [
    ("早餐", "main", "08:00", &[("馒头", Category::Staple), ("小米粥", Category::Staple)]),
    ("午餐", "main", "11:30", &[("米饭", Category::Staple), ("红烧肉", Category::Hot), ("冬瓜汤", Category::Soup)]),
    ("午点", "packaged", "15:00", &[("牛奶", Category::Packaged)]),
];
const CLASSES: [u128; 2] = [41, 42];

/// One meal with all its rows.
#[derive(Clone)]
struct Meal {
    meal_type: &'static str,
    facts: MealFacts<'static>,
    dishes: Vec<Dish>,
    samples: Vec<Sample>,
    readings: Vec<DishReading>,
    issues: Vec<Issue>,
    accompanied: Vec<Uuid>,
}

/// One day of the kitchen.
struct WeekDay {
    date: NaiveDate,
    meals: Vec<Meal>,
    checks: Vec<MorningCheck>,
    deliveries: Vec<Delivery>,
    disinfections: Vec<Disinfection>,
    answers: Vec<DailyAnswer>,
}

/// An id that follows from the day, so no two rows of the week share one.
fn row(date: NaiveDate, name: &str) -> Uuid {
    Uuid::new_v5(&id(999), format!("{date}/{name}").as_bytes())
}

fn on(date: NaiveDate, time: &str) -> Moment {
    moment(Server, 1, &format!("{date}T{time}:00"))
}

fn later(moment: Moment, minutes: i64) -> Moment {
    let steady_ms = moment.clock.steady_ms + u64::try_from(minutes * MINUTE).expect("later");
    let clock = domain::checked_time::ClockStamp { steady_ms, ..moment.clock };
    Moment { at: UtcMillis(moment.at.0 + minutes * MINUTE), clock }
}

fn meal(date: NaiveDate, (meal_type, profile, time, dishes): (&'static str, &str, &str, &[(&str, Category)])) -> Meal {
    let meal = meal_id(id(1), date, meal_type);
    let planned = on(date, time);
    let before = |minutes: i64| Moment { at: UtcMillis(planned.at.0 - minutes * MINUTE), ..planned };
    let times = OnTheWay { out: Some(before(40)), table: Some(planned), typed_min: None };
    let menu: Vec<MenuDish> = dishes
        .iter()
        .map(|(name, category)| MenuDish { name: (*name).into(), category: Some(*category), ..MenuDish::default() })
        .collect();
    let fields = |name: &str| DishFields { times, lines: [row(date, "pork")].into(), ..named(name) };
    let own: BTreeMap<Uuid, DishFields> = dishes.iter().map(|(name, _)| (dish_id(meal, name), fields(name))).collect();
    let dishes = dishes_of(meal, &menu, &own);
    let sample = |dish: &Dish| Sample {
        id: row(date, &format!("{meal_type}/sample/{}", dish.name)),
        meal,
        date,
        dish: Some(dish.id),
        dish_name: dish.name.clone(),
        fridge: Some(id(20)),
        box_no: format!("{meal_type}-{}", dish.name),
        grams: Some(number("130")),
        min_g: number("125"),
        keep_h: 48,
        taken: before(20),
        is_void: false,
    };
    let reading = |dish: &Dish| DishReading {
        id: row(date, &format!("{meal_type}/core/{}", dish.name)),
        dish: Some(dish.id),
        dish_name: dish.name.clone(),
        batch: None,
        what: ReadingOf::Core,
        celsius: number("85.5"),
        retest_of: BTreeSet::new(),
        at: before(38),
        is_void: false,
    };
    let issue = |class: &u128| Issue {
        id: row(date, &format!("{meal_type}/issue/{class}")),
        class: Some(id(*class)),
        present: Some(number("28")),
        issued: Some(number("28")),
        leftover: Some(number("1")),
        ..Issue::default()
    };
    let facts = MealFacts {
        id: meal,
        date,
        profile: profile_of(Some(profile), meal_type, false),
        planned: Some(planned.at),
        waived: BTreeMap::new(),
        is_cancelled: false,
        is_accompanied: meal_type != "午点",
        is_all_heard: true,
    };
    Meal {
        meal_type,
        samples: dishes.iter().filter(|dish| dish.needs_sample()).map(sample).collect(),
        readings: dishes.iter().filter(|dish| dish.needs_core()).map(reading).collect(),
        issues: CLASSES.iter().map(issue).collect(),
        accompanied: vec![id(7)],
        facts,
        dishes,
    }
}

fn named(name: &str) -> DishFields {
    DishFields { name: Some(name.into()), ..DishFields::default() }
}

fn check(date: NaiveDate, person: u128) -> MorningCheck {
    MorningCheck {
        id: row(date, &format!("check/{person}")),
        who: Who::Person(id(person)),
        date,
        session: Session::Morning,
        attendance: Attendance::Here,
        celsius: Some(number("36.5")),
        has_symptom: false,
        is_tidy: true,
        decision: Some(Decision::Works),
        is_void: false,
    }
}

fn pork(date: NaiveDate) -> DeliveryLine {
    DeliveryLine {
        id: row(date, "pork"),
        item_name: "猪肉".into(),
        storage: Some(Storage::Chilled),
        celsius: Some(number("4")),
        expires_on: Some(date),
        has_papers: Some(true),
        is_sound: Some(true),
        is_labelled: Some(true),
        decisions: vec![LineDecision::Accepted],
        reject_reason: None,
        has_photo: false,
        is_void: false,
    }
}

/// A day on which everybody does everything.
fn good(date: &str) -> WeekDay {
    let date = day(date);
    let delivery = Delivery {
        id: row(date, "delivery"),
        date,
        is_supplier_out: false,
        buyers: [id(9)].into(),
        signers: [id(5), id(6)].into(),
        lines: vec![pork(date)],
        is_void: false,
    };
    let steam = |start: &str| Disinfection {
        id: row(date, start),
        started: on(date, start),
        ended: Some(later(on(date, start), 15)),
        min_minutes: Some(number("10")),
        fails: Vec::new(),
        is_void: false,
    };
    let answered = ["T01.02", "T01.03", "T01.04", "T01.05", "T01.06", "T01.12", "T01.13", "T01.14", "T01.15"];
    WeekDay {
        date,
        meals: MEALS.into_iter().map(|of| meal(date, of)).collect(),
        checks: vec![check(date, 1), check(date, 2)],
        deliveries: vec![delivery],
        disinfections: ["08:40", "12:40", "15:40"].map(steam).into(),
        answers: answered
            .map(|number| DailyAnswer { number: number.into(), says: DailySays::Good, what: String::new() })
            .into(),
    }
}

fn gone(sample: &Sample, at: Moment) -> Disposal {
    Disposal {
        id: Uuid::new_v5(&sample.id, b"gone"),
        sample: sample.id,
        at,
        reason: DisposalReason::Due,
        receiver: None,
        has_receipt: false,
        age: None,
        after: BTreeSet::new(),
        is_void: false,
    }
}

/// The meals of a day, then those of days before with the samples alone that stood as the day began, each with the place of its day.
fn asked(week: &[WeekDay], at: usize, disposals: &[Disposal]) -> Vec<(usize, Meal)> {
    let start = on(week[at].date, "00:00").at;
    let stood = |sample: &&Sample| !disposals.iter().any(|gone| gone.sample == sample.id && gone.at.at < start);
    let mut meals: Vec<(usize, Meal)> = week[at].meals.iter().map(|meal| (at, meal.clone())).collect();
    for (before, day) in week.iter().enumerate().take(at) {
        for meal in &day.meals {
            let samples: Vec<Sample> = meal.samples.iter().filter(stood).cloned().collect();
            if !samples.is_empty() {
                meals.push((before, Meal { samples, ..meal.clone() }));
            }
        }
    }
    meals
}

/// A day's paper in the evening, each line as its number, a sign and the names: + green, - not needed, ? a gap, ! found.
fn paper(week: &[WeekDay], at: usize, disposals: &[Disposal]) -> (String, Vec<String>) {
    let kitchen = [Who::Person(id(1)), Who::Person(id(2))];
    let classes = CLASSES.map(id);
    let now = on(week[at].date, "18:00");
    let checks: Vec<MorningCheck> = week[..=at].iter().flat_map(|day| day.checks.clone()).collect();
    let known: Vec<Disposal> = disposals.iter().filter(|gone| gone.at.at <= now.at).cloned().collect();
    let meals = asked(week, at, &known);
    let all_rows: Vec<CardRows<'_>> =
        meals.iter().map(|(day, meal)| rows(&week[*day], meal, &kitchen, &classes, &checks, &known)).collect();
    let cards: Vec<Card> =
        meals.iter().zip(&all_rows).map(|((_, meal), rows)| card(&meal.facts, rows, &limits(), &now)).collect();
    let told = meals.iter().zip(&cards).zip(&all_rows);
    let told = told
        .map(|(((day, meal), card), rows)| (*day, LedgerMeal { meal_type: meal.meal_type, kitchen: None, card, rows }));
    let (own, kept): (Vec<_>, Vec<_>) = told.partition(|(day, _)| *day == at);
    let ledger = LedgerDay {
        date: week[at].date,
        meals: own.into_iter().map(|(_, meal)| meal).collect(),
        kept: kept.into_iter().map(|(_, meal)| meal).collect(),
        additives: Vec::new(),
        waste: 1,
        is_all_heard: true,
    };
    let lines =
        daily_lines(&ledger, &week[at].answers, DailyLimits { core_c: limits().core_c, hold: limits().hold }, &now);
    let report = format!("{:?}", daily_report(&ledger, &lines));
    let said = lines.iter().map(|line| {
        let sign = match line.state {
            DailyState::Green => "+",
            DailyState::NotNeeded => "-",
            DailyState::Gap => "?",
            DailyState::Red => "!",
        };
        let found = line
            .findings
            .iter()
            .map(|found| if found.is_mended { format!("{}✓", found.what) } else { found.what.clone() });
        let gaps = line.gaps.iter().map(|gap| {
            format!("{}{}", gap.code, if gap.what.is_empty() { String::new() } else { format!(" {}", gap.what) })
        });
        let names: Vec<String> = found.chain(gaps).collect();
        format!("{} {sign} {}", line.number, names.join(", ")).trim().to_owned()
    });
    (report, said.collect())
}

fn rows<'r>(
    day: &'r WeekDay,
    meal: &'r Meal,
    kitchen: &'r [Who],
    classes: &'r [Uuid],
    checks: &'r [MorningCheck],
    disposals: &'r [Disposal],
) -> CardRows<'r> {
    CardRows {
        dishes: &meal.dishes,
        samples: &meal.samples,
        disposals,
        readings: &meal.readings,
        kitchen,
        sessions: &[Session::Morning],
        checks,
        deliveries: &day.deliveries,
        accompanied: &meal.accompanied,
        classes,
        issues: &meal.issues,
        disinfections: &day.disinfections,
        ..CardRows::default()
    }
}

/// A paper on which all is well but what is named: the lines of a good day with some of them in place of others.
fn all_well_but(changed: &[&str]) -> Vec<String> {
    let good = [
        "T01.01 +", "T01.02 +", "T01.03 +", "T01.04 +", "T01.05 +", "T01.06 +", "T01.07 +", "T01.08 +", "T01.09 +",
        "T01.10 +", "T01.11 +", "T01.12 +", "T01.13 +", "T01.14 +", "T01.15 +", "T03.08 -", "T06.09 -", "T08.12 +",
        "T09.02 +", "T09.08 +",
    ];
    let number = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let own = |line: &str| changed.iter().find(|other| number(other) == number(line)).copied();
    good.iter().map(|line| own(line).unwrap_or(line).to_owned()).collect()
}

#[test]
fn the_papers_of_a_week_equal_those_worked_out_by_hand() {
    let mut week: Vec<WeekDay> =
        ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"].into_iter().map(good).collect();

    // Tuesday: a cook has a fever, the meat is too warm and is sent back, and the pork is heated on.
    week[1].checks[0].celsius = Some(number("37.9"));
    let line = &mut week[1].deliveries[0].lines[0];
    (line.celsius, line.decisions) = (Some(number("11")), vec![LineDecision::Rejected]);
    (line.reject_reason, line.has_photo) = (Some("温度超限".into()), true);
    let again = DishReading { id: id(900), celsius: number("74"), ..week[1].meals[1].readings[1].clone() };
    let first = &mut week[1].meals[1].readings[1];
    first.celsius = number("65");
    let again = DishReading { retest_of: [first.id].into(), ..again };
    week[1].meals[1].readings.push(again);

    // Wednesday: the cook comes back without a word, the soup's box is too light, and nobody wrote down what was left in one class.
    week[2].meals[1].samples[2].grams = Some(number("90"));
    week[2].meals[1].issues[1].leftover = None;

    // From Thursday on the cook stays at home.
    for day in &mut week[3..] {
        (day.checks[0].attendance, day.checks[0].celsius) = (Attendance::Away, None);
    }

    // Thursday: nobody looked at the fridge, a dish waited for 150 minutes, and the meat came from a supplier who is out.
    week[3].answers.retain(|answer| answer.number != "T01.12");
    let mut own: BTreeMap<Uuid, DishFields> = BTreeMap::new();
    let nine = on(week[3].date, "09:00");
    for dish in &week[3].meals[1].dishes {
        let times = if dish.name == "红烧肉" { OnTheWay { out: Some(nine), ..dish.times } } else { dish.times };
        own.insert(
            dish.id,
            DishFields { times, category: dish.category, lines: dish.lines.clone(), ..named(&dish.name) },
        );
    }
    let lunch = &mut week[3].meals[1];
    lunch.dishes = dishes_of(lunch.facts.id, &[], &own);
    week[3].deliveries[0].is_supplier_out = true;

    // Friday: lunch is cancelled at noon, after its samples were taken.
    week[4].meals[1].facts.is_cancelled = true;

    // Monday's samples go on Wednesday as they should; of Tuesday's one went after a day, and the others on Thursday.
    let mut disposals: Vec<Disposal> = Vec::new();
    for (taken, gone_on, but) in [(0, 2, None), (1, 3, Some("冬瓜汤")), (2, 4, None)] {
        for sample in week[taken].meals.iter().flat_map(|meal| &meal.samples) {
            let on_day = if but == Some(sample.dish_name.as_str()) { gone_on - 1 } else { gone_on };
            disposals.push(gone(sample, on(week[on_day].date, "16:00")));
        }
    }

    let of = |at: usize| paper(&week, at, &disposals);
    assert_eq!(of(0), ("Nil".into(), all_well_but(&[])), "零报告");
    let tuesday = all_well_but(&["T01.01 !", "T01.07 ! 红烧肉✓"]);
    assert_eq!(of(1), ("Found".into(), tuesday), "the meat that was sent back is no finding");
    let wednesday = ["T01.01 !", "T01.10 ! 冬瓜汤, sample-grams 冬瓜汤", "T03.08 ! 冬瓜汤", "T09.08 ? leftover"];
    assert_eq!(of(2), ("Found".into(), all_well_but(&wednesday)));
    let thursday = ["T01.08 ! 红烧肉", "T01.11 ! 猪肉, supplier", "T01.12 ? unanswered", "T03.08 +"];
    assert_eq!(of(3), ("Found".into(), all_well_but(&thursday)));
    let friday = ["T03.08 +", "T09.02 ? cancelled-but-served"];
    assert_eq!(of(4), ("Waiting".into(), all_well_but(&friday)), "the cancelled lunch was served, and counts");
    assert_eq!(week.iter().map(|day| day.meals.len()).sum::<usize>(), 15);
}
