//! Numbers as people type them, held against printed limits.

use serde_json::Value;

use super::error::ValueError;
use super::limit::{Limit, Limits};
use crate::decimal::{Decimal, decimal_from_number, parse_measure};

/// More characters no number is typed with.
const LONGEST_NUMBER: usize = 64;

/// The number in what was typed, in the unit of the limits and within those that are printed.
pub(super) fn take(typed: &Value, limits: &Limits) -> Result<Decimal, ValueError> {
    let number = match typed {
        Value::String(text) if text.trim().is_empty() => return Err(ValueError::Missing),
        Value::String(text) if text.len() > LONGEST_NUMBER => return Err(ValueError::NotANumber),
        Value::String(text) => parse_measure(text, &limits.unit),
        Value::Number(number) => decimal_from_number(number),
        _ => return Err(ValueError::NotANumber),
    };
    let number = number.map_err(|error| ValueError::of_number(&error, &limits.unit))?;
    match (&limits.min, &limits.max) {
        (Some(Limit::Fixed(min)), _) if number < *min => Err(ValueError::Below(*min, limits.unit.clone())),
        (_, Some(Limit::Fixed(max))) if number > *max => Err(ValueError::Above(*max, limits.unit.clone())),
        _ => Ok(number.normalize()),
    }
}

/// The number in a stored value: a text of digits, or a JSON number.
pub(super) fn read(stored: &Value) -> Option<Decimal> {
    match stored {
        Value::String(text) => Decimal::from_str_exact(text).ok(),
        Value::Number(number) => decimal_from_number(number).ok(),
        _ => None,
    }
}
