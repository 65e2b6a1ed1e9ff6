//! Saving what a damaged store still holds into a new one.
//!
//! SQLite is asked first; what it cannot give is looked for page by page, in the file and in its log, without trusting anything
//! but the checksum of each state.
//! The new store is another replica that knows nothing of the server: it queues everything, reads the whole feed, and what the
//! server turns out to hold leaves the queue again.
//! The damaged store is only read.

mod finds;
mod pages;
mod raw;
mod sql;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use wire::BlobId;

use self::finds::{Finds, FoundRecord};
use crate::blobs::{BlobPlace, FileBlobs};
use crate::store::{FILE, RescuedContent, StoreError};
use crate::{Ports, Store};

/// What was saved, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SalvageReport {
    /// Records in the new store.
    pub records: u64,
    /// Those of them that the server had not acknowledged; they are first in the queue.
    pub unsent: u64,
    /// Records of which something is left, but no state that is whole.
    pub damaged: Vec<String>,
    /// Photos and scans in the new store.
    pub photos: u64,
    /// Photos and scans whose bytes are not those that their names promise.
    pub damaged_photos: u64,
    /// Whether the new store is enrolled where the old one was.
    pub is_enrolled: bool,
}

/// Saves what the store in `from` still holds into a new store in `to`.
///
/// # Errors
/// [`StoreError::NotEmpty`] when there is something in `to`; [`StoreError::Folder`] when there is no store in `from`, or one of
/// the folders cannot be used.
pub fn salvage(from: &Path, to: &Path, ports: Ports, app_version: &str) -> Result<SalvageReport, StoreError> {
    if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(StoreError::NotEmpty(to.to_owned()));
    }
    fs::metadata(from.join(FILE))?;
    fs::create_dir_all(to)?;
    let mut finds = Finds::default();
    let copy = Copy::make(from, to)?;
    if let Err(error) = sql::read(&copy.file, &mut finds) {
        tracing::info!(%error, "the file is read page by page");
    }
    raw::read(from, &mut finds)?;
    drop(copy);
    finds.damaged.retain(|id| !finds.records.contains_key(id));
    let store = Store::open(to, ports, app_version)?;
    let mut salvaged = SalvageReport {
        records: finds.records.len() as u64,
        unsent: finds.records.values().filter(|found| found.is_unsent).count() as u64,
        damaged: finds.damaged.iter().map(ToString::to_string).collect(),
        ..SalvageReport::default()
    };
    let (unsent, rest): (Vec<FoundRecord>, Vec<FoundRecord>) =
        finds.records.into_values().partition(|found| found.is_unsent);
    let records = unsent.into_iter().chain(rest).map(|found| found.record);
    store.take_in(RescuedContent {
        records: records.collect(),
        meta: finds.meta,
        drafts: finds.drafts,
        pending: finds.pending,
    })?;
    salvaged.is_enrolled = store.enrolment()?.is_some();
    take_photos(from, &store, &mut salvaged)?;
    store.index_waiting()?;
    store.fold_log()?;
    Ok(salvaged)
}

/// Puts the photos of one store into another.
fn take_photos(from: &Path, store: &Store, salvaged: &mut SalvageReport) -> Result<(), StoreError> {
    let folder = from.join(crate::store::BLOBS);
    let place = FileBlobs::new(folder.clone());
    for shard in fs::read_dir(&folder).into_iter().flatten().flatten() {
        for file in fs::read_dir(shard.path()).into_iter().flatten().flatten() {
            let name = file.file_name();
            let Some(id) = name.to_str().and_then(|name| name.parse::<BlobId>().ok()) else { continue };
            match place.read(id) {
                Ok(Some(bytes)) => {
                    store.put_blob(&bytes)?;
                    salvaged.photos += 1;
                }
                Ok(None) | Err(_) => salvaged.damaged_photos += 1,
            }
        }
    }
    Ok(())
}

/// A copy of the file and its log, for SQLite changes what it opens.
struct Copy {
    file: PathBuf,
}

impl Copy {
    fn make(from: &Path, to: &Path) -> Result<Self, StoreError> {
        let copy = Self { file: to.join("salvage.tmp") };
        fs::copy(from.join(FILE), &copy.file)?;
        let log = from.join(format!("{FILE}-wal"));
        if log.exists() {
            fs::copy(log, copy.beside("-wal"))?;
        }
        Ok(copy)
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.file.as_os_str().to_owned();
        name.push(suffix);
        name.into()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        for file in [self.file.clone(), self.beside("-wal"), self.beside("-shm")] {
            // What stays behind is a copy, and in nobody's way.
            drop(fs::remove_file(file));
        }
    }
}
