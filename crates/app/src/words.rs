//! What people call things, for doors that show more than the commands do, such as the office's history of a record.

use causal::RecordId;
use domain::permission::{Permission, may_any};
use replica::BlobId;
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::person::PersonRef;
use crate::entry::look::Look;
use crate::error::CommandError;
use crate::names::Names;
use crate::people;
use crate::showing::{self, BlobSight};
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

/// A record as the person who works may look at it, for doors that show more than the commands do.
pub struct RecordSight(Look);

impl RecordSight {
    /// Whether the person sees the record at all.
    pub fn is_seen(&self) -> bool {
        self.0.is_seen()
    }

    /// A value that stands in a field, or stood there, as far as the person sees it; none where they see nothing of it.
    pub fn shown(&self, field: &str, value: &Value) -> Option<Value> {
        self.0.shown(field, value)
    }

    /// What a field of a row is called, in Chinese and in English; none where the words of all records do.
    pub fn label(&self, field: &str) -> Option<[String; 2]> {
        self.0.label(field).map(|label| [label.zh.clone(), label.english().to_owned()])
    }
}

impl App {
    /// A record as the person who works may look at it; none when it is not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn record_sight(&self, id: RecordId) -> Result<Option<RecordSight>, CommandError> {
        let reading = self.store().get(id)?;
        reading.map(|reading| Look::at(self, &reading.record).map(RecordSight)).transpose()
    }

    /// Whether the person who works sees a photo: when one field that names it is theirs to see; when they have put it themselves; or,
    /// where no record names it, when something that they have begun does.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn blob_sight(&self, blob: BlobId) -> Result<BlobSight, CommandError> {
        let records = self.store().records_naming(blob)?;
        let mut best = if self.is_own_photo(blob, records.is_empty())? { BlobSight::Sealed } else { BlobSight::No };
        for id in records {
            match showing::sight_in(self, id, &blob.to_string())? {
                BlobSight::No => {}
                BlobSight::Open => return Ok(BlobSight::Open),
                BlobSight::Sealed => best = BlobSight::Sealed,
            }
        }
        Ok(best)
    }

    fn is_own_photo(&self, blob: BlobId, is_unnamed: bool) -> Result<bool, CommandError> {
        let person = self.by();
        if self.is_support() || self.fresh().is_of(blob, person.as_deref()) {
            return Ok(true);
        }
        // What a record names is shown by that record; a draft that repeats the name shows nobody more.
        let Some(person) = person.filter(|_| is_unnamed) else { return Ok(false) };
        Ok(self.store().has_draft_with(&person, &blob.to_string())?)
    }

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
