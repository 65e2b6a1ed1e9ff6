//! The part of an exchange that carries photos and scans: one message a step, and no blob in the way of the next.

use wire::{BlobId, Problem, ProblemType};

use super::problem::{self, own_problem};
use super::uploads::Sending;
use super::{SyncError, Syncer, Transport, TransportError, road};
use crate::store::Upload;
use crate::{Store, StoreError};

/// How often one blob is taken up anew in one exchange after the server has refused a part of it.
const MAX_RESTARTS: u32 = 4;

/// Gives the bytes of a blob: those that are here, or else the server's, which are kept then.
///
/// Small pictures come by themselves; this is for the one photo that a person opens.
/// None when the server does not have it yet.
///
/// # Errors
/// [`SyncError`]
pub fn fetch_blob(store: &Store, transport: &dyn Transport, id: BlobId) -> Result<Option<Vec<u8>>, SyncError> {
    if let Some(bytes) = store.read_blob(id)? {
        return Ok(Some(bytes));
    }
    let token = store.enrolment()?.ok_or(SyncError::NotEnrolled)?.token;
    let Some(bytes) = transport.get_blob(&token, id)? else { return Ok(None) };
    check_bytes(id, &bytes)?;
    store.download_ended(&bytes)?;
    Ok(Some(bytes))
}

impl Syncer<'_> {
    pub(super) fn is_uploading(&self) -> bool {
        self.blobs.upload.is_some()
    }

    pub(super) fn next_upload(&self) -> Result<Option<Upload>, StoreError> {
        if self.blobs.refuses_all { Ok(None) } else { self.store.next_upload() }
    }

    pub(super) fn next_download(&self) -> Result<Option<BlobId>, StoreError> {
        if self.blobs.gives_none { Ok(None) } else { self.store.next_download() }
    }

    /// Asks how much of a blob the server has, and takes up its bytes from there.
    pub(super) fn ask_blob(&mut self, upload: Upload) -> Result<(), SyncError> {
        let id = upload.id;
        let progress = match self.transport.blob_state(&self.token, id) {
            Ok(progress) => progress,
            Err(error) => return self.upload_refused(id, error),
        };
        if progress.is_some_and(|progress| progress.complete) {
            return self.uploaded(id);
        }
        self.store.upload_begins(id)?;
        let bytes = match self.store.read_blob(id) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let problem = own_problem(ProblemType::DamagedBlob, None);
                self.outcome.blobs_failed += 1;
                return Ok(self.store.upload_is_damaged(id, &problem)?);
            }
            Err(StoreError::Blob(error)) => {
                return self.failed(id, &own_problem(ProblemType::UnreadableBlob, Some(error.to_string())));
            }
            Err(error) => return Err(error.into()),
        };
        let there = progress.map_or(0, |progress| progress.offset);
        let Some(offset) = usize::try_from(there).ok().filter(|offset| *offset <= bytes.len()) else {
            return self.failed(id, &own_problem(ProblemType::BlobOutOfStep, None));
        };
        if there != upload.sent_bytes {
            self.store.upload_stands_at(id, there)?;
        }
        self.blobs.upload = Some(Sending { id, bytes, offset });
        Ok(())
    }

    /// Sends the next part of the blob that is on its way; an empty blob has one part, which is empty.
    pub(super) fn send_part(&mut self) -> Result<(), SyncError> {
        let Some(mut upload) = self.blobs.upload.take() else { return Ok(()) };
        let (id, total) = (upload.id, upload.bytes.len());
        let end = total.min(upload.offset + self.road.part_bytes());
        let part = &upload.bytes[upload.offset..end];
        let there = match self.transport.send_blob(&self.token, id, upload.offset as u64, total as u64, part) {
            Ok(there) => there,
            Err(TransportError::InItsPlace { status: road::TOO_LARGE }) => {
                let bytes = part.len();
                return self.part_too_large(upload, bytes);
            }
            Err(error) => return self.upload_refused(id, error),
        };
        // A server may take less than it was given, but neither nothing nor more.
        let taken =
            usize::try_from(there).ok().filter(|there| *there <= end && (*there > upload.offset || part.is_empty()));
        let Some(taken) = taken else {
            return self.take_up_anew(id, &own_problem(ProblemType::BlobOutOfStep, None));
        };
        self.outcome.blob_bytes_sent += (taken - upload.offset) as u64;
        if taken == total {
            return self.uploaded(id);
        }
        self.store.upload_stands_at(id, there)?;
        upload.offset = taken;
        self.blobs.upload = Some(upload);
        Ok(())
    }

    /// Fetches a small picture.
    pub(super) fn fetch_blob(&mut self, id: BlobId) -> Result<(), SyncError> {
        let given = match self.transport.get_blob(&self.token, id) {
            Ok(given) => given.filter(|bytes| check_bytes(id, bytes).is_ok()),
            Err(TransportError::Refused(problem)) if stops_the_exchange(&problem) => {
                return Err(SyncError::Refused(problem));
            }
            Err(TransportError::Refused(problem)) => {
                self.blobs.gives_none = is_no_such_call(&problem);
                None
            }
            Err(error) => return Err(error.into()),
        };
        match given {
            Some(bytes) => {
                self.store.download_ended(&bytes)?;
                self.outcome.blobs_fetched += 1;
            }
            None if self.blobs.gives_none => {}
            None => self.store.download_failed(id)?,
        }
        Ok(())
    }

    /// Something on the way refused a part for its size: a smaller one may pass, and a photo of which none does waits.
    fn part_too_large(&mut self, upload: Sending, bytes: usize) -> Result<(), SyncError> {
        if self.road.refused_part(bytes) {
            self.blobs.upload = Some(upload);
            return Ok(());
        }
        self.too_large = Some(self.too_large.map_or(bytes, |least| least.min(bytes)));
        self.failed(upload.id, &problem::road_limit(bytes))
    }

    fn uploaded(&mut self, id: BlobId) -> Result<(), SyncError> {
        self.outcome.blobs_sent += 1;
        Ok(self.store.upload_ended(id)?)
    }

    fn upload_refused(&mut self, id: BlobId, error: TransportError) -> Result<(), SyncError> {
        let problem = match error {
            TransportError::Refused(problem) => problem,
            error => return Err(error.into()),
        };
        match problem.status {
            _ if stops_the_exchange(&problem) => Err(SyncError::Refused(problem)),
            _ if is_no_such_call(&problem) => {
                self.blobs.refuses_all = true;
                Ok(())
            }
            // The offset is another, or the whole was not what it should be: ask, and go on from what is there.
            Some(409 | 422) => self.take_up_anew(id, &problem),
            _ => self.failed(id, &problem),
        }
    }

    /// Gives a blob another try in this exchange, unless it had enough of them.
    fn take_up_anew(&mut self, id: BlobId, problem: &Problem) -> Result<(), SyncError> {
        let restarts = self.blobs.restarts.entry(id).or_default();
        *restarts += 1;
        if *restarts > MAX_RESTARTS { self.failed(id, problem) } else { Ok(()) }
    }

    /// Leaves a blob for later; the next one follows.
    fn failed(&mut self, id: BlobId, problem: &Problem) -> Result<(), SyncError> {
        self.outcome.blobs_failed += 1;
        Ok(self.store.upload_failed(id, problem)?)
    }
}

/// Whether a refusal is about the device or the server, and not about the blob.
fn stops_the_exchange(problem: &Problem) -> bool {
    matches!(problem.status, Some(401 | 408 | 429 | 500..))
}

/// Whether the server does not have the call at all.
fn is_no_such_call(problem: &Problem) -> bool {
    matches!(problem.kind(), Some(ProblemType::NotOffered | ProblemType::MethodNotAllowed))
}

fn check_bytes(id: BlobId, bytes: &[u8]) -> Result<(), TransportError> {
    if BlobId::of(bytes) == id { Ok(()) } else { Err(TransportError::NoAnswer("the bytes are others".into())) }
}
