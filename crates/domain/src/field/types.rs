//! What every field type can do.

use std::cmp::Ordering;
use std::fmt::Debug;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::error::ValueError;
use super::limit::Limits;
use crate::decimal::Decimal;
use crate::kind::Rule;
use crate::time::UtcMillis;

/// A read document: one value per path, such as `name` or `items/key/counted`.
pub type Document = Map<String, Value>;

/// The languages that values are said in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// One of two texts.
    pub fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// Who types, when and where: what a field type needs to take it.
#[derive(Clone, Copy)]
pub struct Typing<'a> {
    /// The zone of the campus, for times that are typed without one.
    pub zone: Tz,
    /// Who types; none where nobody is named.
    pub me: Option<&'a str>,
    /// When.
    pub now: UtcMillis,
    /// New ids, for entries that are added to.
    pub fresh: &'a dyn Fn() -> Uuid,
}

/// How values are said.
#[derive(Clone, Copy)]
pub struct Speech<'a> {
    /// In which language.
    pub language: Language,
    /// The zone of the campus.
    pub zone: Tz,
    /// What a record of a kind is called; none when it is not known here.
    pub name: &'a dyn Fn(&str, &str) -> Option<String>,
}

impl Speech<'_> {
    /// What a record is called, or what is said where nobody knows it.
    pub(super) fn named(&self, kind: &str, id: &str) -> String {
        (self.name)(kind, id).unwrap_or_else(|| self.language.of("本机没有", "not on this device").to_owned())
    }
}

/// What stands in a cell of a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// Digits that are no quantity, such as a telephone number: a spreadsheet must not reckon with them.
    Code(String),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(NaiveDate),
    /// A date and a time of day, on the clock of the campus.
    Moment(NaiveDateTime),
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The stored word; it never changes.
    pub zh: String,
    /// The English beside it.
    pub en: String,
}

/// The stored paths of a field, below its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What follows the name: nothing, or `/*` once for each part of the path.
    pub suffix: String,
    /// How a reader reads such a path while it has several siblings.
    pub rule: Rule,
    /// Whether there is text to be searched.
    pub has_text: bool,
}

impl Pattern {
    pub(super) fn one(rule: Rule, has_text: bool) -> Vec<Self> {
        vec![Self { suffix: String::new(), rule, has_text }]
    }

    pub(super) fn below(suffix: &str, rule: Rule, has_text: bool) -> Vec<Self> {
        vec![Self { suffix: suffix.to_owned(), rule, has_text }]
    }
}

/// A column of a field that has rows.
#[derive(Debug)]
pub struct Column {
    /// Its stored name.
    pub name: String,
    /// Its Chinese label.
    pub zh: String,
    /// Its English label.
    pub en: String,
    /// What it holds.
    pub of: Box<dyn FieldType>,
    /// Whether every row needs it.
    pub is_needed: bool,
    /// Whether the program copies it from the setting that gives the rows.
    pub is_from_setting: bool,
}

/// A type of fields, with its arguments.
pub trait FieldType: Debug + Send + Sync {
    /// Its name in declarations, such as `TXT`.
    fn code(&self) -> &'static str;

    /// The declaration that it was read from, in its one form, such as `TXT[1,40]`.
    fn declared(&self) -> String;

    /// What is stored, by path, for what somebody typed into the field `name`: a text mostly, or the JSON that a screen sends.
    ///
    /// # Errors
    /// [`ValueError`], which says what the field takes and never repeats what was typed.
    fn take(&self, name: &str, typed: &Value, typing: &Typing<'_>) -> Result<Vec<(String, Value)>, ValueError>;

    /// What the document holds of the field `name`; none where nobody filled it.
    fn gather(&self, name: &str, document: &Document) -> Option<Value> {
        document.get(name).filter(|value| !value.is_null()).cloned()
    }

    /// Whether a gathered value has the stored shape of this type; limits are not asked.
    fn is_well_typed(&self, value: &Value) -> bool;

    /// A gathered value in words; what is ill typed says so, and is not repeated.
    fn say(&self, value: &Value, speech: &Speech<'_>) -> String;

    /// The order of two gathered values, ill-typed ones last.
    fn compare(&self, a: &Value, b: &Value) -> Ordering;

    /// A gathered value in a cell of a spreadsheet.
    fn cell(&self, value: &Value, speech: &Speech<'_>) -> Cell {
        Cell::Text(self.say(value, speech))
    }

    /// Whether a gathered value holds all that its declaration asks for.
    ///
    /// # Errors
    /// [`ValueError`] for what is missing or too much.
    fn is_complete(&self, value: &Value) -> Result<(), ValueError> {
        let _ = value;
        Ok(())
    }

    /// The paths on which it is stored.
    fn paths(&self) -> Vec<Pattern> {
        Pattern::one(Rule::Latest, false)
    }

    /// Whether it is measured, so that nothing may ever be filled in before somebody measures.
    fn is_measured(&self) -> bool {
        false
    }

    /// The options to choose from.
    fn options(&self) -> &[Choice] {
        &[]
    }

    /// The kind of the records that it names.
    fn refers(&self) -> Option<&str> {
        None
    }

    /// The kind of the records in a list of ids, each a record by itself; [`Self::refers`] is for a single one and for people.
    fn names(&self) -> Option<&str> {
        None
    }

    /// The field of this record by which the named records are narrowed down, as in `REF(pickup_authorisation of child)`.
    fn narrowed_by(&self) -> Option<&str> {
        None
    }

    /// The limits that a value is held against when it is judged.
    fn limits(&self) -> Option<&Limits> {
        None
    }

    /// The setting whose list gives the keys of its rows.
    fn rows_from(&self) -> Option<&str> {
        None
    }

    /// The columns of its rows.
    fn columns(&self) -> &[Column] {
        &[]
    }
}

/// What is said of a value that is not of its type.
pub(super) fn say_unreadable(speech: &Speech<'_>) -> String {
    speech.language.of("无法识别", "unreadable").to_owned()
}

/// Orders by what can be read of both values; what cannot be read comes last.
pub(super) fn by<T: Ord>(a: &Value, b: &Value, read: impl Fn(&Value) -> Option<T>) -> Ordering {
    match (read(a), read(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// One write, to the path that has the field's own name.
pub(super) fn one(name: &str, value: impl Into<Value>) -> Vec<(String, Value)> {
    vec![(name.to_owned(), value.into())]
}
