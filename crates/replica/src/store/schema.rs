//! Opening the file: settings, migrations, and the refusal of files that are not ours.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};

use super::{StoreError, lost};

/// Stands in the header of the file, written by the first migration.
const APPLICATION_ID: i32 = 0x524e_4454;
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
const MIGRATIONS: &[M<'_>] = &[
    M::up(include_str!("migrations/0001_first.sql")),
    M::up(include_str!("migrations/0002_blobs.sql")),
    M::up(include_str!("migrations/0003_checked_states.sql")),
    M::up(include_str!("migrations/0004_search.sql")),
    M::up(include_str!("migrations/0005_derived.sql")),
    M::up(include_str!("migrations/0006_drafts.sql")),
    M::up(include_str!("migrations/0007_registers.sql")),
    M::up(include_str!("migrations/0008_uncounted.sql")),
    M::up(include_str!("migrations/0009_pending_findings.sql")),
    M::up(include_str!("migrations/0010_marks.sql")),
    M::up(include_str!("migrations/0011_tallies.sql")),
    M::up(include_str!("migrations/0012_held.sql")),
];

/// Held while a process opens the store: two that made or brought forward one file at once would each see half of what the
/// other does.
pub(super) fn lock_opening(lock: &Path) -> Result<File, StoreError> {
    let lock = File::options().create(true).truncate(false).write(true).open(lock)?;
    lock.lock()?;
    Ok(lock)
}

/// Opens the connection that writes, and brings the file to the newest layout.
///
/// The first migration also says whose the file is, so that one whose making was cut short is blank still.
/// A new file is made without a log ([`keep_log`]), so that one that is blank and has kept a log has lost it.
pub(super) fn open_writer(file: &Path, mark: Option<&Path>) -> Result<Connection, StoreError> {
    if let Some(mark) = mark {
        lost::refuse_missing(file, mark)?;
    }
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    if is_blank(&connection)?
        && let Some(mark) = mark
    {
        lost::refuse_blank(&connection, file, mark)?;
    }
    configure(&connection)?;
    Migrations::from_slice(MIGRATIONS).to_latest(&mut connection).map_err(migration_error)?;
    Ok(connection)
}

/// Keeps a log beside the file from now on.
pub(super) fn keep_log(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.pragma_update(None, "journal_mode", "WAL")?)
}

/// How long who leaves waits for somebody who is just reading.
const PARTING: Duration = Duration::from_millis(200);

/// Takes what stands in the log into the file, and empties the log where nobody else is at work on it.
pub(super) fn fold_log(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(PARTING)?;
    let folded = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(folded?)
}

/// Opens a connection that only reads.
pub(super) fn open_reader(file: &Path) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    configure(&connection)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What was purged is not to be read from the free pages of the file.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Takes our own files and blank ones, and says which it is.
fn is_blank(connection: &Connection) -> Result<bool, StoreError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let layout: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_blank = (application, layout, tables) == (0, 0, 0);
    if application == APPLICATION_ID || is_blank { Ok(is_blank) } else { Err(StoreError::NotAStore) }
}

fn migration_error(error: rusqlite_migration::Error) -> StoreError {
    match error {
        rusqlite_migration::Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
            StoreError::Newer
        }
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::Damaged(other.to_string()),
    }
}
