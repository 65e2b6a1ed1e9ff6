//! Blobs in memory, for tests and for what is thrown away.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use uuid::Uuid;
use wire::BlobId;

use super::{Appended, BlobStore, Finished, MOST_UPLOADS, Upload};
use crate::storage::Result;

/// Blobs that are gone when this is dropped.
#[derive(Debug, Default)]
pub struct MemoryBlobs(Mutex<Contents>);

#[derive(Debug, Default)]
struct Contents {
    blobs: BTreeMap<(Uuid, BlobId), Vec<u8>>,
    /// With the turn in which each was changed last.
    uploads: BTreeMap<Upload, (u64, Vec<u8>)>,
    turn: u64,
}

impl MemoryBlobs {
    fn kept(&self) -> MutexGuard<'_, Contents> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Contents {
    fn drop_oldest_of(&mut self, device: Uuid) {
        let of_device = self.uploads.iter().filter(|(upload, _)| upload.device == device);
        let (count, oldest) = (of_device.clone().count(), of_device.min_by_key(|(_, (turn, _))| *turn));
        if let Some(oldest) = oldest.map(|(upload, _)| *upload).filter(|_| count >= MOST_UPLOADS) {
            self.uploads.remove(&oldest);
        }
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl BlobStore for MemoryBlobs {
    fn uploaded(&self, upload: &Upload) -> Result<Option<u64>> {
        Ok(self.kept().uploads.get(upload).map(|(_, bytes)| length(bytes)))
    }

    fn append(&self, upload: &Upload, offset: u64, bytes: &[u8]) -> Result<Appended> {
        let mut kept = self.kept();
        let end = kept.uploads.get(upload).map_or(0, |(_, bytes)| length(bytes));
        if end != offset {
            return Ok(Appended::Elsewhere(end));
        }
        if !kept.uploads.contains_key(upload) {
            kept.drop_oldest_of(upload.device);
        }
        kept.turn += 1;
        let turn = kept.turn;
        let (changed, all) = kept.uploads.entry(*upload).or_default();
        *changed = turn;
        all.extend_from_slice(bytes);
        Ok(Appended::Now(length(all)))
    }

    fn finish(&self, upload: &Upload, total: u64) -> Result<Finished> {
        let mut kept = self.kept();
        let end = kept.uploads.get(upload).map_or(0, |(_, bytes)| length(bytes));
        if end != total || !kept.uploads.contains_key(upload) {
            return Ok(Finished::Elsewhere(end));
        }
        let (_, bytes) = kept.uploads.remove(upload).unwrap_or_default();
        if BlobId::of(&bytes) != upload.id {
            return Ok(Finished::Damaged);
        }
        kept.blobs.insert((upload.organisation, upload.id), bytes);
        Ok(Finished::Done)
    }

    fn put(&self, organisation: Uuid, bytes: &[u8]) -> Result<BlobId> {
        let id = BlobId::of(bytes);
        self.kept().blobs.insert((organisation, id), bytes.to_vec());
        Ok(id)
    }

    fn size(&self, organisation: Uuid, id: BlobId) -> Result<Option<u64>> {
        Ok(self.kept().blobs.get(&(organisation, id)).map(|bytes| length(bytes)))
    }

    fn read(&self, organisation: Uuid, id: BlobId, offset: u64, most: usize) -> Result<Option<Vec<u8>>> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let part = |bytes: &Vec<u8>| bytes.iter().skip(from).take(most).copied().collect();
        Ok(self.kept().blobs.get(&(organisation, id)).map(part))
    }

    fn is_sound(&self, organisation: Uuid, id: BlobId) -> Result<Option<bool>> {
        Ok(self.kept().blobs.get(&(organisation, id)).map(|bytes| BlobId::of(bytes) == id))
    }

    fn remove(&self, organisation: Uuid, id: BlobId) -> Result<()> {
        self.kept().blobs.remove(&(organisation, id));
        Ok(())
    }

    fn list(&self, organisation: Uuid) -> Result<Vec<BlobId>> {
        let kept = self.kept();
        let of_organisation = kept.blobs.keys().filter(|(whose, _)| *whose == organisation);
        Ok(of_organisation.map(|(_, id)| *id).collect())
    }
}
