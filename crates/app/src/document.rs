//! Reading fields of a document, and putting together the fields of a save.

use causal::Value;
use serde_json::Map;
use wire::ProblemType;

use crate::error::CommandError;

/// The fields of a record by their reading rules.
pub(crate) type Document = Map<String, serde_json::Value>;

/// Fields to save.
pub(crate) type Fields = Vec<(String, Value)>;

/// Who is written where a record must name somebody and nobody is known.
pub(crate) const UNNAMED: &str = "unnamed";

/// Longer names of persons leave no room for the rest of a field's name.
const MOST_OF_A_PERSON: usize = 150;

/// One field to save.
pub(crate) fn field(name: impl Into<String>, value: impl Into<serde_json::Value>) -> (String, Value) {
    (name.into(), Value::from_json(&value.into()))
}

/// One field that carries the name of a person, such as `people/<person>`.
///
/// # Errors
/// `bad-person` when the name is too long to be part of a field's.
pub(crate) fn person_field(
    group: &str,
    person: &str,
    value: impl Into<serde_json::Value>,
) -> Result<(String, Value), CommandError> {
    let length = person.chars().count();
    if length > MOST_OF_A_PERSON {
        let message = format_args!("the person {person} is named by {length} characters; {MOST_OF_A_PERSON} at most");
        return Err(CommandError::new(ProblemType::BadPerson, message));
    }
    Ok(field(format!("{group}/{person}"), value))
}

/// The text of a field; none when it is empty or no text.
pub(crate) fn text<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    document.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// The texts of a field that holds a list; none when it holds none.
pub(crate) fn texts<'a>(document: &'a Document, name: &str) -> impl Iterator<Item = &'a str> {
    let list = document.get(name).and_then(serde_json::Value::as_array);
    list.into_iter().flatten().filter_map(serde_json::Value::as_str)
}

/// The longest text that a person types, in characters.
pub(crate) const MOST_OF_A_TEXT: usize = 2_000;

/// A text that a person typed, without white space around it; none when nothing is left.
///
/// # Errors
/// `limit-exceeded`, about `argument`, beyond 2,000 characters.
pub(crate) fn checked_text(argument: &str, text: Option<String>) -> Result<Option<String>, CommandError> {
    let Some(text) = text else { return Ok(None) };
    let text = text.trim();
    let length = text.chars().count();
    if length > MOST_OF_A_TEXT {
        return Err(CommandError::limit(argument, "characters", MOST_OF_A_TEXT, length));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// The instant or count of a field, in milliseconds for an instant.
pub(crate) fn integer(document: &Document, name: &str) -> Option<i64> {
    document.get(name)?.as_i64()
}
