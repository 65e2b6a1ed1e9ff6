//! The card of a meal: its stages, what is missing before service, the clocks of its samples, and what is wrong.

mod facts;
mod problems;
mod shape;
mod stages;

pub use facts::{CardRows, Disinfection, MealFacts, MealLimits};
pub use shape::{Card, CardClock, Missing, MissingCode, Problem, ProblemCode, Stage, StageState};

use stages::{Reading, StageFacts};

use super::dish::dish_called;
use super::profile::{Phase, ProfileStage};
use super::sample::sample_clock;
use crate::checked_time::{ClockState, Moment};

/// How long before service a meal is being served: who eats with the children comes 10 to 30 minutes before.
const SERVICE_MS: i64 = 30 * 60_000;
const MINUTE_MS: i64 = 60_000;

/// The card of a meal at `now` by this device.
///
/// It writes nothing, and every device that has the same rows works out the same, but for its clock and what it was told of
/// others. A stage that a person said is not needed is one, unless a row of it is there.
pub fn card(meal: &MealFacts<'_>, rows: &CardRows<'_>, limits: &MealLimits, now: &Moment) -> Card {
    let clocks = clocks(rows, now);
    let reading = Reading { meal, rows, limits, clocks: &clocks };
    let is_served = !meal.is_cancelled || reading.was_served();
    let before_is_done = meal.profile.stages.iter().filter(|stage| stage.phase == Phase::Before).all(|stage| {
        let facts = reading.stage(stage.stage);
        is_not_needed(meal, rows, stage, &facts) || facts.missing.is_empty()
    });
    let mut stages: Vec<Stage> = Vec::new();
    for stage in &meal.profile.stages {
        let facts = reading.stage(stage.stage);
        let state = if is_not_needed(meal, rows, stage, &facts) || (!is_served && !facts.has_rows) {
            StageState::NotNeeded
        } else if facts.missing.is_empty() && !facts.must_wait {
            StageState::Done
        } else if facts.missing.is_empty() || !(facts.has_rows || has_begun(stage.phase, meal, now, before_is_done)) {
            StageState::Later
        } else if stages.iter().any(|earlier| earlier.state == StageState::Now) {
            StageState::Open
        } else {
            StageState::Now
        };
        let missing = if state == StageState::NotNeeded { Vec::new() } else { facts.missing };
        stages.push(Stage { stage: stage.stage, state, missing });
    }
    let is_before = |stage: &&Stage| {
        meal.profile
            .stage(stage.stage)
            .is_some_and(|known| known.phase == Phase::Before || (known.phase == Phase::At && !known.is_by_class))
    };
    let before_service = stages.iter().filter(is_before).flat_map(|stage| stage.missing.clone()).collect();
    let problems = reading.problems(now);
    let is_checked = now.clock.state != ClockState::None;
    let left = |planned: crate::time::UtcMillis| planned.0.saturating_sub(now.at.0).div_euclid(MINUTE_MS);
    let minutes_left = meal.planned.filter(|_| is_checked).map(left);
    Card { id: meal.id, is_served, stages, clocks, problems, before_service, minutes_left }
}

/// Whether a stage does not apply: by its profile, by the rows, or because a person who may said so.
fn is_not_needed(meal: &MealFacts<'_>, rows: &CardRows<'_>, stage: &ProfileStage, facts: &StageFacts) -> bool {
    let is_waived = stage.may_waive && meal.waived.contains_key(&stage.stage);
    let has_no_class = stage.is_by_class && rows.classes.is_empty();
    !facts.has_rows && (is_waived || has_no_class || !facts.is_needed)
}

/// Whether a stage may be asked for now. Where nobody knows the time, what comes with service waits for what comes before it.
fn has_begun(phase: Phase, meal: &MealFacts<'_>, now: &Moment, before_is_done: bool) -> bool {
    let from = |planned: crate::time::UtcMillis| match phase {
        Phase::At => planned.0.saturating_sub(SERVICE_MS),
        _ => planned.0,
    };
    match (phase, meal.planned) {
        (Phase::Before | Phase::Kept, _) => true,
        (Phase::At | Phase::After, Some(planned)) if now.clock.state != ClockState::None => now.at.0 >= from(planned),
        (Phase::At | Phase::After, _) => before_is_done,
    }
}

/// The clocks of the samples that are not void, those that may go first, then by how long they must wait.
fn clocks(rows: &CardRows<'_>, now: &Moment) -> Vec<CardClock> {
    let standing = rows.samples.iter().filter(|sample| !sample.is_void);
    let mut clocks: Vec<CardClock> = standing
        .map(|sample| {
            let held = rows.held.iter().find(|(id, _)| *id == sample.id).map(|(_, held)| held);
            let dish = dish_called(rows.dishes, sample.dish, &sample.dish_name);
            CardClock {
                dish: dish.map(|dish| dish.id),
                dish_name: dish.map_or_else(|| sample.dish_name.clone(), |dish| dish.name.clone()),
                clock: sample_clock(sample, rows.disposals, rows.holds, held, now),
            }
        })
        .collect();
    let order = |clock: &CardClock| {
        let gone = matches!(clock.clock.state, super::SampleState::Disposed | super::SampleState::Early);
        (gone, clock.clock.left_ms, clock.clock.sample)
    };
    clocks.sort_by_key(order);
    clocks
}
