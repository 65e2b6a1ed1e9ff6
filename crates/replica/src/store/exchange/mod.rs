//! What the store does with the messages of the server; each message is one transaction.

mod incoming;
mod leave;
mod pull;
mod push;
mod restart;

use wire::Digest;

/// A push body that will be sent as it is until it is answered.
#[derive(Clone, Debug)]
pub(crate) struct Frozen {
    pub(crate) number: u64,
    pub(crate) digest: Digest,
    pub(crate) body: Vec<u8>,
}

/// How much the next push carries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PushBounds {
    /// Records at most.
    pub(crate) records: u64,
    /// Bytes of them at most; one record always goes, however large.
    pub(crate) bytes: usize,
    /// The smallest first, rather than the oldest.
    pub(crate) smallest_first: bool,
}

/// What became of an answered push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// The answer is stored; so many records were taken.
    Stored { taken: u64 },
    /// The answer shows that the store has a twin; nothing of it was stored, and the store has a new id.
    Forked,
}

/// What became of a page of the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    /// The page is stored; so many records changed.
    Stored { changed: u64, more: bool },
    /// The page shows that the store has a twin; nothing of it was stored, and the store has a new id.
    Forked,
    /// The page comes from another feed than the one known; nothing of it was stored.
    OtherEpoch,
    /// The feed ends without records that the server had taken: it went back, and the place of the cursor was still good.
    WentBack,
}
