//! NUM and TEMP: what is measured.

use std::cmp::Ordering;

use serde_json::Value;

use super::digits;
use super::error::{TypeError, ValueError};
use super::limit::Limits;
use super::split::Declaration;
use super::types::{Cell, FieldType, Language, Speech, Typing, by, one, say_unreadable};
use crate::decimal::unit_en;

/// `NUM[unit,min,max]` and `TEMP[℃,min,max]`: a number of a unit; stored as a text of digits, so it stays exact.
#[derive(Debug)]
pub(super) struct Number {
    code: &'static str,
    limits: Limits,
}

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    measured("NUM", declaration)
}

pub(super) fn parse_temperature(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    measured("TEMP", declaration)
}

fn measured(code: &'static str, declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    let fail = || TypeError::new(declaration.whole, format!("write {code}[unit,min,max]; an end may be left empty"));
    let square = declaration.square.filter(|_| declaration.round.is_none()).ok_or_else(fail)?;
    let limits = Limits::parse(square)?;
    if code == "TEMP" && limits.unit != "℃" {
        return Err(TypeError::new(declaration.whole, "a temperature is in ℃"));
    }
    Ok(Box::new(Number { code, limits }))
}

impl FieldType for Number {
    fn code(&self) -> &'static str {
        self.code
    }

    fn declared(&self) -> String {
        format!("{}[{}]", self.code, self.limits.declared())
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        Ok(one(name, digits::take(typed, &self.limits)?.to_string()))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        digits::read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        let unit = match speech.language {
            Language::Zh => &self.limits.unit,
            Language::En => unit_en(&self.limits.unit),
        };
        match digits::read(value) {
            Some(number) if unit.is_empty() => number.to_string(),
            Some(number) => format!("{number} {unit}"),
            None => say_unreadable(speech),
        }
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, digits::read)
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        digits::read(value).map_or_else(|| Cell::Text(say_unreadable(speech)), Cell::Number)
    }

    fn is_measured(&self) -> bool {
        true
    }

    fn limits(&self) -> Option<&Limits> {
        Some(&self.limits)
    }
}
