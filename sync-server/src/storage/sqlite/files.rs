//! Where the store lies, and how it is copied while others use it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::connect::connect;
use super::open;
use crate::storage::{Result, StorageError};

/// The name of the store inside the data folder.
pub const STORE_FILE: &str = "rounds.sqlite3";

/// Pages copied at once; small enough that the source is never held for long.
const PAGES_PER_STEP: i32 = 2_000;

/// The store inside the data folder `data`.
pub fn store_path(data: &Path) -> PathBuf {
    data.join(STORE_FILE)
}

/// Copies the store `from` into the new file `to`, as of one moment, while others may go on writing to it.
///
/// The copy is one file, complete and durable when this returns; on any error there is no file `to`.
///
/// # Errors
/// As [`open_as_it_is()`](super::open_as_it_is); and [`StorageError::Engine`] when `to` exists or cannot be written.
pub fn copy_online(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(StorageError::Engine(format!("{} exists already", to.display()).into()));
    }
    drop(open::open_as_it_is(from)?);
    let part = beside(to, ".part");
    remove_with_logs(&part)?;
    let copied = copy_into(from, &part).and_then(|()| Ok(fs::rename(&part, to)?));
    remove_with_logs(&part)?;
    copied?;
    sync_folder_of(to)
}

fn copy_into(from: &Path, part: &Path) -> Result<()> {
    let source = connect(from)?;
    create_private(part)?;
    let mut target = Connection::open(part)?;
    // A read transaction pins one moment; without it, every write of another process would start the copy anew.
    source.execute_batch("begin deferred; select count(*) from sqlite_schema;")?;
    Backup::new(&source, &mut target)?.run_to_completion(PAGES_PER_STEP, Duration::ZERO, None)?;
    source.execute_batch("rollback")?;
    // A single file without a log beside it.
    target.pragma_update(None, "journal_mode", "delete")?;
    target.close().map_err(|(_, error)| error)?;
    File::open(part)?.sync_all()?;
    Ok(())
}

/// Makes a new file for its owner alone.
///
/// A backup holds hashes of passwords and all that was written about people; nobody else may read it.
pub(crate) fn create_private(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

pub(super) fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Removes the database `path` and all that SQLite puts beside it.
///
/// A log that stayed behind would be taken for the one of the next database of that name.
pub(crate) fn remove_with_logs(path: &Path) -> Result<()> {
    ["", "-journal", "-wal", "-shm"].iter().try_for_each(|suffix| remove_if_there(&beside(path, suffix)))
}

/// Makes the names inside the folder of `path` durable.
pub(crate) fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Storage;

    #[test]
    fn nothing_of_a_backup_that_failed_before_is_left_or_taken_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let (store, to) = (store_path(folder.path()), folder.path().join("backup"));
        drop(open::create(&store).expect("a store"));
        for suffix in [".part", ".part-journal", ".part-wal", ".part-shm"] {
            fs::write(beside(&to, suffix), [7; 9_000]).expect("a file");
        }
        copy_online(&store, &to).expect("a backup");
        let names = fs::read_dir(folder.path()).expect("the folder");
        let names: Vec<_> = names.map(|file| file.expect("a file").file_name()).collect();
        assert!(!names.iter().any(|name| name.to_string_lossy().contains(".part")), "{names:?}");
        let findings = open::open(&to).expect("a store").read().expect("a transaction").verify().expect("works");
        assert_eq!(findings, Vec::<String>::new());
    }
}
