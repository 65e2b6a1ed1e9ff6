//! The office: its accounts, and its way to the hub.

pub mod accounts;
mod transport;

pub use transport::HubTransport;
