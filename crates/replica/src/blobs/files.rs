//! Blobs as files in a folder: `ab/ab12…`, written aside and moved into place.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use wire::{BlobId, MAX_BLOB_BYTES};

use super::BlobPlace;

/// Where files are written before they have their name.
const ASIDE: &str = "tmp";
/// A file that was left aside for so long belongs to a process that died.
const STALE: Duration = Duration::from_secs(24 * 3_600);

/// Tells apart the files that one process writes at one moment.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A folder of blobs.
///
/// Several processes may share one: a file gets its name only when all of it is on disk.
#[derive(Debug)]
pub struct FileBlobs {
    folder: PathBuf,
}

impl FileBlobs {
    /// The blobs in `folder`, which is made with the first of them.
    ///
    /// What dead processes have left half written is removed.
    pub fn new(folder: PathBuf) -> Self {
        let blobs = Self { folder };
        blobs.remove_stale();
        blobs
    }

    fn shard(&self, id: BlobId) -> PathBuf {
        self.folder.join(format!("{:02x}", id.0[0]))
    }

    fn path(&self, id: BlobId) -> PathBuf {
        self.shard(id).join(id.to_string())
    }

    /// Writes the bytes aside, and gives the file its name when they are on disk.
    fn write(&self, id: BlobId, bytes: &[u8]) -> io::Result<()> {
        let (aside, shard) = (self.folder.join(ASIDE), self.shard(id));
        fs::create_dir_all(&aside)?;
        fs::create_dir_all(&shard)?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let unfinished = aside.join(format!("{}-{number}-{id}", std::process::id()));
        let written = write_whole(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, self.path(id)));
        if written.is_err() {
            // What is left aside is in nobody's way, and is removed one day.
            drop(fs::remove_file(&unfinished));
        }
        written?;
        sync_folder(&shard)?;
        sync_folder(&self.folder)
    }

    fn remove_stale(&self) {
        let Ok(entries) = fs::read_dir(self.folder.join(ASIDE)) else { return };
        for entry in entries.flatten() {
            let age = entry.metadata().and_then(|metadata| metadata.modified()).map(|modified| modified.elapsed());
            if age.is_ok_and(|age| age.is_ok_and(|age| age > STALE)) {
                drop(fs::remove_file(entry.path()));
            }
        }
    }
}

impl BlobPlace for FileBlobs {
    fn put(&self, bytes: &[u8]) -> io::Result<BlobId> {
        if bytes.len() > MAX_BLOB_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the blob is larger than a blob may be"));
        }
        let id = BlobId::of(bytes);
        if self.read(id)?.is_none() {
            self.write(id, bytes)?;
        }
        Ok(id)
    }

    fn read(&self, id: BlobId) -> io::Result<Option<Vec<u8>>> {
        let path = self.path(id);
        let Some(length) = length(&path)? else { return Ok(None) };
        if length > MAX_BLOB_BYTES as u64 {
            return Ok(None);
        }
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes).filter(|bytes| BlobId::of(bytes) == id)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn has(&self, id: BlobId) -> io::Result<bool> {
        Ok(length(&self.path(id))?.is_some())
    }

    fn remove(&self, id: BlobId) -> io::Result<()> {
        match fs::remove_file(self.path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// How long a file is; none when there is no such file.
fn length(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.is_file().then_some(metadata.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new name is on disk when its folder is; only Unix lets a folder be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_place() -> (tempfile::TempDir, FileBlobs) {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = FileBlobs::new(folder.path().join("blobs"));
        (folder, blobs)
    }

    #[test]
    fn what_was_put_is_read_again() {
        let (_folder, blobs) = a_place();
        let id = blobs.put("照片".as_bytes()).expect("it is put");
        assert_eq!(id, BlobId::of("照片".as_bytes()));
        assert_eq!(blobs.put("照片".as_bytes()).expect("it is put twice"), id);
        assert_eq!(blobs.read(id).expect("it reads").as_deref(), Some("照片".as_bytes()));
        assert!(blobs.has(id).expect("it is found out"));
        let none = BlobId::of(b"another");
        assert_eq!(blobs.read(none).expect("it reads"), None);
        assert!(!blobs.has(none).expect("it is found out"));
    }

    #[test]
    fn a_damaged_blob_is_none_until_it_is_put_again() {
        let (_folder, blobs) = a_place();
        let id = blobs.put(b"whole").expect("it is put");
        for damaged in [&b"whol"[..], b"whole!", b"", b"while"] {
            fs::write(blobs.path(id), damaged).expect("the file is written");
            assert_eq!(blobs.read(id).expect("it reads"), None, "{damaged:?}");
        }
        blobs.put(b"whole").expect("it is put again");
        assert_eq!(blobs.read(id).expect("it reads").as_deref(), Some(&b"whole"[..]));
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let (folder, blobs) = a_place();
        let error = blobs.put(&vec![0; MAX_BLOB_BYTES + 1]).expect_err("it is too large");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(!folder.path().join("blobs").exists());
    }

    #[test]
    fn a_write_that_fails_leaves_nothing() {
        let (_folder, blobs) = a_place();
        let id = BlobId::of(b"x");
        // A folder in its place keeps the file from getting its name.
        fs::create_dir_all(blobs.path(id).join("inside")).expect("the folder is made");
        blobs.put(b"x").expect_err("it cannot get its name");
        let left = fs::read_dir(blobs.folder.join(ASIDE)).expect("the folder reads").count();
        assert_eq!(left, 0);
    }

    #[test]
    fn one_blob_put_by_many_at_once_is_whole() {
        let (_folder, blobs) = a_place();
        let bytes = vec![7; 300_000];
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| blobs.put(&bytes).expect("it is put"));
            }
        });
        assert_eq!(blobs.read(BlobId::of(&bytes)).expect("it reads"), Some(bytes));
    }
}
