//! Why there is no demo.

use replica::{StoreError, SyncError};
use thiserror::Error;

/// Why there is no demo.
#[derive(Debug, Error)]
#[non_exhaustive]
pub(crate) enum DemoError {
    /// A command of the script was refused: the script and the app do not fit.
    #[error("{command} was refused at {moment}")]
    Refused {
        /// The command.
        command: String,
        /// The day of the script and the time of day.
        moment: String,
        /// Why.
        #[source]
        error: Box<app::CommandError>,
    },
    /// The script expects something of a form that is not so.
    #[error("the script does not fit: {0}")]
    Script(String),
    /// There is no place for the store that the script works in.
    #[error("the demo has no place to work in")]
    Folder(#[from] std::io::Error),
    /// The store that the script works in failed.
    #[error("the demo's own store failed")]
    Store(#[from] StoreError),
    /// The records did not reach the hub.
    #[error("the demo's records did not reach the hub")]
    Sync(#[from] SyncError),
}
