//! A server program, devices that speak to it, and a small HTTP client that can also speak badly.

mod client;
pub(crate) mod database;
mod device;
mod server;

pub(crate) use client::{Response, raw, send};
pub(crate) use device::{Device, finding, finding_with_photos, id, sha256};
pub(crate) use server::{Server, check, cli, cli_ok, init, wait_for_log};
