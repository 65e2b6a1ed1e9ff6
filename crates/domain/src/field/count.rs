//! COUNT: how many.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Speech, Typing, by, one, say_unreadable};
use crate::decimal::{Decimal, decimal_from_number, parse_decimal};

/// `COUNT` or `COUNT[least,most]`: a whole number, from 0 to a million where nothing else is said.
#[derive(Debug)]
pub(super) struct Count {
    least: u32,
    most: u32,
}

const MOST: u32 = 1_000_000;
/// More characters no number is typed with.
const LONGEST_NUMBER: usize = 64;

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    let fail = || TypeError::new(declaration.whole, "write COUNT, or COUNT[least,most] such as COUNT[1,5000]");
    if declaration.is_bare() {
        return Ok(Box::new(Count { least: 0, most: MOST }));
    }
    let (least, most) = declaration.square.and_then(|limits| limits.split_once(',')).ok_or_else(fail)?;
    let end = |text: &str, open: u32| match text.trim() {
        "" => Ok(open),
        text => text.parse().map_err(|_| fail()),
    };
    let count = Count { least: end(least, 0)?, most: end(most, MOST)? };
    if declaration.round.is_some() || count.least > count.most {
        return Err(fail());
    }
    Ok(Box::new(count))
}

fn read(value: &Value) -> Option<u64> {
    value.as_u64()
}

impl FieldType for Count {
    fn code(&self) -> &'static str {
        "COUNT"
    }

    fn declared(&self) -> String {
        match (self.least, self.most) {
            (0, MOST) => "COUNT".to_owned(),
            (least, most) => format!("COUNT[{least},{most}]"),
        }
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let number = match typed {
            Value::String(text) if text.trim().is_empty() => return Err(ValueError::Missing),
            Value::String(text) if text.len() > LONGEST_NUMBER => return Err(ValueError::NotANumber),
            Value::String(text) => parse_decimal(text),
            Value::Number(number) => decimal_from_number(number),
            _ => return Err(ValueError::NotANumber),
        };
        let number = number.map_err(|error| ValueError::of_number(&error, ""))?;
        if number.fract() != Decimal::ZERO {
            return Err(ValueError::NotWhole);
        }
        let (least, most) = (Decimal::from(self.least), Decimal::from(self.most));
        if number < least {
            return Err(ValueError::Below(least, String::new()));
        }
        if number > most {
            return Err(ValueError::Above(most, String::new()));
        }
        let count = u64::try_from(number).map_err(|_| ValueError::NotANumber)?;
        Ok(one(name, count))
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        read(value).map_or_else(|| say_unreadable(speech), |count| count.to_string())
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, read)
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        read(value).map_or_else(|| Cell::Text(say_unreadable(speech)), |count| Cell::Number(count.into()))
    }

    fn is_measured(&self) -> bool {
        true
    }
}
