//! Short texts of one shape, kept as text, so that no zero before them is lost.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::{TypeError, ValueError};
use super::split::Declaration;
use super::types::{Cell, FieldType, Speech, Typing, by, one, say_unreadable};
use crate::text::half_width;

/// A type of such texts; its declaration is its name alone.
#[derive(Debug)]
pub(super) struct Code {
    /// What a declaration calls it.
    pub(super) name: &'static str,
    /// What is taken, in words.
    pub(super) expected: ValueError,
    /// A longer text, in bytes, is not even looked at.
    pub(super) longest: usize,
    /// Whether its letters are written large.
    pub(super) is_upper: bool,
    /// Whether a text has its shape.
    pub(super) fits: fn(&str) -> bool,
}

impl Code {
    /// The type of a declaration.
    ///
    /// # Errors
    /// Where it has arguments.
    pub(super) fn declared_as(&'static self, declaration: &Declaration<'_>) -> Result<Box<dyn FieldType>, TypeError> {
        match declaration.is_bare() {
            true => Ok(Box::new(self)),
            false => Err(TypeError::new(declaration.whole, format!("{} takes no arguments", self.name))),
        }
    }

    fn read<'v>(&self, value: &'v Value) -> Option<&'v str> {
        value.as_str().filter(|text| (self.fits)(text))
    }
}

impl FieldType for &'static Code {
    fn code(&self) -> &'static str {
        self.name
    }

    fn declared(&self) -> String {
        self.name.to_owned()
    }

    /// A number is refused, since it is no text: `0012` would have become 12.
    fn take(&self, name: &str, typed: &Value, _: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError> {
        let text = typed.as_str().filter(|text| text.len() <= self.longest).ok_or_else(|| self.expected.clone())?;
        let plain = half_width(text.trim());
        let plain = if self.is_upper { plain.to_ascii_uppercase() } else { plain };
        match plain.as_str() {
            "" => Err(ValueError::Missing),
            text if (self.fits)(text) => Ok(one(name, text)),
            _ => Err(self.expected.clone()),
        }
    }

    fn is_well_typed(&self, value: &Value) -> bool {
        self.read(value).is_some()
    }

    fn say(&self, value: &Value, speech: &Speech<'_>) -> String {
        self.read(value).map_or_else(|| say_unreadable(speech), str::to_owned)
    }

    fn compare(&self, a: &Value, b: &Value) -> Ordering {
        by(a, b, |value| self.read(value).map(str::to_owned))
    }

    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        Cell::Code(self.say(value, speech))
    }
}
