//! What is found in a damaged store, record by record.

use std::collections::{BTreeMap, BTreeSet};

use causal::{Record, RecordId};

use crate::{Draft, PendingFinding};

/// Records, those of which no whole state was found, settings, what people had begun, and the findings that are owed.
#[derive(Default)]
pub(super) struct Finds {
    pub(super) records: BTreeMap<RecordId, FoundRecord>,
    pub(super) damaged: BTreeSet<RecordId>,
    pub(super) meta: BTreeMap<String, String>,
    pub(super) drafts: Vec<Draft>,
    pub(super) pending: Vec<PendingFinding>,
}

/// A record, and whether the server may lack something of it.
pub(super) struct FoundRecord {
    pub(super) record: Record,
    pub(super) is_unsent: bool,
}

impl Finds {
    /// Adds one version of a record; several are one merged, as they would be anywhere.
    pub(super) fn add(&mut self, record: Record, is_unsent: bool) {
        match self.records.get_mut(&record.id) {
            Some(held) if held.record.kind == record.kind && held.record.scope == record.scope => {
                held.record.state.merge(&record.state);
                held.is_unsent |= is_unsent;
            }
            Some(_) => {}
            None => drop(self.records.insert(record.id, FoundRecord { record, is_unsent })),
        }
    }
}
