//! What a hook is asked, and what it says.

use std::fmt::Debug;

use chrono::NaiveDate;
use serde_json::Value;

use crate::field::{Cell, Document, Language};
use crate::setting::Settings;

/// A hook.
pub trait Habit: Debug + Sync {
    /// Its name in declarations.
    fn name(&self) -> &'static str;

    /// The unit of its numbers, in the spelling of settings.
    fn unit(&self) -> &'static str;

    /// Whether a spreadsheet may reckon with what it says.
    fn is_number(&self) -> bool {
        false
    }

    /// The fields that it reads, each with the type that it must have.
    fn reads(&self) -> &'static [(&'static str, &'static str)];

    /// Whether closed rows change nothing of what it says, and it says nothing of them; they are not read then.
    fn is_of_open(&self) -> bool {
        false
    }

    /// Where something begins anew: rows follow each other by the first field, and with one that says yes in the second, what was
    /// before it changes nothing of what is said of it and of later ones.
    fn begins_anew(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// What it says of a row; none where it says nothing.
    ///
    /// Law: the order of the other rows does not matter.
    fn work_out(&self, asked: &Asked<'_>) -> Option<Worked>;

    /// What it says, in words.
    fn say(&self, value: &Value, language: Language) -> String;

    /// What it says, in a cell of a spreadsheet.
    fn cell(&self, value: &Value, language: Language) -> Cell {
        Cell::Text(self.say(value, language))
    }
}

/// A row as a hook looks at it.
#[derive(Clone, Debug, Default)]
pub struct KinRow {
    /// The record; empty for a row that is being written.
    pub id: String,
    /// Its fields as they count.
    pub document: Document,
    /// Whether it is neither void nor closed.
    pub is_open: bool,
    /// Whether it is void.
    pub is_void: bool,
    /// The fields that this device cannot know, since it does not hold their part.
    pub unknown: Vec<String>,
}

/// What a hook is asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The row.
    pub row: &'a KinRow,
    /// The rows that say the same in the fields by which the hook goes; the row itself may be among them.
    pub kin: &'a [&'a KinRow],
    /// The day on the campus.
    pub today: NaiveDate,
    /// The settings of the campus.
    pub settings: &'a Settings,
}

/// What a hook says of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Worked {
    /// A number as a text of digits, or a word of the hook's own.
    pub value: Value,
    /// How it looks.
    pub tone: Tone,
    /// What is to be said of it, in Chinese and in English.
    pub warning: Option<(String, String)>,
    /// The row from which on it is one cause: a finding that follows is one for all rows of that cause.
    pub since: Option<String>,
}

/// How something with a time looks; the colour never stands without its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// It no longer matters.
    Past,
    /// All is well.
    #[default]
    Calm,
    /// It is to be thought of.
    Soon,
    /// It is near.
    Near,
    /// It is to be done now.
    Now,
    /// It is over.
    Over,
}

impl Tone {
    /// The code in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Calm => "calm",
            Self::Soon => "soon",
            Self::Near => "near",
            Self::Now => "now",
            Self::Over => "over",
        }
    }
}

/// Whether something stands in a field, on its own path or below it.
pub(super) fn has(document: &Document, field: &str) -> bool {
    let is_filled = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    let is_below = |path: &str| path.strip_prefix(field).is_some_and(|rest| rest.starts_with('/'));
    document.iter().any(|(path, value)| (path == field || is_below(path)) && is_filled(value))
}
