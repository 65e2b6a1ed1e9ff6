//! Reading a store in a folder that takes no writes: a folder of a backup, a card that is locked, another person's.
//!
//! SQLite cannot read a file with a log where it can write nothing beside it. So the file and its log are copied, and the copy
//! is opened; photos are read where they are.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::scratch::Scratch;
use super::{BLOBS, FILE, Files, Store, StoreError};
use crate::Ports;
use crate::blobs::FileBlobs;
use crate::ports::new_uuid_v4;

impl Store {
    /// Opens the store in a folder for reading alone; every change is refused with [`StoreError::ReadOnly`].
    ///
    /// # Errors
    /// As [`Store::open`]; [`StoreError::Folder`] when there is no store.
    pub fn open_to_read(folder: &Path, ports: Ports, app_version: &str) -> Result<Self, StoreError> {
        let scratch = std::env::temp_dir().join(format!("rounds-{}", new_uuid_v4(&*ports.entropy)));
        let scratch = Scratch::make(scratch)?;
        for suffix in ["", "-wal"] {
            let (from, to) = (folder.join(format!("{FILE}{suffix}")), scratch.folder().join(format!("{FILE}{suffix}")));
            if suffix.is_empty() || from.exists() {
                // The bytes alone: that nobody may write them must not hold for the copy.
                fs::write(to, fs::read(from)?)?;
            }
        }
        let blobs = Arc::new(FileBlobs::new(folder.join(BLOBS)));
        let files = Files { folder: folder.to_owned(), ..Files::in_folder(scratch.folder()) };
        let mut store = Self::start(files, ports, app_version, blobs, true)?;
        store.scratch = Some(scratch);
        Ok(store)
    }

    /// Whether the store can only be read.
    pub fn is_read_only(&self) -> bool {
        self.scratch.is_some()
    }
}
