//! Telling a store that was lost from one that has not begun: both are a file with nothing in it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::StoreError;

/// The file that says that a folder has held a store.
pub(super) const MARK: &str = "rounds.begun";
const WORDS: &str = "A store of Rounds has begun in this folder. While this file is here, an empty or missing rounds.sqlite3 is \
                     refused, since it would pass for a new store.\n";

/// Leaves the mark; a folder that takes none is only without this guard.
pub(super) fn mark(mark: &Path) {
    if !mark.exists()
        && let Err(error) = fs::write(mark, WORDS)
    {
        tracing::warn!(%error, "the folder cannot be marked as one that holds a store");
    }
}

/// Refuses to make a store in the place of one that is gone.
///
/// Looked at before SQLite sees the file: it takes a log without its file for rubbish, and deletes it.
pub(super) fn refuse_missing(file: &Path, mark: &Path) -> Result<(), StoreError> {
    let size = |file: &Path| fs::metadata(file).map_or(0, |found| found.len());
    let is_lost = size(file) == 0 && (mark.exists() || size(&log_of(file)) > 0);
    if is_lost { Err(lost(file)) } else { Ok(()) }
}

/// Refuses a file without a table in a folder that has held a store, or one that has kept a log and lost it.
pub(super) fn refuse_blank(connection: &Connection, file: &Path, mark: &Path) -> Result<(), StoreError> {
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mark.exists() || mode == "wal" { Err(lost(file)) } else { Ok(()) }
}

fn lost(file: &Path) -> StoreError {
    StoreError::Lost(file.parent().unwrap_or(file).to_owned())
}

fn log_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}
