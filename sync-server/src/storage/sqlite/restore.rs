//! Putting a backup in the place of the store, so that a power cut at any moment leaves one of the two.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::connect::connect;
use super::files::{self, STORE_FILE, beside, remove_if_there, remove_with_logs, store_path, sync_folder_of};
use super::open;
use crate::storage::{Result, StorageError};

/// The name of the copy inside the data folder.
const STAGED_FILE: &str = "restoring.sqlite3";

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
    /// As [`open()`](super::open()), and [`StorageError::Foreign`] for a file that still has a log beside it, and so is
    /// not complete.
    pub fn copy(from: &Path, data: &Path) -> Result<Self> {
        if fs::metadata(beside(from, "-wal")).is_ok_and(|log| log.len() > 0) {
            let name = from.display();
            return Err(StorageError::Foreign(format!("{name} has a log beside it: it is a store in use, and")));
        }
        Self::take(&mut File::open(from)?, data)
    }

    /// As [`Staged::copy`], from the bytes of a backup.
    ///
    /// # Errors
    /// As [`open()`](super::open())
    pub fn take(from: &mut dyn Read, data: &Path) -> Result<Self> {
        let staged = Self { copy: data.join(STAGED_FILE), store: store_path(data) };
        remove_with_logs(&staged.copy)?;
        let mut copy = files::create_private(&staged.copy)?;
        std::io::copy(from, &mut copy)?;
        drop(copy);
        drop(open::open(&staged.copy)?);
        Ok(staged)
    }

    /// The copy.
    pub fn path(&self) -> &Path {
        &self.copy
    }

    /// Puts the copy in the place of the store, which is kept under another name, and gives that name.
    ///
    /// # Errors
    /// [`StorageError::Engine`] when another program has one of the files open, or a file cannot be written; the store
    /// is then the one that was there.
    pub fn replace_store(self, now_ms: u64) -> Result<Option<PathBuf>> {
        without_log(&self.copy)?;
        File::open(&self.copy)?.sync_all()?;
        let kept = self.keep_store(now_ms)?;
        sync_folder_of(&self.store)?;
        fs::rename(&self.copy, &self.store)?;
        sync_folder_of(&self.store)?;
        Ok(kept)
    }

    /// Gives the store a second name; under its own it stays until the copy takes its place.
    fn keep_store(&self, now_ms: u64) -> Result<Option<PathBuf>> {
        let kept = self.store.with_file_name(format!("{STORE_FILE}.before-restore-{now_ms}"));
        if !self.store.exists() {
            // What belongs to no store would be taken for a part of the copy.
            remove_with_logs(&self.store)?;
            return Ok(None);
        }
        let is_whole = match without_log(&self.store) {
            Ok(()) => true,
            Err(StorageError::Corrupt(_)) => false,
            Err(error) => return Err(error),
        };
        fs::hard_link(&self.store, &kept).or_else(|_| copy_durably(&self.store, &kept))?;
        if !is_whole {
            // A damaged store is kept as it is, with its log.
            for suffix in ["-journal", "-wal"] {
                let log = beside(&self.store, suffix);
                if log.exists() {
                    fs::rename(log, beside(&kept, suffix))?;
                }
            }
            remove_if_there(&beside(&self.store, "-shm"))?;
        }
        Ok(Some(kept))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // What stays behind is removed before the next restore.
        let _ = remove_with_logs(&self.copy);
    }
}

/// What a restore left in the data folder when it was cut off, if there is no store in it.
///
/// # Errors
/// [`StorageError::Engine`] when the folder cannot be read.
pub fn unfinished_restore(data: &Path) -> Result<Option<PathBuf>> {
    if store_path(data).exists() {
        return Ok(None);
    }
    let kept = format!("{STORE_FILE}.before-restore-");
    for file in fs::read_dir(data)? {
        let file = file?;
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name == STAGED_FILE || name.starts_with(&kept) {
            return Ok(Some(file.path()));
        }
    }
    Ok(None)
}

/// Takes all that the log of a database holds into its file, so that the file alone is the database.
fn without_log(path: &Path) -> Result<()> {
    let in_use = || StorageError::Engine(format!("another program has {} open", path.display()).into());
    let connection = connect(path)?;
    let is_busy: bool = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
    if is_busy {
        return Err(in_use());
    }
    let mode: String = connection.query_row("pragma journal_mode = delete", [], |row| row.get(0))?;
    connection.close().map_err(|(_, error)| error)?;
    if mode != "delete" || ["-journal", "-wal"].iter().any(|suffix| beside(path, suffix).exists()) {
        return Err(in_use());
    }
    Ok(())
}

/// For disks that know no second names.
fn copy_durably(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(from, to)?;
    File::open(to)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::sqlite::{SqliteStorage, copy_online};
    use crate::storage::{NOBODYS, Storage};

    fn write(store: &SqliteStorage, offset: i64) {
        let mut txn = store.write(NOBODYS).expect("a transaction");
        txn.set_clock_offset_ms(offset).expect("a change");
        txn.commit().expect("a commit");
    }

    fn offset(file: &Path) -> i64 {
        let store = open::open(file).expect("a store");
        store.read().expect("a transaction").clock_offset_ms().expect("a number")
    }

    /// A backup that holds 1, and a data folder as a kill left it: the store holds 1, and its log 2.
    fn killed(folder: &Path) -> (PathBuf, PathBuf) {
        let (lived, data, backup) = (folder.join("lived"), folder.join("data"), folder.join("backup"));
        fs::create_dir_all(&lived).expect("a folder");
        fs::create_dir_all(&data).expect("a folder");
        let store = open::create(&store_path(&lived)).expect("a store");
        write(&store, 1);
        copy_online(&store_path(&lived), &backup).expect("a backup");
        write(&store, 2);
        for suffix in ["", "-wal"] {
            let from = beside(&store_path(&lived), suffix);
            fs::copy(from, beside(&store_path(&data), suffix)).expect("a copy");
        }
        (data, backup)
    }

    #[test]
    fn a_restore_that_is_cut_off_leaves_the_whole_store_in_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, backup) = killed(folder.path());
        let staged = Staged::copy(&backup, &data).expect("a copy");
        let kept = staged.keep_store(5).expect("works").expect("there was a store");
        assert!(!beside(&store_path(&data), "-wal").exists(), "nothing is in a log any more");
        assert_eq!(offset(&store_path(&data)), 2);
        assert_eq!(offset(&kept), 2);
    }

    #[test]
    fn a_restore_keeps_what_was_acknowledged_before_a_kill() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, backup) = killed(folder.path());
        let kept = Staged::copy(&backup, &data).expect("a copy").replace_store(5).expect("works");
        let kept = kept.expect("there was a store");
        let mut names: Vec<_> = fs::read_dir(&data).expect("the folder").map(|f| f.expect("a file").path()).collect();
        names.sort();
        assert_eq!(names, [store_path(&data), kept.clone()]);
        assert_eq!((offset(&store_path(&data)), offset(&kept)), (1, 2));
    }

    #[test]
    fn a_damaged_store_is_replaced_and_kept_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, backup) = killed(folder.path());
        fs::remove_file(beside(&store_path(&data), "-wal")).expect("the log would mend it");
        fs::write(store_path(&data), [7; 9_000]).expect("damage");
        let kept = Staged::copy(&backup, &data).expect("a copy").replace_store(5).expect("works");
        assert!(fs::read(kept.expect("there was a file")).expect("is kept") == [7; 9_000], "it is kept as it was");
        assert_eq!(offset(&store_path(&data)), 1);
    }

    #[test]
    fn a_store_that_another_program_has_open_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, backup) = killed(folder.path());
        let other = open::open(&store_path(&data)).expect("the store");
        drop(other.read().expect("a transaction"));
        let staged = Staged::copy(&backup, &data).expect("a copy");
        assert!(matches!(staged.replace_store(5), Err(StorageError::Engine(_))));
        drop(other);
        assert_eq!(offset(&store_path(&data)), 2);
    }

    #[test]
    fn a_restore_that_was_cut_off_without_a_store_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path();
        assert_eq!(unfinished_restore(data).expect("works"), None);
        for name in [STAGED_FILE, "rounds.sqlite3.before-restore-5"] {
            let left = data.join(name);
            fs::write(&left, "x").expect("a file");
            assert_eq!(unfinished_restore(data).expect("works"), Some(left.clone()));
            fs::remove_file(left).expect("the file");
        }
    }
}
