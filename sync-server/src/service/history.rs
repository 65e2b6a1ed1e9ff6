//! Every accepted change of one record.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use causal::{RecordId, Value};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::access::may_see;
use super::changes;
use crate::storage::{DeviceRow, JournalRow, ReadTxn, Result, StorageError};

#[derive(Serialize)]
struct History {
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    sequence: u64,
    device: Option<Uuid>,
    person: Option<Arc<str>>,
    /// When the server took it.
    time: u64,
    /// The stamp of its newest write.
    at: Option<u64>,
    fields: BTreeMap<Arc<str>, OldAndNew>,
}

#[derive(Serialize)]
struct OldAndNew {
    old: Vec<Box<RawValue>>,
    new: Vec<Box<RawValue>>,
}

/// The body of the answer; nothing when `device` may not read the record or there is none.
pub(super) fn history(txn: &dyn ReadTxn, device: &DeviceRow, id: RecordId) -> Result<Option<Vec<u8>>> {
    let held = txn.record(device.organisation, id)?;
    if held.is_none_or(|held| !may_see(device.scopes.as_deref(), held.record.scope)) {
        return Ok(None);
    }
    let mut live = HashMap::new();
    let lines = txn.journal(device.organisation, id)?;
    let changes = lines.into_iter().map(|line| change(line, &mut live)).collect::<Result<_>>()?;
    Ok(Some(serde_json::to_vec(&History { changes }).expect("a history has string keys only")))
}

fn change(line: JournalRow, live: &mut HashMap<Arc<str>, Vec<Value>>) -> Result<Change> {
    let damaged = || StorageError::DamagedRow(format!("journal at place {}", line.seq));
    let mut fields = BTreeMap::new();
    for (name, new) in changes::decode(&line.changes).map_err(|_| damaged())? {
        let old = live.insert(name.clone(), new.clone()).unwrap_or_default();
        let raw = |values: Vec<Value>| -> Result<Vec<Box<RawValue>>> {
            let raw = |value: Value| RawValue::from_string(value.as_str().to_owned()).map_err(|_| damaged());
            values.into_iter().map(raw).collect()
        };
        fields.insert(name, OldAndNew { old: raw(old)?, new: raw(new)? });
    }
    let JournalRow { seq, device, person, received_at, at, .. } = line;
    Ok(Change { sequence: seq, device, person, time: received_at, at, fields })
}
