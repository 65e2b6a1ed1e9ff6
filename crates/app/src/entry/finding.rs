//! What follows from a row that breaks a limit of its register: one finding a cause, whoever saves it and however often.
//!
//! The finding is written in the transaction of the row, by the device that saves it, and never by a merge. It is never closed by
//! itself: where its cause is gone, it is offered for closing (`finding/cause.rs`).

use causal::RecordId;
use domain::due::due_at;
use domain::finding::{Finding, FindingSource, StateName, Step, StepKind};
use domain::id::finding_id;
use domain::register::{FoldedRow, Level, Register, Warning};
use domain::severity::Category;
use domain::time::{Shift, UtcMillis};
use replica::{ListPosition, Presence, Reading, Save, new_uuid_v7};
use serde_json::{Value, json};

use super::Entry;
use super::judging::{At, Judged, judge};
use super::shared;
use crate::app::App;
use crate::campus::Campus;
use crate::child::found_by_handover;
use crate::document::{Document, UNNAMED, field};
use crate::error::CommandError;
use crate::finding::KIND;
use crate::meal::{banned_by_row, found_by_row};

/// A row that becomes another.
#[derive(Clone, Copy)]
pub(crate) struct Change<'a> {
    /// The row.
    pub(crate) row: RecordId,
    /// Its place in a list by day; none for a new one.
    pub(crate) position: Option<&'a ListPosition>,
    /// What counted before; none for a new one, and for one that was void.
    pub(crate) before: Option<&'a Document>,
    /// What counts from now on.
    pub(crate) after: &'a Document,
}

/// The findings to be saved with a row: a new one for each cause that has none, and a step that raises one again which people had
/// closed or voided, where the row breaks its limit anew. One on which something is left to do is left alone.
///
/// Nothing of the row stands in them but what its register is called and what the rule says: they are read by people who do not see
/// the row.
pub(crate) fn saves(
    app: &App,
    register: &Register,
    campus: &Campus,
    change: Change<'_>,
) -> Result<Vec<Save>, CommandError> {
    let at = At { id: Some(change.row), position: change.position };
    let judged = judge(app, campus, register, at, change.after);
    let mut saves = Vec::new();
    for (warning, id) in causes(&judged, change.row, change.after) {
        match app.store().presence(id)? {
            Presence::Absent => saves.extend(new(app, register, campus, change, warning, id)),
            Presence::Here => {
                let held = app.store().get(id)?.filter(|held| &*held.record.kind == KIND);
                let is_anew = is_anew(app, register, campus, change, warning);
                saves.extend(held.and_then(|held| again(app, change.row, (warning, id), held, is_anew)));
            }
            Presence::Gone => {}
        }
    }
    for (warning, id) in found_by_others(app, register, campus, change.row, change.after)? {
        if app.store().presence(id)? == Presence::Absent {
            saves.extend(new(app, register, campus, change, &warning, id));
        }
    }
    saves.extend(banned_by_row(app, campus, &register.kind, change.after)?);
    saves.extend(shared::put_right(app, register, campus, change.after)?);
    Ok(saves)
}

/// The same, for a row that becomes what `folded` says by an entry that is added to it; none for one that is void then.
pub(crate) fn after(app: &App, entry: &Entry, folded: &FoldedRow) -> Result<Vec<Save>, CommandError> {
    if folded.is_void() {
        return Ok(Vec::new());
    }
    let before = (!entry.folded.is_void()).then_some(&entry.folded.document);
    let position = entry.position();
    let change = Change { row: entry.id, position: Some(&position), before, after: &folded.document };
    saves(app, entry.register, &entry.campus, change)
}

/// The ids of the findings that follow from a row as it counts now.
pub(crate) fn ids(
    app: &App,
    register: &Register,
    campus: &Campus,
    (row, position): (RecordId, &ListPosition),
    document: &Document,
) -> Vec<RecordId> {
    let judged = judge(app, campus, register, At { id: Some(row), position: Some(position) }, document);
    // What cannot be read now is no cause that has gone.
    let others = found_by_others(app, register, campus, row, document).unwrap_or_default();
    causes(&judged, row, document).into_iter().map(|(_, id)| id).chain(others.into_iter().map(|(_, id)| id)).collect()
}

/// What a row finds together with other rows, each with the id of its finding.
fn found_by_others(
    app: &App,
    register: &Register,
    campus: &Campus,
    row: RecordId,
    document: &Document,
) -> Result<Vec<(Warning, RecordId)>, CommandError> {
    let row = (register.kind.as_str(), row);
    let mut found = found_by_row(app, campus, row, document)?;
    found.extend(found_by_handover(app, campus, row, document)?);
    Ok(found)
}

/// The warnings that a finding follows from, each with its id: v5 of the cause, which is of the row alone unless its rule says of what.
fn causes<'j>(judged: &'j Judged, row: RecordId, document: &Document) -> Vec<(&'j Warning, RecordId)> {
    let mut found: Vec<(&Warning, RecordId)> = Vec::new();
    for warning in judged.warnings.iter().filter(|warning| matches!(warning.level, Level::Finding(..))) {
        // Of a field whose limit is broken, or of a rule.
        let code = warning.code.strip_prefix("limit/").unwrap_or(&warning.code);
        let of_row = || finding_id(judged.cause(row, warning).0, code);
        let shared = warning.cause.as_ref().and_then(|cause| cause.finding_id(document));
        let id = RecordId(shared.unwrap_or_else(of_row));
        if found.iter().all(|(_, other)| *other != id) {
            found.push((warning, id));
        }
    }
    found
}

/// What is saved of a finding that is there: a further row that it follows from, and that it is open again.
fn again(app: &App, row: RecordId, (warning, id): (&Warning, RecordId), held: Reading, is_anew: bool) -> Option<Save> {
    let document = domain::reading::read(KIND, &held.record.state);
    let cause = shared::path(row);
    let is_further = warning.cause.is_some() && !document.contains_key("row") && !document.contains_key(&cause);
    let mut set = Vec::new();
    set.extend(is_further.then(|| field(cause, true)));
    if is_anew || is_further {
        set.extend(raised(app, &document));
    }
    (!set.is_empty()).then(|| Save {
        id: Some(id),
        kind: KIND.to_owned(),
        seen: Some(held.version.clone()),
        only_if: Some(held.version),
        set,
        by: app.by(),
        ..Save::default()
    })
}

fn new(
    app: &App,
    register: &Register,
    campus: &Campus,
    change: Change<'_>,
    warning: &Warning,
    id: RecordId,
) -> Option<Save> {
    let Level::Finding(severity, due) = warning.level else { return None };
    let now = UtcMillis::from_stamp(app.now_ms());
    let by = app.by();
    let is_shared = warning.cause.as_ref().is_some_and(|cause| cause.finding_id(change.after).is_some());
    // Who looked after themselves would be named as whom it is about.
    let found_by = by.clone().filter(|by| !is_shared || !names_itself(warning, change.after, by));
    let place = domain::register::standing(&register.kind, change.after).place;
    let of_row = if is_shared { shared::path(change.row) } else { "row".to_owned() };
    let mut set = vec![
        field("source", json!(FindingSource::Report)),
        field(of_row, if is_shared { json!(true) } else { json!(change.row.to_string()) }),
        field("row_kind", register.kind.as_str()),
        field("category", json!(Category::Other)),
        field("description", format!("{}：{}", register.zh, warning.zh)),
        field("severity", json!(severity)),
        field("found_at", json!(now)),
        field("found_by", found_by.as_deref().unwrap_or(UNNAMED)),
        field("corrected_on_spot", false),
        field("due", json!(due_at(due, severity, now, &campus.calendar))),
        field("created", json!({"by": found_by.as_deref(), "at": now})),
        field("business_date", campus.business_date(now, Shift::Day)),
    ];
    set.extend(place.map(|place| field("area", place)));
    Some(Save { id: Some(id), kind: KIND.to_owned(), scope: campus.id, set, by, ..Save::default() })
}

/// Whether what a shared finding is of is the person who writes.
fn names_itself(warning: &Warning, document: &Document, by: &str) -> bool {
    let first = warning.cause.as_ref().and_then(|cause| cause.by.first());
    first.and_then(|name| document.get(name)).and_then(Value::as_str) == Some(by)
}

/// Whether the row breaks the limit by what was written: it did not before, or by another reading.
fn is_anew(app: &App, register: &Register, campus: &Campus, change: Change<'_>, warning: &Warning) -> bool {
    let Some(before) = change.before else { return true };
    let at = At { id: Some(change.row), position: change.position };
    let known = judge(app, campus, register, at, before);
    known.warnings.iter().all(|known| known.code != warning.code)
        || reading(register, before, warning) != reading(register, change.after, warning)
}

/// What the fields of a warning say.
fn reading(register: &Register, document: &Document, warning: &Warning) -> Vec<(String, Value)> {
    let is_of = |path: &str| warning.fields.iter().any(|name| path.split('/').next() == Some(name));
    let stored = document.iter().filter(|(path, _)| is_of(path)).map(|(path, value)| (path.clone(), value.clone()));
    stored.chain(register.derived(document).into_iter().filter(|(name, _)| is_of(name))).collect()
}

/// What makes a finding open again whose row fails anew: a step where people had closed or voided it, for which nobody is blamed.
fn raised(app: &App, document: &Document) -> Option<(String, causal::Value)> {
    let finding = Finding::read(document);
    match finding.state().state {
        StateName::CorrectedOnSpot => return Some(field("corrected_on_spot", false)),
        StateName::Closed | StateName::Voided => {}
        _ => return None,
    }
    let now = app.now_ms();
    let step = Step {
        id: new_uuid_v7(now, &*app.store().ports().entropy).to_string(),
        step: StepKind::Return,
        by: app.by().as_deref().unwrap_or(UNNAMED).to_owned(),
        is_auto: true,
        at: UtcMillis::from_stamp(now),
        after: finding.seen(),
        assignee: None,
        due: None,
        note: Some("记录又超出限值".to_owned()),
        cost: None,
        photos: Vec::new(),
    };
    Some(field(format!("steps/{}", step.id), step.to_json()))
}
