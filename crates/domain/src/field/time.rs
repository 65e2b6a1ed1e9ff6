//! TIME: a time of day.

use std::cmp::Ordering;

use chrono::NaiveTime;
use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{FieldType, Speech, Typing, by, one, say_unreadable};
use crate::answer::parse_time;

/// `TIME`: stored as `HH:MM`.
#[derive(Debug)]
pub(super) struct TimeOfDay;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(TimeOfDay)),
        false => Err(TypeError::new(declaration.whole, "TIME takes no arguments")),
    }
}

fn read(value: &Value) -> Option<NaiveTime> {
    value.as_str().filter(|text| text.len() == 5).and_then(parse_time)
}

impl FieldType for TimeOfDay {
    fn code(&self) -> &'static str {
        "TIME"
    }

    fn declared(&self) -> String {
        "TIME".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = typed.as_str().ok_or(ValueError::Time)?;
        if text.trim().is_empty() {
            return Err(ValueError::Missing);
        }
        let time = Some(text).filter(|text| text.len() <= 32).and_then(parse_time).ok_or(ValueError::Time)?;
        Ok(one(name, time.format("%H:%M").to_string()))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        read(value).map_or_else(|| say_unreadable(speech), |time| time.format("%H:%M").to_string())
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, read)
    }
}
