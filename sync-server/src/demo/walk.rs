//! One walk of a route, as a tablet keeps it.
//!
//! Its fields are those that the commands write; a test walks one with the commands and holds it against these.

use std::collections::BTreeSet;

use domain::calendar::Calendar;
use domain::correction::apply;
use domain::form::PlaceName;
use domain::patrol::{Areas, Occurrence, Plan, ReadHow, Run, VisitResult, covers, due_on, signer_part};
use domain::route::{Checkpoint, Route};
use domain::setting::Settings;
use domain::sleeps::Sleeps;
use domain::time::DEFAULT_ZONE;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::campus::tag_of;
use super::cast::GUARD;
use super::error::DemoError;
use super::forms::signature;
use super::ids::{Of, id};
use super::stage::Stage;

const KIND: &str = "patrol_run";

/// A route with its points, and the plan that all its walks have.
pub(super) struct Round {
    /// Its number among the routes, from 1.
    pub(super) number: u32,
    /// The route.
    pub(super) route: Route,
    /// Whether its walks are the daily fire patrol, which a second signs.
    pub(super) is_fire: bool,
    points: Vec<Checkpoint>,
    plan: Uuid,
}

/// When the campus works, and when somebody sleeps there.
pub(super) struct Times {
    calendar: Calendar,
    sleeps: Sleeps,
    night_rounds: usize,
}

impl Times {
    /// Those of the campus.
    pub(super) fn of_campus(stage: &mut Stage) -> Result<Self, DemoError> {
        let campus = stage.document(id(Of::Campus, 1))?;
        let told = |name: &str| campus.get(name).unwrap_or(&Value::Null);
        let wrong = |error: &dyn std::fmt::Display| DemoError::Script(format!("the campus cannot be read: {error}"));
        Ok(Self {
            calendar: Calendar::from_json(DEFAULT_ZONE, told("term_calendar")).map_err(|error| wrong(&error))?,
            sleeps: match told("sleeps") {
                Value::Null => Sleeps::default(),
                told => Sleeps::from_json(told).map_err(|error| wrong(&error))?,
            },
            night_rounds: usize::try_from(Settings::default().number("fire.night.rounds")).unwrap_or(usize::MAX),
        })
    }

    /// Whether somebody sleeps there in the night that begins on an evening.
    pub(super) fn is_slept_on(&self, evening: chrono::NaiveDate) -> bool {
        self.sleeps.on(evening, &self.calendar)
    }
}

impl Round {
    /// The routes of the campus, those by day first, as they stand from now on.
    pub(super) fn all(stage: &mut Stage) -> Result<Vec<Self>, DemoError> {
        let points: Vec<Checkpoint> = stage
            .records("checkpoint")?
            .iter()
            .map(|found| Checkpoint::read(&found.id.to_string(), &found.doc))
            .collect();
        let mut routes: Vec<(Uuid, Route)> = stage
            .records("route")?
            .iter()
            .map(|found| (found.id.0, Route::read(&found.id.to_string(), &found.doc)))
            .collect();
        routes.sort_by_key(|(_, route)| route.is_night);
        let mut rounds = Vec::new();
        for (number, (own, route)) in (1..).zip(routes) {
            let mut points: Vec<Checkpoint> = points.iter().filter(|point| point.route == route.id).cloned().collect();
            Checkpoint::sort(&mut points);
            let plan = Plan::of(&route, &points, |_| true);
            let plan_id = plan.id(own);
            let fields = vec![("route".to_owned(), json!(own)), ("body".to_owned(), plan.body())];
            stage.save(GUARD, (plan_id, "route_plan"), fields)?;
            rounds.push(Self { number, route, is_fire: plan.fire, points, plan: plan_id });
        }
        Ok(rounds)
    }

    /// What is due on a day.
    pub(super) fn due(&self, times: &Times, day: chrono::NaiveDate) -> Vec<Occurrence<'_>> {
        due_on(&self.route, day, &times.calendar, &times.sleeps, times.night_rounds)
    }

    /// The points that are asked, in walking order.
    pub(super) fn asked(&self, occurrence: &Occurrence<'_>) -> Vec<&Checkpoint> {
        occurrence.asked(&self.points, &Areas::default())
    }

    /// The tag that hangs at a point.
    pub(super) fn tag(&self, point: &Checkpoint) -> String {
        tag_of(self.number, point.seq)
    }
}

/// How a walk begins.
pub(super) struct Begun {
    /// The number of its record among the walks.
    pub(super) number: u32,
    /// Who walks.
    pub(super) by: u32,
    /// The walk that this one goes along with.
    pub(super) along: Option<u32>,
    /// Why it is entered afterwards.
    pub(super) late_reason: Option<&'static str>,
}

/// A walk that goes on.
pub(super) struct Walk<'r> {
    round: &'r Round,
    by: u32,
    id: Uuid,
    is_entered: bool,
    /// What is not saved yet.
    fields: Vec<(String, Value)>,
    n: u64,
    failing: BTreeSet<String>,
}

impl<'r> Walk<'r> {
    /// Begins it now.
    pub(super) fn begin(stage: &Stage, round: &'r Round, occurrence: &Occurrence<'_>, begun: &Begun) -> Self {
        let time = stage.time();
        let by = id(Of::Person, begun.by);
        let head = json!({
            "created": {"by": by, "at": time.now}, "occurred_at": time.now, "recorded_at": time.now, "clock": time.stamp(),
            "business_date": occurrence.day, "route": round.route.id, "plan": round.plan, "window": occurrence.window.id,
            "leader": by, format!("people/{by}"): time.now,
        });
        let mut fields: Map<String, Value> = head.as_object().cloned().unwrap_or_default();
        fields.extend(begun.along.map(|along| ("walk".to_owned(), json!(id(Of::Run, along)))));
        if let Some(reason) = begun.late_reason {
            fields.extend([("late".to_owned(), json!(true)), ("late_reason".to_owned(), json!(reason))]);
        }
        Self {
            round,
            by: begun.by,
            id: id(Of::Run, begun.number),
            is_entered: begun.late_reason.is_some(),
            fields: fields.into_iter().collect(),
            n: 0,
            failing: BTreeSet::new(),
        }
    }

    /// Somebody is at a point, and all is well; by hand where there is a reason for it.
    pub(super) fn visit(&mut self, stage: &Stage, point: &Checkpoint, by_hand: Option<&str>) {
        let is_by_hand = self.is_entered || by_hand.is_some();
        let mut visit = json!({
            "how": if is_by_hand { ReadHow::Hand } else { ReadHow::Nfc }, "result": VisitResult::Normal,
        });
        if !is_by_hand {
            visit["tag"] = json!(self.round.tag(point));
        }
        if let Some(reason) = by_hand {
            visit["reason"] = json!(reason);
        }
        self.n += 1;
        let visit = self.marked(stage, visit, "arrived");
        self.fields.push((format!("visits/{}/v/{}", point.id, stage.fresh()), visit));
    }

    /// Says why a point was not reached.
    pub(super) fn miss(&mut self, stage: &Stage, point: &Checkpoint, reason: &str) {
        let missed = json!({"reason": reason, "by": id(Of::Person, self.by), "at": stage.time().now});
        self.fields.push((format!("missed/{}", point.id), missed));
    }

    /// Somebody is at a point where not all is well, as a command says it: `more` are further arguments.
    pub(super) fn visit_abnormal(
        &mut self,
        stage: &mut Stage,
        point: &Checkpoint,
        more: &Value,
    ) -> Result<(), DemoError> {
        self.save(stage)?;
        let mut visit =
            json!({"run": self.id, "tag": self.round.tag(point), "how": ReadHow::Nfc, "result": "abnormal"});
        if let (Some(visit), Some(more)) = (visit.as_object_mut(), more.as_object()) {
            visit.extend(more.clone());
        }
        stage.call(self.by, "patrol.visit", visit)?;
        self.n += 1;
        Ok(())
    }

    /// An item is counted or measured at a point.
    pub(super) fn measure(&mut self, point: &Checkpoint, item: &str, value: &str) {
        self.fields.push((PlaceName::Visit(point.id.clone()).field(item, "result"), json!([{"v": value}])));
    }

    /// An item fails at a point; gives the walk.
    pub(super) fn fail(
        &mut self,
        stage: &mut Stage,
        point: &Checkpoint,
        item: &str,
        note: &str,
    ) -> Result<Uuid, DemoError> {
        self.save(stage)?;
        let answer = json!({"run": self.id, "checkpoint": point.id, "item": item, "result": "fail", "note": note});
        stage.call(self.by, "patrol.answer", answer)?;
        self.failing.insert(point.id.clone());
        Ok(self.id)
    }

    /// Ends it, and signs for it; gives its record.
    pub(super) fn finish(mut self, stage: &mut Stage) -> Result<Uuid, DemoError> {
        self.n += 1;
        let end = self.marked(stage, json!({}), "at");
        self.fields.push((format!("ends/{}", stage.fresh()), end));
        let mut document = stage.document(self.id)?;
        document.extend(self.fields.iter().cloned());
        let corrected = apply(KIND, &document);
        let person = id(Of::Person, self.by);
        let run = Run::read(&corrected);
        let part = signer_part(&run, &corrected.document, Some(&person.to_string()), &self.failing);
        let covers: Map<String, Value> = part.covers.into_iter().map(|(visit, seen)| (visit, json!(seen))).collect();
        let sign = json!({
            "role": "walker", "strokes": signature(self.by), "how": "pin", "nil": part.is_nil, "covers": covers,
        });
        let sign = self.marked(stage, sign, "at");
        self.fields.push((format!("signs/{person}/{}", stage.fresh()), sign));
        self.save(stage)?;
        Ok(self.id)
    }

    fn save(&mut self, stage: &mut Stage) -> Result<(), DemoError> {
        let fields = std::mem::take(&mut self.fields);
        if fields.is_empty() { Ok(()) } else { stage.save(self.by, (self.id, KIND), fields) }
    }

    /// An entry with its place in the order of the walk, who wrote it, and when by which clock.
    fn marked(&self, stage: &Stage, mut entry: Value, at: &str) -> Value {
        let time = stage.time();
        entry["n"] = json!(self.n);
        entry["by"] = json!(id(Of::Person, self.by));
        entry[at] = json!(time.now);
        entry["clock"] = json!(time.stamp());
        entry
    }
}

/// Somebody who walked no part of it signs for all of a walk, with a PIN of their own.
pub(super) fn sign_as_second(stage: &mut Stage, walk: Uuid, by: u32) -> Result<(), DemoError> {
    let corrected = apply(KIND, &stage.document(walk)?);
    let run = Run::read(&corrected);
    let (person, time) = (id(Of::Person, by), stage.time());
    let sign = json!({
        "role": "second", "strokes": signature(by), "how": "pin", "nil": false,
        "covers": covers(&run, &corrected.document, |_| true),
        "n": run.last_n.saturating_add(1), "by": person, "at": time.now, "clock": time.stamp(),
    });
    let name = format!("signs/{person}/{}", stage.fresh());
    stage.save(by, (walk, KIND), vec![(name, sign)])
}
