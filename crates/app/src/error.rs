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
    /// What a screen needs to show it in full, such as the list of what is missing; empty for most.
    pub details: serde_json::Map<String, serde_json::Value>,
}

impl CommandError {
    /// The code of a refusal that came from a record's change between reading and saving it.
    pub const CHANGED: &str = "changed";

    /// The code of a save that found no room.
    pub(crate) const DISK_FULL: &str = "disk-full";

    /// A refusal with a code of its own.
    pub fn new(code: &'static str, message: impl Display) -> Self {
        Self { code, message: message.to_string(), field: None, details: serde_json::Map::new() }
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
        Self::new("bad-arguments", message).field(field)
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

    /// One argument is larger than what is kept; `limit` names what is counted.
    pub(crate) fn limit(argument: &str, limit: &str, most: usize, given: usize) -> Self {
        Self::new("limit-exceeded", format_args!("{argument} has at most {most} {limit}, not {given}"))
            .field(argument)
            .detail("limit", limit)
            .detail("most", most)
            .detail("given", given)
    }

    /// Somebody touched the field of a signature and drew nothing.
    pub(crate) fn not_drawn(argument: &str) -> Self {
        Self::new("bad-signature", "a signature is drawn: one touch is none").field(argument)
    }

    /// Something that must never happen has happened.
    pub fn internal(error: &dyn Display) -> Self {
        Self::new("internal", error)
    }

    /// The form in which the command line and HTTP pass it on.
    pub fn problem(&self) -> Problem {
        let mut members = self.details.clone();
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
        "lost-store" => "The folder has held a store, and its file is empty or gone.",
        "read-only" => "The store can only be read here.",
        "not-empty" => "The folder is not empty.",
        "limit-exceeded" => "A limit is exceeded.",
        CommandError::CHANGED => "The record changed meanwhile; try again.",
        "incomplete" => "The form is not complete.",
        "bad-answer" => "The answer is not understood.",
        "already-submitted" => "The form was submitted.",
        "not-submitted" => "The form is not submitted yet.",
        "void" => "The record is void.",
        "not-allowed" => "The person may not do that.",
        "own-recheck" => "Nobody re-checks what he put right himself.",
        "step-not-open" => "The step is not open now.",
        "nothing-to-undo" => "There is nothing to undo.",
        "not-in-conflict" => "The field is not in conflict.",
        "below-floor" => "The value is laxer than the rule.",
        "wrong-pin" => "The PIN is wrong.",
        "pin-needed" => "A PIN is needed.",
        "wait" => "Too many wrong tries; wait a while.",
        "bad-address" => "The address of the server is none.",
        "other-organisation" => "The store belongs to another organisation.",
        "support-only" => "The command is for support.",
        "tablet-only" => "The command is for a tablet.",
        "bad-photo" => "The photo is not named in a way that can be kept.",
        "bad-signature" => "The signature is none that can be kept.",
        "enrol-refused" => "The enrolment code is wrong, used or expired.",
        "bad-code" => "What was typed is no enrolment code.",
        "unreachable" => "The server cannot be reached.",
        "road-answer" => "Something on the way to the server answers in its place.",
        "busy" => "Another process is syncing this store.",
        "disk-full" => "The disk is full.",
        "bad-person" => "The person is not named in a way that can be kept.",
        "signed-out" => "Nobody is signed in.",
        "cross-site" => "Only our own pages may ask this.",
        "not-ours" => "The request is not meant for us.",
        "method-not-allowed" => "This address knows other methods.",
        "too-slow" => "The request takes too long.",
        "stopping" => "The program is ending.",
        "not-a-photo" => "The file is no photo.",
        "too-large" => "What was sent is too large.",
        "other-person" => "Somebody else works here by now.",
        "person-needed" => "It must be known who does it.",
        "unknown-template" => "The template is not known here.",
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
            StoreError::Lost(_) => "lost-store",
            StoreError::ReadOnly => "read-only",
            StoreError::NotEmpty(_) => "not-empty",
            StoreError::Database(_) | StoreError::Folder(_) | StoreError::Blob(_) => "store",
            StoreError::DiskFull(_) => CommandError::DISK_FULL,
            StoreError::NotFound(_) => "not-found",
            StoreError::Changed(_) => CommandError::CHANGED,
            StoreError::OtherOrganisation(_) => "other-organisation",
            StoreError::Limit(_) | StoreError::BlobTooLarge(_) => "limit-exceeded",
            _ => "bad-arguments",
        };
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        let refusal = Self::new(code, format_args!("{error}{cause}"));
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
            SyncError::NotEnrolled => Self::new("not-enrolled", error),
            SyncError::BadAddress(_) => Self::new("bad-address", error),
            SyncError::Busy => Self::new("busy", error),
            SyncError::InItsPlace { .. } => Self::new("road-answer", error),
            other => Self::new("unreachable", other),
        }
    }
}
