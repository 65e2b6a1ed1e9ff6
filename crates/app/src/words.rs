//! What people call things, for doors that show more than the commands do, such as the office's history of a record.

use causal::RecordId;
use domain::permission::{Permission, may_any};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::person::PersonRef;
use crate::error::CommandError;
use crate::names::Names;
use crate::people;
use crate::titles::{self, Language};

/// The words of one store; each name is looked up once.
pub struct Words<'a>(Names<'a>);

/// A person, as far as it matters who may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonState {
    /// The name, where there is one.
    pub name: Option<String>,
    /// Whether the person still works here.
    pub active: bool,
}

impl<'a> Words<'a> {
    /// The words of the store of `app`.
    pub fn new(app: &'a App) -> Self {
        Self(Names::new(app))
    }

    /// The person under this id, or under the name that the command line gave.
    pub fn person(&self, by: &str) -> PersonRef {
        self.0.person(by)
    }

    /// What people call a field.
    pub fn label(&self, field: &str, language: Language) -> String {
        titles::field_label(field, language)
    }

    /// A value of a field in plain words; the name of the record that it names, where it names one.
    pub fn value(&self, field: &str, value: &Value, language: Language) -> String {
        let named = value.as_str().and_then(|id| self.0.name(id));
        named.unwrap_or_else(|| titles::value_text(field, value, language))
    }
}

impl App {
    /// Refuses the person who works what takes other rights than theirs: one of `permissions` is enough.
    ///
    /// # Errors
    /// `not-allowed`
    pub fn require_any(&self, permissions: &[Permission]) -> Result<(), CommandError> {
        let roles = people::working_roles(self, &Campus::here(self)?)?;
        let has = |permission: &&Permission| may_any(&roles, **permission);
        match (permissions.iter().find(has), permissions) {
            (None, [first, ..]) => Err(people::not_allowed(*first)),
            _ => Ok(()),
        }
    }

    /// The person `id`; none when no record of one is here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn person(&self, id: Uuid) -> Result<Option<PersonState>, CommandError> {
        let found = self.store().find_one(RecordId(id))?.filter(|found| found.kind == "person");
        Ok(found.map(|found| PersonState {
            name: crate::document::text(&found.doc, "name").map(str::to_owned),
            active: found.doc.get("active") != Some(&false.into()),
        }))
    }
}
