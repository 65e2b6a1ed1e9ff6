//! What the suite puts into a store, and the short ways in which it asks.

use causal::{Dot, Record, RecordId, ReplicaId, Stamp, State, Value, VersionVector};
use uuid::Uuid;

use super::super::*;

pub(super) const ORG: Uuid = Uuid::from_u128(1);
pub(super) const OTHER: Uuid = Uuid::from_u128(2);

pub(super) fn organisation(id: Uuid) -> OrganisationRow {
    let (epoch, preset) = (Uuid::from_u128(id.as_u128() + 1_000), Preset::Kindergarten);
    OrganisationRow { id, name: format!("学校 {id}"), preset, epoch, last_seq: 0, refill_from: None }
}

/// Runs `change` in a transaction of its own.
pub(super) fn write<T>(storage: &dyn Storage, of: Uuid, change: impl FnOnce(&mut dyn WriteTxn) -> Result<T>) -> T {
    let mut txn = storage.write(of).expect("a transaction");
    let value = change(&mut *txn).expect("the change works");
    txn.commit().expect("the commit works");
    value
}

pub(super) fn read<T>(storage: &dyn Storage, read: impl FnOnce(&dyn ReadTxn) -> Result<T>) -> T {
    read(&*storage.read().expect("a transaction")).expect("the store answers")
}

pub(super) fn with_two_organisations(storage: &dyn Storage) {
    [ORG, OTHER].into_iter().for_each(|id| write(storage, id, |txn| txn.insert_organisation(&organisation(id))));
}

pub(in crate::storage) fn stored(id: u128, scope: Option<u128>, seq: u64, text: &str) -> StoredRecord {
    let dot = Dot::new(ReplicaId(Uuid::from_u128(77)), seq);
    let state = State::from_parts(
        [dot].into_iter().collect(),
        [(dot, Stamp { at: 5, by: Some("王芳".into()) })].into(),
        [("title".into(), [(dot, Value::from_json(&text.into()))].into())].into(),
    );
    let record = Record {
        id: RecordId(Uuid::from_u128(id)),
        kind: "finding".into(),
        scope: scope.map(Uuid::from_u128),
        state: state.expect("a state"),
    };
    StoredRecord { record, seq, purged: VersionVector::new() }
}

pub(in crate::storage) fn line(record: u128, seq: u64) -> JournalRow {
    JournalRow {
        seq,
        record: RecordId(Uuid::from_u128(record)),
        device: Some(Uuid::from_u128(50)),
        person: Some("王芳".into()),
        at: Some(5),
        received_at: 6,
        is_refill: seq.is_multiple_of(2),
        changes: vec![0],
    }
}

pub(super) fn device(id: u128, organisation: Uuid) -> DeviceRow {
    DeviceRow {
        id: Uuid::from_u128(id),
        organisation,
        name: "厨房平板".to_owned(),
        role: Role::Tablet,
        scopes: Some(vec![Uuid::from_u128(8), Uuid::from_u128(9)]),
        token_hash: Some([u8::try_from(id).expect("a small id"); 32]),
        created_at: 3,
        revoked_at: None,
        last_seen_at: None,
        owes: None,
        owed_none_at: None,
    }
}

/// Stores records and journal lines at the next places.
pub(super) fn save(storage: &dyn Storage, organisation: Uuid, records: &[(u128, Option<u128>)]) {
    write(storage, organisation, |txn| {
        for (id, scope) in records {
            let seq = txn.next_place(organisation, Uuid::from_u128(9))?;
            txn.put_record(organisation, &stored(*id, *scope, seq, "x"))?;
            txn.insert_journal(organisation, &line(*id, seq))?;
        }
        Ok(())
    });
}

pub(super) fn feed(storage: &dyn Storage, after: u64, scopes: Option<&[Uuid]>, most: usize) -> Vec<(u64, u128)> {
    let mut found = Vec::new();
    read(storage, |txn| {
        txn.feed(ORG, after, scopes, &mut |row| {
            found.push((row.seq, row.record.id.0.as_u128()));
            if found.len() == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    });
    found
}
