//! Opening the store that a command works on.

use std::path::Path;

use uuid::Uuid;
use wire::ProblemType;

use super::args::StoreArgs;
use super::error::CommandError;
use super::lock::DataLock;
use crate::blobs::{FileBlobs, blob_folder};
use crate::service::SystemClock;
use crate::storage::sqlite::{self, SqliteStorage};
use crate::storage::{OrganisationRow, ReadTxn, Result as StorageResult, Storage, StorageError};

/// An open store, and the lock that keeps a restore away from it.
pub(super) struct OpenStore {
    pub(super) storage: SqliteStorage,
    pub(super) blobs: FileBlobs,
    pub(super) lock: DataLock,
}

impl OpenStore {
    /// Opens the store for a command beside a server, which alone may bring it up to date.
    pub(super) fn open(args: &StoreArgs) -> Result<Self, CommandError> {
        Self::open_with(args, DataLock::shared, sqlite::open_as_it_is)
    }

    /// Opens the store for the server.
    pub(super) fn open_serving(args: &StoreArgs) -> Result<Self, CommandError> {
        Self::open_with(args, DataLock::serving, sqlite::open)
    }

    fn open_with(
        args: &StoreArgs,
        lock: impl FnOnce(&Path) -> Result<DataLock, CommandError>,
        open: impl FnOnce(&Path) -> StorageResult<SqliteStorage>,
    ) -> Result<Self, CommandError> {
        args.check()?;
        let path = sqlite::store_path(&args.data);
        // No lock file is made where there is no store.
        if !path.is_file() {
            return Err(StorageError::Missing(path.display().to_string()).into());
        }
        let lock = lock(&args.data)?;
        Ok(Self { storage: open(&path)?, blobs: blobs_in(&args.data), lock })
    }

    /// Makes the store, or opens the one that is there.
    pub(super) fn create(args: &StoreArgs) -> Result<Self, CommandError> {
        args.check()?;
        create_private_folder(&args.data)?;
        let lock = DataLock::shared(&args.data)?;
        if let Some(left) = sqlite::unfinished_restore(&args.data)? {
            let detail = format!("there is {} but no store; run restore again, or put it back", left.display());
            return Err(CommandError::problem(ProblemType::RestoreUnfinished, detail));
        }
        let storage = sqlite::create(&sqlite::store_path(&args.data))?;
        Ok(Self { storage, blobs: blobs_in(&args.data), lock })
    }

    /// Reads.
    pub(super) fn read<T>(&self, read: impl FnOnce(&dyn ReadTxn) -> StorageResult<T>) -> Result<T, CommandError> {
        Ok(read(&*self.storage.read()?)?)
    }

    /// The clock of the server, which a command beside it goes by.
    pub(super) fn clock(&self) -> Result<SystemClock, CommandError> {
        Ok(SystemClock::ahead_by(self.read(|txn| txn.clock_offset_ms())?))
    }

    /// The organisation that was named, or the only one.
    pub(super) fn organisation(&self, named: Option<Uuid>) -> Result<OrganisationRow, CommandError> {
        let mut all = self.read(|txn| txn.organisations())?;
        match named {
            Some(id) => all
                .into_iter()
                .find(|organisation| organisation.id == id)
                .ok_or_else(|| CommandError::not_found(format_args!("there is no organisation {id}"))),
            None if all.len() == 1 => Ok(all.swap_remove(0)),
            None if all.is_empty() => Err(CommandError::not_found("the store has no organisation yet; run init")),
            None => {
                let list: Vec<_> = all.iter().map(|one| format!("{} ({})", one.id, one.name)).collect();
                Err(CommandError::usage(format!("say which --organisation: {}", list.join(", "))))
            }
        }
    }
}

/// The bytes of photos in the data folder.
pub(super) fn blobs_in(data: &Path) -> FileBlobs {
    FileBlobs::new(blob_folder(data))
}

/// A new data folder is for its owner alone; one that is there keeps its rights.
pub(super) fn create_private_folder(data: &Path) -> Result<(), CommandError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(data)?)
}
