//! Blobs: who may read and send them, and what counts as acknowledged.
//!
//! A blob is acknowledged by its row in the store, which is written after its bytes are durable.
//! A device that may not read a blob is told nothing of it: it sends all bytes, and by that shows that it has them.

use std::collections::BTreeSet;

use tokio::sync::broadcast;
use uuid::Uuid;
use wire::{BlobId, BlobProgress, MAX_BLOB_BYTES};

use super::{Hub, HubError, Refusal};
use crate::blobs::{Appended, BlobStore, Finished, Upload};
use crate::storage::{BlobReference, BlobRow, DeviceRow, ReadTxn, Result as StorageResult, WriteTxn};

/// Why a part of a blob is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlobRefusal {
    /// The device is not served.
    Device(Refusal),
    /// The upload ends at this offset, and the part does not begin there.
    Offset(u64),
    /// The bytes are not those of the name; the upload was dropped.
    Digest,
    /// The blob would be larger than [`MAX_BLOB_BYTES`].
    TooLarge,
    /// The part would end beyond the length that the blob is to have.
    BeyondItsEnd,
}

/// Where the next part of an upload goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadPlace {
    /// Nowhere: all bytes are here.
    Complete,
    /// At the end of this upload.
    End(Upload),
}

type Taken<T> = Result<Result<T, BlobRefusal>, HubError>;

impl Hub {
    /// How much of a blob is here, as far as `device` may know; nothing when it has sent nothing, or may not read it.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn blob_progress(&self, device: &DeviceRow, id: BlobId) -> Result<Option<BlobProgress>, HubError> {
        if let Some(offset) = self.blob_size(device, id)? {
            return Ok(Some(BlobProgress { offset, complete: true }));
        }
        let begun = self.0.blobs.uploaded(&upload_of(device, id))?;
        Ok(begun.map(|offset| BlobProgress { offset, complete: false }))
    }

    /// How many bytes a blob has; nothing when `device` may not read it, or they are not all here.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn blob_size(&self, device: &DeviceRow, id: BlobId) -> Result<Option<u64>, HubError> {
        let Some(row) = self.read(|txn| readable(txn, device, id))? else { return Ok(None) };
        // A file that was lost may be sent again.
        let size = self.0.blobs.size(device.organisation, id)?;
        if size != Some(row.bytes) {
            tracing::error!(blob = %id, organisation = %device.organisation, "the bytes of a blob are lost");
        }
        Ok(size.filter(|size| *size == row.bytes))
    }

    /// A part of a blob; nothing when `device` may not read it, or it is not all here.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn read_blob_part(
        &self,
        device: &DeviceRow,
        id: BlobId,
        offset: u64,
        length: usize,
    ) -> Result<Option<Vec<u8>>, HubError> {
        match self.blob_size(device, id)? {
            None => Ok(None),
            Some(_) => Ok(self.0.blobs.read(device.organisation, id, offset, length)?),
        }
    }

    /// All bytes of a blob, found to be those of its name; nothing when `device` may not read it, or it is not here.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn read_blob(&self, device: &DeviceRow, id: BlobId) -> Result<Option<Vec<u8>>, HubError> {
        let bytes = self.read_blob_part(device, id, 0, usize::MAX)?;
        Ok(bytes.filter(|bytes| BlobId::of(bytes) == id))
    }

    /// Keeps a blob that is here as a whole, and acknowledges it.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn put_blob(&self, device: &DeviceRow, bytes: &[u8]) -> Taken<BlobId> {
        let length = length(bytes);
        if length > max_bytes() {
            return Ok(Err(BlobRefusal::TooLarge));
        }
        let id = self.0.blobs.put(device.organisation, bytes)?;
        Ok(self.acknowledge(&upload_of(device, id), length)?.map(|()| id))
    }

    /// Where a part of a blob of `total` bytes goes that begins at `offset`.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn place_upload(&self, device: &DeviceRow, id: BlobId, offset: u64, total: u64) -> Taken<UploadPlace> {
        if total > max_bytes() {
            return Ok(Err(BlobRefusal::TooLarge));
        }
        if let Some(size) = self.blob_size(device, id)? {
            return Ok(match offset == size {
                true if total == size => Ok(UploadPlace::Complete),
                true => Err(BlobRefusal::BeyondItsEnd),
                false => Err(BlobRefusal::Offset(size)),
            });
        }
        let upload = upload_of(device, id);
        let end = self.0.blobs.uploaded(&upload)?.unwrap_or(0);
        Ok(if end == offset { Ok(UploadPlace::End(upload)) } else { Err(BlobRefusal::Offset(end)) })
    }

    /// Adds bytes to an upload, and gives its new end.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn append_upload(&self, upload: &Upload, offset: u64, bytes: &[u8]) -> Taken<u64> {
        if offset.saturating_add(length(bytes)) > max_bytes() {
            return Ok(Err(BlobRefusal::TooLarge));
        }
        Ok(match self.0.blobs.append(upload, offset, bytes)? {
            Appended::Now(end) => Ok(end),
            Appended::Elsewhere(end) => Err(BlobRefusal::Offset(end)),
        })
    }

    /// Acknowledges a blob whose last byte has come, if its bytes are those of its name.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn finish_upload(&self, upload: &Upload, total: u64) -> Taken<()> {
        match self.0.blobs.finish(upload, total)? {
            Finished::Elsewhere(end) => Ok(Err(BlobRefusal::Offset(end))),
            Finished::Damaged => Ok(Err(BlobRefusal::Digest)),
            Finished::Done => self.acknowledge(upload, total),
        }
    }

    /// Takes a part of a blob of `total` bytes, and gives where the next one begins.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn send_blob(&self, device: &DeviceRow, id: BlobId, offset: u64, total: u64, bytes: &[u8]) -> Taken<u64> {
        if offset.saturating_add(length(bytes)) > total {
            return Ok(Err(BlobRefusal::BeyondItsEnd));
        }
        let upload = match self.place_upload(device, id, offset, total)? {
            Ok(UploadPlace::End(upload)) => upload,
            Ok(UploadPlace::Complete) => return Ok(Ok(offset)),
            Err(refusal) => return Ok(Err(refusal)),
        };
        let end = match self.append_upload(&upload, offset, bytes)? {
            Ok(end) => end,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if end == total {
            return Ok(self.finish_upload(&upload, total)?.map(|()| end));
        }
        Ok(Ok(end))
    }

    fn acknowledge(&self, upload: &Upload, bytes: u64) -> Taken<()> {
        let Upload { organisation, device, id } = *upload;
        let clock = self.0.clock.clone();
        let taken = self.0.writer.call_blocking(organisation, move |txn| {
            match txn.device(device)? {
                None => return Ok(Err(BlobRefusal::Device(Refusal::Unauthorised))),
                Some(device) if device.revoked_at.is_some() => {
                    return Ok(Err(BlobRefusal::Device(Refusal::DeviceRevoked)));
                }
                Some(_) => {}
            }
            txn.put_blob(organisation, &BlobRow { id, bytes, completed_at: clock.now_ms() }, Some(device))?;
            Ok(Ok(()))
        })?;
        if taken.is_ok() {
            // Nobody need be listening.
            let _ = self.0.arrivals.send((organisation, id));
        }
        Ok(taken)
    }

    /// Each blob that becomes whole from now on, with its organisation; a listener that lags loses the oldest.
    pub fn arrivals(&self) -> broadcast::Receiver<(Uuid, BlobId)> {
        self.0.arrivals.subscribe()
    }
}

fn upload_of(device: &DeviceRow, id: BlobId) -> Upload {
    Upload { organisation: device.organisation, device: device.id, id }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn max_bytes() -> u64 {
    u64::try_from(MAX_BLOB_BYTES).unwrap_or(u64::MAX)
}

/// A blob that `device` sent itself, or that a record names which it may read.
fn readable(txn: &dyn ReadTxn, device: &DeviceRow, id: BlobId) -> StorageResult<Option<BlobRow>> {
    let organisation = device.organisation;
    let Some(row) = txn.blob(organisation, id)? else { return Ok(None) };
    let may_read = txn.is_blob_uploader(organisation, id, device.id)?
        || txn.is_blob_named(organisation, id, device.scopes.as_deref())?;
    Ok(may_read.then_some(row))
}

/// What an examination of an organisation's blobs found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlobFindings {
    /// Blobs that were acknowledged, and are lost or damaged.
    pub faults: Vec<String>,
    /// Their names.
    pub lost: Vec<BlobId>,
    /// Blobs that records name, and that have not come yet: tablets still owe them.
    pub awaited: Vec<String>,
}

/// Compares what was acknowledged and what records name with the bytes that are there.
///
/// The rows are read before: no transaction is open while the bytes of years are.
///
/// # Errors
/// [`StorageError`](crate::storage::StorageError)
pub fn examine_blobs(
    rows: &[BlobRow],
    references: &[BlobReference],
    blobs: &dyn BlobStore,
    organisation: Uuid,
) -> StorageResult<BlobFindings> {
    let mut found = BlobFindings::default();
    for row in rows {
        let what = match blobs.is_sound(organisation, row.id)? {
            Some(true) => continue,
            Some(false) => "its bytes are not those of its name",
            None => "its bytes are lost",
        };
        found.faults.push(format!("blob {}: {what}", row.id));
        found.lost.push(row.id);
    }
    for reference in references.iter().filter(|reference| !reference.is_complete) {
        found.awaited.push(format!("record {}: blob {} has not come yet", reference.record, reference.blob));
    }
    Ok(found)
}

/// The sound blobs that are there and not among the `known`: those that came after the store was backed up.
///
/// # Errors
/// [`StorageError`](crate::storage::StorageError)
pub fn unknown_blobs(
    known: &[BlobRow],
    blobs: &dyn BlobStore,
    organisation: Uuid,
    now_ms: u64,
) -> StorageResult<Vec<BlobRow>> {
    let known: BTreeSet<BlobId> = known.iter().map(|row| row.id).collect();
    let mut found = Vec::new();
    for id in blobs.list(organisation)?.into_iter().filter(|id| !known.contains(id)) {
        if blobs.is_sound(organisation, id)? == Some(true)
            && let Some(bytes) = blobs.size(organisation, id)?
        {
            found.push(BlobRow { id, bytes, completed_at: now_ms });
        }
    }
    Ok(found)
}

/// Acknowledges blobs that the store knows nothing of, so that no tablet sends them again.
///
/// # Errors
/// [`StorageError`](crate::storage::StorageError)
pub fn adopt_blobs(txn: &mut dyn WriteTxn, organisation: Uuid, found: &[BlobRow]) -> StorageResult<()> {
    found.iter().try_for_each(|row| txn.put_blob(organisation, row, None))
}
