//! From PostgreSQL's errors to the store's.

use std::error::Error as _;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::storage::StorageError;

/// What the server says while it starts, stops, or has become a replica: another connection may find it, or its successor, ready.
const AWAY: &[SqlState] = &[
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::READ_ONLY_SQL_TRANSACTION,
    SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
];
/// What ends a transaction because of another one.
const IN_THE_WAY: &[SqlState] =
    &[SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE];
/// How a server refuses whoever wants to come in.
const KEPT_OUT: &[SqlState] = &[
    SqlState::INVALID_PASSWORD,
    SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
    SqlState::INVALID_CATALOG_NAME,
    SqlState::INSUFFICIENT_PRIVILEGE,
];

/// Whether the connection that gave this error is of no use any more.
pub(super) fn is_lost(error: &Error) -> bool {
    is_of_the_road(error) || error.code().is_some_and(|code| AWAY.contains(code))
}

/// Whether the other side could not be heard, rather than said something.
fn is_of_the_road(error: &Error) -> bool {
    let of_the_road = |cause: &std::io::Error| cause.kind() != std::io::ErrorKind::InvalidData;
    error.is_closed() || error.source().and_then(|cause| cause.downcast_ref()).is_some_and(of_the_road)
}

/// Why there is no connection; the next try may find one, unless somebody has to change something.
pub(super) fn cannot_connect(error: Error) -> StorageError {
    let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    match error.code() {
        Some(_) => error.into(),
        None if is_of_the_road(&error) => StorageError::Busy(format!("no connection to the database: {cause}").into()),
        None => StorageError::Unfit(cause),
    }
}

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        let Some(code) = error.code() else {
            let is_lost = is_lost(&error);
            return if is_lost { Self::Busy(Box::new(error)) } else { Self::Engine(Box::new(error)) };
        };
        if AWAY.contains(code) || IN_THE_WAY.contains(code) {
            Self::Busy(told(&error))
        } else if KEPT_OUT.contains(code) {
            Self::Unfit(told(&error).to_string())
        } else if *code == SqlState::DISK_FULL {
            Self::Full(told(&error))
        } else if [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED].contains(code) {
            Self::Corrupt(told(&error))
        } else {
            Self::Engine(told(&error))
        }
    }
}

/// What the server said, without the word "db error" that the client puts before it.
fn told(error: &Error) -> Box<dyn std::error::Error + Send + Sync> {
    error.as_db_error().map_or_else(|| error.to_string(), |told| told.message().to_owned()).into()
}
