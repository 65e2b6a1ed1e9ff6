//! From the bytes of a message to records.

use std::collections::HashSet;

use causal::{Record, ReplicaId};
use serde::Deserialize;
use thiserror::Error;

use crate::raw::{Object, RawRecord, Text};
use crate::validity::{InvalidRecord, ReplicaTable, SharedNames, parse_uuid};

/// A message that is not of the shape at all; nothing of it is taken.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ShapeError {
    /// The bytes are not UTF-8.
    #[error("the body is not UTF-8")]
    NotUtf8(#[from] std::str::Utf8Error),
    /// The text is not JSON, or not the JSON of this message.
    #[error("the body is not of the expected shape: {0}")]
    Json(#[from] serde_json::Error),
    /// An id that the message needs as a whole is not a lower-case UUID.
    #[error("{0} is not a lower-case UUID")]
    NotUuid(&'static str),
    /// The table of replicas names one twice.
    #[error("the table of replicas names one twice")]
    RepeatedReplica,
    /// Two records carry the same id.
    #[error("the record {0} stands twice")]
    RepeatedRecord(String),
}

/// A record of a message, under the id that it gave.
#[derive(Debug)]
pub struct ReceivedRecord {
    /// The id as it stands in the message.
    pub id: String,
    /// The record, or why it is not valid.
    pub record: Result<Record, InvalidRecord>,
}

/// Reads JSON that must hold one object of the shape `T`.
pub(crate) fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, ShapeError> {
    let Object(message) = serde_json::from_str(std::str::from_utf8(body)?)?;
    Ok(message)
}

/// Reads a UUID that the message needs as a whole.
pub(crate) fn required_uuid(text: &str, what: &'static str) -> Result<uuid::Uuid, ShapeError> {
    parse_uuid(text).ok_or(ShapeError::NotUuid(what))
}

/// Checks the records of a message against its table of replicas.
pub(crate) fn check_records(
    replicas: &[Text<'_>],
    records: &[Object<RawRecord<'_>>],
) -> Result<Vec<ReceivedRecord>, ShapeError> {
    let names: HashSet<&str> = replicas.iter().map(|name| name.0.as_ref()).collect();
    if names.len() != replicas.len() {
        return Err(ShapeError::RepeatedReplica);
    }
    let mut ids = HashSet::new();
    if let Some(twice) = records.iter().find(|record| !ids.insert(record.0.id.0.as_ref())) {
        return Err(ShapeError::RepeatedRecord(twice.0.id.0.to_string()));
    }
    let table = ReplicaTable(replicas.iter().map(|name| parse_uuid(&name.0).map(ReplicaId)).collect());
    let mut names = SharedNames::default();
    let mut received = Vec::with_capacity(records.len());
    for Object(raw) in records {
        received.push(ReceivedRecord { id: raw.id.0.to_string(), record: raw.check(&table, &mut names) });
    }
    Ok(received)
}
