//! How a person is reached, and what was asked about them: a part of the person, so that it can go before the name does.
//!
//! The name stands on papers that the law wants kept; a phone number does not.
//! A person of an earlier version has these fields of their own; the next change of them moves them here.

use causal::RecordId;
use domain::id::contact_id;
use replica::{Reading, Save};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::document::{Document, Fields, field, text};
use crate::error::CommandError;

/// The kind of its record.
pub(crate) const KIND: &str = "person_contact";
/// Its fields.
const FIELDS: [&str; 4] = ["phone", "id_last4", "entry_query_on", "record_query_on"];
/// Stands between the version of a person and that of this part.
const MARK: char = '|';

/// A person with this part, as they stand in the store.
pub(crate) struct Contact {
    person: Uuid,
    /// The person's own fields.
    before: Document,
    reading: Option<Reading>,
    document: Document,
}

impl Contact {
    /// That of a person, which need not be there yet.
    pub(crate) fn of(app: &App, person: Uuid) -> Result<Self, CommandError> {
        let read = |id: Uuid| -> Result<_, CommandError> {
            let reading = app.store().get(RecordId(id))?.filter(|reading| !reading.record.state.is_deleted());
            let document =
                reading.as_ref().map(|reading| domain::reading::read(&reading.record.kind, &reading.record.state));
            Ok((reading, document.unwrap_or_default()))
        };
        let (reading, document) = read(contact_id(person))?;
        Ok(Self { person, before: read(person)?.1, reading, document })
    }

    /// One of its fields; what a person of an earlier version says where it says nothing.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let document = if self.document.contains_key(name) { &self.document } else { &self.before };
        text(document, name).map(str::to_owned)
    }

    /// Whether it is here.
    pub(crate) fn is_here(&self) -> bool {
        self.reading.is_some()
    }

    /// The fields of the person that say what this part is to say from now on: they go when it is written.
    pub(crate) fn moved(&self) -> Vec<&'static str> {
        FIELDS.into_iter().filter(|name| self.before.get(*name).is_some_and(|value| !value.is_null())).collect()
    }

    /// The save of some of its fields; `seen` is what the form had seen, and what stands here where it is left out.
    pub(crate) fn save(&self, app: &App, scope: Option<Uuid>, seen: Option<&str>, set: Fields) -> Save {
        let mut all: Fields = Fields::new();
        if self.reading.is_none() {
            all.push(field("person", self.person.to_string()));
        }
        let is_set = |name: &str| set.iter().any(|(own, _)| own == name);
        for name in self.moved().into_iter().filter(|name| !is_set(name) && !self.document.contains_key(*name)) {
            all.push(field(name, self.before.get(name).cloned().unwrap_or(Value::Null)));
        }
        all.extend(set);
        let held = self.reading.as_ref().map(|reading| reading.version.as_str());
        Save {
            id: Some(RecordId(contact_id(self.person))),
            kind: KIND.to_owned(),
            scope: if self.is_here() { None } else { scope },
            seen: seen.or(held).map(str::to_owned),
            set: all,
            by: app.by(),
            ..Save::default()
        }
    }

    /// What somebody who reads it now has seen; empty where it is not here.
    pub(crate) fn own_version(&self) -> &str {
        self.reading.as_ref().map_or("", |reading| reading.version.as_str())
    }

    /// The version of a person together with this part.
    pub(crate) fn version(&self, person: &str) -> String {
        joined(person, self.own_version())
    }
}

/// One version of two.
pub(crate) fn joined(person: &str, contact: &str) -> String {
    if contact.is_empty() { person.to_owned() } else { format!("{person}{MARK}{contact}") }
}

/// The version of the person, and that of this part, of one that was given out together.
pub(crate) fn parted(version: &str) -> (&str, &str) {
    version.split_once(MARK).unwrap_or((version, ""))
}
