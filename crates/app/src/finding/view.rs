//! A finding as a screen shows it: what led to it, what was done, and what may be done next.

use domain::finding::{FindingSource, FindingState, Step, StepKind};
use domain::permission::{Permission, may_any};
use domain::role::Role;
use domain::sight::{KindSight, MaskFacts};
use serde_json::Value;

use super::cause::{self, Cause};
use super::{KIND, StoredFinding, origin, row, step_code};
use crate::app::App;
use crate::document::{Document, UNNAMED, text};
use crate::dto::finding::{
    AssignableView, BreachView, FindingView, NextStep, OfferView, OverruledView, RowOriginView, StepView,
};
use crate::entry::naming::Naming;
use crate::error::CommandError;
use crate::names::Names;
use crate::people;
use crate::photo::Photos;
use crate::sight::Viewer;

impl StoredFinding {
    /// The finding as a screen shows it.
    pub(crate) fn view(&self, app: &App) -> Result<FindingView, CommandError> {
        let names = Names::new(app);
        let photos = Photos::new(app, &names);
        let state = self.finding.state();
        let roles = people::working_roles(app, &self.campus)?;
        let by = app.by();
        let person = by.as_deref().unwrap_or(UNNAMED);
        let next = self.finding.next_steps(&state, person, &roles);
        let own = self.document.get("photos").and_then(Value::as_array);
        let mut shown = photos.list(own.into_iter().flatten());
        let (origin, of_answer) = match origin::of(app, &names, &self.document)? {
            Some((origin, of_answer)) => (Some(origin), of_answer),
            None => (None, Vec::new()),
        };
        shown.extend(of_answer);
        let cause = cause::of(app, self.id, &self.document)?;
        let viewer = Viewer::here(app, &self.campus)?;
        let gives = next.iter().any(|step| matches!(step, StepKind::Assign | StepKind::Reassign));
        Ok(FindingView {
            version: self.version.clone(),
            row: row(&names, self.id.0, self.campus.id, &self.document, app.now_ms()),
            source: text(&self.document, "source").and_then(source),
            origin,
            photos: shown,
            has_stopgap: state.has_stopgap,
            extension: state.extension,
            steps: self
                .finding
                .steps
                .iter()
                .map(|step| step_view(&names, &photos, step, sees_cost(&viewer, &self.document, step)))
                .collect(),
            breaches: breaches(app, &names, self, &state),
            overruled: state
                .overruled
                .iter()
                .map(|overruled| OverruledView { step: overruled.step.clone(), why: overruled.why })
                .collect(),
            next_steps: next.iter().filter_map(|kind| self.next_step(kind, person)).collect(),
            assignable: if gives { assignable(app, &names, self)? } else { Vec::new() },
            offer: cause.as_ref().filter(|_| state.state.is_open()).and_then(|cause| offer(cause, &next)),
            entry: cause.map(|cause| row_origin(app, &names, &cause)).transpose()?.flatten(),
            patrol: origin::patrol(app, &self.document),
        })
    }

    fn next_step(&self, kind: &StepKind, person: &str) -> Option<NextStep> {
        let needs = self.finding.needs(kind, person);
        Some(NextStep {
            step: kind.name().to_owned(),
            code: step_code(kind)?,
            note: needs.note,
            photos: needs.photos,
            assignee: needs.assignee,
            due: needs.due,
            cost: needs.cost,
        })
    }
}

/// What closes a finding whose cause is gone, where the person may take it.
fn offer(cause: &Cause, next: &[StepKind]) -> Option<OfferView> {
    let (note, note_en) = cause.state.reason()?;
    let step = [StepKind::Void, StepKind::Close].into_iter().find(|step| next.contains(step))?;
    Some(OfferView { step: step_code(&step)?, note: note.to_owned(), note_en: note_en.to_owned() })
}

/// The row of a finding, where the person sees it.
fn row_origin(app: &App, names: &Names<'_>, cause: &Cause) -> Result<Option<RowOriginView>, CommandError> {
    let entry = &cause.entry;
    let viewer = Viewer::here(app, &entry.campus)?;
    if !entry.is_seen_by(&viewer) {
        return Ok(None);
    }
    let title = Naming::new(app, names, &entry.campus, &viewer).title(entry.register, &entry.folded.document);
    Ok(Some(RowOriginView {
        id: entry.id.0,
        register: entry.register.zh.clone(),
        register_en: entry.register.en.clone(),
        title: title.zh,
        title_en: title.en,
        state: cause.state,
    }))
}

fn source(code: &str) -> Option<FindingSource> {
    serde_json::from_value(Value::from(code)).ok()
}

/// Whom the finding may be given to: everybody at work there whose role puts findings right, by name.
fn assignable(app: &App, names: &Names<'_>, held: &StoredFinding) -> Result<Vec<AssignableView>, CommandError> {
    let mut people: Vec<AssignableView> = people::at_work(app, &held.campus)?
        .into_iter()
        .filter(|(_, roles)| may_any(roles, Permission::FixFinding))
        .map(|(person, roles)| AssignableView { person: names.person(&person), roles })
        .collect();
    people.sort_by(|a, b| (&a.person.name, &a.person.id).cmp(&(&b.person.name, &b.person.id)));
    Ok(people)
}

/// What broke a rule, by the steps alone and by the roles that their authors have had.
fn breaches(app: &App, names: &Names<'_>, held: &StoredFinding, state: &FindingState) -> Vec<BreachView> {
    let zone = held.campus.calendar.zone;
    let roles_of = |step: &Step| {
        let on = step.at.local(zone).date();
        // A step that nobody's name stands on is held against nobody.
        let is_named = step.by != UNNAMED;
        let roles = is_named
            .then(|| people::roles_of(app, &step.by, held.campus.id, |grant| people::held_on(grant, on)).ok().flatten())
            .flatten();
        roles.unwrap_or_else(|| Role::all().collect())
    };
    let by_role = held.finding.role_breaches(roles_of);
    let views = state.breaches.iter().chain(&by_role).map(|breach| BreachView {
        step: breach.step.clone(),
        by: names.person(&breach.by),
        kind: breach.kind,
    });
    views.collect()
}

/// Whether the person sees what a step says it cost.
fn sees_cost(viewer: &Viewer, document: &Document, step: &Step) -> bool {
    let path = format!("steps/{}", step.id);
    let Some((kind, entry)) = KindSight::of(KIND).zip(document.get(&path)) else { return false };
    viewer.sight.sees_all_at(kind, &path, entry, MaskFacts::default())
}

fn step_view(names: &Names<'_>, photos: &Photos<'_>, step: &Step, sees_cost: bool) -> StepView {
    StepView {
        id: step.id.clone(),
        step: step.step.name().to_owned(),
        code: step_code(&step.step),
        by: names.person(&step.by),
        auto: step.is_auto,
        at: step.at.0,
        after: step.after.clone(),
        assignee: step.assignee.as_deref().map(|person| names.person(person)),
        due: step.due.map(|due| due.0),
        note: step.note.clone(),
        cost: step.cost.filter(|_| sees_cost).map(|cost| cost.to_string()),
        cost_hidden: step.cost.is_some() && !sees_cost,
        photos: photos.list(&step.photos),
    }
}
