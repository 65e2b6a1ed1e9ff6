//! How large a file may be.

/// The largest file, in bytes, as it is sent.
pub const MAX_IMPORT_BYTES: usize = 10 << 20;
/// The most that a packed file unpacks to, in bytes.
pub(super) const MOST_UNPACKED: u64 = 100 << 20;
/// The most lines of one file, its heads not counted.
pub(crate) const MOST_LINES: usize = 5_000;
/// The most columns.
pub(super) const MOST_COLUMNS: usize = 100;
