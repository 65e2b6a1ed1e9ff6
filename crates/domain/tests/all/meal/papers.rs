//! Ledgers that check each other, and the lines of 日管控, each against one worked out by hand.

use std::collections::BTreeMap;

use domain::checked_time::ClockState::{None as Nobody, Server};
use domain::checked_time::Moment;
use domain::id::{core_finding_id, dish_id, finding_id};
use domain::meal::{
    Card, CardRows, Category, DailyAnswer, DailyLimits, DailyReport, DailySays, DailyState, Dish, DishFields,
    DishReading, Disposal, DisposalReason, Ledger, LedgerDay, LedgerMeal, MealFacts, MenuDish, OnTheWay, Sample,
    Session, StageCode, Who, card, daily_lines, daily_report, dishes_of, ledgers, profile_of,
};
use uuid::Uuid;

use super::cards::{limits, meal_id, reading, sample, today};
use super::{at, id, moment};

/// A lunch of three dishes of which nobody ate with the children, worked out in the evening.
struct Day {
    facts: MealFacts<'static>,
    dishes: Vec<Dish>,
    samples: Vec<Sample>,
    readings: Vec<DishReading>,
    disposals: Vec<Disposal>,
    is_all_heard: bool,
}

fn evening() -> Moment {
    moment(Server, 1, "2026-11-23T17:00:00")
}

fn lunch() -> Day {
    let dish = |name: &str, category| MenuDish { name: name.into(), category: Some(category), ..MenuDish::default() };
    let menu = [dish("米饭", Category::Staple), dish("红烧肉", Category::Hot), dish("西瓜", Category::Fruit)];
    let times = OnTheWay {
        out: Some(moment(Server, 1, "2026-11-23T10:52:00")),
        table: Some(moment(Server, 1, "2026-11-23T11:30:00")),
        typed_min: None,
    };
    let fields = |line: u128| DishFields { times, lines: [id(line)].into(), ..DishFields::default() };
    let own: BTreeMap<Uuid, DishFields> =
        [(dish_id(meal_id(), "米饭"), fields(701)), (dish_id(meal_id(), "红烧肉"), fields(702))].into();
    Day {
        facts: MealFacts {
            id: meal_id(),
            date: today(),
            profile: profile_of(Some("main"), "午餐", false),
            planned: Some(at("2026-11-23T11:30:00")),
            waived: [(StageCode::Delivery, "今日无收货".into()), (StageCode::Disinfect, "集中消毒".into())].into(),
            is_cancelled: false,
            is_accompanied: true,
            is_all_heard: false,
        },
        dishes: dishes_of(meal_id(), &menu, &own),
        samples: vec![sample(100, "米饭", "130"), sample(101, "红烧肉", "90")],
        readings: vec![reading(200, "米饭", "92"), reading(201, "红烧肉", "74")],
        disposals: Vec::new(),
        is_all_heard: false,
    }
}

impl Day {
    fn with<T>(&self, answer: impl FnOnce(&LedgerDay<'_>) -> T) -> T {
        let rows = CardRows {
            dishes: &self.dishes,
            samples: &self.samples,
            readings: &self.readings,
            disposals: &self.disposals,
            ..CardRows::default()
        };
        let card: Card = card(&self.facts, &rows, &limits(), &evening());
        answer(&LedgerDay {
            date: today(),
            meals: vec![LedgerMeal { meal_type: "午餐", kitchen: None, card: &card, rows: &rows }],
            kept: Vec::new(),
            additives: vec![(id(800), "红烧肉"), (id(801), "馒头")],
            waste: 1,
            is_all_heard: self.is_all_heard,
        })
    }

    fn sum(&self, ledger: Ledger) -> (usize, usize, Vec<String>, usize) {
        let sums = self.with(|day| ledgers(std::slice::from_ref(day)));
        let sum = sums.into_iter().find(|sum| sum.ledger == ledger).expect("a sum of each");
        let unseen = sum.unseen();
        (sum.compared, sum.found, sum.gaps.into_iter().map(|gap| gap.what).collect(), unseen)
    }

    fn line(&self, number: &str, answers: &[DailyAnswer]) -> (DailyState, Vec<String>, Vec<Uuid>) {
        let limits = DailyLimits { core_c: limits().core_c, hold: limits().hold };
        let lines = self.with(|day| daily_lines(day, answers, limits, &evening()));
        let line = lines.into_iter().find(|line| line.number == number).expect("a line");
        let gaps = line.gaps.iter().map(|gap| if gap.what.is_empty() { gap.code.clone() } else { gap.what.clone() });
        (line.state, gaps.collect(), line.findings.iter().map(|found| found.finding).collect())
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn answer(number: &str, says: DailySays) -> DailyAnswer {
    DailyAnswer { number: number.into(), says, what: String::new() }
}

#[test]
fn a_sum_says_what_it_compared_and_what_was_only_not_heard_of() {
    let day = lunch();
    // Three dishes: one sample that counts, one that is too light and is there to be read, and one that this device has not seen.
    assert_eq!(day.sum(Ledger::Samples), (3, 1, texts(&["红烧肉", "西瓜"]), 1));
    assert_eq!(day.sum(Ledger::Cores), (2, 2, vec![], 0));
    assert_eq!(day.sum(Ledger::Deliveries), (3, 2, texts(&["西瓜"]), 1));
    assert_eq!(day.sum(Ledger::Accompany), (1, 0, texts(&[""]), 1));
    assert_eq!(day.sum(Ledger::Additives), (2, 1, texts(&["馒头"]), 1), "an additive for a dish that was not made");
    assert_eq!(day.sum(Ledger::Waste), (1, 1, vec![], 0));
    assert_eq!(day.sum(Ledger::Disposals), (0, 0, vec![], 0), "what must still be kept is compared once it may go");
    assert_eq!(day.sum(Ledger::Disinfection), (0, 0, vec![], 0), "what is not needed is compared with nothing");
    let heard = Day { facts: MealFacts { is_all_heard: true, ..lunch().facts }, is_all_heard: true, ..lunch() };
    assert_eq!(heard.sum(Ledger::Samples).3, 0, "in the office, once all were heard from");
}

#[test]
fn people_are_checked_once_for_all_meals_of_a_day() {
    let day = lunch();
    let kitchen = [Who::Person(id(1)), Who::Person(id(2))];
    let rows =
        CardRows { dishes: &day.dishes, kitchen: &kitchen, sessions: &[Session::Morning], ..CardRows::default() };
    let card = card(&day.facts, &rows, &limits(), &evening());
    let meal = |meal_type| LedgerMeal { meal_type, kitchen: None, card: &card, rows: &rows };
    let both = LedgerDay {
        date: today(),
        meals: vec![meal("早餐"), meal("午餐")],
        kept: Vec::new(),
        additives: Vec::new(),
        waste: 0,
        is_all_heard: false,
    };
    let sum = ledgers(&[both]).into_iter().find(|sum| sum.ledger == Ledger::Checks).expect("the sum");
    assert_eq!((sum.compared, sum.found, sum.unseen()), (2, 0, 2));
}

#[test]
fn nothing_is_clean_over_an_age_that_nobody_can_prove() {
    let gone = |state, age| Disposal {
        id: id(900),
        sample: id(100),
        at: moment(state, 7, "2026-11-23T16:00:00"),
        reason: DisposalReason::Due,
        receiver: None,
        has_receipt: false,
        age,
        after: Default::default(),
        is_void: false,
    };
    let sum = |disposal| {
        let day = Day { disposals: vec![disposal], ..lunch() };
        let sums = day.with(|day| ledgers(std::slice::from_ref(day)));
        sums.into_iter().find(|sum| sum.ledger == Ledger::Disposals).expect("the sum")
    };
    let unproved = sum(gone(Nobody, None));
    assert_eq!((unproved.compared, unproved.found, unproved.unproved, unproved.is_clean()), (1, 1, 1, false));
    let early = sum(gone(Server, None));
    assert_eq!((early.found, early.gaps.len(), early.unproved), (0, 1, 0), "five hours after it was taken");
}

#[test]
fn the_lines_of_a_day_read_as_one_worked_out_by_hand() {
    let day = lunch();
    let answers = [
        answer("T01.03", DailySays::Good),
        answer("T01.05", DailySays::Bad(id(50))),
        answer("T01.12", DailySays::Missing { heard: true }),
        answer("T01.13", DailySays::NotApplicable),
        answer("T07.06", DailySays::Good),
    ];
    let line = |number| day.line(number, &answers);
    assert_eq!(line("T01.02").0, DailyState::Gap, "nobody has looked");
    assert_eq!(line("T01.03"), (DailyState::Green, vec![], vec![]));
    assert_eq!(line("T01.05"), (DailyState::Red, vec![], vec![id(50)]));
    assert_eq!(line("T01.07").0, DailyState::Green);
    assert_eq!(line("T01.08").0, DailyState::Green, "38 minutes");
    assert_eq!(line("T01.09").0, DailyState::NotNeeded, "disinfected by a firm");
    let of_grams = finding_id(id(101), "grams");
    assert_eq!(line("T01.10"), (DailyState::Red, texts(&["红烧肉", "西瓜"]), vec![of_grams]));
    assert_eq!(line("T01.12").0, DailyState::Gap);
    assert_eq!(line("T01.13").0, DailyState::NotNeeded);
    assert_eq!(line("T03.08").0, DailyState::NotNeeded, "nothing may go yet");
    assert_eq!(line("T06.09"), (DailyState::Gap, texts(&["馒头"]), vec![]));
    assert_eq!(line("T08.12"), (DailyState::Gap, texts(&["accompany"]), vec![]));
}

#[test]
fn a_reading_that_a_retest_put_right_stands_on_the_paper() {
    let mut day = lunch();
    day.readings[1].celsius = super::number("65");
    let pork = core_finding_id(meal_id(), dish_id(meal_id(), "红烧肉"));
    assert_eq!(day.line("T01.07", &[]), (DailyState::Red, texts(&["红烧肉"]), vec![pork]));
    day.readings.push(DishReading { retest_of: [id(201)].into(), ..reading(202, "红烧肉", "72") });
    let limits = DailyLimits { core_c: limits().core_c, hold: limits().hold };
    let lines = day.with(|day| daily_lines(day, &[], limits, &evening()));
    let line = lines.iter().find(|line| line.number == "T01.07").expect("the line");
    assert_eq!((line.state, line.findings[0].finding, line.findings[0].is_mended), (DailyState::Red, pork, true));
}

#[test]
fn a_nil_day_is_a_report_and_so_is_a_day_without_a_meal() {
    let report = |day: &Day, answers: &[DailyAnswer]| {
        let limits = DailyLimits { core_c: limits().core_c, hold: limits().hold };
        day.with(|day| daily_report(day, &daily_lines(day, answers, limits, &evening())))
    };
    assert_eq!(report(&lunch(), &[]), DailyReport::Found);
    let mut day = lunch();
    day.samples = vec![sample(100, "米饭", "130"), sample(101, "红烧肉", "131"), sample(102, "西瓜", "140")];
    assert_eq!(report(&day, &[]), DailyReport::Waiting);
    let mut closed = Day { facts: MealFacts { is_cancelled: true, ..lunch().facts }, ..lunch() };
    (closed.samples, closed.readings) = (vec![], vec![]);
    assert_eq!(report(&closed, &[]), DailyReport::NoMeals, "未供餐");
    assert_eq!(report(&closed, &[answer("T01.14", DailySays::Bad(id(51)))]), DailyReport::Found, "told all the same");
}

#[test]
fn every_line_has_a_number_of_its_own_and_both_languages() {
    let limits = DailyLimits { core_c: limits().core_c, hold: limits().hold };
    let lines = lunch().with(|day| daily_lines(day, &[], limits, &evening()));
    assert_eq!(lines.len(), 20);
    let numbers: std::collections::BTreeSet<&str> = lines.iter().map(|line| line.number.as_str()).collect();
    assert_eq!(numbers.len(), lines.len());
    assert!(lines.iter().all(|line| line.name_en.is_ascii() && !line.name.is_empty()));
}
