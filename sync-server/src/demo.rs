//! The demo campus: people, areas, routes and weeks of believable records.

use thiserror::Error;

use crate::service::Hub;
use crate::storage::{DeviceRow, OrganisationRow};

/// Why there is no demo.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(crate) enum DemoError {
    /// This release has none.
    #[error("the demo is not built yet")]
    NotBuilt,
}

/// Whether this release can fill an organisation; asked before anything is made.
pub(crate) fn check_available() -> Result<(), DemoError> {
    Err(DemoError::NotBuilt)
}

/// Pushes the demo's records into the empty `organisation`, as `office`, a device that may write all.
///
/// The records end on the day of `now_ms`; the same ids and values each time.
pub(crate) fn fill(
    _hub: &Hub,
    _organisation: &OrganisationRow,
    _office: &DeviceRow,
    _now_ms: u64,
) -> Result<(), DemoError> {
    Err(DemoError::NotBuilt)
}
