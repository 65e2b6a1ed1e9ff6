//! Why the store did not do what was asked; nothing has changed then.

use causal::{RecordId, SaveError, SeenError, ValueError};
use thiserror::Error;
use wire::{LimitExceeded, MAX_BLOB_BYTES, ProblemType};

/// What went wrong, by what the caller can do about it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file was written by a newer app: update this one.
    #[error("the store was written by a newer version of the app; update the app to open it")]
    Newer,
    /// The file is no store of this app: choose another folder.
    #[error("the file is not a store of this app")]
    NotAStore,
    /// The file is damaged: restore a copy, or enrol anew.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The folder has held a store, and its file is empty or gone: put it back, or use another folder.
    #[error(
        "the folder {} has held a store, and its file is empty or gone: put rounds.sqlite3, and rounds.sqlite3-wal where \
         there is one, back together; to begin anew, use another folder",
        .0.display()
    )]
    Lost(std::path::PathBuf),
    /// The folder takes no writes: it can be read, and saved elsewhere.
    #[error("the folder of the store takes no writes; it can be read, and nothing in it changed")]
    ReadOnly,
    /// The folder that was to be filled holds something: name another.
    #[error("the folder {} is not empty; name a new one", .0.display())]
    NotEmpty(std::path::PathBuf),
    /// The database refused; the disk may be full.
    #[error("the store could not be read or written")]
    Database(#[source] rusqlite::Error),
    /// The folder cannot be used.
    #[error("the folder of the store cannot be used")]
    Folder(#[from] std::io::Error),
    /// The device has no room left: make some, and try again.
    #[error("the device has no room left; nothing was saved")]
    DiskFull(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The bytes of a photo or scan could not be read or written.
    #[error("the bytes of a photo or scan could not be read or written")]
    Blob(#[source] std::io::Error),
    /// The photo or scan is larger than any may be.
    #[error("a photo or scan may have {MAX_BLOB_BYTES} bytes at most, and this has {0}")]
    BlobTooLarge(usize),
    /// There is no such record.
    #[error("there is no record {0}")]
    NotFound(RecordId),
    /// The record is not what the save was decided on: read it, decide again, and save again.
    #[error("the record {0} has changed since it was read")]
    Changed(RecordId),
    /// Only the office writes records of this kind: do it there.
    #[error("records of kind {0} are written in the office")]
    InOffice(String),
    /// The server has not refused the record.
    #[error("the server has not refused the record {0}")]
    NotRejected(RecordId),
    /// What was written to the record is, or is also, somebody else's.
    #[error("the record {0} holds what somebody else wrote")]
    WrittenByOthers(RecordId),
    /// The record has another kind.
    #[error("the record {id} is of kind {held}")]
    OtherKind {
        /// The record.
        id: RecordId,
        /// Its kind.
        held: String,
    },
    /// The record belongs to another scope, and scopes never change.
    #[error("the record {0} belongs to another scope")]
    OtherScope(RecordId),
    /// The kind's name is not `[a-z][a-z0-9_]{0,63}`.
    #[error("a kind is named in lower case: [a-z][a-z0-9_]{{0,63}}")]
    BadKind,
    /// A field's name is not 1-200 printable characters.
    #[error("a field is named by 1-200 printable characters")]
    BadFieldName,
    /// The person is not 1-200 printable characters.
    #[error("a person is named by 1-200 printable characters")]
    BadPerson,
    /// The field belongs to the system.
    #[error("the field {0} belongs to the system")]
    SystemField(String),
    /// The value is no I-JSON.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The text given as `seen` is none that was handed out.
    #[error(transparent)]
    Seen(#[from] SeenError),
    /// The save itself makes no sense.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The server would never take it.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// The store belongs to another organisation: use another folder.
    #[error("the store belongs to the organisation {0}")]
    OtherOrganisation(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotAStore,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            Some(ErrorCode::DiskFull) => Self::DiskFull(error.into()),
            // The shared memory beside the log grows as it is used, and only a full disk keeps it from that.
            _ if is_shm_size(&error) => Self::DiskFull(error.into()),
            _ => Self::Database(error),
        }
    }
}

fn is_shm_size(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
}

impl StoreError {
    /// Which problem a person or a script is told of.
    pub fn kind(&self) -> ProblemType {
        match self {
            Self::Newer => ProblemType::NewerStore,
            Self::NotAStore => ProblemType::NotAStore,
            Self::Damaged(_) => ProblemType::DamagedStore,
            Self::Lost(_) => ProblemType::LostStore,
            Self::ReadOnly => ProblemType::ReadOnly,
            Self::NotEmpty(_) => ProblemType::NotEmpty,
            Self::Database(_) | Self::Folder(_) | Self::Blob(_) => ProblemType::Store,
            Self::DiskFull(_) => ProblemType::DiskFull,
            Self::NotFound(_) => ProblemType::NotFound,
            Self::Changed(_) => ProblemType::Changed,
            Self::OtherKind { .. } => ProblemType::OtherKind,
            Self::InOffice(_) => ProblemType::InOffice,
            Self::NotRejected(_) => ProblemType::NotRejected,
            Self::WrittenByOthers(_) => ProblemType::NotYours,
            Self::OtherOrganisation(_) => ProblemType::OtherOrganisation,
            Self::Limit(_) | Self::BlobTooLarge(_) => ProblemType::LimitExceeded,
            Self::OtherScope(_)
            | Self::BadKind
            | Self::BadFieldName
            | Self::BadPerson
            | Self::SystemField(_)
            | Self::Value(_)
            | Self::Seen(_)
            | Self::Save(_) => ProblemType::BadArguments,
        }
    }

    /// What the place of the blobs could not do.
    pub(super) fn of_blobs(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull(error.into()),
            _ => Self::Blob(error),
        }
    }
}

impl From<wire::StoredError> for StoreError {
    fn from(error: wire::StoredError) -> Self {
        Self::Damaged(error.to_string())
    }
}
