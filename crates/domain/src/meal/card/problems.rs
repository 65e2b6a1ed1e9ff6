//! What is wrong with a meal, each with the finding that its cause makes.

use uuid::Uuid;

use super::super::banned::banned_in;
use super::super::boxes::box_clashes;
use super::super::delivery::LineRule;
use super::super::dish::{Dish, dish_called, same_names};
use super::super::health::{CheckState, check_states, out_of_kitchen};
use super::super::profile::StageCode;
use super::super::reading::{CoreState, DishReading, core_dishes, holds_of};
use super::super::sample::Sample;
use super::super::waiting::{Lasted, Waiting, lasted, waiting};
use super::facts::{Disinfection, MealFacts};
use super::shape::{Problem, ProblemCode};
use super::stages::{Reading, told};
use crate::checked_time::{Moment, span};
use crate::id::{banned_finding_id, core_finding_id, finding_id, hold_finding_id, unfit_finding_id};

fn problem(code: ProblemCode, about: Option<Uuid>, what: impl Into<String>, finding: Option<Uuid>) -> Problem {
    Problem { code, about, what: what.into(), finding }
}

impl Reading<'_> {
    /// Everything that is wrong, in the order of the stages.
    pub(super) fn problems(&self, now: &Moment) -> Vec<Problem> {
        let mut problems = self.of_dishes(now);
        problems.extend(self.of_deliveries());
        problems.extend(self.of_people());
        problems.extend(self.of_samples());
        problems.extend(self.of_service());
        problems
    }

    fn of_dishes(&self, now: &Moment) -> Vec<Problem> {
        let (meal, dishes) = (self.meal.id, self.rows.dishes);
        let about = |code, dish: &Dish, finding| problem(code, Some(dish.id), &dish.name, finding);
        let mut problems: Vec<Problem> = Vec::new();
        for (dish, core) in core_dishes(dishes, self.rows.readings, self.limits.core_c) {
            if core.state == CoreState::Failing {
                problems.push(about(ProblemCode::Core, dish, Some(core_finding_id(meal, dish.id))));
            }
        }
        for dish in dishes {
            let kept = holds_of(self.rows.readings.iter().filter(|reading| is_of(dishes, dish, reading)));
            match waiting(dish.times, &kept, self.limits.hold, now) {
                Waiting::TooLong { .. } => {
                    problems.push(about(ProblemCode::TooLong, dish, Some(hold_finding_id(meal, dish.id))));
                }
                // Nobody has said that it is on the table: from what is not there nothing is found.
                Waiting::Running { left_ms } if left_ms < 0 && kept.is_empty() => {
                    problems.push(about(ProblemCode::TimeUnknown, dish, None));
                }
                Waiting::Unknown => problems.push(about(ProblemCode::TimeUnknown, dish, None)),
                _ => {}
            }
            if self.is_cooked(dish) && banned_in(&dish.name, &self.limits.lines.banned).is_some() {
                problems.push(about(ProblemCode::BannedDish, dish, Some(banned_finding_id(meal, dish.id))));
            }
        }
        let named = same_names(dishes).into_iter().filter_map(|(_, other)| dishes.iter().find(|dish| dish.id == other));
        problems.extend(named.map(|dish| about(ProblemCode::SameName, dish, None)));
        problems
    }

    /// Whether anything tells that a dish was cooked: a time, a reading or a sample.
    fn is_cooked(&self, dish: &Dish) -> bool {
        let is_of_sample = |sample: &Sample| {
            let found = dish_called(self.rows.dishes, sample.dish, &sample.dish_name);
            !sample.is_void && found.is_some_and(|found| found.id == dish.id)
        };
        let is_measured = self.rows.readings.iter().any(|row| !row.is_void && is_of(self.rows.dishes, dish, row));
        dish.times.out.is_some() || is_measured || self.rows.samples.iter().any(is_of_sample)
    }

    fn of_deliveries(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for delivery in self.rows.deliveries.iter().filter(|delivery| !delivery.is_void) {
            if delivery.is_supplier_out {
                problems.push(problem(ProblemCode::Supplier, Some(delivery.id), "", None));
            }
            for line in delivery.standing_lines() {
                let found = |rule: LineRule| Some(finding_id(line.id, rule.code()));
                let failed = line.wrongly_accepted(delivery, &self.limits.lines);
                problems.extend(
                    failed
                        .into_iter()
                        .map(|rule| problem(ProblemCode::Line(rule), Some(line.id), &line.item_name, found(rule))),
                );
                if line.lacks_reason() {
                    problems.push(problem(ProblemCode::RejectReason, Some(line.id), &line.item_name, None));
                }
            }
        }
        problems
    }

    fn of_people(&self) -> Vec<Problem> {
        let (rows, date, max_c) = (self.rows, self.meal.date, self.limits.body_max_c);
        let mut problems = Vec::new();
        for out in out_of_kitchen(rows.checks, rows.returns, date, max_c) {
            let (person, name) = told(&out.who);
            // A helper without a record has no id of their own: the row that says so is the cause.
            let cause = person.map(|person| unfit_finding_id(person, out.since));
            let finding = cause.or_else(|| out.because.first().map(|row| finding_id(*row, "unfit")));
            problems.push(problem(ProblemCode::Unfit, person, name, finding));
        }
        for session in rows.sessions {
            for (who, state) in check_states(rows.kitchen, date, *session, rows.checks, rows.returns, max_c) {
                let code = match state {
                    CheckState::Unmeasured => ProblemCode::Unmeasured,
                    CheckState::ToMend => ProblemCode::ToMend,
                    _ => continue,
                };
                let (person, name) = told(&who);
                problems.push(problem(code, person, name, None));
            }
        }
        problems
    }

    fn of_samples(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for clock in self.clocks {
            let sample = clock.clock.sample;
            problems.extend(clock.clock.problems.iter().map(|found| {
                let finding = found.finding().map(|item| finding_id(sample, item));
                problem(ProblemCode::Sample(*found), Some(sample), &clock.dish_name, finding)
            }));
            if clock.dish.is_none() {
                problems.push(problem(ProblemCode::OffMenu, Some(sample), &clock.dish_name, None));
            }
        }
        let own = |id: &Uuid| self.rows.samples.iter().any(|sample| sample.id == *id);
        let all: Vec<Sample> = self.rows.samples.iter().chain(self.rows.other_samples).cloned().collect();
        for clash in box_clashes(&all, self.rows.disposals) {
            // One line a box, and only where one of this meal's samples lies in it.
            if let Some(sample) = clash.samples.iter().find(|sample| own(sample)) {
                problems.push(problem(ProblemCode::BoxTwice, Some(*sample), clash.box_no, None));
            }
        }
        problems
    }

    fn of_service(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for issue in self.rows.issues.iter().filter(|issue| !issue.is_void && issue.is_kept_for_next) {
            problems.push(problem(ProblemCode::KeptForNext, issue.class, "", Some(finding_id(issue.id, "disposal"))));
        }
        for row in self.rows.disinfections.iter().filter(|row| !row.is_void) {
            problems.extend(of_disinfection(row));
        }
        for stage in self.meal.waived.keys().filter(|stage| self.meal.is_waivable(**stage)) {
            if self.stage(*stage).has_rows {
                problems.push(problem(ProblemCode::WaivedButDone, None, stage.code(), None));
            }
        }
        if self.meal.is_cancelled && self.was_served() {
            problems.push(problem(ProblemCode::CancelledButServed, None, "", None));
        }
        problems
    }

    /// Whether anything tells that the meal was cooked or given out: a sample, a reading or a serving.
    pub(super) fn was_served(&self) -> bool {
        let rows = self.rows;
        rows.samples.iter().any(|sample| !sample.is_void)
            || rows.readings.iter().any(|reading| !reading.is_void)
            || rows.issues.iter().any(|issue| !issue.is_void && issue.issued.is_some())
    }
}

impl MealFacts<'_> {
    /// Whether a person may say of a stage that it is not needed.
    pub fn is_waivable(&self, stage: StageCode) -> bool {
        self.profile.stage(stage).is_some_and(|stage| stage.may_waive)
    }
}

fn is_of(dishes: &[Dish], dish: &Dish, reading: &DishReading) -> bool {
    dish_called(dishes, reading.dish, &reading.dish_name).is_some_and(|found| found.id == dish.id)
}

fn of_disinfection(row: &Disinfection) -> Vec<Problem> {
    let found = |field: &str| Some(finding_id(row.id, field));
    let mut problems: Vec<Problem> =
        row.fails.iter().map(|field| problem(ProblemCode::DisinfectFails, Some(row.id), field, found(field))).collect();
    if let (Some(ended), Some(min)) = (&row.ended, row.min_minutes) {
        match lasted(span(&row.started, ended), min) {
            Lasted::Short => problems.push(problem(ProblemCode::DisinfectShort, Some(row.id), "", found("minutes"))),
            Lasted::Unknown => problems.push(problem(ProblemCode::TimeUnknown, Some(row.id), "", None)),
            Lasted::Enough => {}
        }
    }
    problems
}
