//! What can be wrong with the rows of an organisation, whatever engine keeps them: sentences for people.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::changes;
use super::rows::{JournalRow, StoredRecord};

/// What is wrong with a record by itself, in a feed that ends at `last_seq`.
pub(super) fn of_record(stored: &StoredRecord, last_seq: u64, found: &mut Vec<String>) {
    let record = &stored.record;
    if !wire::is_kind(&record.kind) {
        found.push(format!("record {}: its kind is not one", record.id));
    }
    if record.state.is_new() {
        found.push(format!("record {}: nobody has written it", record.id));
    }
    if !record.state.version().covers_all(&stored.purged) {
        found.push(format!("record {}: more was purged than it has seen", record.id));
    }
    if record.state.writes().keys().any(|dot| stored.purged.covers(*dot)) {
        found.push(format!("record {}: a purged write is there", record.id));
    }
    if stored.seq > last_seq {
        found.push(format!("record {}: its place {} is past the end of the feed {last_seq}", record.id, stored.seq));
    }
}

/// The journal, looked through in the order of its places: it must hold each place of the feed once.
#[derive(Default)]
pub(super) struct Journal {
    last: u64,
    /// The newest place of each record.
    newest: BTreeMap<Uuid, u64>,
    records: usize,
}

impl Journal {
    /// The next line.
    pub(super) fn line(&mut self, line: &JournalRow, found: &mut Vec<String>) {
        if line.seq != self.last + 1 {
            found.push(format!("the journal goes from place {} to {}", self.last, line.seq));
        }
        if changes::decode(&line.changes).is_err() {
            found.push(format!("the journal's place {} is damaged", line.seq));
        }
        self.last = line.seq;
        self.newest.insert(line.record.0, line.seq);
    }

    /// There are no further lines, and the feed ends at `last_seq`.
    pub(super) fn end(&self, last_seq: u64, found: &mut Vec<String>) {
        if self.last != last_seq {
            found.push(format!("the journal ends at place {}, and the feed at {last_seq}", self.last));
        }
    }

    /// A record of the feed, and its place.
    pub(super) fn record(&mut self, record: Uuid, seq: u64, found: &mut Vec<String>) {
        self.records += 1;
        if self.newest.get(&record) != Some(&seq) {
            found.push(format!("record {record}: its place {seq} is not the newest that the journal has for it"));
        }
    }

    /// There are no further records.
    pub(super) fn end_of_records(&self, found: &mut Vec<String>) {
        let (known, held) = (self.newest.len(), self.records);
        if known != held {
            found.push(format!("the journal knows {known} records, and the feed holds {held}"));
        }
    }
}

/// What is wrong with the starts that wrote a feed which ends at `last_seq`, in the order of their places.
pub(super) fn of_starts(starts: &[(u64, Uuid)], last_seq: u64, found: &mut Vec<String>) {
    let mut last: Option<(u64, Uuid)> = None;
    for (first, start) in starts.iter().copied() {
        if last.is_none() && first != 1 {
            found.push(format!("the first start that wrote begins at place {first}"));
        }
        if first > last_seq {
            found.push(format!("a start begins at place {first}, past the end of the feed {last_seq}"));
        }
        if last.is_some_and(|(_, before)| before == start) {
            found.push(format!("the start at place {first} is the one before"));
        }
        last = Some((first, start));
    }
    if last.is_none() && last_seq > 0 {
        found.push("no start is noted for the feed".to_owned());
    }
}

/// The end of a push chain as it stands in its row: the answer is compressed, and the device may be missing.
pub(super) struct Chain<'a> {
    pub(super) replica: Uuid,
    pub(super) number: u64,
    pub(super) digest: &'a [u8],
    pub(super) answer: &'a [u8],
    pub(super) has_device: bool,
}

/// What is wrong with the end of a push chain.
pub(super) fn of_chain(chain: &Chain<'_>, found: &mut Vec<String>) {
    let Chain { replica, number, digest, answer, has_device } = chain;
    let kept = zstd::decode_all(*answer).ok().and_then(|answer| wire::PushAnswer::decode(&answer).ok());
    if kept.is_none_or(|kept| kept.number != *number || kept.digest.0.as_slice() != *digest) {
        found.push(format!("replica {replica}: the kept answer is not the one of push {number}"));
    }
    if !has_device {
        found.push(format!("replica {replica}: it pushes, but belongs to no device"));
    }
}
