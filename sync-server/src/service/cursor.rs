//! A place in the feed, opaque to readers.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::storage::{OrganisationRow, ReadTxn, Result};

/// A place in one feed, and which start of a server wrote it.
///
/// A store that was put back by copying files has the same epoch and soon the same places again, but other starts wrote
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) epoch: Uuid,
    pub(super) seq: u64,
    /// Nil at place 0, which nobody wrote.
    pub(super) start: Uuid,
}

impl Cursor {
    /// The cursor of the place `seq`.
    pub(super) fn at(txn: &(impl ReadTxn + ?Sized), organisation: &OrganisationRow, seq: u64) -> Result<Self> {
        let start = txn.start_at(organisation.id, seq)?.unwrap_or(Uuid::nil());
        Ok(Self { epoch: organisation.epoch, seq, start })
    }

    /// Whether the feed has this place, written by this start.
    pub(super) fn holds(self, txn: &(impl ReadTxn + ?Sized), organisation: &OrganisationRow) -> Result<bool> {
        Ok(self.seq <= organisation.last_seq && Self::at(txn, organisation, self.seq)? == self)
    }

    pub(super) fn encode(self) -> String {
        let mut bytes = [0; 40];
        bytes[..16].copy_from_slice(self.epoch.as_bytes());
        bytes[16..24].copy_from_slice(&self.seq.to_be_bytes());
        bytes[24..].copy_from_slice(self.start.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`Cursor::encode`] wrote, and nothing else.
    pub(super) fn decode(text: &str) -> Option<Self> {
        let bytes: [u8; 40] = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (epoch, rest) = bytes.split_first_chunk::<16>()?;
        let (seq, start) = rest.split_first_chunk::<8>()?;
        let start = Uuid::from_slice(start).ok()?;
        Some(Self { epoch: Uuid::from_bytes(*epoch), seq: u64::from_be_bytes(*seq), start })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        let cursor = Cursor { epoch: Uuid::from_u128(7), seq: 1 << 40, start: Uuid::from_u128(u128::MAX) };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
    }

    #[test]
    fn other_texts_are_no_cursor() {
        let good = Cursor { epoch: Uuid::nil(), seq: 0, start: Uuid::nil() }.encode();
        for text in ["", "0", "中文", &good[1..], &format!("{good}A"), &good.replace('A', "+"), &format!("{good}=")] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}
