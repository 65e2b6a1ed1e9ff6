//! A field of a register, as its declaration says it.

use super::condition::Condition;
use super::habit::Habit;
use crate::due::DueCode;
use crate::field::{FieldType, Limit, Mask};
use crate::kind::Rule;
use crate::permission::Permission;
use crate::severity::Severity;

/// A field.
#[derive(Debug)]
pub struct Field {
    /// Its stored name.
    pub name: String,
    /// Its Chinese label.
    pub zh: String,
    /// Its English label.
    pub en: String,
    /// What it holds.
    pub of: FieldOf,
    /// When it must be filled in.
    pub needed: Option<Needed>,
    /// When it is asked for; always, where there is none.
    pub when: Option<Condition>,
    /// What a form offers to begin with.
    pub preset: Option<Preset>,
    /// Where a new row copies it from.
    pub from: Option<From>,
    /// Whether it can neither be edited nor corrected.
    pub is_frozen: bool,
    /// Whether its text is found by the search.
    pub is_searchable: bool,
    /// Who sees it; everybody who sees the row, where there is none.
    pub see: Option<FieldSight>,
    /// The part that it stands in.
    pub part: Option<String>,
    /// Whether the program fills it in, and never a person.
    pub is_own: bool,
    /// The field whose value the rows have in common that a new row keeps the ids of, as its author's device knew them.
    pub known_by: Option<String>,
    /// How it is read while it has several siblings, where that is not as its type is.
    pub rule: Option<Rule>,
    /// The setting's table that gives the options which are meant now.
    pub among: Option<Limit>,
    /// The limits that a value is judged by, beside those of its type.
    pub limit: Option<(Option<Limit>, Option<Limit>)>,
    /// What follows from a value beyond its limits; a note, where there is none.
    pub fails: Option<(Severity, DueCode)>,
    /// Whether a screen writes it along and people read it nowhere, such as the id behind a name.
    pub is_inner: bool,
    /// Whether it is no longer asked for.
    pub is_retired: bool,
    /// The field whose place it took.
    pub was: Option<String>,
}

/// What a field holds.
#[derive(Debug)]
pub enum FieldOf {
    /// A stored value.
    Stored(Box<dyn FieldType>),
    /// The minutes between two instants of the row.
    Span(String, String),
    /// The value of a field in the row before, of those that say the same in another field.
    Previous {
        /// The field whose value it was.
        field: String,
        /// The field by which rows belong together.
        by: String,
    },
    /// What a hook says by the other rows of the register.
    Hook {
        /// The hook.
        habit: &'static dyn Habit,
        /// The fields that its rows have in common; the first is what the row is about.
        by: Vec<String>,
    },
}

/// When a field must be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// Under which condition.
    pub when: Condition,
    /// Whether the answer must be yes.
    pub is_yes: bool,
}

/// What a form offers to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The time, or the day.
    Now,
    /// Who writes.
    Me,
    /// What the same person wrote last.
    Last,
    /// The value of a setting.
    Setting(String),
}

/// Where a new row copies a field from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The reference.
    pub reference: String,
    /// The field of the record that it names.
    pub field: String,
}

/// Who sees a field whole, and what others see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSight {
    /// Who has this permission.
    pub permission: Permission,
    /// Whether whom the row is about sees it, too.
    pub is_about_me: bool,
    /// What is left for others.
    pub mask: Mask,
}

impl Field {
    /// The type of what it stores; none for what is worked out.
    pub fn stored(&self) -> Option<&dyn FieldType> {
        match &self.of {
            FieldOf::Stored(of) => Some(&**of),
            FieldOf::Span(..) | FieldOf::Previous { .. } | FieldOf::Hook { .. } => None,
        }
    }

    /// The declaration of what it holds, in its one form.
    pub fn declared(&self) -> String {
        match &self.of {
            FieldOf::Stored(of) => of.declared(),
            FieldOf::Span(from, to) => format!("span({from}, {to})"),
            FieldOf::Previous { field, by } => format!("previous({field}) by {by}"),
            FieldOf::Hook { habit, by } => format!("hook {} by {}", habit.name(), by.join(", ")),
        }
    }
}
