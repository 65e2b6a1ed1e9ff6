//! Taking an answer back.

use std::collections::BTreeMap;

use causal::{RecordId, Seen};
use domain::inspection::Stage;
use replica::Save;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use wire::ProblemType;

use super::fill::{FormChange, filled};
use super::photo::part;
use crate::app::App;
use crate::document::field;
use crate::error::CommandError;
use crate::inspection::followup::{self, AffectedItem};
use crate::inspection::undo::{self as memory, Settings, Undo};
use crate::inspection::{Inspection, KIND, pending};

/// Arguments of `inspection.undo`: an item, or a section that "rest is fine" has filled.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TakeBack {
    /// The inspection.
    id: Uuid,
    /// The code of the item.
    #[serde(default)]
    item: Option<String>,
    /// The SHA-256 of a photo of the item, to take that back instead of the answer.
    #[serde(default)]
    photo: Option<String>,
    /// The heading of the section, to take back all that "rest is fine" filled there.
    #[serde(default)]
    section: Option<String>,
    /// What the form has seen; it grows by the undo alone. Left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

pub(super) fn undo(app: &App, arguments: TakeBack) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    if inspection.stage() != Stage::Open {
        return Err(CommandError::new(
            ProblemType::AlreadySubmitted,
            "the form was submitted; correct it with inspection.correct",
        ));
    }
    if let Some(blob) = &arguments.photo {
        return photo(app, &inspection, arguments.item.as_deref(), blob, arguments.seen.as_deref());
    }
    let undos = match (&arguments.item, &arguments.section) {
        (Some(item), None) => {
            inspection.item(item)?;
            memory::of(app, inspection.id, item)?.map(|undo| vec![(item.clone(), undo)]).unwrap_or_default()
        }
        (None, Some(section)) => {
            let is_of_section = |(_, undo): &(String, Undo)| undo.section.as_ref() == Some(section);
            memory::all(app, inspection.id)?.into_iter().filter(is_of_section).collect()
        }
        _ => return Err(CommandError::bad_argument("item", "undo takes an item or a section")),
    };
    let own = |undo: &Undo| undo.by.as_deref() == app.by().as_deref();
    let undos: Vec<(String, Undo)> =
        undos.into_iter().filter(|(code, undo)| own(undo) && undo.stands(&inspection, code)).collect();
    if undos.is_empty() {
        let message = "there is no answer of this person on this device that still stands";
        return Err(CommandError::new(ProblemType::NothingToUndo, message).field("item"));
    }
    let seen = arguments.seen.as_deref().unwrap_or(&inspection.version);
    let seen = seen.parse().map_err(|error| CommandError::bad_argument("seen", error))?;
    take_back(app, &inspection, seen, undos)
}

/// Takes a photo off an item: null in its place, so that whoever has it already knows that it is gone.
fn photo(
    app: &App,
    inspection: &Inspection,
    item: Option<&str>,
    blob: &str,
    seen: Option<&str>,
) -> Result<FormChange, CommandError> {
    let code = item.ok_or_else(|| CommandError::bad_argument("item", "a photo is of an item"))?;
    inspection.item(code)?;
    let name = Inspection::answer_field(code, &part(blob));
    let held = inspection.document.get(&name).filter(|held| !held.is_null());
    if held.is_none_or(|held| held.get("by").and_then(Value::as_str) != app.by().as_deref()) {
        let message = "there is no such photo of this person on this item";
        return Err(CommandError::new(ProblemType::NothingToUndo, message).field("photo"));
    }
    let saved = app.store().save(Save {
        id: Some(inspection.id),
        kind: KIND.to_owned(),
        seen: Some(seen.unwrap_or(&inspection.version).to_owned()),
        only_if: Some(inspection.version.clone()),
        set: vec![field(name, Value::Null)],
        by: app.by(),
        ..Save::default()
    })?;
    filled(app, inspection, saved.version, &[code], serde_json::Map::new())
}

/// One save for each answer that is taken back, of the values before: it covers what the answer had covered, and the answer
/// itself, and nothing that arrived since.
fn take_back(
    app: &App,
    inspection: &Inspection,
    mut seen: Seen,
    undos: Vec<(String, Undo)>,
) -> Result<FormChange, CommandError> {
    let mut settings = Settings::new();
    let mut saves: BTreeMap<&str, Save> = BTreeMap::new();
    let mut values = serde_json::Map::new();
    for touched in touched(inspection, &undos) {
        settings.push(pending::wait(app, inspection.id, &touched));
    }
    for (code, undo) in &undos {
        settings.push(memory::forget(inspection.id, code));
        values.insert(code.clone(), undo.written.clone());
        let save = saves.entry(&undo.seen).or_insert_with(|| Save {
            id: Some(inspection.id),
            kind: KIND.to_owned(),
            seen: Some(undo.seen.clone()),
            by: app.by(),
            ..Save::default()
        });
        save.set.extend(undo.before.iter().map(|(n, v)| field(Inspection::answer_field(code, n), v.clone())));
    }
    let mut saves: Vec<Save> = saves.into_values().collect();
    // The first of them makes the version another one.
    if let Some(first) = saves.first_mut() {
        first.only_if = Some(inspection.version.clone());
    }
    let saved = app.store().save_with_settings(saves, |_| settings)?;
    saved.iter().for_each(|saved| seen.add_dot(saved.dot));
    let codes: Vec<&str> = undos.iter().map(|(code, _)| code.as_str()).collect();
    filled(app, inspection, seen.to_string(), &codes, values)
}

/// The items whose findings may have to change by the undo.
///
/// What comes back is the answer of before, so nothing has failed again by it.
fn touched(inspection: &Inspection, undos: &[(String, Undo)]) -> Vec<AffectedItem> {
    let before = inspection.form();
    let mut after = before.clone();
    for (code, undo) in undos {
        let mut entry = before.entry(code).cloned().unwrap_or_default();
        let result = undo.before.iter().find(|(part, _)| part == "result");
        entry.result = result.map(|(_, value)| value.clone()).unwrap_or_default();
        after.set(code, entry);
    }
    let codes: Vec<&str> = undos.iter().map(|(code, _)| code.as_str()).collect();
    let touched = followup::touched(&before, &after, &codes).into_iter();
    touched.map(|touched| AffectedItem { failed_again: false, ..touched }).collect()
}
