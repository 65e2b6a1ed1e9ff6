//! Every accepted change of one record, in parts.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::sync::Arc;

use causal::{RecordId, Value};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;
use wire::MAX_PAGE_BYTES;

use super::access::may_see;
use super::changes::{self, FieldChange};
use crate::storage::{DeviceRow, JournalRow, ReadTxn, Result, StorageError};

#[derive(Serialize)]
struct History {
    changes: Vec<Box<RawValue>>,
    /// Where to go on when there is more.
    next: Option<u64>,
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
    /// The stamp of the field's newest write in this change: one push may carry what several people wrote.
    by: Option<Arc<str>>,
    at: Option<u64>,
}

/// Which part of a history is asked for.
#[derive(Clone, Copy, Debug)]
pub struct HistoryPart {
    /// Only changes after this place.
    pub after: u64,
    /// At most so many.
    pub limit: u64,
}

impl Default for HistoryPart {
    fn default() -> Self {
        Self { after: 0, limit: u64::MAX }
    }
}

/// The body of the answer; nothing when `device` may not read the record or there is none.
///
/// It holds at least one change if there is one, and no more than fit into a page.
pub(super) fn history(
    txn: &dyn ReadTxn,
    device: &DeviceRow,
    id: RecordId,
    part: HistoryPart,
) -> Result<Option<Vec<u8>>> {
    let held = txn.record(device.organisation, id)?;
    if held.is_none_or(|held| !may_see(device.scopes.as_deref(), held.record.scope)) {
        return Ok(None);
    }
    let limit = usize::try_from(part.limit).unwrap_or(usize::MAX);
    let (mut changes, mut bytes, mut last, mut next) = (Vec::new(), 0, None, None);
    let mut live = HashMap::new();
    // From the first change on: what was live before a change is known from those before it.
    txn.walk_journal(device.organisation, id, &mut |line| {
        let seq = line.seq;
        if seq > part.after && changes.len() == limit {
            next = last;
            return Ok(ControlFlow::Break(()));
        }
        let change = change(line, &mut live)?;
        if seq <= part.after {
            return Ok(ControlFlow::Continue(()));
        }
        let change = serde_json::value::to_raw_value(&change).expect("a change has string keys only");
        bytes += change.get().len();
        if bytes > MAX_PAGE_BYTES && last.is_some() {
            next = last;
            return Ok(ControlFlow::Break(()));
        }
        changes.push(change);
        last = Some(seq);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Some(serde_json::to_vec(&History { changes, next }).expect("a history has string keys only")))
}

fn change(line: JournalRow, live: &mut HashMap<Arc<str>, Vec<Value>>) -> Result<Change> {
    let damaged = || StorageError::DamagedRow(format!("journal at place {}", line.seq));
    let mut fields = BTreeMap::new();
    for FieldChange { name, stamp, values: new } in changes::decode(&line.changes).map_err(|_| damaged())? {
        let old = live.insert(name.clone(), new.clone()).unwrap_or_default();
        let raw = |values: Vec<Value>| -> Result<Vec<Box<RawValue>>> {
            let raw = |value: Value| RawValue::from_string(value.as_str().to_owned()).map_err(|_| damaged());
            values.into_iter().map(raw).collect()
        };
        let (by, at) = stamp.map_or((None, None), |stamp| (stamp.by, Some(stamp.at)));
        fields.insert(name, OldAndNew { old: raw(old)?, new: raw(new)?, by, at });
    }
    let JournalRow { seq, device, person, received_at, at, .. } = line;
    Ok(Change { sequence: seq, device, person, time: received_at, at, fields })
}
