//! What the office says when the hub does not answer it.

use app::CommandError;
use wire::ProblemType;

use crate::service::HubError;

/// The hub cannot answer now; the cause is for the log alone.
pub(super) fn unavailable(error: HubError) -> CommandError {
    tracing::error!(error = &error as &dyn std::error::Error, "the hub did not answer the office");
    CommandError::new(ProblemType::Store, "the server's store cannot be used now")
}
