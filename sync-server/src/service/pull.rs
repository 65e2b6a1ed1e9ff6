//! One page of the feed.

use std::ops::ControlFlow;

use uuid::Uuid;
use wire::{MAX_PAGE_BYTES, RecordsWriter};

use super::cursor::Cursor;
use crate::storage::{DeviceRow, ReadTxn, Result, StorageError};

/// What a reader gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullOutcome {
    /// The body of the page.
    Page(Vec<u8>),
    /// The cursor is none of ours.
    NotACursor,
    /// The cursor belongs to another feed, or to a past that this feed never had.
    EpochChanged {
        /// The epoch of this feed.
        epoch: Uuid,
        /// Whether the cursor is of this very epoch: then the store has gone back without saying so.
        went_back: bool,
    },
}

/// The records that `device` may read after the place `after`, at most `limit`, and at least one if there is one.
pub(super) fn pull(txn: &dyn ReadTxn, device: &DeviceRow, after: Option<&str>, limit: u64) -> Result<PullOutcome> {
    // The first read pins the moment: the end of the feed and its records belong together.
    let organisation = txn
        .organisation(device.organisation)?
        .ok_or_else(|| StorageError::DamagedRow(format!("device {}", device.id)))?;
    let from = match after.map(Cursor::decode) {
        None => 0,
        Some(None) => return Ok(PullOutcome::NotACursor),
        Some(Some(cursor)) if cursor.holds(txn, &organisation)? => cursor.seq,
        Some(Some(cursor)) => {
            let epoch = organisation.epoch;
            return Ok(PullOutcome::EpochChanged { epoch, went_back: cursor.epoch == epoch });
        }
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut records, mut last, mut more) = (RecordsWriter::new(), from, false);
    txn.feed(organisation.id, from, device.scopes.as_deref(), &mut |row| {
        more = records.len() == limit || !records.push_within(&row.record, MAX_PAGE_BYTES);
        if more {
            return ControlFlow::Break(());
        }
        last = row.seq;
        ControlFlow::Continue(())
    })?;
    let place = if more { last } else { organisation.last_seq };
    let cursor = Cursor::at(txn, &organisation, place)?.encode();
    Ok(PullOutcome::Page(wire::encode_pull_answer(&organisation.epoch.to_string(), records, &cursor, more)))
}
