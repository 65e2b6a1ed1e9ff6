//! Ledgers that check each other: each gap with its day, its dish or its person, before an inspector comes.
//!
//! A sum says what it has compared, how much of it was found, what was only not heard of, and what nobody can prove. Only a sum
//! without any of these is clean; nothing is clean because nobody looked.

use chrono::NaiveDate;
use uuid::Uuid;

use super::card::{Card, CardRows, Missing, MissingCode, ProblemCode, StageState};
use super::dish::{Dish, dish_called};
use super::profile::StageCode;
use super::reading::{CoreState, core_dishes};
use super::sample::{SampleProblem, SampleState};
use crate::decimal::Decimal;

/// What is compared with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ledger {
    /// Meals of the timetable against their menus.
    Menu,
    /// Dishes against the lines of deliveries that they were made of.
    Deliveries,
    /// The kitchen's people against 晨检 and 午检.
    Checks,
    /// Hot dishes against their core temperatures.
    Cores,
    /// Dishes against their samples.
    Samples,
    /// Samples that may go against their disposals, and disposals against the time that samples were kept.
    Disposals,
    /// Meals against 陪餐.
    Accompany,
    /// Classes against what was given out.
    Issues,
    /// Classes against what was left over.
    Leftovers,
    /// Meals against the disinfection of their tableware.
    Disinfection,
    /// Uses of additives against the dishes of the day.
    Additives,
    /// Days with meals against the waste that left.
    Waste,
}

impl Ledger {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::Menu,
        Self::Deliveries,
        Self::Checks,
        Self::Cores,
        Self::Samples,
        Self::Disposals,
        Self::Accompany,
        Self::Issues,
        Self::Leftovers,
        Self::Disinfection,
        Self::Additives,
        Self::Waste,
    ];

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Deliveries => "deliveries",
            Self::Checks => "checks",
            Self::Cores => "cores",
            Self::Samples => "samples",
            Self::Disposals => "disposals",
            Self::Accompany => "accompany",
            Self::Issues => "issues",
            Self::Leftovers => "leftovers",
            Self::Disinfection => "disinfection",
            Self::Additives => "additives",
            Self::Waste => "waste",
        }
    }

    /// The stage of a card that is compared; none where it is compared by the day.
    fn stage(self) -> Option<StageCode> {
        match self {
            Self::Menu => Some(StageCode::Menu),
            Self::Checks => Some(StageCode::Check),
            Self::Cores => Some(StageCode::Cook),
            Self::Samples => Some(StageCode::Sample),
            Self::Disposals => Some(StageCode::Dispose),
            Self::Accompany => Some(StageCode::Accompany),
            Self::Issues => Some(StageCode::Issue),
            Self::Leftovers => Some(StageCode::Leftover),
            Self::Disinfection => Some(StageCode::Disinfect),
            Self::Deliveries | Self::Additives | Self::Waste => None,
        }
    }
}

/// A meal as ledgers read it.
#[derive(Clone, Copy, Debug)]
pub struct LedgerMeal<'r> {
    /// Its type, such as 午餐.
    pub meal_type: &'r str,
    /// Its kitchen; none for the first of a campus.
    pub kitchen: Option<Uuid>,
    /// Its card.
    pub card: &'r Card,
    /// The rows that the card was worked out from.
    pub rows: &'r CardRows<'r>,
}

/// A day as ledgers read it.
#[derive(Clone, Debug)]
pub struct LedgerDay<'r> {
    /// The day.
    pub date: NaiveDate,
    /// Its meals, those of the timetable and those that were served besides.
    pub meals: Vec<LedgerMeal<'r>>,
    /// For 日管控 alone: the meals of days before of whose samples some still stood when the day began.
    pub kept: Vec<LedgerMeal<'r>>,
    /// The uses of additives: the record, and the name of the dish.
    pub additives: Vec<(Uuid, &'r str)>,
    /// How many times waste left.
    pub waste: usize,
    /// Whether every device of the kitchen was heard from since the day was over.
    pub is_all_heard: bool,
}

/// One gap between two ledgers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerGap {
    /// The day.
    pub date: NaiveDate,
    /// The type of the meal; none where the gap is of the day.
    pub meal_type: Option<String>,
    /// The kitchen of the meal; none for the first of a campus, and where the gap is of the day.
    pub kitchen: Option<Uuid>,
    /// The dish, person, class or record that it is about.
    pub about: Option<Uuid>,
    /// The name of the dish, the line or the helper; empty where only an id is known.
    pub what: String,
    /// How many things it stands for: 1, or more where they have no names.
    pub count: usize,
    /// Whether it is certain: every device was heard from, or what is wrong is there to be read.
    pub heard: bool,
}

/// What comparing two ledgers gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerSum {
    /// Which ones.
    pub ledger: Ledger,
    /// How many things were compared, such as 4 dishes.
    pub compared: usize,
    /// Of how many of them the other ledger has what it is to have.
    pub found: usize,
    /// The others.
    pub gaps: Vec<LedgerGap>,
    /// How many of those that were found rest on a time that nobody can prove (待核).
    pub unproved: usize,
}

impl LedgerSum {
    /// Whether nothing is missing and nothing unproved. A sum that compared nothing is clean, and says so by its number.
    pub fn is_clean(&self) -> bool {
        self.gaps.is_empty() && self.unproved == 0
    }

    /// How many gaps were only not heard of (本机未见).
    pub fn unseen(&self) -> usize {
        self.gaps.iter().filter(|gap| !gap.heard).map(|gap| gap.count).sum()
    }
}

/// Compares the ledgers of some days, each sum in the order of [`Ledger::ALL`] and its gaps by day and meal.
pub fn ledgers(days: &[LedgerDay<'_>]) -> Vec<LedgerSum> {
    Ledger::ALL.into_iter().map(|ledger| sum_of(ledger, days)).collect()
}

fn sum_of(ledger: Ledger, days: &[LedgerDay<'_>]) -> LedgerSum {
    let mut sum = LedgerSum { ledger, compared: 0, found: 0, gaps: Vec::new(), unproved: 0 };
    for day in days {
        match ledger {
            Ledger::Checks => sum.checks(day),
            Ledger::Additives => sum.additives(day),
            Ledger::Waste => sum.waste(day),
            _ => {
                for meal in day.meals.iter().filter(|meal| meal.card.is_served) {
                    sum.meal(day, meal);
                }
            }
        }
    }
    let missing: usize = sum.gaps.iter().map(|gap| gap.count).sum();
    sum.found = sum.compared.saturating_sub(missing);
    sum
}

impl LedgerSum {
    fn gap(
        &mut self,
        day: &LedgerDay<'_>,
        meal: Option<&LedgerMeal<'_>>,
        about: Option<Uuid>,
        what: &str,
        heard: bool,
    ) {
        let meal_type = meal.map(|meal| meal.meal_type.to_owned());
        let kitchen = meal.and_then(|meal| meal.kitchen);
        self.gaps.push(LedgerGap { date: day.date, meal_type, kitchen, about, what: what.to_owned(), count: 1, heard });
    }

    fn meal(&mut self, day: &LedgerDay<'_>, meal: &LedgerMeal<'_>) {
        let Some(stage) = self.ledger.stage() else { return self.origins(day, meal) };
        let Some(known) = meal.card.stages.iter().find(|known| known.stage == stage) else { return };
        if known.state == StageState::NotNeeded {
            return;
        }
        self.compared += compared(self.ledger, meal);
        for missing in &known.missing {
            self.gap(day, Some(meal), missing.about, &missing.what, missing.heard);
            if let Some(gap) = self.gaps.last_mut() {
                gap.count = count_of(missing);
            }
        }
        self.wrong_though_there(day, meal);
    }

    /// What a row is there for and is wrong, so that the stage itself lacks nothing.
    fn wrong_though_there(&mut self, day: &LedgerDay<'_>, meal: &LedgerMeal<'_>) {
        for problem in &meal.card.problems {
            match (self.ledger, problem.code) {
                (Ledger::Disposals, ProblemCode::Sample(SampleProblem::AgeUnproved))
                | (Ledger::Disinfection, ProblemCode::TimeUnknown) => {
                    let is_own = self.ledger == Ledger::Disposals || is_disinfection(meal, problem.about);
                    self.unproved += usize::from(is_own);
                }
                (Ledger::Disposals, ProblemCode::Sample(SampleProblem::Early | SampleProblem::HoldBroken))
                | (Ledger::Disinfection, ProblemCode::DisinfectShort) => {
                    self.gap(day, Some(meal), problem.about, &problem.what, true);
                }
                _ => {}
            }
        }
    }

    /// Dishes that no line of a delivery is linked to.
    fn origins(&mut self, day: &LedgerDay<'_>, meal: &LedgerMeal<'_>) {
        for dish in meal.rows.dishes.iter().filter(|dish| dish.is_asked()) {
            self.compared += 1;
            if dish.lines.is_empty() {
                self.gap(day, Some(meal), Some(dish.id), &dish.name, day.is_all_heard);
            }
        }
    }

    /// People are checked once for all meals of a day, so what several cards lack is one gap.
    fn checks(&mut self, day: &LedgerDay<'_>) {
        let mut compared_most = 0;
        let before = self.gaps.len();
        for meal in day.meals.iter().filter(|meal| meal.card.is_served) {
            compared_most = compared_most.max(compared(self.ledger, meal));
            let known = meal.card.stages.iter().filter(|known| known.stage == StageCode::Check);
            for missing in known.flat_map(|known| &known.missing) {
                let is_told = |gap: &LedgerGap| gap.about == missing.about && gap.what == missing.what;
                if !self.gaps[before..].iter().any(is_told) {
                    self.gap(day, None, missing.about, &missing.what, missing.heard);
                }
            }
        }
        self.compared += compared_most.max(self.gaps.len() - before);
    }

    fn additives(&mut self, day: &LedgerDay<'_>) {
        for (record, name) in &day.additives {
            self.compared += 1;
            let is_known = |dishes: &[Dish]| dish_called(dishes, None, name).is_some();
            if !day.meals.iter().any(|meal| is_known(meal.rows.dishes)) {
                self.gap(day, None, Some(*record), name, day.is_all_heard);
            }
        }
    }

    fn waste(&mut self, day: &LedgerDay<'_>) {
        if day.meals.iter().any(|meal| meal.card.is_served) {
            self.compared += 1;
            if day.waste == 0 {
                self.gap(day, None, None, "", day.is_all_heard);
            }
        }
    }
}

fn is_disinfection(meal: &LedgerMeal<'_>, about: Option<Uuid>) -> bool {
    meal.rows.disinfections.iter().any(|row| about == Some(row.id))
}

/// How many things one line of what is missing stands for.
fn count_of(missing: &Missing) -> usize {
    match missing.code {
        MissingCode::MoreCores => missing.what.parse().unwrap_or(1),
        _ => 1,
    }
}

/// How many things a stage of a meal compares.
fn compared(ledger: Ledger, meal: &LedgerMeal<'_>) -> usize {
    let rows = meal.rows;
    let missing = |stage: StageCode| {
        let known = meal.card.stages.iter().filter(move |known| known.stage == stage);
        known.flat_map(|known| known.missing.iter())
    };
    match ledger {
        Ledger::Checks => {
            let lacking = missing(StageCode::Check).count();
            (rows.kitchen.len() * rows.sessions.len()).max(lacking).max(1)
        }
        Ledger::Cores => {
            // Whether a reading passes means nothing here; only that there is one.
            let read = core_dishes(rows.dishes, rows.readings, Decimal::ZERO);
            let measured = read.iter().filter(|(dish, core)| dish.is_asked() && core.state != CoreState::Unmeasured);
            let lacking = missing(StageCode::Cook).filter(|missing| missing.code != MissingCode::CoreFailing);
            measured.count() + lacking.map(count_of).sum::<usize>()
        }
        Ledger::Samples => rows.dishes.iter().filter(|dish| dish.is_asked() && dish.needs_sample()).count(),
        // One that must still be kept is compared once it may go.
        Ledger::Disposals => meal.card.clocks.iter().filter(|clock| clock.clock.state != SampleState::Waiting).count(),
        Ledger::Issues => rows.classes.len(),
        Ledger::Leftovers => rows.classes.len().max(1),
        _ => 1,
    }
}
