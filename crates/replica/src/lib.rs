//! A device without a window: the local store, its queue, its search, and its exchange with the server.
//!
//! The app saves into the store and never waits for the network; the sync half carries what the outbox owes.
//! Time, randomness and the network are handed in ([`Clock`], [`Entropy`], [`Transport`]).

mod blobs;
mod ports;
mod room;
mod salvage;
mod steady;
mod store;
mod sync;

pub use blobs::{BlobPlace, FileBlobs};
pub use ports::{Clock, Entropy, OsEntropy, Ports, ShiftedClock, SystemClock, new_uuid_v4, new_uuid_v7};
pub use salvage::{SalvageReport, salvage};
pub use store::{
    Access, Beside, BlobCounts, BlobState, Change, Condition, Discarded, Draft, DraftKey, Enrolment, Held, HeldFinding,
    Hits, Identity, ListPosition, ListedRecord, ListedTally, Listing, Order, OwedBlob, PendingFinding, Presence,
    QueueEntry, Reading, Save, Saved, Shown, Store, StoreError, SyncReport, Taken, Visible, is_spelled,
};
pub use sync::{
    Backoff, HeardTime, HttpTransport, PullAsk, SyncError, SyncLock, SyncOutcome, Syncer, Transport, TransportError,
    enrol, fetch_blob, sync_once, watch,
};
pub use wire::{BlobId, BlobProgress};
