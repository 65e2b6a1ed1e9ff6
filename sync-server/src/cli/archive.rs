//! The form of a backup: a tar file with the store, the photos, and at its end a word that it is whole.
//!
//! `rounds.sqlite3`, then `blobs/<organisation>/<sha256>`, then `complete.json` with the digest of the store and the number
//! of photos. Backups of the first release are the store alone.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tar::{Archive, Builder, Entry, Header};
use uuid::Uuid;
use wire::{BlobId, MAX_BLOB_BYTES};

use super::error::CommandError;
use super::store::OpenStore;
use crate::blobs::BlobStore;
use crate::storage::sqlite::{STORE_FILE, Staged, create_private};
use crate::storage::{Result as StorageResult, StorageError};

/// How a file of SQLite begins.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";
/// The last file of an archive.
const COMPLETE: &str = "complete.json";
/// The most that stands in it.
const MAX_COMPLETE: u64 = 4096;
const BUFFER: usize = 256 << 10;

/// How many photos a backup holds, and how many it should hold besides.
pub(super) struct Counted {
    pub(super) blobs: u64,
    pub(super) missing: u64,
}

#[derive(Serialize, Deserialize)]
struct Complete {
    store_sha256: String,
    blobs: u64,
}

/// Writes the archive of a copy of the store and of all photos that it knows, durably, into the new file `to`.
///
/// Photos that are lost are left out: a backup without them is better than none.
pub(super) fn write(store: &OpenStore, copy: &Path, to: &Path) -> Result<Counted, CommandError> {
    let mut tar = Builder::new(BufWriter::with_capacity(BUFFER, create_private(to)?));
    let length = std::fs::metadata(copy)?.len();
    let mut bytes = Hashing { inner: File::open(copy)?, hasher: Sha256::new() };
    tar.append_data(&mut header(length), STORE_FILE, &mut bytes)?;
    let store_sha256 = hex(bytes.hasher);
    let mut counted = Counted { blobs: 0, missing: 0 };
    // Rows never go away, so those of now include those of the copy.
    for organisation in store.read(|txn| txn.organisations())? {
        for row in store.read(|txn| txn.blobs(organisation.id))? {
            let bytes = store.blobs.read(organisation.id, row.id, 0, MAX_BLOB_BYTES + 1)?;
            match bytes.filter(|bytes| BlobId::of(bytes) == row.id) {
                Some(bytes) => {
                    let name = format!("blobs/{}/{}", organisation.id, row.id);
                    tar.append_data(&mut header(row.bytes), name, bytes.as_slice())?;
                    counted.blobs += 1;
                }
                None => counted.missing += 1,
            }
        }
    }
    let complete = Complete { store_sha256, blobs: counted.blobs };
    let complete = serde_json::to_vec(&complete).expect("it has string keys only");
    let length = u64::try_from(complete.len()).unwrap_or(u64::MAX);
    tar.append_data(&mut header(length), COMPLETE, complete.as_slice())?;
    let mut file = tar.into_inner()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(counted)
}

fn header(length: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    header
}

/// Hashes what is read through it.
struct Hashing<R> {
    inner: R,
    hasher: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        Ok(read)
    }
}

fn hex(hasher: Sha256) -> String {
    BlobId(hasher.finalize().into()).to_string()
}

/// Whether a backup is an archive; otherwise it is a store, or nothing of ours.
pub(super) fn is_archive(path: &Path) -> Result<bool, CommandError> {
    let mut start = Vec::new();
    File::open(path)?.take(262).read_to_end(&mut start)?;
    Ok(!start.starts_with(SQLITE) && start.ends_with(b"ustar"))
}

/// Verifies all of an archive, and gives the copy of its store beside the one in the folder `data`.
pub(super) fn verify(path: &Path, data: &Path) -> Result<Staged, CommandError> {
    let mut found = Verified { data, staged: None, blobs: 0, complete: None };
    walk(path, &mut |name, entry| found.look(name, entry))?;
    let Verified { staged: Some((staged, digest)), blobs, complete: Some(complete), .. } = found else {
        return Err(damaged("it ends too early").into());
    };
    match (complete.store_sha256 == digest, complete.blobs == blobs) {
        (true, true) => Ok(staged),
        (false, _) => Err(damaged("its store is not the one that was written").into()),
        (true, false) => Err(damaged("it does not hold as many photos as were written").into()),
    }
}

struct Verified<'a> {
    data: &'a Path,
    staged: Option<(Staged, String)>,
    blobs: u64,
    complete: Option<Complete>,
}

impl Verified<'_> {
    fn look(&mut self, name: &str, entry: &mut dyn Read) -> StorageResult<()> {
        match (&self.staged, name) {
            (None, STORE_FILE) => {
                let mut bytes = Hashing { inner: entry, hasher: Sha256::new() };
                let staged = Staged::take(&mut bytes, self.data)?;
                self.staged = Some((staged, hex(bytes.hasher)));
            }
            (Some(_), COMPLETE) => {
                let mut text = Vec::new();
                entry.take(MAX_COMPLETE).read_to_end(&mut text)?;
                self.complete =
                    Some(serde_json::from_slice(&text).map_err(|error| StorageError::Corrupt(error.into()))?);
            }
            _ => {
                read_blob(name, entry)?;
                self.blobs += 1;
            }
        }
        Ok(())
    }
}

/// Puts the photos of an archive into `blobs`, but for those that are there; how many it holds.
pub(super) fn put_blobs(path: &Path, blobs: &dyn BlobStore) -> Result<u64, CommandError> {
    let mut count = 0;
    if !is_archive(path)? {
        return Ok(count);
    }
    walk(path, &mut |name, entry| {
        if name == STORE_FILE || name == COMPLETE {
            return Ok(());
        }
        let (organisation, id, bytes) = read_blob(name, entry)?;
        if blobs.is_sound(organisation, id)? != Some(true) {
            blobs.put(organisation, &bytes)?;
        }
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

/// The photo in an entry, after making sure that it is the one of the entry's name.
fn read_blob(name: &str, entry: &mut dyn Read) -> StorageResult<(Uuid, BlobId, Vec<u8>)> {
    let mut parts = name.strip_prefix("blobs/").unwrap_or_default().split('/');
    let organisation = parts.next().and_then(|part| part.parse::<Uuid>().ok());
    let id = parts.next().and_then(|part| part.parse::<BlobId>().ok()).filter(|_| parts.next().is_none());
    let (Some(organisation), Some(id)) = (organisation, id) else { return Err(damaged("it holds something else")) };
    let mut bytes = Vec::new();
    entry.take(u64::try_from(MAX_BLOB_BYTES + 1).unwrap_or(u64::MAX)).read_to_end(&mut bytes).map_err(unreadable)?;
    if BlobId::of(&bytes) != id {
        return Err(damaged("a photo is not the one that was written"));
    }
    Ok((organisation, id, bytes))
}

/// Shows every file of an archive.
fn walk(path: &Path, visit: &mut dyn FnMut(&str, &mut dyn Read) -> StorageResult<()>) -> Result<(), CommandError> {
    let mut archive = Archive::new(BufReader::with_capacity(BUFFER, File::open(path)?));
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry: Entry<'_, _> = entry.map_err(unreadable)?;
        let name = entry.path_bytes().into_owned();
        let name = String::from_utf8(name).map_err(|error| StorageError::Corrupt(error.into()))?;
        visit(&name, &mut entry)?;
    }
    Ok(())
}

fn damaged(why: &str) -> StorageError {
    StorageError::Corrupt(format!("the backup is damaged: {why}").into())
}

/// What does not read as an archive, or ends in the middle.
fn unreadable(error: std::io::Error) -> StorageError {
    StorageError::Corrupt(Box::new(error))
}
