//! MONEY: an amount in yuan.

use std::cmp::Ordering;

use serde_json::Value;

use super::digits;
use super::error::{TypeError, ValueError};
use super::limit::{Limit, Limits};
use super::split::Declaration;
use super::types::{Cell, FieldType, Language, Speech, Typing, by, one, say_unreadable};
use crate::decimal::Decimal;

/// `MONEY`: yuan with two decimals at most, from 0 to a hundred million; stored as a text of digits.
#[derive(Debug)]
pub(super) struct Money {
    limits: Limits,
}

const MOST: u32 = 100_000_000;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    if !declaration.is_bare() {
        return Err(TypeError::new(declaration.whole, "MONEY takes no arguments"));
    }
    let limits =
        Limits { unit: "元".to_owned(), min: Some(Limit::Fixed(Decimal::ZERO)), max: Some(Limit::Fixed(MOST.into())) };
    Ok(Box::new(Money { limits }))
}

impl FieldType for Money {
    fn code(&self) -> &'static str {
        "MONEY"
    }

    fn declared(&self) -> String {
        "MONEY".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let bare = match typed {
            Value::String(text) => Value::from(text.trim().trim_start_matches(['¥', '￥']).trim_start()),
            other => other.clone(),
        };
        let amount = digits::take(&bare, &self.limits)?;
        if amount.scale() > 2 {
            return Err(ValueError::Cents);
        }
        Ok(one(name, amount.to_string()))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        digits::read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        match (digits::read(value), speech.language) {
            (Some(amount), Language::Zh) => format!("{amount:.2} 元"),
            (Some(amount), Language::En) => format!("¥{amount:.2}"),
            (None, _) => say_unreadable(speech),
        }
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, digits::read)
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        digits::read(value).map_or_else(|| Cell::Text(say_unreadable(speech)), Cell::Number)
    }
}
