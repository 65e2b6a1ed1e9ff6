//! Findings as they stand in the store, and how screens show them.

mod cause;
mod origin;
mod view;

use causal::RecordId;
use domain::finding::{Finding, StepKind};
use domain::severity::{Category, Severity};
use domain::time::UtcMillis;
use replica::Reading;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, integer, text};
use crate::dto::finding::{FindingRow, StepCode};
use crate::error::CommandError;
use crate::load::{load, load_seen};
use crate::names::Names;
use crate::titles;

/// The kind of the record.
pub(crate) const KIND: &str = "finding";

/// The steps with the codes under which keyboards without Chinese give them.
const CODES: [(StepKind, StepCode, &str); 14] = [
    (StepKind::Assign, StepCode::Assign, "assign"),
    (StepKind::Accept, StepCode::Accept, "accept"),
    (StepKind::Stopgap, StepCode::Stopgap, "stopgap"),
    (StepKind::TakeOutOfService, StepCode::OutOfService, "out_of_service"),
    (StepKind::Fix, StepCode::Fix, "fix"),
    (StepKind::Pass, StepCode::Pass, "pass"),
    (StepKind::Return, StepCode::Return, "return"),
    (StepKind::RequestExtension, StepCode::RequestExtension, "request_extension"),
    (StepKind::GrantExtension, StepCode::GrantExtension, "grant_extension"),
    (StepKind::Defer, StepCode::Defer, "defer"),
    (StepKind::Restore, StepCode::Restore, "restore"),
    (StepKind::Close, StepCode::Close, "close"),
    (StepKind::Void, StepCode::Void, "void"),
    (StepKind::Reassign, StepCode::Reassign, "reassign"),
];

/// One finding.
pub(crate) struct StoredFinding {
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

impl StoredFinding {
    /// The finding `id`.
    ///
    /// # Errors
    /// `not-found`, `other-kind` or `deleted`.
    pub(crate) fn load(app: &App, id: RecordId) -> Result<Self, CommandError> {
        Self::read(app, load(app, KIND, id)?)
    }

    /// The finding `id`, where the person who works sees it.
    ///
    /// # Errors
    /// As [`StoredFinding::load`]; one that is not seen is not found.
    pub(crate) fn seen(app: &App, id: RecordId) -> Result<Self, CommandError> {
        Self::read(app, load_seen(app, KIND, id)?)
    }

    fn read(app: &App, reading: Reading) -> Result<Self, CommandError> {
        let document = domain::reading::read(KIND, &reading.record.state);
        let finding = Finding::read(&document);
        let campus = Campus::load(app, reading.record.scope)?;
        Ok(Self { id: reading.record.id, version: reading.version, document, finding, campus })
    }
}

/// The step that a name or a code stands for.
pub(crate) fn parse_step(text: &str) -> Option<StepKind> {
    let by_code = CODES.iter().find(|(.., code)| *code == text).map(|(kind, ..)| kind.clone());
    by_code.or_else(|| StepKind::all().find(|kind| kind.name() == text))
}

/// The code of a step; none for one of a later version.
pub(crate) fn step_code(kind: &StepKind) -> Option<StepCode> {
    CODES.iter().find(|(known, ..)| known == kind).map(|(_, code, _)| *code)
}

/// The row that a list shows.
pub(crate) fn row(names: &Names<'_>, id: Uuid, scope: Option<Uuid>, document: &Document, now_ms: u64) -> FindingRow {
    let finding = Finding::read(document);
    let state = finding.state();
    let now = UtcMillis::from_stamp(now_ms);
    let is_overdue = state.is_overdue(now);
    // One that waits for its re-check was put right in time or not; its time no longer runs.
    let left = state.due.filter(|_| state.state.is_unfinished()).map(|due| due.0.saturating_sub(now.0));
    let over = state.due.filter(|_| is_overdue).map(|due| state.fixed_at.unwrap_or(now).0.saturating_sub(due.0));
    let photos = document.get("photos").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    let owned = |name: &str| text(document, name).map(str::to_owned);
    FindingRow {
        id,
        scope,
        description: owned("description"),
        description_en: titles::description_en(document),
        severity: finding.severity,
        severity_zh: finding.severity.map(Severity::zh),
        category: finding.category,
        category_zh: finding.category.map(Category::zh),
        area: owned("area"),
        area_name: text(document, "area").and_then(|area| names.name(area)),
        item: owned("item"),
        inspection: owned("inspection"),
        found_at: integer(document, "found_at"),
        found_by: text(document, "found_by").map(|by| names.person(by)),
        state: state.state,
        state_zh: state.state.zh(),
        is_open: state.state.is_open(),
        assignee: state.assignee.as_deref().map(|person| names.person(person)),
        due: state.due.map(|due| due.0),
        is_overdue,
        overdue_min: over.map(minutes),
        left_min: left.filter(|left| *left >= 0).map(minutes),
        photo_count: photos + finding.steps.iter().map(|step| step.photos.len()).sum::<usize>(),
        is_out_of_service: state.is_out_of_service,
    }
}

/// Whole minutes, the begun one left out.
fn minutes(ms: i64) -> i64 {
    ms / 60_000
}
