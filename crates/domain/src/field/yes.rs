//! YES: yes or no.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{FieldType, Speech, Typing, by, one, say_unreadable};
use crate::text::fold;

/// `YES`: stored as true or false.
#[derive(Debug)]
pub(super) struct Yes;

const YES: [&str; 9] = ["是", "有", "对", "yes", "y", "true", "√", "✓", "✔"];
const NO: [&str; 9] = ["否", "无", "不", "no", "n", "false", "×", "✗", "✘"];
/// What is taken: yes or no.
const EXPECTED: ValueError = ValueError::Shape { zh: "是或否", en: "yes or no" };

pub(super) fn parse(declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
    match declaration.is_bare() {
        true => Ok(Box::new(Yes)),
        false => Err(TypeError::new(declaration.whole, "YES takes no arguments")),
    }
}

impl FieldType for Yes {
    fn code(&self) -> &'static str {
        "YES"
    }

    fn declared(&self) -> String {
        "YES".to_owned()
    }

    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        match typed {
            Value::Bool(answer) => Ok(one(name, *answer)),
            Value::String(text) if text.trim().is_empty() => Err(ValueError::Missing),
            Value::String(text) if text.len() <= 16 => {
                let word = fold(text.trim());
                match (YES.contains(&word.as_str()), NO.contains(&word.as_str())) {
                    (true, _) => Ok(one(name, true)),
                    (_, true) => Ok(one(name, false)),
                    _ => Err(EXPECTED),
                }
            }
            _ => Err(EXPECTED),
        }
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        value.is_boolean()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        match value.as_bool() {
            Some(true) => speech.language.of("是", "yes").to_owned(),
            Some(false) => speech.language.of("否", "no").to_owned(),
            None => say_unreadable(speech),
        }
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, Value::as_bool)
    }
}
