//! Refusals as the problems of the protocol: what HTTP sends, and what the transport in process gives, is one thing.

use uuid::Uuid;
use wire::{MAX_BLOB_BYTES, MAX_PUSH_RECORDS, Problem, ProblemType};

use super::{BlobRefusal, HubError, PullOutcome, PushRefusal, Refusal, limit_problem};
use crate::storage::StorageError;

impl From<HubError> for Problem {
    /// The cause is for the log of the server alone.
    fn from(error: HubError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "a call failed");
        let is_full = matches!(&error, HubError::Storage(cause) if matches!(**cause, StorageError::Full(_)));
        Self::new(if is_full { ProblemType::StorageFull } else { ProblemType::Unavailable })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::new(match refusal {
            Refusal::Unauthorised => ProblemType::Unauthorised,
            Refusal::DeviceRevoked => ProblemType::DeviceRevoked,
        })
    }
}

impl From<PushRefusal> for Problem {
    fn from(refusal: PushRefusal) -> Self {
        match refusal {
            PushRefusal::Device(refusal) => refusal.into(),
            PushRefusal::EpochChanged { epoch } => epoch_changed(epoch),
            PushRefusal::ReplicaForked => Self::new(ProblemType::ReplicaForked),
            PushRefusal::OutOfOrder { expected } => Self::new(ProblemType::PushOutOfOrder).member("expected", expected),
            PushRefusal::TooManyRecords => {
                limit_problem("push-records", format_args!("a push holds more than {MAX_PUSH_RECORDS} records"))
            }
        }
    }
}

impl From<BlobRefusal> for Problem {
    fn from(refusal: BlobRefusal) -> Self {
        match refusal {
            BlobRefusal::Device(refusal) => refusal.into(),
            BlobRefusal::Offset(offset) => Self::new(ProblemType::OffsetMismatch).member("offset", offset),
            BlobRefusal::Digest => Self::new(ProblemType::DigestMismatch),
            BlobRefusal::TooLarge => {
                limit_problem("blob-bytes", format_args!("a blob has at most {MAX_BLOB_BYTES} bytes"))
            }
            BlobRefusal::BeyondItsEnd => {
                Self::new(ProblemType::BadRequest).detail("the part ends beyond the length of the blob")
            }
        }
    }
}

impl PullOutcome {
    /// The body of the page, or why there is none.
    ///
    /// # Errors
    /// The problem that the protocol has for it.
    pub fn into_page(self) -> Result<Vec<u8>, Box<Problem>> {
        Err(Box::new(match self {
            Self::Page(page) => return Ok(page),
            Self::NotACursor => not_a_cursor(),
            Self::EpochChanged { epoch, .. } => epoch_changed(epoch),
        }))
    }
}

/// What stands where a cursor belongs is none.
pub(crate) fn not_a_cursor() -> Problem {
    Problem::new(ProblemType::BadRequest).detail("after is not a cursor that this server gave")
}

fn epoch_changed(epoch: Uuid) -> Problem {
    Problem::new(ProblemType::EpochChanged).member("epoch", epoch.to_string())
}
