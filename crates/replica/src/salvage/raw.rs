//! What stands in the pages, whatever the tree above them has become.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use causal::{Record, RecordId};
use uuid::Uuid;

use super::finds::Finds;
use super::pages::{Column, Pages};
use crate::store::{FILE, StoreError};

/// Looks for records and settings that SQLite did not give.
///
/// A page may be of yesterday; a state of yesterday merged into that of today changes nothing, and where today's is gone it is
/// the best there is.
pub(super) fn read(from: &Path, finds: &mut Finds) -> Result<(), StoreError> {
    let file = fs::read(from.join(FILE))?;
    let log = fs::read(from.join(format!("{FILE}-wal"))).unwrap_or_default();
    let given: BTreeSet<RecordId> = finds.records.keys().copied().collect();
    let settings: BTreeSet<String> = finds.meta.keys().cloned().collect();
    for row in Pages::new(&file, &log).rows() {
        if let Some((id, found)) = record(&row) {
            match found {
                _ if given.contains(&id) => {}
                Some((record, is_unsent)) => finds.add(record, is_unsent),
                None => drop(finds.damaged.insert(id)),
            }
        } else if let [Column::Text(key), Column::Text(value)] = row.as_slice()
            && (*key == "enrolment" || key.starts_with("device/"))
            && !settings.contains(key)
        {
            finds.meta.insert(key.clone(), value.clone());
        }
    }
    Ok(())
}

/// The record in a row of the table of records; its state may be damaged.
fn record(row: &[Column]) -> Option<(RecordId, Option<(Record, bool)>)> {
    let [_, Column::Blob(id), Column::Text(kind), scope, Column::Blob(state), rest @ ..] = row else { return None };
    let id = RecordId(Uuid::from_slice(id).ok()?);
    let scope = match scope {
        Column::Null => None,
        Column::Blob(scope) => Some(Uuid::from_slice(scope).ok()?),
        _ => return None,
    };
    if !wire::is_kind(kind) {
        return None;
    }
    // The columns behind the state have moved with the layouts; the first two numbers have always been these.
    let mut numbers =
        rest.iter().filter_map(|column| if let Column::Number(number) = column { Some(*number) } else { None });
    let (own, acknowledged) = (numbers.next(), numbers.next());
    let is_unsent = own.zip(acknowledged).is_none_or(|(own, acknowledged)| own > acknowledged);
    let state = wire::decode_state(state).ok();
    Some((id, state.map(|state| (Record { id, kind: kind.as_str().into(), scope, state }, is_unsent))))
}
