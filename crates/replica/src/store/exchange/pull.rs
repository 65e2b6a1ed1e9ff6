//! The way in: pages of the feed.

use causal::{RecordId, ReplicaId, VersionVector};
use rusqlite::{OptionalExtension, Transaction, params};
use wire::{PullAnswer, decode_version};

use super::Incoming;
use super::incoming::{Merged, acknowledged, merge_in};
use crate::ports::new_uuid_v4;
use crate::store::{Store, StoreError, discard, identity};

/// A page of more records than these goes on to be read before it can be searched.
const MOST_INDEXED_AT_ONCE: usize = 20;

impl Store {
    /// Merges a page of the feed and moves the cursor behind it.
    pub(crate) fn apply_page(&self, page: PullAnswer) -> Result<Incoming, StoreError> {
        let now = self.now_ms();
        let incoming = self.write(|txn| {
            let known = identity::load(txn)?;
            if known.epoch.as_ref().is_some_and(|epoch| *epoch != page.epoch) {
                return Ok(Incoming::OtherEpoch);
            }
            for record in &page.records {
                let own = record.state.version().get(known.replica);
                if own > 0 && own > acknowledged(txn, record.id)? {
                    identity::take_new_id(txn, ReplicaId(new_uuid_v4(&*self.ports().entropy)), now)?;
                    return Ok(Incoming::Forked);
                }
            }
            if page.records.len() > MOST_INDEXED_AT_ONCE {
                txn.index_later();
            }
            let awaits_echo = lacks_an_echo(txn)?;
            let mut changed = 0;
            for record in page.records {
                let (id, version) = (record.id, awaits_echo.then(|| record.state.version().clone()));
                let merged = merge_in(txn, record, known.replica)?;
                changed += u64::from(merged != Merged::Unchanged);
                if let Some(version) = version.filter(|_| merged != Merged::New) {
                    note_echo(txn, id, &version)?;
                }
            }
            txn.execute(
                "UPDATE identity SET epoch = ?1, cursor = ?2, pull_first = pull_first AND ?3, reached_end = NOT ?3",
                params![page.epoch, page.cursor, page.more],
            )?;
            if !page.more && lacks_an_echo(txn)? {
                return Ok(Incoming::WentBack);
            }
            if !page.more {
                discard::finish(txn)?;
            }
            Ok(Incoming::Stored { changed, more: page.more })
        })?;
        self.forget_purged_blobs();
        Ok(incoming)
    }
}

/// Whether the feed, read to its end, has not brought a record that the server had taken before.
///
/// Taking a record gives it a place behind every cursor that was handed out till then, so the feed brings it back to its
/// author too. A server whose files were put back to a moment between the author's last pull and the push still knows the
/// author's cursor, and only this tells.
fn lacks_an_echo(txn: &Transaction<'_>) -> Result<bool, StoreError> {
    Ok(txn.query_row("SELECT EXISTS (SELECT 1 FROM unechoed)", [], |row| row.get(0))?)
}

/// Notes that the feed has brought a record back, when it holds all that was sent of it.
fn note_echo(txn: &Transaction<'_>, id: RecordId, version: &VersionVector) -> Result<(), StoreError> {
    let sql = "SELECT record, version FROM unechoed WHERE record = (SELECT row FROM record WHERE id = ?1)";
    let mut statement = txn.prepare_cached(sql)?;
    let waiting = statement.query_row([id.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
    let Some((row, sent)) = waiting.optional()? else { return Ok(()) };
    if version.covers_all(&decode_version(&sent)?) {
        txn.prepare_cached("DELETE FROM unechoed WHERE record = ?1")?.execute([row])?;
    }
    Ok(())
}
