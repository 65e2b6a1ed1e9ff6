//! The office server: the hub that tablets sync with, its store, and the accounts of the office.
//!
//! * [`storage`] keeps records, and [`blobs`] the bytes of photos; they decide nothing.
//! * [`service`] decides; it knows neither HTTP nor SQL.
//! * [`hub`] is the HTTP door: it decodes, calls the service, and encodes.

pub mod blobs;
pub mod cli;
mod demo;
pub mod hub;
pub mod office;
pub mod service;
pub mod storage;

pub use service::Hub;
