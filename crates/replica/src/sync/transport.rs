//! The way to the server, whatever carries it.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use domain::checked_time::ServerTime;
use domain::time::UtcMillis;
use thiserror::Error;
use wire::{BlobId, BlobProgress, EnrolAnswer, EnrolRequest, Problem, ProblemType, PullAnswer, PushAnswer};

/// The member of a server's refusal that says after how many seconds it wants to be asked again.
pub(super) const RETRY_AFTER: &str = "retry_after";

/// Why a call has no good answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TransportError {
    /// Nothing came back that this server can have sent: no network, a portal's page.
    /// The call may or may not have been carried out.
    #[error("the server did not answer: {0}")]
    NoAnswer(String),
    /// Something between here and the server, such as a proxy, answered in its place, and no success.
    /// The call may or may not have been carried out.
    #[error("something on the way to the server answered in its place, with status {status}")]
    InItsPlace {
        /// The HTTP status.
        status: u16,
    },
    /// The address is none that HTTP can call: mend it.
    #[error("the address {address} is not one like https://rounds.example.cn: {why}")]
    BadAddress {
        /// The address.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// The server refused the call.
    #[error("the server refused: {}", .0.title)]
    Refused(Box<Problem>),
}

impl TransportError {
    /// The refusal of a server that does not have the call.
    pub fn not_offered() -> Self {
        Self::Refused(Box::new(Problem::new(ProblemType::NotOffered)))
    }
}

/// What a device asks of the feed, and what it says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PullAsk<'a> {
    /// The cursor; none for the beginning.
    pub after: Option<&'a str>,
    /// How many records at most.
    pub limit: u64,
    /// How many records the device has that the server has not taken: only of one that owes none is it known what it has not got.
    pub owes: u64,
}

/// The calls of the protocol that a device makes.
///
/// Contract (held by one suite for every implementation): a refusal is a [`TransportError::Refused`] with the server's
/// problem, everything else that is not a good answer is [`TransportError::NoAnswer`] or [`TransportError::InItsPlace`]; no
/// call is made twice by itself, but for a push that was packed and refused as malformed, which goes once more as it is.
pub trait Transport: Send + Sync {
    /// `POST /v1/enrol`
    ///
    /// # Errors
    /// [`TransportError`]
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError>;

    /// `POST /v1/push` with a body as it was frozen.
    ///
    /// # Errors
    /// [`TransportError`]
    fn push(&self, token: &str, body: &[u8]) -> Result<PushAnswer, TransportError>;

    /// `GET /v1/pull`
    ///
    /// # Errors
    /// [`TransportError`]
    fn pull(&self, token: &str, ask: PullAsk<'_>) -> Result<PullAnswer, TransportError>;

    /// `HEAD /v1/blobs/{id}`: how much of a blob the server has; none when it has nothing of it.
    ///
    /// # Errors
    /// [`TransportError`]
    fn blob_state(&self, token: &str, id: BlobId) -> Result<Option<BlobProgress>, TransportError>;

    /// `PATCH /v1/blobs/{id}`: sends the bytes of a blob from `offset` on, of `total` in all; gives how many the server has.
    ///
    /// When that is all, the server has checked the digest.
    ///
    /// # Errors
    /// [`TransportError`]; a refusal with status 409 when the server has another number of bytes than `offset`, and with
    /// 422 when the whole is not what its name promises, and was dropped.
    fn send_blob(&self, token: &str, id: BlobId, offset: u64, total: u64, bytes: &[u8]) -> Result<u64, TransportError>;

    /// `GET /v1/blobs/{id}`: the bytes of a blob, which are what its name promises; none until the server has all of it.
    ///
    /// # Errors
    /// [`TransportError`]
    fn get_blob(&self, token: &str, id: BlobId) -> Result<Option<Vec<u8>>, TransportError>;

    /// `GET /v1/live`: calls `on_change` when the first sign of life has come, and whenever the feed has
    /// moved.
    ///
    /// Blocks while the stream lives, and gives up within a second after `stop` was set; that is no error, and neither is a
    /// stream that the server ends.
    ///
    /// # Errors
    /// [`TransportError`]; also when nothing, not even a sign of life, has come for a while.
    fn live(&self, token: &str, stop: &AtomicBool, on_change: &mut dyn FnMut()) -> Result<(), TransportError>;

    /// What the newest answer of this server said of the time, once; nothing where the way to it tells no time.
    fn take_heard_time(&self) -> Option<HeardTime> {
        None
    }
}

/// The time that an answer told, and when that was.
#[derive(Clone, Copy, Debug)]
pub struct HeardTime {
    /// The time by the server, ms since 1970 UTC, when the answer arrived.
    pub time_ms: u64,
    /// How long the request and its answer were on their way together.
    pub round_trip: Duration,
    /// When the answer arrived.
    pub arrived: Instant,
}

impl HeardTime {
    /// The time by the server now.
    pub(super) fn as_of_now(&self) -> ServerTime {
        let ms = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        let time = self.time_ms.saturating_add(ms(self.arrived.elapsed()));
        ServerTime { time: UtcMillis::from_stamp(time), round_trip_ms: ms(self.round_trip) }
    }
}
