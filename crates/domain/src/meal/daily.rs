//! 日管控: the lines of the day's food-safety paper, each with the number of its risk point.
//!
//! A line is green when something answered it well and nothing badly, red with its findings, or a gap with the names of what is
//! missing. What nobody has looked at is a gap and never green.

use uuid::Uuid;

use super::card::{Missing, MissingCode, ProblemCode, StageState};
use super::ledger::{LedgerDay, LedgerMeal, ledgers};
use super::profile::StageCode;
use super::reading::{core_dishes, holds_of, readings_of};
use super::risk::{Answer, risk_points};
use super::sample::SampleProblem;
use super::waiting::{HoldLimits, Waiting, waiting};
use crate::checked_time::Moment;
use crate::decimal::Decimal;
use crate::id::{core_finding_id, hold_finding_id};

/// What an inspection, or a row of a register, says of a risk point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyAnswer {
    /// The item of the template, such as `T01.05`, or the number of the line.
    pub number: String,
    /// What it says.
    pub says: DailySays,
    /// What it is about, such as a fridge; empty where its line says enough.
    pub what: String,
}

/// What one answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DailySays {
    /// It is as it should be.
    Good,
    /// It is not, with the finding that it made.
    Bad(Uuid),
    /// Nobody has looked, though somebody should have.
    Missing {
        /// Whether that is certain.
        heard: bool,
    },
    /// It does not apply.
    NotApplicable,
}

/// A finding of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyFinding {
    /// The finding.
    pub finding: Uuid,
    /// What it is about.
    pub what: String,
    /// Whether it was put right on the spot (现场已改).
    pub is_mended: bool,
}

/// A gap of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyGap {
    /// The type of the meal; none where it is of the day.
    pub meal_type: Option<String>,
    /// The kitchen; none for the first of a campus, and where it is of no kitchen.
    pub kitchen: Option<Uuid>,
    /// The code of what is missing; `unanswered` where nothing answered the line.
    pub code: String,
    /// The dish, person, class or record that it is about.
    pub about: Option<Uuid>,
    /// What it is about, where it has a name.
    pub what: String,
    /// Whether it is certain.
    pub heard: bool,
}

/// How a line reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DailyState {
    /// It does not apply on this day.
    NotNeeded,
    /// 正常.
    Green,
    /// Something is missing, or cannot be proved.
    Gap,
    /// Something was found.
    Red,
}

/// A line of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyLine {
    /// The number of its risk point, which the week's report cites.
    pub number: String,
    /// What it is called in Chinese.
    pub name: String,
    /// What it is called in English.
    pub name_en: String,
    /// How it reads.
    pub state: DailyState,
    /// What was found.
    pub findings: Vec<DailyFinding>,
    /// What is missing.
    pub gaps: Vec<DailyGap>,
}

/// What a day reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DailyReport {
    /// 未供餐: there was no meal. It is signed as well.
    NoMeals,
    /// 零报告: nothing was found and nothing is missing. It is signed, never skipped.
    Nil,
    /// 待齐: nothing was found so far, and something is missing.
    Waiting,
    /// 有问题.
    Found,
}

/// What a day reports, from its lines.
pub fn daily_report(day: &LedgerDay<'_>, lines: &[DailyLine]) -> DailyReport {
    let worst = lines.iter().map(|line| line.state).max().unwrap_or(DailyState::NotNeeded);
    match worst {
        DailyState::Red => DailyReport::Found,
        _ if !day.meals.iter().any(|meal| meal.card.is_served) => DailyReport::NoMeals,
        DailyState::Gap => DailyReport::Waiting,
        DailyState::Green | DailyState::NotNeeded => DailyReport::Nil,
    }
}

/// The lines of a day: from its cards, from what T01 and T07 answered, and from rows of registers by the number of their line.
///
/// On a day without a meal nothing is asked, and what was found all the same is told.
pub fn daily_lines(day: &LedgerDay<'_>, answers: &[DailyAnswer], limits: DailyLimits, now: &Moment) -> Vec<DailyLine> {
    let served: Vec<&LedgerMeal<'_>> = day.meals.iter().filter(|meal| meal.card.is_served).collect();
    let asked = Asked { day, served: &served, answers, limits, now };
    risk_points()
        .iter()
        .map(|point| {
            let mut line = Line::default();
            for answer in &point.answers {
                line.take(&point.number, answer, &asked);
            }
            if !served.is_empty() && !line.is_answered() && !line.is_waived {
                let gap = DailyGap {
                    meal_type: None,
                    kitchen: None,
                    code: "unanswered".to_owned(),
                    about: None,
                    what: String::new(),
                    heard: day.is_all_heard,
                };
                line.gaps.push(gap);
            }
            let state = line.state();
            let (number, name, name_en) = (point.number.clone(), point.name.clone(), point.name_en.clone());
            DailyLine { number, name, name_en, state, findings: line.findings, gaps: line.gaps }
        })
        .collect()
}

/// The limits by which dishes are read again for the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyLimits {
    /// `food.core_c`.
    pub core_c: Decimal,
    /// `food.hold`.
    pub hold: HoldLimits,
}

/// What the lines of a day are read from.
#[derive(Clone, Copy, Debug)]
struct Asked<'r> {
    day: &'r LedgerDay<'r>,
    served: &'r [&'r LedgerMeal<'r>],
    answers: &'r [DailyAnswer],
    limits: DailyLimits,
    now: &'r Moment,
}

/// Which meal something is of: its type, none for what is of the day, and its kitchen, none for the first and for people.
type OfMeal<'m> = (Option<&'m str>, Option<Uuid>);

const OF_DAY: OfMeal<'static> = (None, None);

fn of_meal<'m>(meal: &LedgerMeal<'m>) -> OfMeal<'m> {
    (Some(meal.meal_type), meal.kitchen)
}

/// A line while it is put together.
#[derive(Debug, Default)]
struct Line {
    findings: Vec<DailyFinding>,
    gaps: Vec<DailyGap>,
    is_good: bool,
    /// Something said that the line does not apply.
    is_waived: bool,
}

impl Line {
    fn is_answered(&self) -> bool {
        self.is_good || !self.findings.is_empty() || !self.gaps.is_empty()
    }

    fn state(&self) -> DailyState {
        match (self.findings.is_empty(), self.gaps.is_empty(), self.is_good) {
            (false, ..) => DailyState::Red,
            (true, false, _) => DailyState::Gap,
            (true, true, true) => DailyState::Green,
            (true, true, false) => DailyState::NotNeeded,
        }
    }

    fn take(&mut self, number: &str, answer: &Answer, asked: &Asked<'_>) {
        let served = asked.served.iter().copied();
        match answer {
            Answer::Item(code) => {
                let of_template = format!("{code}.");
                self.answers(asked.answers, |item| item == code || item.starts_with(&of_template));
            }
            Answer::Row => self.answers(asked.answers, |row| row == number),
            Answer::Ledger(code) => self.ledger(asked.day, code),
            Answer::Kept => asked.day.kept.iter().chain(served).for_each(|meal| self.kept(meal)),
            Answer::Stage(stage) => served.for_each(|meal| {
                self.stage(meal, *stage);
                if *stage == StageCode::Cook {
                    self.mended(meal, asked.limits.core_c);
                }
            }),
            Answer::Problem(code) => served.for_each(|meal| self.problems(meal, code)),
            Answer::Waiting => served.for_each(|meal| self.waiting(meal, asked)),
        }
    }

    fn answers(&mut self, answers: &[DailyAnswer], is_own: impl Fn(&str) -> bool) {
        for answer in answers.iter().filter(|answer| is_own(&answer.number)) {
            match answer.says {
                DailySays::Good => self.is_good = true,
                DailySays::NotApplicable => self.is_waived = true,
                DailySays::Bad(finding) => self.found(finding, &answer.what, false),
                DailySays::Missing { heard } => self.gap(OF_DAY, "row", None, &answer.what, heard),
            }
        }
    }

    fn stage(&mut self, meal: &LedgerMeal<'_>, stage: StageCode) {
        let Some(known) = meal.card.stages.iter().find(|known| known.stage == stage) else { return };
        match known.state {
            StageState::Done => self.is_good = true,
            // What nobody needs says nothing, and what may still wait is no gap.
            StageState::NotNeeded => self.is_waived = true,
            StageState::Later if known.missing.is_empty() => self.is_waived = true,
            StageState::Now | StageState::Open | StageState::Later => {
                for missing in &known.missing {
                    self.missing(meal, missing);
                }
            }
        }
    }

    /// A dish that a retest has put right was found all the same (现场已改).
    fn mended(&mut self, meal: &LedgerMeal<'_>, core_c: Decimal) {
        for (dish, core) in core_dishes(meal.rows.dishes, meal.rows.readings, core_c) {
            if core.failing.is_empty() && !core.mended.is_empty() {
                self.found(core_finding_id(meal.card.id, dish.id), &dish.name, true);
            }
        }
    }

    /// Samples that may go, and disposals that something is wrong with.
    fn kept(&mut self, meal: &LedgerMeal<'_>) {
        self.stage(meal, StageCode::Dispose);
        for problem in &meal.card.problems {
            let ProblemCode::Sample(found) = problem.code else { continue };
            match (found, problem.finding) {
                // The grams have a line of their own, and what an incident holds is where it should be.
                (SampleProblem::Grams | SampleProblem::OnHold | SampleProblem::Repeated, _) => {}
                (_, Some(finding)) => self.found(finding, &problem.what, false),
                (_, None) => self.gap(of_meal(meal), found.code(), problem.about, &problem.what, true),
            }
        }
    }

    fn missing(&mut self, meal: &LedgerMeal<'_>, missing: &Missing) {
        let of = match missing.code {
            MissingCode::Check => OF_DAY,
            code if code.is_of_day() => (None, meal.kitchen),
            _ => of_meal(meal),
        };
        self.gap(of, missing.code.code(), missing.about, &missing.what, missing.heard);
    }

    fn problems(&mut self, meal: &LedgerMeal<'_>, code: &str) {
        let is_own = |known: ProblemCode| match known {
            ProblemCode::Line(_) => code == "line",
            other => other.code() == code,
        };
        for problem in meal.card.problems.iter().filter(|problem| is_own(problem.code)) {
            match problem.finding {
                Some(finding) => self.found(finding, &problem.what, false),
                None => {
                    let of = match problem.code {
                        ProblemCode::Unfit | ProblemCode::Unmeasured | ProblemCode::ToMend => OF_DAY,
                        code if code.is_of_day() => (None, meal.kitchen),
                        _ => of_meal(meal),
                    };
                    self.gap(of, code, problem.about, &problem.what, true);
                }
            }
        }
    }

    /// From the pot to the table: of each dish that was measured at the pot, or has any time.
    fn waiting(&mut self, meal: &LedgerMeal<'_>, asked: &Asked<'_>) {
        let rows = meal.rows;
        for dish in rows.dishes.iter().filter(|dish| dish.is_asked() && dish.needs_core()) {
            let kept = holds_of(readings_of(rows.dishes, dish, rows.readings));
            match waiting(dish.times, &kept, asked.limits.hold, asked.now) {
                Waiting::InTime { .. } | Waiting::Kept => self.is_good = true,
                Waiting::TooLong { .. } => {
                    self.found(hold_finding_id(meal.card.id, dish.id), &dish.name, false);
                }
                Waiting::Running { left_ms } if left_ms >= 0 => {}
                Waiting::Running { .. } | Waiting::Unknown => {
                    self.gap(of_meal(meal), "time-unknown", Some(dish.id), &dish.name, true)
                }
                Waiting::NotYet => {}
            }
        }
    }

    fn ledger(&mut self, day: &LedgerDay<'_>, code: &str) {
        for sum in ledgers(std::slice::from_ref(day)).into_iter().filter(|sum| sum.ledger.code() == code) {
            self.is_good |= sum.compared > 0 && sum.is_clean();
            self.is_waived |= sum.compared == 0;
            for gap in sum.gaps {
                self.gap((None, gap.kitchen), sum.ledger.code(), gap.about, &gap.what, gap.heard);
            }
        }
    }

    fn found(&mut self, finding: Uuid, what: &str, is_mended: bool) {
        // One cause stands once, however many tell of it.
        if !self.findings.iter().any(|known| known.finding == finding) {
            self.findings.push(DailyFinding { finding, what: what.to_owned(), is_mended });
        }
    }

    fn gap(&mut self, (meal_type, kitchen): OfMeal<'_>, code: &str, about: Option<Uuid>, what: &str, heard: bool) {
        let meal_type = meal_type.map(str::to_owned);
        let gap = DailyGap { meal_type, kitchen, code: code.to_owned(), about, what: what.to_owned(), heard };
        if !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }
}
