//! Why a command was not carried out, in a form that every door passes on.

use std::fmt::Display;

use replica::{StoreError, SyncError};
use thiserror::Error;
use wire::Problem;

/// A refusal: a stable code that screens translate, a sentence, and the field that it is about.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{message}")]
pub struct CommandError {
    /// The stable code; the last part of the problem type.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The argument or field that it is about, where there is one.
    pub field: Option<String>,
}

impl CommandError {
    /// A refusal with a code of its own.
    pub fn new(code: &'static str, message: impl Display) -> Self {
        Self { code, message: message.to_string(), field: None }
    }

    /// Names the argument or field that the refusal is about.
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// There is no such command.
    pub fn unknown_command(name: &str) -> Self {
        Self::new("unknown-command", format_args!("there is no command {name}"))
    }

    /// The arguments are not what the command takes.
    pub fn bad_arguments(error: &serde_json::Error) -> Self {
        Self::new("bad-arguments", format_args!("the arguments are not what the command takes: {error}"))
    }

    /// What was asked for is not there.
    pub fn not_found(what: impl Display) -> Self {
        Self::new("not-found", what)
    }

    /// Something that must never happen has happened.
    pub fn internal(error: &dyn Display) -> Self {
        Self::new("internal", error)
    }

    /// The form in which the command line and HTTP pass it on.
    pub fn problem(&self) -> Problem {
        let mut members = serde_json::Map::new();
        if let Some(field) = &self.field {
            members.insert("field".into(), field.clone().into());
        }
        Problem {
            urn: format!("urn:rounds:problem:{}", self.code),
            title: title(self.code).to_owned(),
            status: None,
            detail: Some(self.message.clone()),
            members,
        }
    }
}

fn title(code: &str) -> &'static str {
    match code {
        "unknown-command" => "There is no such command.",
        "bad-arguments" => "The arguments are not what the command takes.",
        "not-found" => "There is no such thing in this store.",
        "store" => "The store cannot be read or written.",
        "newer-store" => "The store was written by a newer version.",
        "not-a-store" => "The file is not a store of this app.",
        "damaged-store" => "The store is damaged.",
        "limit-exceeded" => "A limit is exceeded.",
        "internal" => "Something that must never happen has happened.",
        _ => "The command cannot be carried out.",
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Newer => "newer-store",
            StoreError::NotAStore => "not-a-store",
            StoreError::Damaged(_) => "damaged-store",
            StoreError::Database(_) | StoreError::Folder(_) => "store",
            StoreError::NotFound(_) => "not-found",
            StoreError::OtherOrganisation(_) => "other-organisation",
            StoreError::Limit(_) => "limit-exceeded",
            _ => "bad-arguments",
        };
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        Self::new(code, format_args!("{error}{cause}"))
    }
}

impl From<SyncError> for CommandError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Store(error) => error.into(),
            SyncError::NotEnrolled => Self::new("not-enrolled", error),
            SyncError::Busy => Self::new("busy", error),
            other => Self::new("unreachable", other),
        }
    }
}
