//! Saving master data: new records, and changes of fields one by one.

use causal::RecordId;
use replica::{ListPosition, ListedRecord, Listing, Save, Saved, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::contact::joined;
use crate::document::{Fields, field};
use crate::dto::page;
use crate::error::CommandError;
use crate::sight::Seen;

/// The record and what its author has seen now.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SavedRecord {
    /// The record.
    pub(crate) id: Uuid,
    /// Give it back as `seen` with the next save of the same form.
    pub(crate) version: String,
}

/// A record of master data to be saved.
pub(crate) struct Draft {
    /// Its kind.
    pub(crate) kind: &'static str,
    /// Its id; a new one when left out.
    pub(crate) id: Option<Uuid>,
    /// Its campus, when it is new.
    pub(crate) scope: Option<Uuid>,
    /// What the form has seen; the record as it is when left out.
    pub(crate) seen: Option<String>,
    /// The fields that change.
    pub(crate) set: Fields,
    /// The fields that a new record must have.
    pub(crate) required: &'static [&'static str],
}

impl Draft {
    /// Sets a field when a value was given.
    pub(crate) fn put(&mut self, name: &str, value: Option<impl Into<serde_json::Value>>) {
        self.set.extend(value.map(|value| field(name, value)));
    }

    /// Sets a field when a value was given, and takes its value away when null was.
    pub(crate) fn put_or_clear(&mut self, name: &str, value: Option<Option<impl Into<serde_json::Value>>>) {
        match value {
            Some(Some(value)) => self.set.push(field(name, value)),
            // A new record has nothing to take away.
            Some(None) if self.id.is_some() => self.set.push(field(name, serde_json::Value::Null)),
            Some(None) | None => {}
        }
    }

    /// Saves it.
    ///
    /// # Errors
    /// `bad-arguments` when a new record lacks a field that it must have, or when nothing is set.
    pub(crate) fn save(self, app: &App) -> Result<SavedRecord, CommandError> {
        self.save_with(app, Vec::new())
    }

    /// Saves it together with its part, all or none; a form that changes the part alone writes that alone.
    ///
    /// # Errors
    /// As [`Draft::save`].
    pub(crate) fn save_pair(self, app: &App, part: Save) -> Result<SavedRecord, CommandError> {
        let Some(id) = self.id.filter(|_| self.set.is_empty()) else {
            let saved = self.save_all(app, vec![part])?;
            let [own, part] = &saved[..] else { return Err(CommandError::internal(&"a save gave too little")) };
            return Ok(SavedRecord { id: own.id.0, version: joined(&own.version, &part.version) });
        };
        let held = app.store().get(RecordId(id))?.map(|held| held.version);
        let saved = app.store().save(part)?;
        Ok(SavedRecord { id, version: joined(&self.seen.or(held).unwrap_or_default(), &saved.version) })
    }

    /// Saves it, and with it what follows from it: all or none.
    ///
    /// # Errors
    /// As [`Draft::save`].
    pub(crate) fn save_with(self, app: &App, more: Vec<Save>) -> Result<SavedRecord, CommandError> {
        let first = self.save_all(app, more)?.into_iter().next();
        let first = first.ok_or_else(|| CommandError::internal(&"a save gave nothing"))?;
        Ok(SavedRecord { id: first.id.0, version: first.version })
    }

    /// What it and the others gave, in their order.
    fn save_all(self, app: &App, more: Vec<Save>) -> Result<Vec<Saved>, CommandError> {
        let held = self.id.map(|id| app.store().get(RecordId(id))).transpose()?.flatten();
        let is_set = |name: &&&str| self.set.iter().any(|(set, _)| set == **name);
        if held.is_none()
            && let Some(name) = self.required.iter().find(|name| !is_set(name))
        {
            return Err(CommandError::bad_argument(name, format_args!("a new {} needs {name}", self.kind)));
        }
        let id = self.id.unwrap_or_else(|| new_uuid_v7(app.now_ms(), &*app.store().ports().entropy));
        let own = Save {
            id: Some(RecordId(id)),
            kind: self.kind.to_owned(),
            scope: if held.is_some() { None } else { self.scope },
            seen: self.seen.or(held.map(|held| held.version)),
            set: self.set,
            by: app.by(),
            ..Save::default()
        };
        Ok(app.store().save_all([own].into_iter().chain(more).collect())?)
    }
}

/// A page of master data of one kind, as far as the person who works sees it.
pub(crate) struct MasterPage {
    /// The records, each with what gives it back as `seen`.
    pub(crate) records: Vec<(ListedRecord, String)>,
    /// Where the next page starts.
    pub(crate) next: Option<String>,
}

/// Reads a page: `limit` and `after` as the arguments of a list give them, of the records alone whose `field` reads so.
///
/// # Errors
/// `bad-arguments` for a limit or a place that is none.
pub(crate) fn page_of(
    app: &App,
    kind: &str,
    campus: Option<Uuid>,
    field: Option<(&'static str, &str)>,
    (limit, after): (Option<u64>, Option<&str>),
) -> Result<MasterPage, CommandError> {
    let limit = page::checked_limit(limit)?;
    let seen = Seen::of_kind(app, kind, campus)?;
    let after = after.map(page::parse).transpose()?;
    let mut rows = app.store().find(&Listing { field, after, limit: limit + 1, ..seen.listing(kind) })?;
    let next = page::cut(&mut rows, limit).map(|place| page::to_text(ListPosition { due: None, ..place }));
    let mut records = Vec::with_capacity(rows.len());
    for found in rows {
        let version = app.store().get(found.id)?.map(|reading| reading.version).unwrap_or_default();
        records.push((found, version));
    }
    Ok(MasterPage { records, next })
}

/// Tells an argument that is null, and takes a value away, from one that is left out.
///
/// # Errors
/// Those of the value.
pub(crate) fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    argument: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(argument).map(Some)
}

/// A name without white space around it.
///
/// # Errors
/// `bad-arguments` when it is empty or longer than 100 characters.
pub(crate) fn checked_name(name: Option<String>) -> Result<Option<String>, CommandError> {
    let Some(name) = name else { return Ok(None) };
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(CommandError::bad_argument("name", "a name has 1 to 100 characters"));
    }
    Ok(Some(name.to_owned()))
}
