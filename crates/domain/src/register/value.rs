//! What is told of a value that is not taken, and of a row that looks wrong.

use std::fmt;

use super::act::{Cause, Level};
use super::field::Field;
use crate::field::{Language, ValueError};

/// A value that is not taken: which field it is about, and which rule it breaks; the value itself stands nowhere in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue {
    /// The stored name of the field.
    pub field: String,
    /// Its Chinese label; the name where there is no such field.
    pub zh: String,
    /// Its English label; the name where there is no such field.
    pub en: String,
    /// The rule.
    pub error: ValueError,
}

impl BadValue {
    pub(super) fn of(field: &Field, error: ValueError) -> Self {
        Self { field: field.name.clone(), zh: field.zh.clone(), en: field.en.clone(), error }
    }

    /// A field that is not there; a name that no field can have is not repeated either.
    pub(super) fn unknown(name: &str) -> Self {
        let is_name = (1..=64).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'/'));
        let name = if is_name { name } else { "?" };
        Self { field: name.to_owned(), zh: name.to_owned(), en: name.to_owned(), error: ValueError::Unknown }
    }

    /// The sentence in one language.
    pub fn say(&self, language: Language) -> String {
        match language {
            Language::Zh => format!("「{}」{}", self.zh, self.error.zh()),
            Language::En => format!("{} {}", self.en, self.error.en()),
        }
    }
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.error.rule())
    }
}

/// Something about a row that looks wrong, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its code: that of the `warn` line, or `limit/<field>`.
    pub code: String,
    /// What follows.
    pub level: Level,
    /// What a finding is of, where that is not the row alone.
    pub cause: Option<Cause>,
    /// The words in Chinese, without any value.
    pub zh: String,
    /// The words in English, without any value.
    pub en: String,
    /// The fields that it is about.
    pub fields: Vec<String>,
}
