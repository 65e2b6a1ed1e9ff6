//! What can be done with a row, and what is said of one that looks wrong, as a declaration says it.

use serde_json::Value;
use uuid::Uuid;

use super::condition::Condition;
use crate::due::DueCode;
use crate::field::{Document, FieldType};
use crate::permission::Permission;
use crate::severity::Severity;

/// What can be done with a row.
#[derive(Debug)]
pub struct Act {
    /// Its stored code.
    pub code: String,
    /// Its Chinese label.
    pub zh: String,
    /// Its English label.
    pub en: String,
    /// Who may do it.
    pub permission: Permission,
    /// The stages from which it can be done.
    pub from: Vec<String>,
    /// The field that names who does it; anybody with the permission where there is none.
    pub by: Option<String>,
    /// Whose hand it must not be.
    pub other: Option<Other>,
    /// How often it counts.
    pub counts: Counts,
    /// When it can be done.
    pub when: Condition,
    /// What it asks for.
    pub asks: Vec<Ask>,
    /// What it fills in by itself.
    pub sets: Vec<Set>,
    /// Whether it says what its author had before them.
    pub has_saw: bool,
    /// The kind of the record that is written with it.
    pub with: Option<String>,
}

/// Whose hand an act must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// That of who did another act.
    Act(String),
    /// That of who made the row.
    Created,
}

/// How often an act counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// The first one; a second is 未计入.
    First,
    /// Each of them.
    Each,
}

/// A value that an act asks for.
#[derive(Debug)]
pub struct Ask {
    /// Its stored name.
    pub name: String,
    /// What it holds.
    pub of: Box<dyn FieldType>,
    /// Whether the act is nothing without it.
    pub is_needed: bool,
}

/// What an act fills in by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// The field.
    pub field: String,
    /// With what.
    pub to: SetTo,
}

/// What an act fills a field with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetTo {
    /// The time of the act, or its day.
    Now,
    /// Who did it.
    Me,
    /// Yes.
    Yes,
    /// An option.
    Word(String),
}

/// What is said of a row that looks wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warn {
    /// Its code.
    pub code: String,
    /// When it is said.
    pub when: Condition,
    /// What follows.
    pub level: Level,
    /// What a finding is of, where that is not the row alone.
    pub cause: Option<Cause>,
    /// The words in Chinese.
    pub zh: String,
    /// The words in English.
    pub en: String,
}

/// What a finding is of that follows from several rows: all that say the same in these fields have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its code, such as `unfit`; rules with one code have the same words.
    pub code: String,
    /// The fields: the first names a record, on which the finding hangs.
    pub by: Vec<String>,
}

impl Cause {
    /// The id of the finding for a row: v5(what the first field names, `<code>/<the others>`); none where a field is blank.
    ///
    /// # Example
    /// ```
    /// use domain::register::Cause;
    /// use serde_json::json;
    /// use uuid::Uuid;
    /// let cause = Cause { code: "unfit".to_owned(), by: vec!["person".to_owned(), "date".to_owned()] };
    /// let row = json!({"person": Uuid::nil(), "date": "2026-09-01"});
    /// let id = cause.finding_id(row.as_object().expect("an object"));
    /// assert_eq!(id, Some(Uuid::new_v5(&Uuid::nil(), b"unfit/2026-09-01")));
    /// ```
    pub fn finding_id(&self, document: &Document) -> Option<Uuid> {
        let text = |name: &String| document.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let (first, rest) = self.by.split_first()?;
        let record = Uuid::parse_str(text(first)?).ok()?;
        let mut name = self.code.clone();
        for part in rest {
            name.push('/');
            name.push_str(text(part)?);
        }
        Some(Uuid::new_v5(&record, name.as_bytes()))
    }
}

/// What follows from a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is shown.
    Note,
    /// It is asked once more; who says yes has it kept.
    Ask,
    /// A finding is made.
    Finding(Severity, DueCode),
}
