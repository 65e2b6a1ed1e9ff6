//! Why the hub did not answer.

use std::sync::Arc;

use thiserror::Error;

use crate::storage::StorageError;

/// Why the hub did not answer; the same call may succeed later.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum HubError {
    /// The store failed; nothing has changed.
    #[error("the store failed")]
    Storage(#[source] Arc<StorageError>),
    /// The connection to the store was lost at the commit: it may have taken the change, or not.
    #[error("it is not known whether the store has taken the change")]
    Unknown(#[source] Arc<StorageError>),
    /// The hub is shutting down.
    #[error("the hub is shutting down")]
    Stopped,
    /// It has not been seen lately that the store takes what is written.
    #[error("the store has taken nothing lately")]
    Unready,
}

impl From<StorageError> for HubError {
    fn from(error: StorageError) -> Self {
        let is_unknown = matches!(error, StorageError::Unknown(_));
        let error = Arc::new(error);
        if is_unknown { Self::Unknown(error) } else { Self::Storage(error) }
    }
}
