//! REFS: several other records, such as the readings that a retest puts right.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::reference::{read, typed_id};
use super::split::Declaration;
use super::types::{FieldType, Pattern, Speech, Typing, by, one, say_unreadable};
use crate::kind::Rule;

/// More records do not stand in one field.
const MOST: usize = 60;
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

fn list(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(read).collect()
}

impl FieldType for References {
    fn code(&self) -> &'static str {
        "REFS"
    }

    fn declared(&self) -> String {
        format!("REFS({})", self.kind)
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let records = typed.as_array().ok_or(EXPECTED)?;
        if records.is_empty() {
            return Err(ValueError::Missing);
        }
        if records.len() > MOST {
            return Err(ValueError::TooMany(MOST));
        }
        let mut ids = records.iter().map(typed_id).collect::<Result<Vec<String>, _>>()?;
        ids.sort_unstable();
        ids.dedup();
        Ok(one(name, ids))
    }

    fn gather(&self, name: &str, document: &super::types::Document) -> Option<Value> {
        document
            .get(name)
            .filter(|value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()))
            .cloned()
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        list(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        match list(value).map(|ids| ids.len()) {
            Some(1) => speech.language.of("1 条", "1 record").to_owned(),
            Some(count) => format!("{count}{}", speech.language.of(" 条", " records")),
            None => say_unreadable(speech),
        }
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| list(value).map(|ids| ids.into_iter().map(str::to_owned).collect::<Vec<_>>()))
    }

    fn paths(&self) -> Vec<Pattern> {
        Pattern::one(Rule::Union, false)
    }

    fn names(&self) -> Option<&str> {
        Some(&self.kind)
    }
}
