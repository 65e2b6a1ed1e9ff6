//! The copy of a store that takes no writes.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::StoreError;

/// A folder that is gone with the store that was opened in it.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn make(folder: PathBuf) -> std::io::Result<Self> {
        fs::create_dir(&folder)?;
        Ok(Self(folder))
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "a copy stays behind");
        }
    }
}

/// Whether a store was not opened because nothing can be written there.
pub(super) fn is_for_reading_alone(error: &StoreError) -> bool {
    match error {
        StoreError::Folder(error) => {
            matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
        }
        StoreError::Database(error) => matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly)),
        _ => false,
    }
}
