//! The office: its accounts, its own replicas, and its pages beside the hub.

pub mod accounts;
mod blobs;
mod commands;
mod entrance;
mod failure;
mod gate;
mod nights;
mod replica;
mod retention;
pub mod serving;
mod sessions;
#[cfg(test)]
mod tests;
mod throttle;
mod transport;

use std::sync::Arc;

use axum::Router;
use tokio::sync::watch;

pub use blobs::HubBlobs;
pub use commands::{OfficeCommand, all as all_commands};
pub use door::told_to_end;
pub use gate::{Office, Served};
pub use transport::HubTransport;

/// The pages of the office, and what they ask for; streams end when `stopping` becomes true.
pub fn router(office: Office, stopping: watch::Receiver<bool>) -> Router {
    let office = Arc::new(office);
    office.runtime().spawn(nights::keep_nights(Arc::downgrade(&office), stopping.clone()));
    door::router(office, stopping)
}
