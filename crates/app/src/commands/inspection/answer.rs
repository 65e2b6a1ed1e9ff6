//! Answers and notes.

use causal::RecordId;
use domain::signature::is_drawn;
use domain::template::AnswerType;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::fill::{FormChange, ItemEntry, check_open, save_answers};
use crate::app::App;
use crate::document::checked_text;
use crate::dto::value::{AnswerInput, Strokes};
use crate::error::CommandError;
use crate::inspection::{Inspection, parse};

/// How an answer came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AnswerEntry")]
pub(super) enum How {
    /// 补录: entered afterwards.
    Late,
}

/// Arguments of `inspection.answer`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The inspection.
    id: Uuid,
    /// The code of the item, such as `T01.07`.
    item: String,
    /// The answer by the type of the item: `"pass"`, `"fail"`; points; a reading (`"74.2"`, `"７４，２℃"`) or a list of readings
    /// `{"v", "of", "retest"}`; `"07:30"`; an option; text; strokes; asset lines. `"na"` for any type; null for no answer.
    #[schemars(with = "Option<AnswerInput>")]
    result: Value,
    /// What the form has seen: its `version`. Left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
    /// A note to write with it; an empty one takes the note away.
    #[serde(default)]
    note: Option<String>,
    /// `late` for an answer that is entered afterwards.
    #[serde(default)]
    how: Option<How>,
    /// Whether a measured value is meant though it can hardly be, such as 1,000,000 ℃; without it such a value is refused.
    #[serde(default)]
    sure: bool,
}

/// Arguments of `inspection.note`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// The inspection.
    id: Uuid,
    /// The code of the item.
    item: String,
    /// The note; an empty one takes the note away.
    note: String,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

pub(super) fn answer(app: &App, arguments: Answer) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    let item = inspection.item(&arguments.item)?;
    let stored = inspection.stored(&arguments.item, "result");
    if item.answer == AnswerType::Signature {
        check_drawn(&arguments.result, &stored)?;
    }
    let result = parse::meant(&inspection.form(), item, &arguments.result, &[&stored], arguments.sure)?;
    let mut parts = vec![("result".to_owned(), result)];
    if let Some(note) = &arguments.note {
        parts.push(("note".to_owned(), checked_note(note)?));
    }
    match arguments.how {
        Some(How::Late) => parts.push(("how".to_owned(), json!("late"))),
        // An answer of one's own takes the stamp of an earlier batch away.
        None if !inspection.stored(&arguments.item, "how").is_null() => parts.push(("how".to_owned(), Value::Null)),
        None => {}
    }
    let written = [ItemEntry { code: arguments.item, parts }];
    check_open(app, &inspection, &written)?;
    save_answers(app, &inspection, arguments.seen, &written, None)
}

pub(super) fn note(app: &App, arguments: Note) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    inspection.item(&arguments.item)?;
    let parts = vec![("note".to_owned(), checked_note(&arguments.note)?)];
    let written = [ItemEntry { code: arguments.item, parts }];
    check_open(app, &inspection, &written)?;
    save_answers(app, &inspection, arguments.seen, &written, None)
}

/// Refuses a touch in the place of a signature; one that stands there already is left to who reads it.
fn check_drawn(given: &Value, stored: &Value) -> Result<(), CommandError> {
    let one_by_one = |value: &Value| match value {
        // A list of objects is several signatures; any other list is the lines of one.
        Value::Array(list) if list.iter().any(Value::is_object) => list.clone(),
        other => vec![other.clone()],
    };
    let known = one_by_one(stored);
    for signature in one_by_one(given).iter().filter(|signature| !known.contains(signature)) {
        let lines = signature.get("strokes").unwrap_or(signature);
        let is_touch = Strokes::deserialize(lines).is_ok_and(|Strokes(lines)| !lines.is_empty() && !is_drawn(&lines));
        if is_touch {
            return Err(CommandError::not_drawn("result"));
        }
    }
    Ok(())
}

fn checked_note(note: &str) -> Result<Value, CommandError> {
    Ok(checked_text("note", Some(note.to_owned()))?.map_or(Value::Null, Value::from))
}
