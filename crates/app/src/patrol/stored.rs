//! One run, and all runs of some days.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use causal::{RecordId, State};
use domain::checked_time::CheckedTime;
use domain::correction::{Corrected, apply};
use domain::form::{AnswerField, Form, PlaceName};
use domain::patrol::{Plan, PlanPoint, Run, RunOn, asked_at};
use domain::permission::Permission;
use domain::template::Part;
use replica::{Listing, Reading, Save};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::{KIND, PLAN};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, Fields, person_field, text};
use crate::error::CommandError;
use crate::load::{load, load_seen};
use crate::people;
use crate::sight::Seen;

const MOST: u64 = 100_000;

/// One run that is here.
pub(crate) struct StoredRun {
    /// Its record.
    pub(crate) id: RecordId,
    /// What somebody who reads it now has seen.
    pub(crate) version: String,
    /// What merges.
    pub(crate) state: State,
    /// Its fields as they were written.
    pub(crate) document: Document,
    /// Its fields as they count.
    pub(crate) corrected: Corrected,
    /// The run.
    pub(crate) run: Run,
    /// Its campus.
    pub(crate) campus: Campus,
    /// The plan that it was begun on; none where that has not arrived.
    pub(crate) plan: Option<Plan>,
}

/// A run among those of some days.
pub(crate) struct ListedRun {
    /// Its record.
    pub(crate) id: RecordId,
    /// Its fields as they count.
    pub(crate) document: Document,
    /// The run.
    pub(crate) run: Run,
}

/// The runs of some days with their plans.
#[derive(Default)]
pub(crate) struct Runs {
    /// The runs, by business day.
    pub(crate) all: Vec<ListedRun>,
    /// The plans that are here, by id.
    pub(crate) plans: HashMap<String, Plan>,
}

impl Runs {
    /// A run with its plan.
    pub(crate) fn on<'a>(&'a self, listed: &'a ListedRun) -> RunOn<'a> {
        RunOn { run: &listed.run, plan: listed.run.plan.as_ref().and_then(|plan| self.plans.get(plan)) }
    }
}

impl StoredRun {
    /// The run `id`, whoever asks.
    ///
    /// # Errors
    /// `not-found`, `other-kind` or `deleted`.
    pub(crate) fn load(app: &App, id: RecordId) -> Result<Self, CommandError> {
        Self::read(app, load(app, KIND, id)?)
    }

    /// The run `id`, where the person who works sees it.
    ///
    /// # Errors
    /// As [`StoredRun::load`]; one that is not seen is not found.
    pub(crate) fn seen(app: &App, id: Uuid) -> Result<Self, CommandError> {
        let reading = load_seen(app, KIND, RecordId(id)).map_err(|error| error.field("run"))?;
        Self::read(app, reading)
    }

    /// The run `id`, to be gone on with by who may patrol.
    ///
    /// # Errors
    /// As [`StoredRun::seen`]; `not-allowed`, `void`.
    pub(crate) fn to_walk(app: &App, id: Uuid) -> Result<Self, CommandError> {
        let run = Self::seen(app, id)?;
        people::require(app, &run.campus, Permission::Patrol)?;
        if run.run.is_void {
            return Err(CommandError::new(ProblemType::Void, "the round is void").field("run"));
        }
        Ok(run)
    }

    fn read(app: &App, reading: Reading) -> Result<Self, CommandError> {
        let document = domain::reading::read(KIND, &reading.record.state);
        let corrected = apply(KIND, &document);
        let run = Run::read(&corrected);
        let day = text(&corrected.document, "business_date").map(str::to_owned);
        let campus = Campus::load(app, reading.record.scope)?.on(day.as_deref());
        let plan = run.plan.as_deref().map(|plan| plan_of(app, plan)).transpose()?.flatten();
        Ok(Self {
            id: reading.record.id,
            version: reading.version,
            state: reading.record.state,
            document,
            corrected,
            run,
            campus,
            plan,
        })
    }

    /// The points that it asks, in walking order.
    pub(crate) fn points(&self) -> impl Iterator<Item = &PlanPoint> {
        self.plan.iter().flat_map(|plan| plan.points_in(self.run.window.as_deref()))
    }

    /// The points at which an item failed.
    pub(crate) fn failing(&self) -> BTreeSet<String> {
        let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let fields = self.corrected.document.keys().filter_map(|name| AnswerField::parse(name));
        for field in fields.filter(|field| field.part == "result") {
            if let PlaceName::Visit(checkpoint) = field.place {
                codes.entry(checkpoint).or_default().push(field.code.to_owned());
            }
        }
        codes.retain(|checkpoint, codes| {
            let template = asked_at("", "", codes);
            let form = Form::new(&template, Part::All, self.campus.kind, &self.campus.settings);
            let form = form.with_document(&self.corrected.document, &PlaceName::Visit(checkpoint.clone()));
            form.items().any(|item| form.judge(item).is_failed)
        });
        codes.into_keys().collect()
    }

    /// Where to go next: where neither anybody of this run has been, nor, by what their screens have told, a colleague.
    pub(crate) fn next(&self) -> Option<String> {
        self.next_but_for(|_| false)
    }

    /// Where to go next, but for points at which others were.
    pub(crate) fn next_but_for(&self, others_were: impl Fn(&str) -> bool) -> Option<String> {
        let points: Vec<&str> = self.points().map(|point| point.id.as_str()).collect();
        let steps = self.run.steps();
        let last = steps.last().map(|step| step.checkpoint);
        let has_been =
            |point: &str| self.run.visits_to(point).next().is_some() || self.is_told(point) || others_were(point);
        domain::patrol::next_point(&points, last, has_been).map(str::to_owned)
    }

    /// Whether a colleague's screen has told that somebody was at a point.
    pub(crate) fn is_told(&self, checkpoint: &str) -> bool {
        self.run.told.iter().any(|told| told.points.iter().any(|point| point == checkpoint))
    }

    /// A save of further fields by who works, who takes part by it.
    ///
    /// # Errors
    /// `bad-person` where their name is too long for a field.
    pub(crate) fn save(&self, app: &App, seen: Option<String>, mut set: Fields) -> Result<Save, CommandError> {
        let by = app.by();
        if let Some(by) = &by {
            let field = person_field("people", by, json!(app.now_ms()))?;
            if !self.document.contains_key(&field.0) {
                set.push(field);
            }
        }
        Ok(Save {
            id: Some(self.id),
            kind: KIND.to_owned(),
            seen: Some(seen.unwrap_or_else(|| self.version.clone())),
            only_if: Some(self.version.clone()),
            set,
            by,
            ..Save::default()
        })
    }
}

/// What every entry of a run says of who wrote it, when, by which clock, and of its place in the order of the run.
pub(crate) struct Marks {
    /// Its place.
    pub(crate) n: u64,
    time: CheckedTime,
    by: Option<std::sync::Arc<str>>,
}

impl Marks {
    /// Of an entry that is written now, behind all others.
    pub(crate) fn next(app: &App, run: &Run) -> Self {
        Self { n: run.last_n.saturating_add(1), time: app.time(), by: app.by() }
    }

    /// The entry with these marks; its time stands under `at`.
    pub(crate) fn on(&self, mut entry: Value, at: &str) -> Value {
        entry["n"] = json!(self.n);
        entry["by"] = json!(self.by.as_deref());
        entry[at] = json!(self.time.now);
        entry["clock"] = json!(self.time.stamp());
        entry
    }

    /// The moment.
    pub(crate) fn moment(&self) -> domain::checked_time::Moment {
        domain::checked_time::Moment { at: self.time.now, clock: self.time.stamp() }
    }
}

/// The runs of a campus on the business days from the one to the other that the person who works sees.
pub(crate) fn runs_seen(app: &App, campus: &Campus, days: (&str, &str)) -> Result<Runs, CommandError> {
    let seen = Seen::of_kind(app, KIND, campus.id)?;
    runs_in(app, &Listing { days: Some(days), limit: MOST, ..seen.listing(KIND) })
}

/// The runs of a campus on the business days from the one to the other, whoever asks.
pub(crate) fn runs_of(app: &App, campus: &Campus, days: (&str, &str)) -> Result<Runs, CommandError> {
    let days = Some(days);
    runs_in(app, &Listing { kind: KIND, scopes: campus.id.as_slice(), days, limit: MOST, ..Listing::default() })
}

/// The runs of a listing with their plans.
pub(super) fn runs_in(app: &App, listing: &Listing<'_>) -> Result<Runs, CommandError> {
    let mut runs = Runs::default();
    for found in app.store().find(listing)? {
        let run = Run::read(&apply(KIND, &found.doc));
        if let Some(plan) = run.plan.as_deref().filter(|plan| !runs.plans.contains_key(*plan))
            && let Some(read) = plan_of(app, plan)?
        {
            runs.plans.insert(plan.to_owned(), read);
        }
        runs.all.push(ListedRun { id: found.id, document: found.doc, run });
    }
    runs.all.sort_by_key(|listed| (listed.run.day, listed.id));
    Ok(runs)
}

/// A plan that is here.
pub(crate) fn plan_of(app: &App, id: &str) -> Result<Option<Plan>, CommandError> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == PLAN);
    Ok(found.and_then(|found| Plan::read(found.doc.get("body")?)))
}
