//! The office: its accounts, its own replicas, and its pages beside the hub.

pub mod accounts;
mod blobs;
mod commands;
mod gate;
mod replica;
mod sessions;
mod throttle;
mod transport;

use std::sync::Arc;

use app::CommandError;
use axum::Router;
use tokio::sync::watch;

use crate::service::HubError;

pub use blobs::HubBlobs;
pub use commands::{OfficeCommand, all as all_commands};
pub use gate::{Office, Served};
pub use transport::HubTransport;

/// The pages of the office, and what they ask for; streams end when `stopping` becomes true.
pub fn router(office: Office, stopping: watch::Receiver<bool>) -> Router {
    app::http::router(Arc::new(office), stopping)
}

/// The hub cannot answer now; the cause is for the log alone.
fn unavailable(error: HubError) -> CommandError {
    tracing::error!(error = &error as &dyn std::error::Error, "the hub did not answer the office");
    CommandError::new("store", "the server's store cannot be used now")
}
