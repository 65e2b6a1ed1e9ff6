//! REF: another record.

use std::cmp::Ordering;

use serde_json::Value;
use uuid::Uuid;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{FieldType, Speech, Typing, by, one, say_unreadable};

/// `REF(kind)` or `REF(kind of field)`: the id of a record, in lower case.
#[derive(Debug)]
pub(super) struct Reference {
    kind: String,
    of: Option<String>,
}

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    let fail = || TypeError::new(declaration.whole, "write REF(kind), or REF(kind of field)");
    let inside = declaration.round.filter(|_| declaration.square.is_none()).ok_or_else(fail)?;
    let words: Vec<&str> = inside.split_whitespace().collect();
    match words[..] {
        [kind] => Ok(Box::new(Reference { kind: kind.to_owned(), of: None })),
        [kind, "of", field] => Ok(Box::new(Reference { kind: kind.to_owned(), of: Some(field.to_owned()) })),
        _ => Err(fail()),
    }
}

/// The id in what a screen sends, in its one form.
pub(super) fn typed_id(typed: &Value) -> Result<String, ValueError> {
    let text = typed.as_str().filter(|text| text.len() <= 64).ok_or(ValueError::Reference)?.trim();
    if text.is_empty() {
        return Err(ValueError::Missing);
    }
    let id = Uuid::parse_str(text).map_err(|_| ValueError::Reference)?;
    Ok(id.hyphenated().to_string())
}

/// A stored id.
pub(super) fn read(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| Uuid::parse_str(text).is_ok())
}

impl FieldType for Reference {
    fn code(&self) -> &'static str {
        "REF"
    }

    fn declared(&self) -> String {
        match &self.of {
            None => format!("REF({})", self.kind),
            Some(field) => format!("REF({} of {field})", self.kind),
        }
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        Ok(one(name, typed_id(typed)?))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        read(value).map_or_else(|| say_unreadable(speech), |id| speech.named(&self.kind, id))
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| read(value).map(str::to_owned))
    }

    fn refers(&self) -> Option<&str> {
        Some(&self.kind)
    }

    fn narrowed_by(&self) -> Option<&str> {
        self.of.as_deref()
    }
}
