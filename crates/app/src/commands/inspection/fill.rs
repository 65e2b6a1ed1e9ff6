//! What every command that fills in a form shares: who may, and how an answer is saved with what follows from it.

use std::collections::BTreeMap;

use domain::form::Entry;
use domain::inspection::Stage;
use domain::permission::Permission;
use replica::Save;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{Fields, field, person_field};
use crate::dto::form::{ItemView, ScoreView};
use crate::dto::value::AnswerValue;
use crate::error::CommandError;
use crate::inspection::followup::{self, AffectedItem};
use crate::inspection::undo::{Undo, before, remember};
use crate::inspection::view::{self, FormContext};
use crate::inspection::{Inspection, KIND, pending};
use crate::names::Names;
use crate::people;

/// What a form shows anew after a change of some items.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FormChange {
    /// The inspection.
    pub(crate) id: Uuid,
    /// Give it back as `seen` with the next answer of the same form.
    pub(crate) version: String,
    /// The items that were written, as they stand now.
    pub(crate) items: Vec<ItemView>,
    /// The results before, by item; what `inspection.undo` goes back to.
    #[schemars(with = "BTreeMap<String, Option<AnswerValue>>")]
    pub(crate) undo: serde_json::Map<String, Value>,
    /// Score and verdict so far.
    pub(crate) score: ScoreView,
    /// How many things are still missing.
    pub(crate) missing: usize,
    /// The next item that needs something.
    pub(crate) next_gap: Option<String>,
}

/// Values to write to one item.
pub(super) struct ItemEntry {
    pub(super) code: String,
    /// The parts `result`, `note`, `how` and `photos/<blob>` that are written.
    pub(super) parts: Vec<(String, Value)>,
}

/// Refuses what may not be filled in now.
///
/// After the submit only a joint inspection takes entries, from somebody who is on it and has not submitted, and only such
/// that replace nobody else's: answers to items that nobody has answered; and notes where there is none, and photos, on items
/// that nobody else has answered.
/// Whoever joined did so where the submit was not known (`inspection.join` sees to that), so no clocks are compared.
pub(super) fn check_open(app: &App, inspection: &Inspection, written: &[ItemEntry]) -> Result<(), CommandError> {
    people::require(app, &inspection.campus, Permission::FillInspection)?;
    match inspection.stage() {
        Stage::Open => Ok(()),
        Stage::Void => Err(CommandError::new(ProblemType::Void, "the inspection is void")),
        Stage::Submitted if is_late_entry(app, inspection, written) => Ok(()),
        Stage::Submitted => Err(CommandError::new(
            ProblemType::AlreadySubmitted,
            "the form was submitted; correct it with inspection.correct, which keeps the original",
        )),
    }
}

fn is_late_entry(app: &App, inspection: &Inspection, written: &[ItemEntry]) -> bool {
    let Some(by) = app.by() else { return false };
    let replaces_nothing = |item: &ItemEntry| {
        let is_unanswered = inspection.stored(&item.code, "result").is_null();
        let last = inspection.last_write(&Inspection::answer_field(&item.code, "result"));
        let is_own = last.is_some_and(|(author, _)| author == Some(&*by));
        item.parts.iter().all(|(part, _)| match part.as_str() {
            "note" => inspection.stored(&item.code, "note").is_null() && (is_unanswered || is_own),
            photo if photo.starts_with("photos/") => is_unanswered || is_own,
            _ => is_unanswered,
        })
    };
    inspection.is_joint()
        && inspection.joined_at(&by).is_some()
        && inspection.submits().iter().all(|(person, _)| *person != &*by)
        && written.iter().all(replaces_nothing)
}

/// Saves answers, and in the same transaction what this device must remember: how to undo them, and whose findings wait.
pub(super) fn save_answers(
    app: &App,
    inspection: &Inspection,
    seen: Option<String>,
    written: &[ItemEntry],
    section: Option<&str>,
) -> Result<FormChange, CommandError> {
    let seen = seen.unwrap_or_else(|| inspection.version.clone());
    let mut set = Fields::new();
    for item in written {
        set.extend(item.parts.iter().map(|(n, v)| field(Inspection::answer_field(&item.code, n), v.clone())));
    }
    set.extend(joining(app, inspection)?);
    let touched = touched(inspection, written);
    let waiting: Vec<_> = touched.iter().map(|touched| pending::wait(app, inspection.id, touched)).collect();
    let save = Save {
        id: Some(inspection.id),
        kind: KIND.to_owned(),
        seen: Some(seen),
        only_if: Some(inspection.version.clone()),
        set,
        by: app.by(),
        ..Save::default()
    };
    let saved = app.store().save_with_settings(vec![save], |saved| {
        let version = saved.first().map(|saved| saved.version.as_str()).unwrap_or_default();
        let undos = written.iter().filter_map(|item| {
            Some(remember(inspection.id, &item.code, &undo_of(app, inspection, item, version, section)?))
        });
        undos.chain(waiting).collect()
    })?;
    let version = saved.into_iter().next().map(|saved| saved.version).unwrap_or_default();
    let is_answered = |item: &&ItemEntry| item.parts.iter().any(|(name, _)| name == "result");
    let undo = written.iter().filter(is_answered);
    let undo = undo.map(|item| (item.code.clone(), inspection.stored(&item.code, "result"))).collect();
    let codes: Vec<&str> = written.iter().map(|item| item.code.as_str()).collect();
    filled(app, inspection, version, &codes, undo)
}

/// How to take an answer back; none for a note alone.
fn undo_of(app: &App, inspection: &Inspection, item: &ItemEntry, version: &str, section: Option<&str>) -> Option<Undo> {
    let (_, result) = item.parts.iter().find(|(name, _)| name == "result")?;
    let names: Vec<&str> = item.parts.iter().map(|(name, _)| name.as_str()).collect();
    Some(Undo {
        before: before(inspection, &item.code, &names),
        written: result.clone(),
        by: app.by().as_deref().map(str::to_owned),
        seen: version.to_owned(),
        section: section.map(str::to_owned),
    })
}

/// Who answers takes part.
fn joining(app: &App, inspection: &Inspection) -> Result<Option<(String, causal::Value)>, CommandError> {
    let Some(by) = app.by().filter(|by| inspection.joined_at(by).is_none()) else { return Ok(None) };
    let now = i64::try_from(app.now_ms()).unwrap_or(i64::MAX);
    person_field("people", &by, json!(now)).map(Some)
}

/// The items whose findings may have to change.
fn touched(inspection: &Inspection, written: &[ItemEntry]) -> Vec<AffectedItem> {
    let before = inspection.form();
    let mut after = inspection.form();
    for item in written {
        let mut entry: Entry = before.entry(&item.code).cloned().unwrap_or_default();
        if let Some((_, result)) = item.parts.iter().find(|(name, _)| name == "result") {
            entry.result = result.clone();
        }
        after.set(&item.code, entry);
    }
    let codes: Vec<&str> = written.iter().map(|item| item.code.as_str()).collect();
    followup::touched(&before, &after, &codes)
}

/// The items of `codes` as they stand now.
pub(super) fn filled(
    app: &App,
    inspection: &Inspection,
    version: String,
    codes: &[&str],
    undo: serde_json::Map<String, Value>,
) -> Result<FormChange, CommandError> {
    let inspection = Inspection::load(app, inspection.id)?;
    let names = Names::new(app);
    let around = FormContext::of(app, &names, &inspection)?;
    let form = inspection.form();
    let missing = view::missing(&form);
    let items = form.items().filter(|item| codes.contains(&item.code.as_str()));
    Ok(FormChange {
        id: inspection.id.0,
        version,
        items: items.map(|item| view::item_view(&inspection, &form, item, &missing, &around)).collect(),
        undo,
        score: view::score(&form),
        missing: missing.len(),
        next_gap: form.next_gap(codes.last().copied()).map(|gap| gap.item),
    })
}
