//! INSTANT: when something happened, to the millisecond.

use std::cmp::Ordering;

use serde_json::Value;

use super::date::typed_date;
use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Pattern, Speech, Typing, by, one, say_unreadable};
use crate::answer::parse_time;
use crate::kind::Rule;
use crate::text::half_width;
use crate::time::{UtcMillis, instant};

/// `INSTANT`: stored as milliseconds since 1970 UTC.
#[derive(Debug)]
pub(super) struct Moment;

/// 1900-01-01 and 2200-01-01.
const RANGE: std::ops::Range<i64> = -2_208_988_800_000..7_258_118_400_000;
/// What is taken: a date and a time.
const EXPECTED: ValueError = ValueError::Shape {
    zh: "日期和时刻，如 2026-09-01 07:30",
    en: "a date and a time, such as 2026-09-01 07:30",
};
/// More characters no time is typed with.
const LONGEST: usize = 64;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Moment)),
        false => Err(TypeError::new(declaration.whole, "INSTANT takes no arguments")),
    }
}

fn read(value: &Value) -> Option<UtcMillis> {
    value.as_i64().filter(|at| RANGE.contains(at)).map(UtcMillis)
}

impl FieldType for Moment {
    fn code(&self) -> &'static str {
        "INSTANT"
    }

    fn declared(&self) -> String {
        "INSTANT".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, typing: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        if typed.is_number() {
            return read(typed).map(|at| one(name, at.0)).ok_or(EXPECTED);
        }
        let text = typed.as_str().filter(|text| text.len() <= LONGEST).ok_or(EXPECTED)?;
        if text.trim().is_empty() {
            return Err(ValueError::Missing);
        }
        let plain = half_width(text.trim()).replace('T', " ");
        let (date, time) = plain.split_once([' ', '日']).ok_or(EXPECTED)?;
        let date = typed_date(date).ok_or(ValueError::Date)?;
        let time = parse_time(time.trim()).ok_or(ValueError::Time)?;
        Ok(one(name, instant(date.and_time(time), typing.zone).0))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        let local = |at: UtcMillis| at.local(speech.zone).format("%Y-%m-%d %H:%M").to_string();
        read(value).map_or_else(|| say_unreadable(speech), local)
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, read)
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        read(value).map_or_else(|| Cell::Text(say_unreadable(speech)), |at| Cell::Moment(at.local(speech.zone)))
    }

    fn paths(&self) -> Vec<Pattern> {
        Pattern::one(Rule::Earliest, false)
    }
}
