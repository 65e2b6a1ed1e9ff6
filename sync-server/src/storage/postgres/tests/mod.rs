//! What PostgreSQL alone can do to a store; run by `cargo xtask postgres`, which gives the tests a server.

mod lost;
mod opening;
mod secured;
mod together;

use uuid::Uuid;

use super::PostgresStorage;
use crate::storage::testing::{Kept, Scratch, server};
use crate::storage::{OrganisationRow, Preset, Result, Storage, WriteTxn};

const ORG: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

type Store = Kept<PostgresStorage, Scratch>;

/// A new database; nothing where tests run on SQLite.
fn scratch() -> Option<Scratch> {
    server().map(|_| Scratch::new())
}

/// A store with two organisations.
fn with_two_organisations(scratch: &Scratch) -> Store {
    let store = scratch.open();
    for id in [ORG, OTHER] {
        write(&store, id, |txn| txn.insert_organisation(&organisation(id))).expect("an organisation");
    }
    store
}

fn organisation(id: Uuid) -> OrganisationRow {
    let preset = Preset::School;
    OrganisationRow { id, name: "学校".to_owned(), preset, epoch: Uuid::from_u128(7), last_seq: 0, refill_from: None }
}

fn write<T>(store: &dyn Storage, of: Uuid, change: impl FnOnce(&mut dyn WriteTxn) -> Result<T>) -> Result<T> {
    let mut txn = store.write(of)?;
    let value = change(&mut *txn)?;
    txn.commit()?;
    Ok(value)
}

/// Moves the feed of an organisation by one place.
fn step(store: &dyn Storage, of: Uuid) -> Result<u64> {
    write(store, of, |txn| txn.next_place(of, Uuid::from_u128(9)))
}

fn last_seq(store: &dyn Storage, of: Uuid) -> u64 {
    let txn = store.read().expect("a transaction");
    txn.organisation(of).expect("works").expect("is there").last_seq
}
