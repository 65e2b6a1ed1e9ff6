//! What each stage still lacks, from the rows.

use uuid::Uuid;

use super::super::delivery::{Delivery, Storage};
use super::super::dish::dish_called;
use super::super::health::{CheckState, Who, check_states};
use super::super::profile::StageCode;
use super::super::reading::{CoreRule, CoreState, core_dishes};
use super::super::sample::{SampleState, has_sample};
use super::facts::{CardRows, Disinfection, MealFacts, MealLimits};
use super::shape::{CardClock, Missing, MissingCode};

/// What the rows say of one stage.
#[derive(Debug, Default)]
pub(super) struct StageFacts {
    /// What is missing.
    pub missing: Vec<Missing>,
    /// Whether any row of it is there.
    pub has_rows: bool,
    /// Whether it applies, as far as the rows tell.
    pub is_needed: bool,
    /// Whether what is left of it cannot be done yet.
    pub must_wait: bool,
}

/// Everything that the stages are read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'r> {
    pub meal: &'r MealFacts<'r>,
    pub rows: &'r CardRows<'r>,
    pub limits: &'r MealLimits,
    pub clocks: &'r [CardClock],
}

impl Reading<'_> {
    /// What the rows say of a stage.
    pub(super) fn stage(&self, stage: StageCode) -> StageFacts {
        match stage {
            StageCode::Menu => self.menu(),
            StageCode::Delivery => self.deliveries(stage, false),
            StageCode::Arrival => self.deliveries(stage, true),
            StageCode::Check => self.checks(),
            StageCode::Cook => self.cores(),
            StageCode::Sample => self.samples(),
            StageCode::Accompany => self.accompanied(),
            StageCode::Issue => self.issued(),
            StageCode::Leftover => self.left_over(),
            StageCode::Disinfect => self.disinfected(),
            StageCode::Dispose => self.disposed(),
        }
    }

    fn missing(&self, stage: StageCode, code: MissingCode, about: Option<Uuid>, what: impl Into<String>) -> Missing {
        let heard = !code.is_absence() || self.meal.is_all_heard;
        Missing { stage, code, about, what: what.into(), heard }
    }

    fn menu(&self) -> StageFacts {
        let has_dishes = self.rows.dishes.iter().any(|dish| dish.is_asked());
        let missing = (!has_dishes).then(|| self.missing(StageCode::Menu, MissingCode::Dishes, None, ""));
        facts(missing.into_iter().collect(), has_dishes)
    }

    fn deliveries(&self, stage: StageCode, is_hot: bool) -> StageFacts {
        let standing: Vec<&Delivery> = self.rows.deliveries.iter().filter(|delivery| !delivery.is_void).collect();
        let mut missing = Vec::new();
        if standing.is_empty() {
            missing.push(self.missing(stage, MissingCode::Delivery, None, ""));
        }
        for delivery in &standing {
            for line in delivery.standing_lines() {
                let mut lacks = |code| missing.push(self.missing(stage, code, Some(line.id), &line.item_name));
                if line.decision().is_none() {
                    lacks(MissingCode::Decision);
                }
                if is_hot && line.storage == Some(Storage::Hot) && line.celsius.is_none() {
                    lacks(MissingCode::BoxTemperature);
                }
            }
            let left = delivery.signers_left(self.limits.two_person);
            if left > 0 {
                missing.push(self.missing(stage, MissingCode::Signer, Some(delivery.id), left.to_string()));
            }
        }
        facts(missing, !standing.is_empty())
    }

    fn checks(&self) -> StageFacts {
        let rows = self.rows;
        let states = rows.sessions.iter().flat_map(|session| {
            check_states(rows.kitchen, self.meal.date, *session, rows.checks, rows.returns, self.limits.body_max_c)
        });
        let unchecked = states.filter(|(_, state)| *state == CheckState::Missing);
        let missing = unchecked.map(|(who, _)| {
            let (about, what) = told(&who);
            self.missing(StageCode::Check, MissingCode::Check, about, what)
        });
        let has_rows = rows.checks.iter().any(|check| check.date == self.meal.date && !check.is_void);
        let mut facts = facts(missing.collect(), has_rows);
        if rows.kitchen.is_empty() && !has_rows {
            // Nobody knows who works: then one row at least.
            facts.missing.push(self.missing(StageCode::Check, MissingCode::Check, None, ""));
        }
        facts
    }

    fn cores(&self) -> StageFacts {
        let dishes = core_dishes(self.rows.dishes, self.rows.readings, self.limits.core_c);
        let due: Vec<_> = dishes.iter().filter(|(dish, _)| dish.is_asked() && dish.needs_core()).collect();
        let of_state =
            |state: CoreState| dishes.iter().filter(move |(dish, core)| core.state == state && dish.is_asked());
        let measured = due.iter().filter(|(_, core)| core.state != CoreState::Unmeasured).count();
        let about =
            |code, dish: &super::super::dish::Dish| self.missing(StageCode::Cook, code, Some(dish.id), &dish.name);
        let mut missing: Vec<Missing> =
            of_state(CoreState::Failing).map(|(dish, _)| about(MissingCode::CoreFailing, dish)).collect();
        match self.limits.core_rule {
            CoreRule::All => {
                let unmeasured = due.iter().filter(|(_, core)| core.state == CoreState::Unmeasured);
                missing.extend(unmeasured.map(|(dish, _)| about(MissingCode::Core, dish)));
            }
            CoreRule::AtLeast(count) => {
                let left = count.min(due.len()).saturating_sub(measured);
                if left > 0 {
                    missing.push(self.missing(StageCode::Cook, MissingCode::MoreCores, None, left.to_string()));
                }
            }
        }
        let has_rows = dishes.iter().any(|(_, core)| core.state != CoreState::Unmeasured);
        StageFacts { is_needed: !due.is_empty() || self.knows_no_dish(), ..facts(missing, has_rows) }
    }

    fn samples(&self) -> StageFacts {
        let rows = self.rows;
        let due: Vec<_> = rows.dishes.iter().filter(|dish| dish.is_asked() && dish.needs_sample()).collect();
        let without = due.iter().filter(|dish| !has_sample(rows.dishes, dish, rows.samples));
        let missing = without.map(|dish| {
            let is_of_dish =
                |name: &str, id| dish_called(rows.dishes, id, name).is_some_and(|found| found.id == dish.id);
            let is_light =
                rows.samples.iter().any(|sample| !sample.is_void && is_of_dish(&sample.dish_name, sample.dish));
            let code = if is_light { MissingCode::SampleGrams } else { MissingCode::Sample };
            self.missing(StageCode::Sample, code, Some(dish.id), &dish.name)
        });
        let has_rows = rows.samples.iter().any(|sample| !sample.is_void);
        let is_needed = !due.is_empty() || self.knows_no_dish();
        // A menu that nobody has written is no reason to call the samples done.
        let must_wait = self.knows_no_dish() && !has_rows;
        StageFacts { is_needed, must_wait, ..facts(missing.collect(), has_rows) }
    }

    fn accompanied(&self) -> StageFacts {
        let has_rows = !self.rows.accompanied.is_empty();
        let missing = (!has_rows).then(|| self.missing(StageCode::Accompany, MissingCode::Accompany, None, ""));
        StageFacts { is_needed: self.meal.is_accompanied, ..facts(missing.into_iter().collect(), has_rows) }
    }

    fn issued(&self) -> StageFacts {
        let issued = |class: Uuid| {
            let mut rows = self.rows.issues.iter().filter(|issue| issue.class == Some(class) && !issue.is_void);
            rows.any(|issue| issue.issued.is_some())
        };
        let without = self.rows.classes.iter().filter(|class| !issued(**class));
        let missing = without.map(|class| self.missing(StageCode::Issue, MissingCode::Issue, Some(*class), ""));
        let has_rows = self.rows.issues.iter().any(|issue| !issue.is_void && issue.issued.is_some());
        facts(missing.collect(), has_rows)
    }

    fn left_over(&self) -> StageFacts {
        let is_told = |class: Option<Uuid>| {
            let mut rows = self.rows.issues.iter().filter(|issue| !issue.is_void);
            rows.any(|issue| issue.leftover.is_some() && (class.is_none() || issue.class == class))
        };
        let by_class: Vec<Option<Uuid>> = match self.rows.classes {
            [] => vec![None],
            classes => classes.iter().copied().map(Some).collect(),
        };
        let without = by_class.into_iter().filter(|class| !is_told(*class));
        let missing = without.map(|class| self.missing(StageCode::Leftover, MissingCode::Leftover, class, ""));
        facts(missing.collect(), is_told(None))
    }

    /// Tableware of this meal is disinfected after it; of a row whose clock nobody vouched for it is taken to be.
    fn disinfected(&self) -> StageFacts {
        let is_after = |row: &&Disinfection| {
            let is_before = |planned: crate::time::UtcMillis| row.started.is_before(planned);
            !row.is_void && !self.meal.planned.is_some_and(is_before)
        };
        let rows: Vec<&Disinfection> = self.rows.disinfections.iter().filter(is_after).collect();
        let mut missing: Vec<Missing> = Vec::new();
        if !rows.iter().any(|row| row.ended.is_some()) {
            let running = rows.first().map(|row| row.id);
            let code = if running.is_some() { MissingCode::DisinfectRuns } else { MissingCode::Disinfect };
            missing.push(self.missing(StageCode::Disinfect, code, running, ""));
        }
        facts(missing, !rows.is_empty())
    }

    fn disposed(&self) -> StageFacts {
        let of_state = |state: SampleState| self.clocks.iter().filter(move |clock| clock.clock.state == state);
        let missing = of_state(SampleState::Ready).map(|clock| {
            self.missing(StageCode::Dispose, MissingCode::Dispose, Some(clock.clock.sample), &clock.dish_name)
        });
        let waits = of_state(SampleState::Waiting).next().is_some();
        let is_due = self.rows.dishes.iter().any(|dish| dish.is_asked() && dish.needs_sample());
        let must_wait = waits || self.clocks.is_empty();
        let is_needed = is_due || !self.clocks.is_empty() || self.knows_no_dish();
        StageFacts { is_needed, must_wait, ..facts(missing.collect(), !self.clocks.is_empty()) }
    }

    fn knows_no_dish(&self) -> bool {
        self.rows.dishes.is_empty()
    }
}

fn facts(missing: Vec<Missing>, has_rows: bool) -> StageFacts {
    StageFacts { missing, has_rows, is_needed: true, must_wait: false }
}

/// The id and the name of somebody.
pub(super) fn told(who: &Who) -> (Option<Uuid>, String) {
    match who {
        Who::Person(person) => (Some(*person), String::new()),
        Who::Helper(name) => (None, name.clone()),
    }
}
