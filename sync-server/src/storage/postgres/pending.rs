//! Changes of a transaction that are not in the database yet: they go there as sets, so that a push of a thousand records
//! keeps its organisation's lock for a few statements, and not for thousands.

use std::collections::{BTreeMap, BTreeSet};

use causal::RecordId;
use uuid::Uuid;
use wire::BlobId;

use super::link::Link;
use super::row::int;
use crate::storage::{JournalRow, Result, StoredRecord};

/// What one write transaction has read and changed of its organisation.
///
/// Nobody else changes these rows while the organisation is locked, so what was read stays true.
#[derive(Default)]
pub(super) struct Pending {
    /// The newest states that are known, also of records that are not there.
    known: BTreeMap<RecordId, Option<StoredRecord>>,
    changed: BTreeSet<RecordId>,
    lines: Vec<JournalRow>,
    references: BTreeSet<(BlobId, RecordId)>,
    /// The end of the feed; nothing where there is no such organisation.
    pub(super) last_seq: Option<u64>,
    /// Which start wrote the newest place, as far as it was asked for.
    last_start: Option<Option<Uuid>>,
    starts: Vec<(u64, Uuid)>,
    /// Whether anything was changed at all.
    pub(super) is_changed: bool,
}

impl Pending {
    pub(super) fn known(&self, id: RecordId) -> Option<&Option<StoredRecord>> {
        self.known.get(&id)
    }

    /// Notes what the database holds of a record.
    pub(super) fn learn(&mut self, id: RecordId, stored: Option<StoredRecord>) {
        self.known.entry(id).or_insert(stored);
    }

    pub(super) fn put(&mut self, record: &StoredRecord) {
        self.changed.insert(record.record.id);
        self.known.insert(record.record.id, Some(record.clone()));
        self.is_changed = true;
    }

    pub(super) fn line(&mut self, line: &JournalRow) {
        self.lines.push(line.clone());
        self.is_changed = true;
    }

    pub(super) fn refer(&mut self, record: RecordId, blobs: &[BlobId]) {
        self.references.extend(blobs.iter().map(|blob| (*blob, record)));
        self.is_changed |= !blobs.is_empty();
    }

    /// Whether it is known which start wrote the newest place.
    pub(super) fn knows_start(&self) -> bool {
        self.last_start.is_some()
    }

    pub(super) fn learn_start(&mut self, start: Option<Uuid>) {
        self.last_start = Some(start);
    }

    /// The next place, written by `start`; nothing where there is no such organisation.
    pub(super) fn next_place(&mut self, start: Uuid) -> Option<u64> {
        let place = self.last_seq? + 1;
        self.last_seq = Some(place);
        if self.last_start != Some(Some(start)) {
            self.starts.push((place, start));
            self.last_start = Some(Some(start));
        }
        self.is_changed = true;
        Some(place)
    }

    /// Writes all that waits but the end of the feed, which is written once, at the commit.
    pub(super) fn flush(&mut self, link: &Link, organisation: Uuid) -> Result<()> {
        self.flush_records(link, organisation)?;
        self.flush_lines(link, organisation)?;
        self.flush_references(link, organisation)?;
        self.flush_starts(link, organisation)
    }

    fn flush_records(&mut self, link: &Link, organisation: Uuid) -> Result<()> {
        let changed = std::mem::take(&mut self.changed);
        let records: Vec<_> = changed.iter().filter_map(|id| self.known.get(id)?.as_ref()).collect();
        if records.is_empty() {
            return Ok(());
        }
        let of = |stored: &StoredRecord| (!stored.purged.is_empty()).then(|| wire::encode_version(&stored.purged));
        link.execute(
            "insert into record (organisation, id, kind, scope, seq, state, purged)
             select $1::uuid, * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::bytea[], $7::bytea[])
             on conflict (organisation, id) do update
             set seq = excluded.seq, state = excluded.state, purged = excluded.purged",
            &[
                &organisation,
                &records.iter().map(|one| one.record.id.0).collect::<Vec<_>>(),
                &records.iter().map(|one| &*one.record.kind).collect::<Vec<&str>>(),
                &records.iter().map(|one| one.record.scope).collect::<Vec<_>>(),
                &records.iter().map(|one| int(one.seq)).collect::<Vec<_>>(),
                &records.iter().map(|one| wire::encode_state(&one.record.state)).collect::<Vec<_>>(),
                &records.iter().map(|one| of(one)).collect::<Vec<_>>(),
            ],
        )?;
        Ok(())
    }

    fn flush_lines(&mut self, link: &Link, organisation: Uuid) -> Result<()> {
        let lines = std::mem::take(&mut self.lines);
        if lines.is_empty() {
            return Ok(());
        }
        link.execute(
            "insert into journal (organisation, seq, record, device, person, at, received_at, is_refill, changes)
             select $1::uuid, * from unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[],
                 $8::boolean[], $9::bytea[])",
            &[
                &organisation,
                &lines.iter().map(|line| int(line.seq)).collect::<Vec<_>>(),
                &lines.iter().map(|line| line.record.0).collect::<Vec<_>>(),
                &lines.iter().map(|line| line.device).collect::<Vec<_>>(),
                &lines.iter().map(|line| line.person.as_deref()).collect::<Vec<_>>(),
                &lines.iter().map(|line| line.at.map(int)).collect::<Vec<_>>(),
                &lines.iter().map(|line| int(line.received_at)).collect::<Vec<_>>(),
                &lines.iter().map(|line| line.is_refill).collect::<Vec<_>>(),
                &lines.iter().map(|line| line.changes.as_slice()).collect::<Vec<_>>(),
            ],
        )?;
        Ok(())
    }

    fn flush_references(&mut self, link: &Link, organisation: Uuid) -> Result<()> {
        let references = std::mem::take(&mut self.references);
        if references.is_empty() {
            return Ok(());
        }
        link.execute(
            "insert into blob_reference (organisation, blob, record)
             select $1::uuid, * from unnest($2::bytea[], $3::uuid[])
             on conflict (organisation, blob, record) do update set is_purged = false where blob_reference.is_purged",
            &[
                &organisation,
                &references.iter().map(|(blob, _)| blob.0.as_slice()).collect::<Vec<_>>(),
                &references.iter().map(|(_, record)| record.0).collect::<Vec<_>>(),
            ],
        )?;
        Ok(())
    }

    fn flush_starts(&mut self, link: &Link, organisation: Uuid) -> Result<()> {
        let starts = std::mem::take(&mut self.starts);
        if starts.is_empty() {
            return Ok(());
        }
        link.execute(
            "insert into feed_start (organisation, first_seq, start) select $1::uuid, * from unnest($2::bigint[], $3::uuid[])",
            &[
                &organisation,
                &starts.iter().map(|(first, _)| int(*first)).collect::<Vec<_>>(),
                &starts.iter().map(|(_, start)| *start).collect::<Vec<_>>(),
            ],
        )?;
        Ok(())
    }
}
