//! Who uses the data folder.
//!
//! Everybody who uses the store holds `store.lock` shared, and a restore holds it alone.
//! A server holds `serve.lock` alone, so that there is one.
//! The locks end with the process, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use wire::ProblemType;

use super::error::CommandError;

/// Locks of the data folder, held until dropped.
pub(super) struct DataLock {
    _files: Vec<File>,
}

impl DataLock {
    /// For a command beside a server.
    pub(super) fn shared(data: &Path) -> Result<Self, CommandError> {
        let store = file(data, "store.lock")?;
        taken(store.try_lock_shared(), "a restore is running on this store")?;
        Ok(Self { _files: vec![store] })
    }

    /// For the server.
    pub(super) fn serving(data: &Path) -> Result<Self, CommandError> {
        let mut lock = Self::shared(data)?;
        let server = file(data, "serve.lock")?;
        taken(server.try_lock(), "a server is running on this store")?;
        lock._files.push(server);
        Ok(lock)
    }

    /// For a restore.
    pub(super) fn alone(data: &Path) -> Result<Self, CommandError> {
        let store = file(data, "store.lock")?;
        taken(store.try_lock(), "a server or another command is using this store; stop it first")?;
        Ok(Self { _files: vec![store] })
    }
}

fn file(data: &Path, name: &str) -> Result<File, CommandError> {
    Ok(OpenOptions::new().create(true).truncate(false).write(true).open(data.join(name))?)
}

fn taken(result: Result<(), TryLockError>, detail: &str) -> Result<(), CommandError> {
    match result {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(CommandError::problem(ProblemType::StoreInUse, detail)),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
