//! Connections to a store, each with the same settings.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::storage::Result;

/// How long a writer waits for another process before it gives up.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
/// What the log file shrinks to after a burst of writes.
const KEPT_LOG_BYTES: i64 = 64 << 20;
/// Prepared statements kept per connection.
const STATEMENTS: usize = 64;

/// A further connection to a file that exists.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )?;
    configure(&connection)?;
    Ok(connection)
}

pub(super) fn configure(connection: &Connection) -> Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "journal_size_limit", KEPT_LOG_BYTES)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // What was purged is not to be read from the free pages of the file.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(())
}
