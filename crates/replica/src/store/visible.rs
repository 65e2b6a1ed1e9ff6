//! What somebody may see, as conditions on records.
//!
//! A list asks for it in SQL, before it counts, cuts and pages: so neither a count nor a cursor tells of what is not shown.
//! The same is asked of one record in memory; a test holds the two together.

use std::collections::BTreeMap;

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
    /// One of these fields holds this text, alone or in a list; the names are plain words.
    Holds {
        /// The fields.
        fields: Vec<String>,
        /// The text, such as the id of a person.
        value: String,
    },
    /// It is in use: its field `active` does not say no.
    InUse,
    /// A field of this group has this name and holds something: `people/<person>`.
    Entry {
        /// The group.
        group: String,
        /// The last part of the name.
        name: String,
    },
    /// A member of one of the entries of a group holds this text: `by` in `steps/<id>`; both names are plain words.
    Member {
        /// The group.
        group: String,
        /// The member.
        member: String,
        /// The text, such as the id of a person.
        value: String,
    },
    /// One of these holds.
    AnyOf(Vec<Condition>),
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
        self.0.iter().flatten().flat_map(Condition::columns)
    }
}

impl Condition {
    /// Whether it asks for this text of a record, such as the id of who made it, or whom it names.
    pub fn asks_for(&self, text: &str) -> bool {
        match self {
            Self::Author(person) => person == text,
            Self::Holds { value, .. } | Self::Member { value, .. } => value == text,
            Self::Entry { name, .. } => name == text,
            Self::AnyOf(conditions) => conditions.iter().any(|condition| condition.asks_for(text)),
            Self::Place(_) | Self::InUse | Self::Checklist(_) | Self::Stage(_) | Self::Since(_) | Self::Scope(_) => {
                false
            }
        }
    }

    fn columns(&self) -> Vec<Column> {
        match self {
            Self::Place(_) => vec![Column::Place],
            Self::Author(_) | Self::Holds { .. } | Self::InUse | Self::Entry { .. } | Self::Member { .. } => {
                vec![Column::Document]
            }
            Self::Checklist(_) => vec![Column::Template],
            Self::Stage(_) => vec![Column::Stage],
            Self::Since(_) => vec![Column::Day],
            Self::AnyOf(conditions) => conditions.iter().flat_map(Self::columns).collect(),
            Self::Scope(_) => Vec::new(),
        }
    }

    fn holds(&self, record: Shown<'_>) -> bool {
        match self {
            Self::Place(places) => record.place.is_some_and(|place| places.iter().any(|own| own == place)),
            Self::Author(person) => {
                let author = record.doc.get("created").and_then(|created| created.get("by"));
                author.and_then(Value::as_str) == Some(person)
            }
            Self::Holds { fields, value } => fields.iter().any(|field| match record.doc.get(field) {
                Some(Value::String(text)) => text == value,
                Some(Value::Array(texts)) => texts.iter().any(|text| text.as_str() == Some(value)),
                _ => false,
            }),
            Self::InUse => record.doc.get("active") != Some(&Value::Bool(false)),
            Self::Entry { group, name } => {
                record.doc.get(&format!("{group}/{name}")).is_some_and(|value| !value.is_null())
            }
            Self::Member { group, member, value } => record.doc.iter().any(|(path, entry)| {
                path.split_once('/').is_some_and(|(own, _)| own == group)
                    && entry.get(member).and_then(Value::as_str) == Some(value)
            }),
            Self::AnyOf(conditions) => conditions.iter().any(|condition| condition.holds(record)),
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
