//! Opening the file: settings, migrations, and the refusal of files that are not ours.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};

use super::StoreError;

/// Stands in the header of the file, written by the first migration.
const APPLICATION_ID: i32 = 0x524e_4454;
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
const MIGRATIONS: &[M<'_>] =
    &[M::up(include_str!("migrations/0001_first.sql")), M::up(include_str!("migrations/0002_blobs.sql"))];

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
pub(super) fn open_writer(file: &Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    refuse_foreign(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    configure(&connection)?;
    Migrations::from_slice(MIGRATIONS).to_latest(&mut connection).map_err(migration_error)?;
    Ok(connection)
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
    connection.pragma_update(None, "cache_size", -16_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Takes our own files, and blank ones.
fn refuse_foreign(connection: &Connection) -> Result<(), StoreError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let layout: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_blank = (application, layout, tables) == (0, 0, 0);
    if application == APPLICATION_ID || is_blank { Ok(()) } else { Err(StoreError::NotAStore) }
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
