//! Why a command failed, for people and machines.

use serde_json::{Value, json};
use thiserror::Error;

use crate::demo::DemoError;
use crate::service::HubError;
use crate::storage::StorageError;

/// Why a command failed.
#[derive(Debug, Error)]
pub(super) enum CommandError {
    /// The command line asks for what cannot be; exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Something is in the way that the caller can see; exit code 1.
    #[error("{title}: {detail}")]
    Problem { slug: &'static str, title: &'static str, detail: String },
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

    pub(super) fn problem(slug: &'static str, title: &'static str, detail: impl std::fmt::Display) -> Self {
        Self::Problem { slug, title, detail: detail.to_string() }
    }

    pub(super) fn not_found(detail: impl std::fmt::Display) -> Self {
        Self::problem("not-found", "There is no such thing.", detail)
    }

    /// What stands on stdout.
    pub(super) fn document(&self) -> Value {
        let (slug, title, detail) = self.parts();
        let problem = json!({"type": format!("urn:rounds:problem:{slug}"), "title": title, "detail": detail});
        match self {
            Self::Findings(findings) => json!({"problem": problem, "findings": findings}),
            _ => json!({"problem": problem}),
        }
    }

    fn parts(&self) -> (&'static str, &'static str, String) {
        match self {
            Self::Usage(message) => ("usage", "The command line is wrong.", message.clone()),
            Self::Problem { slug, title, detail } => (slug, title, detail.clone()),
            Self::Findings(findings) => (
                "store-damaged",
                "The store is damaged.",
                format!("{} findings; the first: {}", findings.len(), findings.first().map_or("none", String::as_str)),
            ),
            Self::Storage(error) => {
                let (slug, title) = match error {
                    StorageError::Missing(_) => ("store-missing", "There is no store."),
                    StorageError::Foreign(_) => ("store-foreign", "The file is not a store of this server."),
                    StorageError::Newer { .. } => ("store-newer", "A newer release wrote the store."),
                    StorageError::Older { .. } => ("store-older", "An older release wrote the store."),
                    StorageError::Corrupt(_) | StorageError::DamagedRow(_) => {
                        ("store-damaged", "The store is damaged.")
                    }
                    _ => ("store-unavailable", "The store cannot be used now."),
                };
                (slug, title, with_causes(error))
            }
            Self::Io(error) => ("failed", "The system refused.", with_causes(error)),
        }
    }
}

impl From<HubError> for CommandError {
    fn from(error: HubError) -> Self {
        Self::problem("store-unavailable", "The store cannot be used now.", with_causes(&error))
    }
}

impl From<DemoError> for CommandError {
    fn from(error: DemoError) -> Self {
        Self::problem("demo-failed", "The demo cannot be made.", with_causes(&error))
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
