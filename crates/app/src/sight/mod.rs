//! Sight at every door: who looks, which records a list asks the store for, and what is shown of one.

mod access;
mod kinds;
mod record;
mod viewer;

pub(crate) use access::access;
pub(crate) use kinds::Seen;
pub(crate) use record::{SeenRecord, sees};
pub(crate) use viewer::{Viewer, open_stages};
