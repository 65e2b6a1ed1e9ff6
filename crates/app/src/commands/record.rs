//! The plain record commands; they know no schema and no rights, so they are for support and scripts alone.

use std::collections::BTreeMap;

use causal::{Record, RecordId, Value};
use domain::reading::ConflictSide;
use replica::{Reading, Save};
use schemars::JsonSchema;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::app::App;
use crate::command::{Command, read, write};
use crate::dto::page::checked_limit;
use crate::error::CommandError;
use crate::master::SavedRecord;

pub(super) fn declare() -> Vec<Command> {
    let commands = vec![
        write("record.save", "Saves fields of a record, new or old.", save),
        read("record.get", "Gives a record with its conflicts.", get),
        read("record.list", "Lists the records of a kind by id; deleted ones are left out.", list),
        write("record.delete", "Deletes what was seen of a record; for support.", delete),
    ];
    commands.into_iter().map(Command::for_support).collect()
}

/// Arguments of `record.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SaveRecord {
    /// The record; left out for a new one.
    id: Option<Uuid>,
    /// Its kind, in snake case.
    kind: String,
    /// Its campus; left out or null for the whole organisation.
    scope: Option<Uuid>,
    /// What the person had seen: the `version` that a read or a save gave.
    seen: Option<String>,
    /// The fields to set; any JSON, replaced whole.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    set: FieldsToSet,
}

/// Fields with their values as they were written; a field that stands twice is refused, since one of the two would be lost.
#[derive(Debug)]
struct FieldsToSet(BTreeMap<String, Box<RawValue>>);

impl<'de> Deserialize<'de> for FieldsToSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = FieldsToSet;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<FieldsToSet, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some((name, value)) = members.next_entry::<String, Box<RawValue>>()? {
                    if fields.contains_key(&name) {
                        return Err(de::Error::custom(format_args!("the field {name} stands twice")));
                    }
                    fields.insert(name, value);
                }
                Ok(FieldsToSet(fields))
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GetRecord {
    id: Uuid,
}

/// A record as it reads.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RecordView {
    /// The record.
    id: Uuid,
    /// Its kind.
    kind: String,
    /// Give it back as `seen` with a save.
    version: String,
    /// The fields by their reading rules.
    value: serde_json::Map<String, serde_json::Value>,
    /// Every field with more than one distinct value, oldest value first.
    conflicts: BTreeMap<String, Vec<SiblingView>>,
    /// Present, and true, when the record counts as deleted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    deleted: bool,
}

/// One of several values that a field has.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
struct SiblingView {
    /// What was written.
    value: serde_json::Value,
    /// Who wrote it.
    by: Option<String>,
    /// When, ms since 1970 UTC by the clock of the device.
    at: u64,
    /// The replica id of the device's store.
    device: Uuid,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListRecords {
    kind: String,
    /// 1 to 1,000; 200 when left out.
    limit: Option<u64>,
    /// The `next` of the page before.
    after: Option<Uuid>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RecordPage {
    records: Vec<RecordView>,
    /// Where the next page starts; null at the end.
    next: Option<Uuid>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DeleteRecord {
    id: Uuid,
    /// What the person had seen.
    seen: String,
}

fn save(app: &App, arguments: SaveRecord) -> Result<SavedRecord, CommandError> {
    let values = arguments.set.0.into_iter().map(|(name, value)| (name, Value::from_stored(value.get())));
    let saved = app.store().save(Save {
        id: arguments.id.map(RecordId),
        kind: arguments.kind,
        scope: arguments.scope,
        seen: arguments.seen,
        set: values.collect(),
        by: app.by(),
        is_unchecked: true,
        ..Save::default()
    })?;
    Ok(SavedRecord { id: saved.id.0, version: saved.version })
}

fn get(app: &App, arguments: GetRecord) -> Result<RecordView, CommandError> {
    let reading = app.store().get(RecordId(arguments.id))?;
    let missing = || CommandError::not_found(format_args!("there is no record {}", arguments.id));
    Ok(RecordView::of(reading.ok_or_else(missing)?))
}

fn list(app: &App, arguments: ListRecords) -> Result<RecordPage, CommandError> {
    let limit = checked_limit(arguments.limit)?;
    let mut readings = app.store().list(&arguments.kind, arguments.after.map(RecordId), limit + 1)?;
    let has_more = u64::try_from(readings.len()).unwrap_or(u64::MAX) > limit;
    if has_more {
        readings.pop();
    }
    let next = readings.last().filter(|_| has_more).map(|reading| reading.record.id.0);
    Ok(RecordPage { records: readings.into_iter().map(RecordView::of).collect(), next })
}

fn delete(app: &App, arguments: DeleteRecord) -> Result<SavedRecord, CommandError> {
    let saved = app.store().delete(RecordId(arguments.id), &arguments.seen, app.by())?;
    Ok(SavedRecord { id: saved.id.0, version: saved.version })
}

impl RecordView {
    pub(crate) fn of(reading: Reading) -> Self {
        let Reading { record, version } = reading;
        Self {
            id: record.id.0,
            kind: record.kind.to_string(),
            version,
            value: domain::reading::read(&record.kind, &record.state),
            conflicts: conflicts(&record),
            deleted: record.state.is_deleted(),
        }
    }
}

/// Every field with more than one distinct value, oldest value first; a deletion that somebody wrote past is one too.
fn conflicts(record: &Record) -> BTreeMap<String, Vec<SiblingView>> {
    let view = |side: ConflictSide| SiblingView {
        device: side.dots.first().map_or(Uuid::nil(), |dot| dot.replica.0),
        value: side.value,
        by: side.by,
        at: u64::try_from(side.at.0).unwrap_or_default(),
    };
    let conflicts = domain::reading::conflicts(&record.kind, &record.state).into_iter();
    conflicts.map(|conflict| (conflict.field, conflict.siblings.into_iter().rev().map(view).collect())).collect()
}
