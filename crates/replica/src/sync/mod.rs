//! The exchange with the server: a pure plan, thin steps, and the patience of a queue.

mod backoff;
mod bell;
mod blobs;
mod engine;
mod enrolment;
mod error;
mod http;
mod lock;
mod plan;
mod problem;
mod road;
mod transport;
mod uploads;
mod watch;

pub use backoff::Backoff;
pub use blobs::fetch_blob;
pub use engine::{SyncOutcome, Syncer, sync_once};
pub use enrolment::enrol;
pub use error::SyncError;
pub use http::HttpTransport;
pub use lock::SyncLock;
use transport::RETRY_AFTER;
pub use transport::{HeardTime, PullAsk, Transport, TransportError};
pub use watch::watch;
