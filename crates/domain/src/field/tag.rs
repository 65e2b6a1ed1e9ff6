//! TAG: a mark that rows share.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Speech, Typing, by, one, say_unreadable};
use crate::text::half_width;

/// `TAG`: letters, digits, `-` and `_`, 64 at most; the code of a card, or what was written in one tap.
#[derive(Debug)]
pub(super) struct Tag;

/// What is taken: a code.
const EXPECTED: ValueError =
    ValueError::Shape { zh: "由字母和数字组成的码", en: "a code of letters and digits" };

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Tag)),
        false => Err(TypeError::new(declaration.whole, "TAG takes no arguments")),
    }
}

fn is_tag(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn read(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| is_tag(text))
}

impl FieldType for Tag {
    fn code(&self) -> &'static str {
        "TAG"
    }

    fn declared(&self) -> String {
        "TAG".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = typed.as_str().filter(|text| text.len() <= 256).ok_or(EXPECTED)?;
        match half_width(text.trim()).as_str() {
            "" => Err(ValueError::Missing),
            tag if is_tag(tag) => Ok(one(name, tag)),
            _ => Err(EXPECTED),
        }
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        read(value).map_or_else(|| say_unreadable(speech), str::to_owned)
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| read(value).map(str::to_owned))
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        Cell::Code(self.say(value, speech))
    }
}
