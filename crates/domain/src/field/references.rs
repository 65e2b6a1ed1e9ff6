//! REFS: several other records, such as the readings that a retest puts right.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::ids;
use super::split::Declaration;
use super::types::{Document, FieldType, Pattern, Speech, Typing, say_unreadable};
use crate::kind::Rule;

/// What is taken: ids.
const EXPECTED: ValueError = ValueError::Shape { zh: "若干条记录", en: "a list of records" };

/// `REFS(kind)`: the ids of records, each once, in lower case.
#[derive(Debug)]
pub(super) struct References {
    kind: String,
}

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    let fail = || TypeError::new(declaration.whole, "write REFS(kind)");
    let inside = declaration.round.filter(|_| declaration.square.is_none()).ok_or_else(fail)?;
    let words: Vec<&str> = inside.split_whitespace().collect();
    match words[..] {
        [kind] => Ok(Box::new(References { kind: kind.to_owned() })),
        _ => Err(fail()),
    }
}

impl FieldType for References {
    fn code(&self) -> &'static str {
        "REFS"
    }

    fn declared(&self) -> String {
        format!("REFS({})", self.kind)
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        ids::take(name, typed, EXPECTED)
    }

    fn gather(&self, name: &str, document: &Document) -> Option<Value> {
        ids::gather(name, document)
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        ids::list(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        match ids::list(value).map(|ids| ids.len()) {
            Some(1) => speech.language.of("1 条", "1 record").to_owned(),
            Some(count) => format!("{count}{}", speech.language.of(" 条", " records")),
            None => say_unreadable(speech),
        }
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        ids::compare(a, b)
    }

    fn paths(&self) -> Vec<Pattern> {
        Pattern::one(Rule::Union, false)
    }

    fn names(&self) -> Option<&str> {
        Some(&self.kind)
    }
}
