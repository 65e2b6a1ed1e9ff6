//! Corrections and voids: what was submitted is never overwritten.

use causal::RecordId;
use domain::inspection::Stage;
use domain::permission::Permission;
use replica::{Beside, PendingFinding, Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{checked_text, field};
use crate::dto::form::FormView;
use crate::dto::value::AnswerInput;
use crate::error::CommandError;
use crate::form::followup::affected_by;
use crate::form::{parse, pending};
use crate::inspection::{Inspection, KIND, view};
use crate::people;

/// Arguments of `inspection.correct`: an item, or a field.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Correct {
    /// The inspection.
    id: Uuid,
    /// The code of the item whose result is corrected.
    #[serde(default)]
    item: Option<String>,
    /// The field that is corrected, such as `answers/T01.07/note` or `subject`.
    #[serde(default)]
    field: Option<String>,
    /// What stands there from now on.
    #[schemars(with = "Option<AnswerInput>")]
    value: Value,
    /// Why.
    reason: String,
    /// Whether a measured value is meant though it can hardly be; without it such a value is refused.
    #[serde(default)]
    sure: bool,
}

/// Arguments of `inspection.void`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Void {
    /// The inspection.
    id: Uuid,
    /// Why.
    reason: String,
}

/// The fields that may be corrected besides those of answers.
const HEAD: [&str; 4] = ["subject", "mode", "round", "late_reason"];

pub(super) fn correct(app: &App, arguments: Correct) -> Result<FormView, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    people::require(app, &inspection.place.campus, Permission::CorrectRecord)?;
    let reason = checked_reason(&arguments.reason)?;
    match inspection.place.stage {
        Stage::Submitted => {}
        Stage::Void => return Err(CommandError::new(ProblemType::Void, "the inspection is void")),
        Stage::Open => {
            let message = "the form is still open; answer the item again instead";
            return Err(CommandError::new(ProblemType::NotSubmitted, message));
        }
    }
    let name = match (arguments.item, arguments.field) {
        (Some(item), None) => inspection.place.field(&item, "result"),
        (None, Some(field)) => field,
        _ => return Err(CommandError::bad_argument("field", "a correction takes an item or a field")),
    };
    let value = checked_value(&inspection, &name, arguments.value, arguments.sure)?;
    let standing =
        inspection.place.corrected.fields.get(&name).map(|corrected| &corrected.history[..]).unwrap_or_default();
    let now = app.now_ms();
    let entry = json!({
        "field": name,
        "value": value,
        "reason": reason,
        "by": app.by().as_deref(),
        "at": now,
        "after": standing.iter().map(|correction| &correction.id).collect::<Vec<_>>(),
    });
    // Whatever else was corrected meanwhile, this is what its author wants to stand.
    let affected = affected_by(&inspection.place, &name, &value);
    let waiting = affected.iter().map(|affected| pending::wait(app, &inspection.place, affected)).collect();
    append(app, &inspection, "corrections", entry, waiting)
}

pub(super) fn void(app: &App, arguments: Void) -> Result<FormView, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    people::require(app, &inspection.place.campus, Permission::CorrectRecord)?;
    let reason = checked_reason(&arguments.reason)?;
    if inspection.place.stage == Stage::Void {
        return Err(CommandError::new(ProblemType::Void, "the inspection is void already"));
    }
    let entry = json!({"reason": reason, "by": app.by().as_deref(), "at": app.now_ms()});
    append(app, &inspection, "void", entry, Vec::new())
}

/// Adds an entry with an id of its own; the findings of the items that it touches are looked at when their time has come.
fn append(
    app: &App,
    inspection: &Inspection,
    list: &str,
    entry: Value,
    waiting: Vec<PendingFinding>,
) -> Result<FormView, CommandError> {
    let id = new_uuid_v7(app.now_ms(), &*app.store().ports().entropy);
    let save = Save {
        id: Some(inspection.place.record),
        kind: KIND.to_owned(),
        seen: Some(inspection.place.version.clone()),
        only_if: Some(inspection.place.version.clone()),
        set: vec![field(format!("{list}/{id}"), entry)],
        by: app.by(),
        ..Save::default()
    };
    app.store().save_beside(vec![save], |_| Beside { waiting, ..Beside::default() })?;
    view::form_view(app, &Inspection::load(app, inspection.place.record)?)
}

/// The value to put in place.
fn checked_value(inspection: &Inspection, name: &str, value: Value, sure: bool) -> Result<Value, CommandError> {
    if HEAD.contains(&name) {
        return match value {
            Value::String(_) | Value::Null => Ok(value),
            _ => Err(CommandError::bad_argument("value", "this field holds a text")),
        };
    }
    let place = &inspection.place;
    let path: Vec<&str> = name.split('/').collect();
    match path[..] {
        ["answers", code, "result"] => {
            let stands = place.corrected.document.get(name).unwrap_or(&Value::Null);
            parse::meant(&place.form(), place.item(code)?, &value, &[stands], sure)
                .map_err(|error| error.field("value"))
        }
        ["answers", code, "note"] if value.is_string() || value.is_null() => {
            place.item(code)?;
            let note = checked_text("value", value.as_str().map(str::to_owned))?;
            Ok(note.map_or(Value::Null, Value::from))
        }
        _ => Err(CommandError::bad_argument("field", format_args!("{name} is no field that can be corrected"))),
    }
}

fn checked_reason(reason: &str) -> Result<String, CommandError> {
    let missing = || CommandError::bad_argument("reason", "a reason is needed");
    checked_text("reason", Some(reason.to_owned()))?.ok_or_else(missing)
}
