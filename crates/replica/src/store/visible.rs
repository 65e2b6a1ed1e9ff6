//! What somebody may see, as conditions on records.
//!
//! A list asks for it in SQL, before it counts, cuts and pages: so neither a count nor a cursor tells of what is not shown.
//! The same is asked of one record in memory; a test holds the two together.

use std::collections::BTreeMap;

use domain::sight::{Mark, marks};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::column::Column;

/// Which records somebody may see: those for which every condition of one of the entries holds.
///
/// No entry: none. An entry without a condition: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visible(pub Vec<Vec<Condition>>);

/// What somebody may see of all kinds together: what a search, a list of conflicts and a photo ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Every record of every kind.
    #[default]
    All,
    /// Of each kind what is seen of it in some scopes, in all where none is named. A kind without an entry is not shown at all.
    Kinds(BTreeMap<String, Vec<(Vec<Uuid>, Visible)>>),
}

/// Something that holds for a record or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It belongs to one of these areas.
    Place(Vec<String>),
    /// This person made it.
    Author(String),
    /// It names this person, in a field in which records of its kind name people.
    Names(String),
    /// It is of this sort: a finding about food.
    Sort(String),
    /// One of these fields holds this text, alone or in a list; the names are plain words.
    Holds {
        /// The fields.
        fields: Vec<String>,
        /// The text, such as the id of a person.
        value: String,
    },
    /// This person did one of its acts; no index tells of it, so it is for what is asked rarely.
    Acted(String),
    /// It is in use: its field `active` does not say no.
    InUse,
    /// It was made by one of these checklists.
    Checklist(Vec<String>),
    /// It stands at one of these stages.
    Stage(Vec<String>),
    /// Its business day is this one or a later one, `YYYY-MM-DD`.
    Since(String),
    /// It belongs to this campus, or to the whole organisation.
    Scope(Uuid),
}

/// What is asked of one record.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// Its fields as they count.
    pub doc: &'a Map<String, Value>,
    /// Where it stands on its way.
    pub stage: Option<&'a str>,
    /// The area that it belongs to.
    pub place: Option<&'a str>,
    /// The business day that it belongs to.
    pub day: Option<&'a str>,
    /// Its campus, or a compartment of one.
    pub scope: Option<Uuid>,
}

impl Shown<'_> {
    fn is_marked(&self, word: &str, mark: Mark) -> bool {
        marks(self.kind, self.doc).get(word).is_some_and(|how| how & mark.bit() != 0)
    }
}

impl Visible {
    /// Everything.
    pub fn all() -> Self {
        Self(vec![Vec::new()])
    }

    /// Whether nothing is hidden.
    pub fn is_all(&self) -> bool {
        self.0.iter().any(Vec::is_empty)
    }

    /// Whether nothing is shown.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a record is shown.
    pub fn shows(&self, record: Shown<'_>) -> bool {
        self.0.iter().any(|entry| entry.iter().all(|condition| condition.holds(record)))
    }

    /// What is derived of a record and asked for here.
    pub(super) fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        self.0.iter().flatten().filter_map(Condition::column)
    }
}

impl Condition {
    /// Whether it asks for this text of a record, such as the id of who made it, or whom it names.
    pub fn asks_for(&self, text: &str) -> bool {
        match self {
            Self::Author(person) | Self::Names(person) | Self::Acted(person) => person == text,
            Self::Holds { value, .. } => value == text,
            Self::Place(_)
            | Self::Sort(_)
            | Self::InUse
            | Self::Checklist(_)
            | Self::Stage(_)
            | Self::Since(_)
            | Self::Scope(_) => false,
        }
    }

    /// The marks of a record follow from its document, so they are as right as that is.
    fn column(&self) -> Option<Column> {
        match self {
            Self::Place(_) => Some(Column::Place),
            Self::Author(_) | Self::Names(_) | Self::Acted(_) | Self::Sort(_) | Self::Holds { .. } | Self::InUse => {
                Some(Column::Document)
            }
            Self::Checklist(_) => Some(Column::Template),
            Self::Stage(_) => Some(Column::Stage),
            Self::Since(_) => Some(Column::Day),
            Self::Scope(_) => None,
        }
    }

    fn holds(&self, record: Shown<'_>) -> bool {
        match self {
            Self::Place(places) => record.place.is_some_and(|place| places.iter().any(|own| own == place)),
            Self::Author(person) => record.is_marked(person, Mark::Made),
            Self::Names(person) => record.is_marked(person, Mark::Named),
            Self::Acted(person) => record.doc.iter().any(|(name, act)| {
                name.starts_with("acts/") && act.get("by").and_then(Value::as_str) == Some(person.as_str())
            }),
            Self::Sort(sort) => record.is_marked(sort, Mark::Sort),
            Self::Holds { fields, value } => fields.iter().any(|field| match record.doc.get(field) {
                Some(Value::String(text)) => text == value,
                Some(Value::Array(texts)) => texts.iter().any(|text| text.as_str() == Some(value)),
                _ => false,
            }),
            Self::InUse => record.doc.get("active") != Some(&Value::Bool(false)),
            Self::Checklist(wanted) => {
                let own = record.doc.get("template").and_then(Value::as_str);
                own.is_some_and(|own| wanted.iter().any(|wanted| wanted == own))
            }
            Self::Stage(stages) => record.stage.is_some_and(|stage| stages.iter().any(|open| open == stage)),
            Self::Since(first) => record.day.is_some_and(|day| day >= first.as_str()),
            Self::Scope(scope) => record.scope.is_none_or(|own| own == *scope),
        }
    }
}
