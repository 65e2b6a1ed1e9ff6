//! Answers and notes.

use domain::signature::is_drawn;
use domain::template::AnswerType;
use serde::Deserialize;
use serde_json::{Value, json};

use super::holder::{Holder, ItemEntry};
use super::parse;
use super::save::save_answers;
use crate::app::App;
use crate::document::checked_text;
use crate::dto::change::FormChange;
use crate::dto::value::Strokes;
use crate::error::CommandError;

/// An answer as it was given.
pub(crate) struct GivenAnswer {
    /// The code of the item.
    pub(crate) item: String,
    /// The answer by the type of the item.
    pub(crate) result: Value,
    /// What the form has seen; none for the record as it is.
    pub(crate) seen: Option<String>,
    /// A note to write with it; an empty one takes the note away.
    pub(crate) note: Option<String>,
    /// Whether it is entered afterwards.
    pub(crate) is_late: bool,
    /// Whether a measured value is meant though it can hardly be.
    pub(crate) sure: bool,
}

/// Answers one item.
///
/// # Errors
/// `not-found`, `bad-answer`, and what the holder refuses by; nothing has changed then.
pub(crate) fn answer(app: &App, holder: &impl Holder, given: GivenAnswer) -> Result<FormChange, CommandError> {
    let place = holder.place();
    let item = place.item(&given.item)?;
    let stored = place.stored(&given.item, "result");
    if item.answer == AnswerType::Signature {
        check_drawn(&given.result, &stored)?;
    }
    let result = parse::meant(&place.form(), item, &given.result, &[&stored], given.sure)?;
    let mut parts = vec![("result".to_owned(), result)];
    if let Some(note) = &given.note {
        parts.push(("note".to_owned(), checked_note(note)?));
    }
    if given.is_late {
        parts.push(("how".to_owned(), json!("late")));
    } else if !place.stored(&given.item, "how").is_null() {
        // An answer of one's own takes the stamp of an earlier batch away.
        parts.push(("how".to_owned(), Value::Null));
    }
    let written = [ItemEntry { code: given.item, parts }];
    holder.check_open(app, &written)?;
    save_answers(app, holder, given.seen, &written, None)
}

/// Writes the note of one item; an empty one takes it away.
///
/// # Errors
/// `not-found`, and what the holder refuses by; nothing has changed then.
pub(crate) fn note(
    app: &App,
    holder: &impl Holder,
    item: String,
    note: &str,
    seen: Option<String>,
) -> Result<FormChange, CommandError> {
    holder.place().item(&item)?;
    let parts = vec![("note".to_owned(), checked_note(note)?)];
    let written = [ItemEntry { code: item, parts }];
    holder.check_open(app, &written)?;
    save_answers(app, holder, seen, &written, None)
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
