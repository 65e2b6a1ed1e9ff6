//! The end of a conflict.

use causal::{DELETED_FIELD, Record, Seen};
use domain::form::AnswerField;
use domain::inspection::Stage;
use domain::reading::{Conflict, ConflictSide, conflicts};
use domain::register::register;
use replica::{Beside, Reading, Save};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use wire::ProblemType;

use super::record::{check_rights, load_seen};
use crate::app::App;
use crate::document::{checked_text, field};
use crate::dto::value::AnswerInput;
use crate::entry::look::Look;
use crate::entry::{Entry, saving};
use crate::error::CommandError;
use crate::form::{parse, pending};
use crate::master::SavedRecord;
use crate::places;

/// Arguments of `conflict.resolve`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Resolve {
    /// The record.
    id: Uuid,
    /// The field.
    field: String,
    /// The number of the value to take, as `conflict.list` gave it.
    #[serde(default)]
    take: Option<usize>,
    /// A value of one's own; null takes the field's value away. For a deletion `keep` or `delete`.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<AnswerInput>")]
    value: Option<Value>,
    /// Whether a measured value is meant though it can hardly be; without it such a value is refused.
    #[serde(default)]
    sure: bool,
    /// The `version` that `conflict.list` gave: a value that arrived since stays in conflict. Left out, the record as it is when the
    /// command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Tells a value that is null from none at all.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// One more save of the field, which covers exactly what was seen.
///
/// Two tablets that decide the same way write equal values, and equal values are no conflict.
pub(super) fn resolve(app: &App, arguments: Resolve) -> Result<SavedRecord, CommandError> {
    let reading = load_seen(app, arguments.id)?;
    let record = &reading.record;
    check_rights(app, record)?;
    if !Look::at(app, record)?.is_whole(&arguments.field) {
        let message = "what is not to be seen is settled by who sees it";
        return Err(CommandError::new(ProblemType::NotAllowed, message).field("field"));
    }
    let none = || CommandError::new(ProblemType::NotInConflict, "nobody disagrees about this field now").field("field");
    let conflict = conflicts(&record.kind, &record.state).into_iter().find(|known| known.field == arguments.field);
    let conflict = conflict.ok_or_else(none)?;
    if conflict.field == DELETED_FIELD {
        return decide_deletion(app, &reading, &conflict, arguments);
    }
    let value = match (arguments.take, &arguments.value) {
        (Some(index), None) => taken(&conflict, index, arguments.seen.as_deref())?,
        (None, Some(value)) => checked(app, record, &conflict, value, arguments.sure)?,
        _ => return Err(CommandError::bad_argument("take", "a decision takes one of the values, or a new one")),
    };
    let waiting = pending::after_decision(app, places::load, record, &arguments.field, &value)?;
    let save = Save {
        id: Some(record.id),
        kind: record.kind.to_string(),
        seen: Some(arguments.seen.unwrap_or_else(|| reading.version.clone())),
        set: vec![field(arguments.field.clone(), value)],
        by: app.by(),
        ..Save::default()
    };
    let saved = app.store().save_beside(vec![save], |_| Beside { waiting, ..Beside::default() })?;
    let version = saved.into_iter().next().map(|saved| saved.version).unwrap_or_default();
    Ok(SavedRecord { id: arguments.id, version })
}

/// Keeps the record or deletes it, as far as it was seen.
fn decide_deletion(
    app: &App,
    reading: &Reading,
    conflict: &Conflict,
    arguments: Resolve,
) -> Result<SavedRecord, CommandError> {
    let keeps = match (arguments.take, arguments.value.as_ref().map(Value::as_str)) {
        (Some(index), None) => taken(conflict, index, arguments.seen.as_deref())?.is_null(),
        (None, Some(Some("keep"))) => true,
        (None, Some(Some("delete"))) => false,
        _ => return Err(CommandError::bad_argument("value", "a deletion ends with one of its sides, keep or delete")),
    };
    let seen = arguments.seen.as_deref().unwrap_or(&reading.version);
    let decide = if keeps { replica::Store::keep } else { replica::Store::delete };
    let saved = decide(app.store(), reading.record.id, seen, app.by())?;
    Ok(SavedRecord { id: arguments.id, version: saved.version })
}

/// The value with this number among those that had been seen.
fn taken(conflict: &Conflict, index: usize, seen: Option<&str>) -> Result<Value, CommandError> {
    let seen: Option<Seen> =
        seen.map(str::parse).transpose().map_err(|error| CommandError::bad_argument("seen", error))?;
    let was_seen =
        |side: &&ConflictSide| seen.as_ref().is_none_or(|seen| side.dots.iter().any(|dot| seen.covers(*dot)));
    let sides: Vec<_> = conflict.siblings.iter().filter(was_seen).collect();
    let missing = || CommandError::bad_argument("take", format_args!("there are {} values", sides.len()));
    Ok(sides.get(index).ok_or_else(missing)?.value.clone())
}

/// A value of one's own must be of the sort of those that it ends: an answer to its item, or a text in place of texts.
fn checked(app: &App, record: &Record, conflict: &Conflict, value: &Value, sure: bool) -> Result<Value, CommandError> {
    let name = conflict.field.as_str();
    let result = AnswerField::parse(name).filter(|field| field.part == "result");
    if let Some(field) = result
        && let Some(place) = places::load(app, record.id, &field.place)?
    {
        if place.stage == Stage::Void {
            return Err(CommandError::new(ProblemType::Void, "the form is void"));
        }
        let known: Vec<&Value> = conflict.siblings.iter().map(|side| &side.value).collect();
        let item = place.item(field.code)?;
        return parse::meant(&place.form(), item, value, &known, sure).map_err(|error| error.field("value"));
    }
    if register(&record.kind).is_some() {
        return checked_of_row(app, record, name, value);
    }
    let is_text = |value: &Value| value.is_string() || value.is_null();
    if !conflict.siblings.iter().all(|side| is_text(&side.value)) {
        return Ok(value.clone());
    }
    match value {
        Value::Null => Ok(Value::Null),
        Value::String(text) => Ok(checked_text("value", Some(text.clone()))?.map_or(Value::Null, Value::from)),
        _ => Err(CommandError::bad_argument("value", "this field holds a text")),
    }
}

/// A value of a row as its field takes it.
fn checked_of_row(app: &App, record: &Record, path: &str, value: &Value) -> Result<Value, CommandError> {
    let entry = Entry::load(app, record.id)?;
    let checked = saving::with_saving(app, &entry.campus, entry.register, Some(&entry), &[], |saving| {
        entry.register.check_correction(path, value, saving)
    })?;
    checked.map(|(_, value)| value).map_err(|bad| saving::bad_values(&[bad]))
}
