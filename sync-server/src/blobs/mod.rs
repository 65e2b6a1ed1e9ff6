//! The bytes of photos and scans, behind one trait, so that an object store can follow.
//!
//! The trait keeps and decides nothing: who may read and write, and what counts as acknowledged, is the service's.
//! Every backend passes the one suite in `conformance.rs`.

mod files;
mod memory;

#[cfg(test)]
mod conformance;

use uuid::Uuid;
use wire::BlobId;

use crate::storage::Result;

pub use files::{FileBlobs, blob_folder};
pub use memory::MemoryBlobs;

/// Unfinished uploads that one device may have; one more takes the place of the oldest.
pub const MOST_UPLOADS: usize = 64;

/// One device's upload of one blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Upload {
    /// Whose blob it will be.
    pub organisation: Uuid,
    /// Who sends it.
    pub device: Uuid,
    /// Its name.
    pub id: BlobId,
}

/// What became of a part of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It was added; the upload ends here now.
    Now(u64),
    /// The upload ends elsewhere than the part begins; nothing has changed.
    Elsewhere(u64),
}

/// What became of an upload whose last byte has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    /// It is a blob now, and survives a power cut.
    Done,
    /// It has another length; nothing has changed.
    Elsewhere(u64),
    /// Its bytes are not those of its name; it was dropped.
    Damaged,
}

/// Bytes of several organisations, strictly apart.
///
/// All calls block.
/// Two that change one upload at once do so one after the other.
/// A blob is there whole or not at all, and never changes.
#[allow(clippy::missing_errors_doc)]
pub trait BlobStore: Send + Sync {
    /// How many bytes of an upload have come; nothing when there is no such upload.
    fn uploaded(&self, upload: &Upload) -> Result<Option<u64>>;

    /// Adds bytes to an upload that ends at `offset`; at 0, begins it.
    ///
    /// When it fails, the upload ends where it ended before.
    fn append(&self, upload: &Upload, offset: u64, bytes: &[u8]) -> Result<Appended>;

    /// Makes a blob of an upload that has all its bytes; one that is there already is replaced by the same bytes.
    fn finish(&self, upload: &Upload, length: u64) -> Result<Finished>;

    /// Makes a blob of these bytes, durably; one that is there already is replaced by the same bytes.
    fn put(&self, organisation: Uuid, bytes: &[u8]) -> Result<BlobId>;

    /// How many bytes a blob has; nothing when there is no such blob.
    fn size(&self, organisation: Uuid, id: BlobId) -> Result<Option<u64>>;

    /// At most `length` bytes of a blob from `offset` on; fewer at its end, and nothing when there is no such blob.
    fn read(&self, organisation: Uuid, id: BlobId, offset: u64, length: usize) -> Result<Option<Vec<u8>>>;

    /// Whether a blob's bytes are those of its name; nothing when there is no such blob.
    fn is_sound(&self, organisation: Uuid, id: BlobId) -> Result<Option<bool>>;

    /// Removes a blob; one that is not there is removed already.
    fn remove(&self, organisation: Uuid, id: BlobId) -> Result<()>;

    /// All blobs of an organisation, by name.
    fn list(&self, organisation: Uuid) -> Result<Vec<BlobId>>;
}
