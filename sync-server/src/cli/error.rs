//! Why a command failed, for people and machines.

use serde_json::{Value, json};
use thiserror::Error;
use wire::ProblemType;

use crate::demo::DemoError;
use crate::office::serving::ServingError;
use crate::service::HubError;
use crate::storage::StorageError;

/// Why a command failed.
#[derive(Debug, Error)]
pub(super) enum CommandError {
    /// The command line asks for what cannot be; exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Something is in the way that the caller can see; exit code 1.
    #[error("{} {detail}", .kind.en())]
    Problem { kind: ProblemType, detail: String },
    /// The store holds what it should not; exit code 1 and the list.
    #[error("the store is damaged")]
    Findings(Vec<String>),
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A file or the network failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl CommandError {
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    pub(super) fn problem(kind: ProblemType, detail: impl std::fmt::Display) -> Self {
        Self::Problem { kind, detail: detail.to_string() }
    }

    pub(super) fn not_found(detail: impl std::fmt::Display) -> Self {
        Self::problem(ProblemType::NotFound, detail)
    }

    /// What stands on stdout.
    pub(super) fn document(&self) -> Value {
        let (kind, detail) = self.parts();
        let problem = json!({"type": kind.urn(), "title": kind.en(), "detail": detail});
        match self {
            Self::Findings(findings) => json!({"problem": problem, "findings": findings}),
            _ => json!({"problem": problem}),
        }
    }

    fn parts(&self) -> (ProblemType, String) {
        match self {
            Self::Usage(message) => (ProblemType::Usage, message.clone()),
            Self::Problem { kind, detail } => (*kind, detail.clone()),
            Self::Findings(findings) => (
                ProblemType::StoreDamaged,
                format!("{} findings; the first: {}", findings.len(), findings.first().map_or("none", String::as_str)),
            ),
            Self::Storage(error) => {
                let kind = match error {
                    StorageError::Missing(_) => ProblemType::StoreMissing,
                    StorageError::Foreign(_) => ProblemType::StoreForeign,
                    StorageError::Newer { .. } => ProblemType::StoreNewer,
                    StorageError::Older { .. } => ProblemType::StoreOlder,
                    StorageError::Corrupt(_) | StorageError::DamagedRow(_) => ProblemType::StoreDamaged,
                    _ => ProblemType::StoreUnavailable,
                };
                (kind, with_causes(error))
            }
            Self::Io(error) => (ProblemType::Failed, with_causes(error)),
        }
    }
}

impl From<ServingError> for CommandError {
    fn from(error: ServingError) -> Self {
        match error {
            ServingError::NoCampus => Self::not_found(error),
            ServingError::Storage(error) => error.into(),
        }
    }
}

impl From<HubError> for CommandError {
    fn from(error: HubError) -> Self {
        Self::problem(ProblemType::StoreUnavailable, with_causes(&error))
    }
}

impl From<DemoError> for CommandError {
    fn from(error: DemoError) -> Self {
        Self::problem(ProblemType::DemoFailed, with_causes(&error))
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        cause = error.source();
    }
    text
}
