//! What a purge notes in its own transaction, to be done once it stands; see `purging.rs`.

use causal::RecordId;
use domain::register::register;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use wire::BlobRefs;

use super::StoreError;
use super::meta::set_meta;

/// Names the photos that only purged records named, in the store's notes.
pub(super) const BLOB: &str = "purged_blob/";
/// Says that words of purged records may still stand in the index.
pub(super) const SCRUB: &str = "scrub";
/// How far the index is with forgetting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scrub {
    /// All of it is still to be merged.
    Begin,
    /// It is being merged.
    On,
}

/// Notes what a purge leaves behind: photos that the record named, and whether it had words in the index.
pub(super) fn note(txn: &Transaction<'_>, blobs: &BlobRefs, had_words: bool) -> Result<(), StoreError> {
    for id in blobs.keys() {
        set_meta(txn, &format!("{BLOB}{id}"), &true)?;
    }
    if had_words { set_meta(txn, SCRUB, &Scrub::Begin) } else { Ok(()) }
}

/// Removes what anybody has begun about a record that is gone, in the transaction that takes it away; of a record of a compartment, such
/// as a child, also what was begun of something new and names it: what people typed there is about nobody else.
pub(super) fn forget_drafts(txn: &Transaction<'_>, id: RecordId, kind: &str) -> Result<(), StoreError> {
    let id = id.to_string();
    txn.prepare_cached("DELETE FROM draft WHERE record = ?1")?.execute([&id])?;
    if register(kind).is_some_and(|register| register.hold.is_some()) {
        txn.prepare_cached(r#"DELETE FROM draft WHERE instr("set", ?1) > 0"#)?.execute([&id])?;
    }
    Ok(())
}
