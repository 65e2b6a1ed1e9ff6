//! The office: its accounts, and its way to the hub.

pub mod accounts;
mod blobs;
mod transport;

pub use blobs::HubBlobs;
pub use transport::HubTransport;
