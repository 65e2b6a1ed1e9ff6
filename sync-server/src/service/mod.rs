//! The protocol's decisions: who may do what, and what becomes of it.
//!
//! Nothing here knows HTTP or SQL.
//! The functions work on one transaction of the store; [`Hub`] runs them, and is what the HTTP door and the office use.

mod access;
mod admit;
mod again;
mod alarms;
mod blobs;
mod chain;
mod clock;
mod cursor;
mod devices;
pub mod enrol;
mod error;
mod health;
mod heartbeat;
mod history;
mod hub;
mod last_seen;
mod lines;
mod news;
mod problem;
mod pull;
pub mod purge;
mod push;
mod random;
mod refill;
mod roles;
mod secrets;
mod watcher;
mod went_back;
mod writer;

use crate::storage::changes;
pub use access::Refusal;
pub(crate) use admit::limit_problem;
pub use again::change_store;
pub use blobs::{BlobFindings, BlobRefusal, UploadPlace, adopt_blobs, examine_blobs, unknown_blobs};
pub use clock::{Clock, SystemClock};
pub use error::HubError;
pub use history::HistoryPart;
pub use hub::{Hub, PreparedPush};
pub use news::{ListenFrom, News};
pub(crate) use problem::not_a_cursor;
pub use pull::PullOutcome;
pub use push::PushRefusal;
pub use random::{OsRandom, Random, random_uuid};
pub use refill::begin_refill;
pub use secrets::{new_password, new_secret_code, normalise_code, secret_hash};

#[cfg(test)]
mod tests;
