//! LAST4: the end of the number of an identity card, and never more of it.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Speech, Typing, by, one, say_unreadable};
use crate::text::half_width;

/// `LAST4`: four digits, or three and an X.
#[derive(Debug)]
pub(super) struct LastFour;

/// What is taken: four digits.
const EXPECTED: ValueError = ValueError::Shape { zh: "证件号后四位", en: "the last four of the number" };

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(LastFour)),
        false => Err(TypeError::new(declaration.whole, "LAST4 takes no arguments")),
    }
}

fn is_four(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 4 && bytes[..3].iter().all(u8::is_ascii_digit) && (bytes[3].is_ascii_digit() || bytes[3] == b'X')
}

fn read(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| is_four(text))
}

impl FieldType for LastFour {
    fn code(&self) -> &'static str {
        "LAST4"
    }

    fn declared(&self) -> String {
        "LAST4".to_owned()
    }

    /// A number is refused where it is no text: `0012` would have become 12. A longer text is refused as well, so that nobody
    /// believes that the whole number is kept.
    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = typed.as_str().filter(|text| text.len() <= 64).ok_or(EXPECTED)?;
        let four = half_width(text.trim()).to_ascii_uppercase();
        match four.as_str() {
            "" => Err(ValueError::Missing),
            four if is_four(four) => Ok(one(name, four)),
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
