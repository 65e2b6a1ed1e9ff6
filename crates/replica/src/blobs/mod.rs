//! Where the bytes of photos and scans live.
//!
//! A blob is named by the SHA-256 of its bytes, so it never changes, and putting it twice is putting it once.
//! What the store knows of each blob stands in its own file (`store/blobs`); here are the bytes alone.

mod files;

use std::io;

use wire::BlobId;

pub use files::FileBlobs;

/// A place that keeps bytes under their digest.
///
/// Contract: what [`BlobPlace::put`] has returned is on disk; a reader never sees a part of a blob, nor bytes of another
/// digest.
pub trait BlobPlace: Send + Sync {
    /// Keeps the bytes, and names them; a damaged copy that is there is replaced.
    ///
    /// # Errors
    /// When they cannot be written ([`io::ErrorKind::StorageFull`] when there is no room); nothing is kept then.
    fn put(&self, bytes: &[u8]) -> io::Result<BlobId>;

    /// The bytes of a blob; none when it is not there or damaged.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    fn read(&self, id: BlobId) -> io::Result<Option<Vec<u8>>>;

    /// Whether a blob is there, without reading it.
    ///
    /// # Errors
    /// When that cannot be found out.
    fn has(&self, id: BlobId) -> io::Result<bool>;

    /// Removes a blob that nothing names any more since it was purged; one that is not there is removed already. A place that others
    /// share leaves it to whoever keeps them.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    fn remove(&self, id: BlobId) -> io::Result<()>;
}
