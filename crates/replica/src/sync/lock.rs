//! One process at a time syncs a store.

use std::fs::{File, TryLockError};

use crate::Store;

/// Held while a process syncs; the operating system gives it back when the process dies.
#[derive(Debug)]
pub struct SyncLock {
    _file: File,
}

impl SyncLock {
    /// Takes the lock of a store; none while another process has it.
    ///
    /// # Errors
    /// When the lock file cannot be opened.
    pub fn try_take(store: &Store) -> std::io::Result<Option<Self>> {
        let file = File::options().create(true).truncate(false).write(true).open(store.sync_lock())?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
