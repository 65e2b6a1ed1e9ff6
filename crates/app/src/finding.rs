//! Findings as they stand in the store, and how screens show them.

use causal::RecordId;
use domain::finding::{Finding, FindingState, Step, StepKind};
use domain::time::UtcMillis;
use uuid::Uuid;

use crate::campus::Campus;
use crate::document::{Document, UNNAMED, integer, text};
use crate::dto::finding::{BreachView, FindingRow, FindingView, NextStep, OverruledView, StepView};
use crate::people::{self, Names};
use crate::{App, CommandError};

/// The kind of the record.
pub(crate) const KIND: &str = "finding";

/// The steps with the codes under which keyboards without Chinese give them.
const CODES: [(StepKind, &str); 14] = [
    (StepKind::Assign, "assign"),
    (StepKind::Accept, "accept"),
    (StepKind::Stopgap, "stopgap"),
    (StepKind::TakeOutOfService, "out_of_service"),
    (StepKind::Fix, "fix"),
    (StepKind::Pass, "pass"),
    (StepKind::Return, "return"),
    (StepKind::RequestExtension, "request_extension"),
    (StepKind::GrantExtension, "grant_extension"),
    (StepKind::Defer, "defer"),
    (StepKind::Restore, "restore"),
    (StepKind::Close, "close"),
    (StepKind::Void, "void"),
    (StepKind::Reassign, "reassign"),
];

/// One finding.
pub(crate) struct Held {
    /// Its record.
    pub(crate) id: RecordId,
    /// What somebody who reads it now has seen.
    pub(crate) version: String,
    /// Its fields.
    pub(crate) document: Document,
    /// Its head and steps.
    pub(crate) finding: Finding,
    /// Its campus.
    pub(crate) campus: Campus,
}

impl Held {
    /// The finding `id`.
    ///
    /// # Errors
    /// `not-found` when there is none.
    pub(crate) fn load(app: &App, id: RecordId) -> Result<Self, CommandError> {
        let missing = || CommandError::not_found(format_args!("there is no finding {id}")).field("id");
        let reading = app.store().get(id)?.ok_or_else(missing)?;
        if &*reading.record.kind != KIND || reading.record.state.is_deleted() {
            return Err(missing());
        }
        let document = domain::reading::read(KIND, &reading.record.state);
        let finding = Finding::read(&document);
        let campus = Campus::load(app, reading.record.scope)?;
        Ok(Self { id, version: reading.version, document, finding, campus })
    }

    /// The finding as a screen shows it.
    pub(crate) fn view(&self, app: &App) -> Result<FindingView, CommandError> {
        let names = Names::new(app);
        let state = self.finding.state();
        let roles = people::working_roles(app, &self.campus)?;
        let by = app.by();
        let next = self.finding.next_steps(&state, by.as_deref().unwrap_or(UNNAMED), &roles);
        Ok(FindingView {
            version: self.version.clone(),
            row: row(&names, self.id.0, self.campus.id, &self.document, app.now_ms()),
            source: text(&self.document, "source").map(str::to_owned),
            has_stopgap: state.has_stopgap,
            extension: to_code(state.extension),
            steps: self.finding.steps.iter().map(|step| step_view(&names, step)).collect(),
            breaches: breaches(app, &names, self, &state),
            overruled: state
                .overruled
                .iter()
                .map(|overruled| OverruledView { step: overruled.step.clone(), why: to_code(overruled.why) })
                .collect(),
            next_steps: next
                .iter()
                .map(|kind| NextStep { step: kind.name().to_owned(), code: step_code(kind).unwrap_or_default() })
                .collect(),
        })
    }
}

/// The step that a name or a code stands for.
pub(crate) fn parse_step(text: &str) -> Option<StepKind> {
    let by_code = CODES.iter().find(|(_, code)| *code == text).map(|(kind, _)| kind.clone());
    by_code.or_else(|| StepKind::all().find(|kind| kind.name() == text))
}

fn step_code(kind: &StepKind) -> Option<String> {
    CODES.iter().find(|(known, _)| known == kind).map(|(_, code)| (*code).to_owned())
}

/// What broke a rule, by the steps alone and by the roles that their authors have had.
fn breaches(app: &App, names: &Names<'_>, held: &Held, state: &FindingState) -> Vec<BreachView> {
    let zone = held.campus.calendar.zone;
    let roles_of = |step: &Step| {
        let on = step.at.local(zone).date();
        // A step that nobody's name stands on is held against nobody.
        let is_named = step.by != UNNAMED;
        let roles = is_named.then(|| people::roles_of(app, &step.by, held.campus.id, on).ok().flatten()).flatten();
        roles.unwrap_or_else(|| domain::role::Role::all().collect())
    };
    let by_role = held.finding.role_breaches(roles_of);
    let views = state.breaches.iter().chain(&by_role).map(|breach| BreachView {
        step: breach.step.clone(),
        by: names.person(&breach.by),
        kind: to_code(breach.kind),
    });
    views.collect()
}

fn step_view(names: &Names<'_>, step: &Step) -> StepView {
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
        cost: step.cost.map(|cost| cost.to_string()),
        photos: step.photos.len(),
    }
}

/// The row that a list shows.
pub(crate) fn row(names: &Names<'_>, id: Uuid, scope: Option<Uuid>, document: &Document, now_ms: u64) -> FindingRow {
    let state = Finding::read(document).state();
    let owned = |name: &str| text(document, name).map(str::to_owned);
    FindingRow {
        id,
        scope,
        description: owned("description"),
        severity: owned("severity"),
        category: owned("category"),
        area: owned("area"),
        area_name: text(document, "area").and_then(|area| names.name(area)),
        item: owned("item"),
        inspection: owned("inspection"),
        found_at: integer(document, "found_at"),
        found_by: text(document, "found_by").map(|by| names.person(by)),
        state: state.state.code().to_owned(),
        state_zh: state.state.zh(),
        is_open: state.state.is_open(),
        assignee: state.assignee.as_deref().map(|person| names.person(person)),
        due: state.due.map(|due| due.0),
        is_overdue: state.is_overdue(UtcMillis::from_stamp(now_ms)),
        is_out_of_service: state.is_out_of_service,
    }
}

/// The code under which a value of the domain stands in JSON.
pub(crate) fn to_code(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
