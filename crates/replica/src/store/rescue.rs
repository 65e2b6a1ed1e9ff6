//! Taking in what was saved out of a damaged store.

use std::collections::BTreeMap;

use causal::Record;
use rusqlite::params;

use super::integer::integer;
use super::records::Row;
use super::{Draft, PendingFinding, Store, StoreError, identity, pending};

/// So many records are taken in by one transaction.
const AT_ONCE: usize = 500;

/// What was saved.
pub(crate) struct RescuedContent {
    /// The records, in the order in which they are to be sent.
    pub(crate) records: Vec<Record>,
    /// The enrolment and the settings of the device, by their keys.
    pub(crate) meta: BTreeMap<String, String>,
    /// What people had begun.
    pub(crate) drafts: Vec<Draft>,
    /// The findings that this device owes.
    pub(crate) pending: Vec<PendingFinding>,
}

impl Store {
    /// Takes all of it into a store that is new: every record is queued, and the whole feed is read before any is sent.
    ///
    /// Own writes keep the replica id that they were made under, which nobody uses any more.
    pub(crate) fn take_in(&self, rescued: RescuedContent) -> Result<(), StoreError> {
        let now = self.now_ms();
        let mut records = rescued.records.into_iter().peekable();
        while records.peek().is_some() {
            self.write(|txn| {
                let replica = identity::load(txn)?.replica;
                txn.index_later();
                for record in records.by_ref().take(AT_ONCE) {
                    let is_purged = record.state.is_purged();
                    let row = Row::insert(txn, record, replica)?.row;
                    if !is_purged {
                        let sql = "INSERT INTO outbox (record, relay, queued_at) VALUES (?1, 1, ?2)";
                        txn.prepare_cached(sql)?.execute(params![row, integer(now)])?;
                    }
                }
                Ok(())
            })?;
        }
        rescued.drafts.iter().try_for_each(|draft| self.keep_draft(draft))?;
        self.write(|txn| {
            txn.execute("UPDATE identity SET pull_first = 1, reached_end = 0", [])?;
            for (key, value) in rescued.meta {
                if key == "enrolment" || key.starts_with("device/") {
                    txn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
                }
            }
            rescued.pending.iter().try_for_each(|finding| pending::wait(txn, finding, 0))
        })
    }
}
