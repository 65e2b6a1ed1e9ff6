//! Letting the tablets bring back what a store lacks.

use uuid::Uuid;

use super::{Random, random_uuid};
use crate::storage::{Result, WriteTxn};

/// Gives the feed of an organisation a new epoch and opens its refill: every device comes again with all that the store
/// lacks, and what others wrote is taken from it. A refill that goes on already keeps its beginning.
///
/// # Errors
/// [`StorageError`](crate::storage::StorageError)
pub fn begin_refill(txn: &mut dyn WriteTxn, random: &dyn Random, organisation: Uuid) -> Result<Option<Uuid>> {
    let Some(row) = txn.organisation(organisation)? else { return Ok(None) };
    let epoch = random_uuid(random);
    txn.begin_epoch(organisation, epoch)?;
    txn.set_refill(organisation, Some(row.refill_from.unwrap_or(row.last_seq)))?;
    Ok(Some(epoch))
}
