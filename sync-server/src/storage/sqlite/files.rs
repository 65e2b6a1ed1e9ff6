//! Where the store lies, and how it is copied while others use it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

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
/// As [`open()`]; and [`StorageError::Engine`] when `to` exists or cannot be written.
pub fn copy_online(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(StorageError::Engine(format!("{} exists already", to.display()).into()));
    }
    drop(open(from)?);
    let part = beside(to, ".part");
    remove_if_there(&part)?;
    let copied = copy_into(from, &part).and_then(|()| Ok(fs::rename(&part, to)?));
    remove_if_there(&part)?;
    copied?;
    sync_folder_of(to)
}

fn copy_into(from: &Path, part: &Path) -> Result<()> {
    let source = open::connect(from)?;
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

/// A backup holds hashes of passwords and all that was written about people; only its owner may read it.
fn create_private(path: &Path) -> Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Makes the names inside the folder of `path` durable.
fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// A copy of a backup beside the store that it is to replace; removed when dropped.
#[derive(Debug)]
pub struct Staged {
    copy: PathBuf,
    store: PathBuf,
}

impl Staged {
    /// Copies the backup `from` into the data folder `data`, and checks that it is a store that this release knows.
    ///
    /// The backup itself is only read.
    ///
    /// # Errors
    /// As [`open()`], and [`StorageError::Foreign`] for a file that still has a log beside it, and so is not complete.
    pub fn copy(from: &Path, data: &Path) -> Result<Self> {
        if fs::metadata(beside(from, "-wal")).is_ok_and(|log| log.len() > 0) {
            let name = from.display();
            return Err(StorageError::Foreign(format!("{name} has a log beside it: it is a store in use, and")));
        }
        let staged = Self { copy: data.join("restoring.sqlite3"), store: store_path(data) };
        staged.remove()?;
        fs::copy(from, &staged.copy)?;
        drop(open(&staged.copy)?);
        Ok(staged)
    }

    /// The copy.
    pub fn path(&self) -> &Path {
        &self.copy
    }

    /// Puts the copy in the place of the store, which is kept under another name, and gives that name.
    ///
    /// # Errors
    /// [`StorageError::Engine`] when a file cannot be renamed; what was renamed until then keeps its new name.
    pub fn replace_store(self, now_ms: u64) -> Result<Option<PathBuf>> {
        File::open(&self.copy)?.sync_all()?;
        let kept = self.store.with_file_name(format!("{STORE_FILE}.before-restore-{now_ms}"));
        let mut is_kept = false;
        // The log first: a store without its log is an older store, but a log without its store is nothing.
        for suffix in ["-wal", "-shm", ""] {
            let old = beside(&self.store, suffix);
            if old.exists() {
                fs::rename(&old, beside(&kept, suffix))?;
                is_kept = true;
            }
        }
        fs::rename(&self.copy, &self.store)?;
        sync_folder_of(&self.store)?;
        Ok(is_kept.then_some(kept))
    }

    fn remove(&self) -> Result<()> {
        ["", "-wal", "-shm"].iter().try_for_each(|suffix| remove_if_there(&beside(&self.copy, suffix)))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // What stays behind is removed before the next restore.
        let _ = self.remove();
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
