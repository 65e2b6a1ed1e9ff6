//! What is said of a kind that has no register: who sees its records, and what is masked in them.

use serde_json::Value;

use crate::field::{Document, Mask};
use crate::finding::StateName;
use crate::inspection::Stage;
use crate::permission::Permission;
use crate::register::{Entry, Keep};
use crate::severity::Category;

/// What the table says of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindSight {
    /// The stored name of the kind.
    pub kind: String,
    /// The fields that name people.
    pub people: Vec<Named>,
    /// Who sees its records; one entry is enough, none is nobody.
    pub see: Vec<SeeRule>,
    /// What not everybody sees who sees the record.
    pub masks: Vec<FieldMask>,
    /// How long its records are kept; none for those that no date ends.
    pub keep: Option<Keep>,
    /// What stands behind it.
    pub why: String,
}

/// One entry of who sees records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeeRule {
    /// What must hold, in the words of a register's rights; nothing for whoever is named.
    pub entry: Entry,
    /// Only forms of these checklists.
    pub checklists: Option<Checklists>,
    /// Only findings of this sort.
    pub category: Option<Category>,
}

/// Checklists, as an entry names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checklists {
    /// Those that one of the person's roles fills in or looks over.
    Mine,
    /// Those about food.
    Food,
}

/// A field that names people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The record itself is the person.
    Itself,
    /// A field holds a person, or a list of them.
    Field(String),
    /// The names of the fields of a group are people: `people/<person>`.
    Key(String),
    /// A member of each entry of a group holds a person: `by` in `steps/<id>`.
    Member(String, String),
}

/// A field, or a member of the entries of a group, that not everybody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMask {
    /// The field, or the group.
    pub field: String,
    /// The member of each entry of the group; none for a field.
    pub member: Option<String>,
    /// Who has one of these sees it.
    pub permissions: Vec<Permission>,
    /// Whether whom the record is about sees it, too.
    pub is_about_me: bool,
    /// Whether who wrote it sees it, too.
    pub is_by_me: bool,
    /// What is left for others.
    pub mask: Mask,
}

impl KindSight {
    /// Whether whoever is named sees its records.
    pub fn is_for_anybody(&self) -> bool {
        self.see.contains(&SeeRule::default())
    }

    /// Whether it must be known which checklists a school has of its own.
    pub fn asks_for_checklists(&self) -> bool {
        self.see.iter().any(|rule| rule.checklists.is_some())
    }

    /// The codes of the stages at which something is left to do.
    pub fn open_stages(&self) -> Vec<&'static str> {
        match self.kind.as_str() {
            "finding" => StateName::codes(StateName::is_open),
            "inspection" => vec![Stage::Open.code()],
            _ => Vec::new(),
        }
    }

    /// The people whom a record names.
    pub fn people_of<'a>(&self, id: &'a str, document: &'a Document) -> Vec<&'a str> {
        let of = |named: &Named| if *named == Named::Itself { vec![id] } else { named.people_in(document) };
        self.people.iter().flat_map(of).collect()
    }
}

impl Named {
    /// The people whom a document names there; nobody where the record itself is the person, which no document says.
    pub(super) fn people_in<'a>(&self, document: &'a Document) -> Vec<&'a str> {
        match self {
            Self::Itself => Vec::new(),
            Self::Field(name) => texts(document.get(name)),
            Self::Key(group) => entries(document, group).map(|(person, _)| person).collect(),
            Self::Member(group, member) => {
                entries(document, group).flat_map(|(_, entry)| texts(entry.get(member))).collect()
            }
        }
    }
}

/// The entries of a group that are there, by the last part of their names.
fn entries<'a>(document: &'a Document, group: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let prefix = format!("{group}/");
    document.iter().filter_map(move |(path, value)| {
        let name = path.strip_prefix(&prefix).filter(|_| !value.is_null())?;
        Some((name, value))
    })
}

fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
