//! PHONE: a telephone number.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Speech, Typing, by, one, say_unreadable};
use crate::text::half_width;

/// `PHONE`: stored as digits, with a `+` before and single hyphens between where they were typed.
#[derive(Debug)]
pub(super) struct Phone;

/// What is taken: a telephone number.
const EXPECTED: ValueError =
    ValueError::Shape { zh: "电话号码，3 到 15 位数字", en: "a telephone number of 3 to 15 digits" };
/// More characters no number is typed with.
const LONGEST: usize = 64;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Phone)),
        false => Err(TypeError::new(declaration.whole, "PHONE takes no arguments")),
    }
}

fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// The number without blanks and brackets; none for what is no number.
fn typed_number(text: &str) -> Option<String> {
    let text = half_width(text.trim());
    let (plus, text) = match text.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", text.as_str()),
    };
    let cleaned: String =
        text.chars().filter(|c| !matches!(c, ' ' | '(' | ')')).map(|c| if c == '—' { '-' } else { c }).collect();
    let parts: Vec<&str> = cleaned.split('-').collect();
    let is_plain = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    (is_plain && (3..=15).contains(&digits_of(&cleaned).len())).then(|| format!("{plus}{cleaned}"))
}

fn read(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| typed_number(text).as_deref() == Some(text))
}

impl FieldType for Phone {
    fn code(&self) -> &'static str {
        "PHONE"
    }

    fn declared(&self) -> String {
        "PHONE".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = typed.as_str().filter(|text| text.len() <= LONGEST).ok_or(EXPECTED)?;
        if text.trim().is_empty() {
            return Err(ValueError::Missing);
        }
        typed_number(text).map(|number| one(name, number)).ok_or(EXPECTED)
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        read(value).map_or_else(|| say_unreadable(speech), str::to_owned)
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| read(value).map(digits_of))
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        Cell::Code(self.say(value, speech))
    }
}
