//! One process at a time syncs a store.

use std::fs::{File, TryLockError};
use std::path::Path;

/// Held while a process syncs; the operating system gives it back when the process dies.
#[derive(Debug)]
pub struct SyncLock {
    _file: File,
}

impl SyncLock {
    /// Takes the lock of the store in `folder`; none while another process has it.
    ///
    /// # Errors
    /// When the lock file cannot be opened.
    pub fn try_take(folder: &Path) -> std::io::Result<Option<Self>> {
        let file = File::options().create(true).truncate(false).write(true).open(folder.join("sync.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
