//! Opening the store that a command works on.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;
use wire::ProblemType;

use super::args::StoreArgs;
use super::error::CommandError;
use super::lock::DataLock;
use crate::blobs::{FileBlobs, blob_folder};
use crate::service::{OsRandom, SystemClock, change_store, random_uuid};
use crate::storage::postgres::{self, Identity, PostgresStorage};
use crate::storage::sqlite::{self, SqliteStorage};
use crate::storage::{OrganisationRow, ReadTxn, Result as StorageResult, Storage, StorageError, WriteTxn};

/// The file in the data folder that names the server.
const SERVER_ID: &str = "server.id";

/// An open store, and the lock that keeps a restore away from it.
pub(super) struct OpenStore {
    pub(super) storage: Arc<dyn Storage>,
    /// The same, where it is in a database.
    pub(super) database: Option<Arc<PostgresStorage>>,
    pub(super) blobs: FileBlobs,
    pub(super) lock: DataLock,
}

impl OpenStore {
    /// Opens the store for a command beside a server, which alone may bring it up to date.
    pub(super) fn open(args: &StoreArgs) -> Result<Self, CommandError> {
        match &args.database.url {
            Some(url) => Self::in_database(args, DataLock::shared, |who| postgres::open(url, args.ca(), who)),
            None => Self::in_file(args, DataLock::shared, sqlite::open_as_it_is),
        }
    }

    /// Opens the store for the server.
    pub(super) fn open_serving(args: &StoreArgs) -> Result<Self, CommandError> {
        match &args.database.url {
            Some(url) => Self::in_database(args, DataLock::serving, |who| postgres::open(url, args.ca(), who)),
            None => Self::in_file(args, DataLock::serving, sqlite::open),
        }
    }

    fn in_file(
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
        Ok(Self { storage: Arc::new(open(&path)?), database: None, blobs: blobs_in(&args.data), lock })
    }

    fn in_database(
        args: &StoreArgs,
        lock: impl FnOnce(&Path) -> Result<DataLock, CommandError>,
        open: impl FnOnce(Identity) -> StorageResult<PostgresStorage>,
    ) -> Result<Self, CommandError> {
        args.check()?;
        // Photos in a folder that somebody has mistyped would all be taken for lost.
        if !args.data.is_dir() {
            return Err(StorageError::Missing(args.data.display().to_string()).into());
        }
        let lock = lock(&args.data)?;
        let who = Identity { process: random_uuid(&OsRandom), server: server_id(&args.data)? };
        let database = Arc::new(open(who)?);
        let storage = database.clone();
        Ok(Self { storage, database: Some(database), blobs: blobs_in(&args.data), lock })
    }

    /// Makes the store, or opens the one that is there.
    pub(super) fn create(args: &StoreArgs) -> Result<Self, CommandError> {
        args.check()?;
        create_private_folder(&args.data)?;
        if let Some(url) = &args.database.url {
            return Self::in_database(args, DataLock::shared, |who| postgres::create(url, args.ca(), who));
        }
        let lock = DataLock::shared(&args.data)?;
        if let Some(left) = sqlite::unfinished_restore(&args.data)? {
            let detail = format!("there is {} but no store; run restore again, or put it back", left.display());
            return Err(CommandError::problem(ProblemType::RestoreUnfinished, detail));
        }
        let storage = Arc::new(sqlite::create(&sqlite::store_path(&args.data))?);
        Ok(Self { storage, database: None, blobs: blobs_in(&args.data), lock })
    }

    /// Reads.
    pub(super) fn read<T>(&self, read: impl FnOnce(&dyn ReadTxn) -> StorageResult<T>) -> Result<T, CommandError> {
        Ok(read(&*self.storage.read()?)?)
    }

    /// Changes an organisation, unless `change` refuses; it is run again when somebody else was in its way.
    pub(super) fn change<T>(
        &self,
        organisation: Uuid,
        change: impl FnMut(&mut dyn WriteTxn) -> StorageResult<Result<T, CommandError>>,
    ) -> Result<T, CommandError> {
        change_store(&*self.storage, &OsRandom, organisation, change)?
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

/// The name of a server among those on one database; it stays with the data folder, which belongs to one of them.
fn server_id(data: &Path) -> Result<Uuid, CommandError> {
    let file = data.join(SERVER_ID);
    let read = |text: String| {
        text.trim().parse::<Uuid>().map_err(|_| StorageError::Corrupt(format!("{SERVER_ID} holds no id").into()))
    };
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(read(text)?),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let id = random_uuid(&OsRandom);
            // Whoever comes first is asked by all others, a moment later too.
            match File::create_new(&file) {
                Ok(mut file) => file.write_all(id.to_string().as_bytes()).and_then(|()| file.sync_all())?,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    return Ok(read(std::fs::read_to_string(&file)?)?);
                }
                Err(error) => return Err(error.into()),
            }
            Ok(id)
        }
        Err(error) => Err(error.into()),
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
