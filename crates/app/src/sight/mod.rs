//! Sight at every door: who looks, which records a list asks the store for, and what is shown of one.

mod access;
mod kinds;
mod record;
mod reports;
mod viewer;

pub(crate) use access::access;
pub(crate) use kinds::{Seen, food_checklists, names};
pub(crate) use record::{SeenRecord, sees};
pub(crate) use reports::reads_report;
pub(crate) use viewer::{Viewer, is_before_first_pull, open_stages};
