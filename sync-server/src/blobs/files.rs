//! Blobs as files: `blobs/<organisation>/<first two digits>/<sha256>`, and what is still being sent in
//! `blobs/<organisation>/uploads/<device>/<sha256>`.
//!
//! An upload becomes a blob by being renamed, after its bytes are on the disk and their digest was found right.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::BlobId;

use super::{Appended, BlobStore, Finished, MOST_UPLOADS, Upload};
use crate::storage::Result;

/// The name of the folder inside an organisation's that holds what is still being sent.
const UPLOADS: &str = "uploads";
/// An upload of which nothing has come for so long is removed; the device begins anew if it ever comes back.
const GIVEN_UP: Duration = Duration::from_secs(30 * 86_400);
/// Bytes that are read at once.
const CHUNK: usize = 256 << 10;
/// Locks for changing uploads; the digest chooses which.
const LOCKS: usize = 32;

/// The folder of blobs inside the data folder `data`.
pub fn blob_folder(data: &Path) -> PathBuf {
    data.join("blobs")
}

/// Blobs in a folder, which is made with the first of them.
#[derive(Debug)]
pub struct FileBlobs {
    folder: PathBuf,
    locks: [Mutex<()>; LOCKS],
}

impl FileBlobs {
    /// The blobs in `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), locks: Default::default() }
    }

    /// Removes the uploads that were given up; how many there were.
    ///
    /// # Errors
    /// [`StorageError`](crate::storage::StorageError) when the folder cannot be read.
    pub fn sweep_uploads(&self) -> Result<usize> {
        let now = SystemTime::now();
        let mut swept = 0;
        for organisation in entries(&self.folder)? {
            for device in entries(&organisation.join(UPLOADS))? {
                for upload in entries(&device)? {
                    let is_old = age(&upload, now).is_some_and(|age| age > GIVEN_UP);
                    swept += usize::from(is_old && fs::remove_file(upload).is_ok());
                }
            }
        }
        Ok(swept)
    }

    fn lock(&self, id: BlobId) -> MutexGuard<'_, ()> {
        self.locks[usize::from(id.0[31]) % LOCKS].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn blob(&self, organisation: Uuid, id: BlobId) -> PathBuf {
        let name = id.to_string();
        self.folder.join(organisation.to_string()).join(&name[..2]).join(name)
    }

    fn uploads(&self, organisation: Uuid, device: Uuid) -> PathBuf {
        self.folder.join(organisation.to_string()).join(UPLOADS).join(device.to_string())
    }

    fn upload(&self, upload: &Upload) -> PathBuf {
        self.uploads(upload.organisation, upload.device).join(upload.id.to_string())
    }

    fn begin(&self, upload: &Upload) -> io::Result<File> {
        let folder = self.uploads(upload.organisation, upload.device);
        create_folders(&folder)?;
        let mut others = entries(&folder)?;
        if others.len() >= MOST_UPLOADS {
            let now = SystemTime::now();
            others.sort_by_key(|path| age(path, now));
            // Should it not go, there is one more than there should be.
            others.last().map(fs::remove_file);
        }
        private().write(true).create(true).truncate(false).open(self.upload(upload))
    }

    /// Gives a durable file, by `rename`, the name of a blob.
    fn place(&self, organisation: Uuid, id: BlobId, rename: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
        let target = self.blob(organisation, id);
        let folder = target.parent().unwrap_or(&self.folder);
        create_folders(folder)?;
        rename(&target)?;
        sync_folder(folder)
    }
}

impl BlobStore for FileBlobs {
    fn uploaded(&self, upload: &Upload) -> Result<Option<u64>> {
        Ok(length_of(&self.upload(upload))?)
    }

    fn append(&self, upload: &Upload, offset: u64, bytes: &[u8]) -> Result<Appended> {
        let _lock = self.lock(upload.id);
        let end = length_of(&self.upload(upload))?;
        if end.unwrap_or(0) != offset {
            return Ok(Appended::Elsewhere(end.unwrap_or(0)));
        }
        let mut file = match end {
            Some(_) => OpenOptions::new().write(true).open(self.upload(upload))?,
            None => self.begin(upload)?,
        };
        let written = file.seek(SeekFrom::Start(offset)).and_then(|_| file.write_all(bytes));
        if let Err(error) = written {
            // What was written of the part has not been promised to anybody.
            let _ = file.set_len(offset);
            return Err(error.into());
        }
        Ok(Appended::Now(offset + u64::try_from(bytes.len()).unwrap_or(u64::MAX)))
    }

    fn finish(&self, upload: &Upload, length: u64) -> Result<Finished> {
        let _lock = self.lock(upload.id);
        let path = self.upload(upload);
        let end = length_of(&path)?;
        if end != Some(length) {
            return Ok(Finished::Elsewhere(end.unwrap_or(0)));
        }
        if digest_of(&path)? != Some(upload.id) {
            fs::remove_file(&path)?;
            return Ok(Finished::Damaged);
        }
        OpenOptions::new().write(true).open(&path)?.sync_all()?;
        self.place(upload.organisation, upload.id, |target| fs::rename(&path, target))?;
        Ok(Finished::Done)
    }

    fn put(&self, organisation: Uuid, bytes: &[u8]) -> Result<BlobId> {
        let id = BlobId::of(bytes);
        // A device of no number: its uploads are never gone on with.
        let folder = self.uploads(organisation, Uuid::nil());
        create_folders(&folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        self.place(organisation, id, |target| file.persist(target).map(drop).map_err(|error| error.error))?;
        Ok(id)
    }

    fn size(&self, organisation: Uuid, id: BlobId) -> Result<Option<u64>> {
        Ok(length_of(&self.blob(organisation, id))?)
    }

    fn read(&self, organisation: Uuid, id: BlobId, offset: u64, length: usize) -> Result<Option<Vec<u8>>> {
        let Some(mut file) = open(&self.blob(organisation, id))? else { return Ok(None) };
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn is_sound(&self, organisation: Uuid, id: BlobId) -> Result<Option<bool>> {
        Ok(digest_of(&self.blob(organisation, id))?.map(|digest| digest == id))
    }

    fn remove(&self, organisation: Uuid, id: BlobId) -> Result<()> {
        match fs::remove_file(self.blob(organisation, id)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn list(&self, organisation: Uuid) -> Result<Vec<BlobId>> {
        let mut found = Vec::new();
        for folder in entries(&self.folder.join(organisation.to_string()))? {
            if folder.file_name().is_some_and(|name| name == UPLOADS) {
                continue;
            }
            for path in entries(&folder)? {
                let id = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
                // What lies elsewhere than its name says is none of ours.
                found.extend(id.filter(|id| self.blob(organisation, *id) == path));
            }
        }
        found.sort_unstable();
        Ok(found)
    }
}

/// Photos show people: only the owner of the server reads them, whatever the folder allows.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder and those above it, with names that survive a power cut.
fn create_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    above.map_or(Ok(()), create_folders)?;
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => above.map_or(Ok(()), sync_folder),
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// What is in a folder; nothing when there is none, or when it is no folder.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(all) => all.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn age(path: &Path, now: SystemTime) -> Option<Duration> {
    let changed = fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
    Some(now.duration_since(changed).unwrap_or_default())
}

fn open(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn length_of(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn digest_of(path: &Path) -> io::Result<Option<BlobId>> {
    let Some(mut file) = open(path)? else { return Ok(None) };
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; CHUNK]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(Some(BlobId(hasher.finalize().into()))),
            read => hasher.update(&buffer[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_that_were_given_up_are_swept_and_others_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = FileBlobs::new(folder.path());
        assert_eq!(blobs.sweep_uploads().expect("works"), 0);
        let upload = |text: &str| Upload {
            organisation: Uuid::from_u128(1),
            device: Uuid::from_u128(2),
            id: BlobId::of(text.as_bytes()),
        };
        for text in ["old", "new"] {
            blobs.append(&upload(text), 0, b"x").expect("a part");
        }
        let old = File::options().write(true).open(blobs.upload(&upload("old"))).expect("the file");
        old.set_modified(SystemTime::now() - GIVEN_UP - Duration::from_secs(60)).expect("a time");
        assert_eq!(blobs.sweep_uploads().expect("works"), 1);
        let left = ["old", "new"].map(|text| blobs.uploaded(&upload(text)).expect("works"));
        assert_eq!(left, [None, Some(1)]);
    }

    #[cfg(unix)]
    #[test]
    fn photos_are_for_the_owner_of_the_server_alone() {
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = FileBlobs::new(blob_folder(folder.path()));
        let organisation = Uuid::from_u128(1);
        let id = blobs.put(organisation, b"photo").expect("a blob");
        let path = blobs.blob(organisation, id);
        assert_eq!(path.metadata().expect("its mode").mode() & 0o777, 0o600);
        assert_eq!(blob_folder(folder.path()).metadata().expect("its mode").mode() & 0o777, 0o700);
    }

    #[test]
    fn what_is_no_blob_is_not_listed() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = FileBlobs::new(folder.path());
        let organisation = Uuid::from_u128(1);
        let id = blobs.put(organisation, b"photo").expect("a blob");
        let own = folder.path().join(organisation.to_string());
        fs::write(own.join("note"), "x").expect("a file");
        fs::create_dir_all(own.join("zz")).expect("a folder");
        fs::write(own.join("zz").join(id.to_string()), "photo").expect("a file");
        assert_eq!(blobs.list(organisation).expect("works"), [id]);
    }
}
