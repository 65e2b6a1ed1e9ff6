//! Why a command was not carried out, in a form that every door passes on.

use std::fmt::Display;

use replica::{StoreError, SyncError};
use thiserror::Error;
use wire::{Problem, ProblemType};

/// A refusal: its kind, which screens have words for, what happened this time, and the field that it is about.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{message}")]
pub struct CommandError {
    /// Which problem it is.
    pub kind: ProblemType,
    /// What is wrong this time, in one sentence.
    pub message: String,
    /// The argument or field that it is about, where there is one.
    pub field: Option<String>,
    /// What a screen needs to show it in full, such as the list of what is missing; empty for most.
    pub details: serde_json::Map<String, serde_json::Value>,
}

impl CommandError {
    /// A refusal.
    pub fn new(kind: ProblemType, message: impl Display) -> Self {
        Self { kind, message: message.to_string(), field: None, details: serde_json::Map::new() }
    }

    /// Names the argument or field that the refusal is about.
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Adds what a screen needs to show it in full.
    #[must_use]
    pub fn detail(mut self, name: &str, value: impl serde::Serialize) -> Self {
        self.details.insert(name.to_owned(), serde_json::to_value(value).unwrap_or_default());
        self
    }

    /// One argument is not what the command takes.
    pub fn bad_argument(field: &str, message: impl Display) -> Self {
        Self::new(ProblemType::BadArguments, message).field(field)
    }

    /// There is no such command.
    pub fn unknown_command(name: &str) -> Self {
        Self::new(ProblemType::UnknownCommand, format_args!("there is no command {name}"))
    }

    /// The arguments are not what the command takes.
    pub fn bad_arguments(error: &serde_json::Error) -> Self {
        Self::new(ProblemType::BadArguments, format_args!("the arguments are not what the command takes: {error}"))
    }

    /// What was asked for is not there.
    pub fn not_found(what: impl Display) -> Self {
        Self::new(ProblemType::NotFound, what)
    }

    /// One argument is larger than what is kept; `limit` names what is counted.
    pub(crate) fn limit(argument: &str, limit: &str, most: usize, given: usize) -> Self {
        Self::new(ProblemType::LimitExceeded, format_args!("{argument} has at most {most} {limit}, not {given}"))
            .field(argument)
            .detail("limit", limit)
            .detail("most", most)
            .detail("given", given)
    }

    /// Somebody touched the field of a signature and drew nothing.
    pub(crate) fn not_drawn(argument: &str) -> Self {
        Self::new(ProblemType::BadSignature, "a signature is drawn: one touch is none").field(argument)
    }

    /// Something that must never happen has happened.
    pub fn internal(error: &dyn Display) -> Self {
        Self::new(ProblemType::Internal, error)
    }

    /// The stable name of its kind.
    pub fn code(&self) -> &'static str {
        self.kind.slug()
    }

    /// The form in which the command line and HTTP pass it on.
    pub fn problem(&self) -> Problem {
        let mut members = self.details.clone();
        if let Some(field) = &self.field {
            members.insert("field".into(), field.clone().into());
        }
        Problem { status: None, members, ..Problem::new(self.kind).detail(&self.message) }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        let refusal = Self::new(error.kind(), format_args!("{error}{cause}"));
        match &error {
            StoreError::Limit(limit) => refusal.detail("limit", limit.name()),
            StoreError::BlobTooLarge(given) => {
                refusal.detail("limit", "bytes").detail("most", wire::MAX_BLOB_BYTES).detail("given", given)
            }
            _ => refusal,
        }
    }
}

impl From<SyncError> for CommandError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Store(error) => error.into(),
            other => Self::new(other.kind(), other),
        }
    }
}
