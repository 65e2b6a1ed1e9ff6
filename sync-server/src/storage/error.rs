//! Why the store did not answer, named by what the caller can do.

use thiserror::Error;

/// Why the store did not answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StorageError {
    /// There is no store where one was expected.
    #[error("there is no store at {0}")]
    Missing(String),
    /// The file is something else than a store of this server.
    #[error("{0} is not a store of this server")]
    Foreign(String),
    /// A newer release wrote the store.
    #[error("the store has schema version {found}, and this release knows {known}; use the newer release")]
    Newer {
        /// The version of the file.
        found: i64,
        /// The newest version that this release knows.
        known: i64,
    },
    /// An older release wrote the store, and it may not be changed now.
    #[error("the store has schema version {found}, and this release needs {known}; `{by}` brings it up to date")]
    Older {
        /// The version of the file.
        found: i64,
        /// The version that this release needs.
        known: i64,
        /// The command that brings it up to date.
        by: &'static str,
    },
    /// The file is damaged.
    #[error("the store is damaged")]
    Corrupt(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row does not hold what was written; the store is damaged, or was changed by hand.
    #[error("the store holds a damaged {0}")]
    DamagedRow(String),
    /// There is no room left on the disk.
    #[error("the disk is full: {0}")]
    Full(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The engine failed: no permission, locked for too long.
    #[error("the store cannot be used now: {0}")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The engine does not serve this program as it is set up; somebody has to change that.
    #[error("the database cannot be used: {0}")]
    Unfit(String),
    /// Somebody else was in the way, or the connection was lost: nothing has changed, and the same may succeed at once.
    #[error("the store is busy: {0}")]
    Busy(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The connection was lost at the commit, and what became of it could not be found out.
    #[error("it is not known whether the store has taken a change: {0}")]
    Unknown(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StorageError {
    /// Whether the place that the store is kept in has failed: it is full, or cannot be written.
    pub fn is_of_the_disk(&self) -> bool {
        matches!(self, Self::Full(_) | Self::Engine(_) | Self::Corrupt(_) | Self::Unfit(_) | Self::Unknown(_))
    }

    /// What a transaction of one organisation says to a change of another.
    pub(super) fn of_another(own: uuid::Uuid, other: uuid::Uuid) -> Self {
        Self::Engine(format!("a transaction of the organisation {own} may not change {other}").into())
    }

    /// Whether the same transaction may succeed when it is run again.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl From<std::io::Error> for StorageError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded => Self::Full(Box::new(error)),
            _ => Self::Engine(Box::new(error)),
        }
    }
}

/// What a storage call gives.
pub type Result<T> = std::result::Result<T, StorageError>;
