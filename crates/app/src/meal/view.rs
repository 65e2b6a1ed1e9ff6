//! From a meal and its rows to its card, as the person who works may see it.

use domain::meal::{Card, CardClock, Missing, Phase, Problem, ProblemCode, SampleLabel, StageCode, StageState};
use domain::permission::Permission;
use replica::ListedRecord;
use serde_json::Value;
use uuid::Uuid;

use super::age::now;
use super::dishes::dish_views;
use super::judged::card_of_rows;
use super::making::Making;
use super::reading::{Of, is_told_late, number_of};
use super::signal::signals;
use super::staff::staff;
use super::stored::StoredMeal;
use crate::app::App;
use crate::document::{integer, text};
use crate::dto::meal::{
    BeforeService, MealAccompany, MealCancelled, MealCard, MealClock, MealClosed, MealDelivery, MealDisinfection,
    MealGap, MealIssue, MealProblem, MealRow, MealSample, MealStage, MealWaived,
};
use crate::dto::phrase::Phrase;
use crate::error::CommandError;
use crate::finding::StoredFinding;

/// The whole card.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn card_of(app: &App, meal: &StoredMeal) -> Result<MealCard, CommandError> {
    let around = meal.around(app)?;
    Making::new(app, meal, &around)?.card()
}

/// The same as a row of a list, with the clocks of the samples of other meals that may go.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn row_of(app: &App, meal: &StoredMeal) -> Result<MealRow, CommandError> {
    let around = meal.around(app)?;
    Making::new(app, meal, &around)?.row()
}

impl Making<'_> {
    /// What the domain says of it.
    pub(super) fn judged(&self) -> Result<Card, CommandError> {
        card_of_rows(self.app, self.meal, &self.rows(), &self.limits, &now(self.app))
    }

    fn card(&self) -> Result<MealCard, CommandError> {
        let judged = self.judged()?;
        let meal = self.meal;
        let now = now(self.app);
        let before_service = self.gaps(&judged.before_service);
        let people = if self.sees_checks() { staff(self)? } else { Vec::new() };
        Ok(MealCard {
            id: meal.id.0,
            meal: meal.key.tag(),
            kitchen_name: self.kitchen_name(),
            day_checked: meal.key.is_day_checked,
            profile: meal.profile.code.clone(),
            profile_name: Phrase::new(meal.profile.title.clone(), meal.profile.title_en.clone()),
            planned_at: meal.planned().map(|planned| planned.0),
            stages: judged.stages.iter().map(|stage| self.stage(stage)).collect(),
            clocks: judged.clocks.iter().filter_map(|clock| self.clock(clock)).collect(),
            problems: self.problems(&judged.problems),
            signals: signals(self)?,
            service: BeforeService { missing: before_service.len(), minutes_left: judged.minutes_left },
            before_service,
            dishes: dish_views(self)?,
            samples: self.samples(),
            people,
            deliveries: self.deliveries(),
            issues: self.issues()?,
            disinfections: self.disinfections(),
            accompanied: self.around.forms.iter().map(|form| self.accompany(form)).collect(),
            cancelled: self.cancelled(),
            closed: self.closed(),
            may_manage: self.viewer.sight.may(Permission::ManageMeals),
            now: now.at.0,
            is_checked: self.app.time().is_checked(),
        })
    }

    fn row(&self) -> Result<MealRow, CommandError> {
        let judged = self.judged()?;
        let needed = judged.stages.iter().filter(|stage| stage.state != StageState::NotNeeded);
        let is_asked = |missing: &&Missing| self.meal.profile.stage(missing.stage).is_some();
        let first = judged.stages.iter().find(|stage| stage.state == StageState::Now);
        let sees_samples = self.sees_kind("food_sample");
        let ready = judged.clocks.iter().filter(|clock| clock.clock.state == domain::meal::SampleState::Ready).count();
        Ok(MealRow {
            id: self.meal.id.0,
            meal: self.meal.key.tag(),
            kitchen_name: self.kitchen_name(),
            planned_at: self.meal.planned().map(|planned| planned.0),
            now: first.and_then(|stage| self.stage_name(stage.stage)),
            done: judged.stages.iter().filter(|stage| stage.state == StageState::Done).count(),
            needed: needed.count(),
            service: BeforeService {
                missing: judged.before_service.iter().filter(is_asked).count(),
                minutes_left: judged.minutes_left,
            },
            ready: if sees_samples { ready } else { 0 },
            problems: self.problems(&judged.problems).len(),
            cancelled: self.meal.record.is_cancelled(),
            closed: !self.meal.record.closed.is_empty(),
        })
    }

    fn kitchen_name(&self) -> Option<String> {
        self.meal.key.kitchen.and_then(|kitchen| self.names.name(&kitchen.to_string()))
    }

    fn stage_name(&self, stage: StageCode) -> Option<Phrase> {
        self.meal.profile.stage(stage).map(|known| Phrase::new(known.name.clone(), known.name_en.clone()))
    }

    fn stage(&self, stage: &domain::meal::Stage) -> MealStage {
        let known = self.meal.profile.stage(stage.stage);
        let waived = self.meal.document.get(&format!("stages/{}", stage.stage.code())).filter(|said| !said.is_null());
        MealStage {
            stage: stage.stage.code(),
            name: self.stage_name(stage.stage).unwrap_or_else(|| Phrase::new(String::new(), String::new())),
            state: stage.state.code(),
            missing: self.gaps(&stage.missing),
            may_waive: known.is_some_and(|known| known.may_waive && known.phase != Phase::Kept),
            waived: waived.map(|said| MealWaived {
                reason: said["reason"].as_str().unwrap_or_default().to_owned(),
                by: self.by(said),
                at: said["at"].as_i64().unwrap_or_default(),
            }),
        }
    }

    /// What is missing in words; who may not see the checks of people learns how many are missing, and not whose.
    fn gaps(&self, missing: &[Missing]) -> Vec<MealGap> {
        let is_hidden = |gap: &&Missing| gap.stage == StageCode::Check && !self.sees_checks();
        let gap = |missing: &Missing| {
            let about = missing.about.filter(|_| self.sees_stage(missing.stage));
            let what = if missing.what.is_empty() { self.called(about) } else { missing.what.clone() };
            let is_named = about.is_some() || missing.about.is_none();
            MealGap {
                stage: missing.stage.code(),
                code: missing.code.code(),
                about,
                what: if is_named { what } else { String::new() },
                heard: missing.heard,
            }
        };
        let mut gaps: Vec<MealGap> = missing.iter().filter(|missing| !is_hidden(missing)).map(gap).collect();
        let hidden: Vec<&Missing> = missing.iter().filter(is_hidden).collect();
        if let Some(first) = hidden.first() {
            let one = MealGap { about: None, what: hidden.len().to_string(), ..gap(first) };
            let place = missing.iter().position(|gap| std::ptr::eq(gap, *first)).unwrap_or(0);
            gaps.insert(place.min(gaps.len()), one);
        }
        gaps
    }

    /// Whether they see what the rows of a stage are called: of most it is a dish or a class, of some it is a row of their own.
    fn sees_stage(&self, stage: StageCode) -> bool {
        match stage {
            StageCode::Delivery | StageCode::Arrival => self.sees_kind("delivery_line"),
            StageCode::Dispose => self.sees_kind("food_sample"),
            _ => true,
        }
    }

    fn problems(&self, problems: &[Problem]) -> Vec<MealProblem> {
        let is_of_people = |problem: &Problem| {
            matches!(problem.code, ProblemCode::Unfit | ProblemCode::Unmeasured | ProblemCode::ToMend)
        };
        let finding = |id: Uuid| StoredFinding::seen(self.app, causal::RecordId(id)).ok().map(|_| id);
        let told = |problem: &Problem| {
            let is_hidden = is_of_people(problem) && !self.sees_checks();
            let what = if problem.what.is_empty() { self.called(problem.about) } else { problem.what.clone() };
            MealProblem {
                code: problem.code.code(),
                what: if is_hidden { String::new() } else { what },
                about: problem.about.filter(|_| !is_hidden),
                finding: problem.finding.and_then(finding),
            }
        };
        let is_seen = |problem: &&Problem| told_by(problem.code).is_none_or(|kind| self.sees_kind(kind));
        problems.iter().filter(is_seen).map(told).collect()
    }

    fn found(&self, sample: Uuid) -> Option<&ListedRecord> {
        let all = self.around.samples.iter().chain(&self.around.others);
        all.map(|sample| &sample.found).find(|found| found.id.0 == sample)
    }

    fn fridge(&self, found: &ListedRecord) -> Option<String> {
        let kept = || text(&found.doc, "fridge_as").map(str::to_owned);
        text(&found.doc, "fridge").and_then(|fridge| self.names.name(fridge)).or_else(kept)
    }

    fn clock(&self, clock: &CardClock) -> Option<MealClock> {
        let found = self.found(clock.clock.sample).filter(|found| self.sees(found))?;
        let ready_at = clock.clock.ready_at.map(|at| at.0);
        Some(MealClock {
            sample: clock.clock.sample,
            dish: clock.dish_name.clone(),
            ready_at,
            state: clock.clock.state.into(),
            left_ms: clock.clock.left_ms,
            box_no: text(&found.doc, "box_no").unwrap_or_default().to_owned(),
            fridge: self.fridge(found),
            date: self.meal.key.date.to_string(),
            meal: Some(self.meal.id.0),
            problems: clock.clock.problems.iter().map(|problem| problem.code()).collect(),
        })
    }

    fn samples(&self) -> Vec<MealSample> {
        let campus = self.meal.key.campus.id.unwrap_or_default();
        let standing = self.around.samples.iter().filter(|sample| !sample.row.is_void && self.sees(&sample.found));
        let view = |sample: &Of<domain::meal::Sample>| {
            let (row, document) = (&sample.row, &sample.found.doc);
            let dish = domain::meal::dish_called(&self.meal.dishes, row.dish, &row.dish_name);
            let name = dish.map_or(row.dish_name.as_str(), |dish| dish.name.as_str());
            let label = SampleLabel::of(row, campus, name);
            MealSample {
                id: row.id,
                dish: dish.map(|dish| dish.id),
                dish_name: name.to_owned(),
                grams: row.grams.map(|grams| grams.to_string()),
                enough: row.is_enough(),
                box_no: row.box_no.clone(),
                fridge: self.fridge(&sample.found),
                taken_at: integer(document, "taken_at").unwrap_or(row.taken.at.0),
                by: text(document, "taken_by").map(|by| self.names.person(by)),
                label: label.to_string(),
                short: label.short(),
                label_ready_at: label.printed_ready_at().map(|at| at.0),
                late: is_told_late(document, StageCode::Sample, Some("taken_at")),
            }
        };
        standing.map(view).collect()
    }

    fn deliveries(&self) -> Vec<MealDelivery> {
        let standing = self.around.deliveries.iter().filter(|of| !of.row.is_void && self.sees(&of.found));
        let view = |of: &Of<domain::meal::Delivery>| {
            let document = &of.found.doc;
            let kept = || text(document, "supplier_as").map(str::to_owned);
            let is_rejected = |line: &&domain::meal::DeliveryLine| {
                line.decision().is_some_and(|decision| decision > domain::meal::LineDecision::Accepted)
            };
            MealDelivery {
                id: of.row.id,
                supplier: text(document, "supplier").and_then(|id| self.names.name(id)).or_else(kept),
                arrived_at: integer(document, "arrived_at").unwrap_or_default(),
                lines: of.row.standing_lines().count(),
                rejected: of.row.standing_lines().filter(is_rejected).count(),
                signers_left: of.row.signers_left(self.limits.two_person),
                supplier_out: of.row.is_supplier_out,
            }
        };
        standing.map(view).collect()
    }

    /// What went to each class, with the number of diners that its attendance of the day tells.
    fn issues(&self) -> Result<Vec<MealIssue>, CommandError> {
        let attendance = self.meal.attendance(self.app)?;
        let counted = |class: Uuid| {
            let class = class.to_string();
            let is_of_class =
                |found: &&ListedRecord| text(&found.doc, "class") == Some(class.as_str()) && self.sees(found);
            attendance.iter().find(is_of_class)
        };
        let view = |(class, name): &(Uuid, String)| {
            let own = self.around.issues.iter().find(|of| of.row.class == Some(*class) && !of.row.is_void);
            let own = own.filter(|of| self.sees(&of.found));
            let counted = counted(*class);
            let document = own.map(|of| &of.found.doc);
            let owned = |name| document.and_then(|document| text(document, name)).map(str::to_owned);
            MealIssue {
                class: *class,
                class_name: Some(name.clone()),
                id: own.map(|of| of.row.id),
                diners: counted.and_then(|found| number_of(&found.doc, "diners")).map(|diners| diners.to_string()),
                counted_at: counted.and_then(|found| integer(&found.doc, "recorded_at")),
                issued: owned("issued"),
                unit: owned("unit"),
                leftover: owned("leftover"),
                leftover_unit: owned("leftover_unit"),
                leftover_percent: own
                    .and_then(|of| of.row.leftover_percent())
                    .map(|rate| rate.round_dp(1).normalize().to_string()),
                water_ok: own.and_then(|of| of.row.has_water),
                late: document.is_some_and(|document| is_told_late(document, StageCode::Issue, None)),
            }
        };
        let mut issues: Vec<MealIssue> = self.around.classes.iter().map(view).collect();
        let is_all = self.sees_kind("snack_issue");
        issues.retain(|issue| is_all || issue.id.is_some() || issue.diners.is_some());
        Ok(issues)
    }

    fn disinfections(&self) -> Vec<MealDisinfection> {
        let standing = self.around.disinfections.iter().filter(|of| !of.row.is_void && self.sees(&of.found));
        let view = |of: &Of<domain::meal::Disinfection>| MealDisinfection {
            id: of.row.id,
            method: text(&of.found.doc, "method").unwrap_or_default().to_owned(),
            started_at: integer(&of.found.doc, "started_at").unwrap_or_default(),
            ended_at: integer(&of.found.doc, "ended_at"),
            min_minutes: of.row.min_minutes.map(|minutes| minutes.to_string()),
        };
        standing.map(view).collect()
    }

    fn accompany(&self, form: &ListedRecord) -> MealAccompany {
        let people = form.doc.iter().filter(|(_, value)| !value.is_null());
        let people = people.filter_map(|(path, _)| path.strip_prefix("people/"));
        MealAccompany {
            inspection: form.id.0,
            by: people.map(|person| self.names.person(person)).collect(),
            submitted: form.stage.as_deref() == Some("submitted"),
        }
    }

    fn cancelled(&self) -> Option<MealCancelled> {
        let (id, said) = self.meal.cancelled()?;
        Some(MealCancelled {
            id: id.to_owned(),
            reason: said["reason"].as_str().unwrap_or_default().to_owned(),
            moved_to: said["moved_day"].as_str().map(str::to_owned),
            by: self.by(said),
            at: said["at"].as_i64().unwrap_or_default(),
        })
    }

    fn closed(&self) -> Vec<MealClosed> {
        let closed = |(_, said): (&str, &Value)| MealClosed {
            by: self.by(said),
            at: said["at"].as_i64().unwrap_or_default(),
            how: said["how"].as_str().unwrap_or("none").to_owned(),
        };
        self.meal.entries("closes").into_iter().map(closed).collect()
    }
}

/// The register whose rows a problem tells of; none where it tells of the meal, or of people.
fn told_by(problem: ProblemCode) -> Option<&'static str> {
    match problem {
        ProblemCode::Sample(_) | ProblemCode::BoxTwice | ProblemCode::OffMenu => Some("food_sample"),
        ProblemCode::Line(_) | ProblemCode::RejectReason | ProblemCode::Supplier => Some("delivery_line"),
        ProblemCode::Core => Some("temperature_reading"),
        ProblemCode::DisinfectShort | ProblemCode::DisinfectFails => Some("disinfection_log"),
        ProblemCode::KeptForNext => Some("snack_issue"),
        _ => None,
    }
}
