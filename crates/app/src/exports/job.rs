//! One file that somebody asked for.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use uuid::Uuid;

use super::file::Exported;
use super::progress::{Progress, stopped};
use crate::error::CommandError;

/// What a job came to: the file, or why there is none.
pub(crate) type Outcome = Result<Arc<Exported>, CommandError>;

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The person who asked.
    pub(crate) person: Option<Arc<str>>,
    /// The arguments, as JSON: whether the person still gets the file is asked again before it is given.
    pub(crate) arguments: String,
    /// The code of the paper.
    pub(crate) sheet: String,
    /// What people call it, in Chinese and in English.
    pub(crate) title: (String, String),
    /// The sort of file.
    pub(crate) format: &'static str,
    /// When, ms since 1970 UTC.
    pub(crate) at_ms: u64,
}

/// A file on its way.
#[derive(Debug)]
pub(crate) struct Job {
    /// What it is asked for by.
    pub(crate) id: Uuid,
    /// What was asked for.
    pub(crate) asked: Asked,
    /// How far it is.
    pub(crate) progress: Progress,
    outcome: Mutex<Option<Outcome>>,
    has_ended: Condvar,
}

impl Job {
    pub(super) fn new(id: Uuid, asked: Asked) -> Self {
        Self { id, asked, progress: Progress::default(), outcome: Mutex::default(), has_ended: Condvar::new() }
    }

    /// What it came to; none while it is made.
    pub(crate) fn outcome(&self) -> Option<Outcome> {
        self.lock().clone()
    }

    /// Waits until it has ended, but no longer than `patience`.
    pub(crate) fn wait(&self, patience: Duration) {
        let is_made = |outcome: &mut Option<Outcome>| outcome.is_none();
        drop(self.has_ended.wait_timeout_while(self.lock(), patience, is_made));
    }

    /// Ends it; what it came to first stays.
    pub(super) fn end(&self, outcome: Outcome) {
        self.lock().get_or_insert(outcome);
        self.has_ended.notify_all();
    }

    /// Nobody wants it any more.
    pub(super) fn stop(&self) {
        self.progress.stop();
        self.end(Err(stopped()));
    }

    fn lock(&self) -> MutexGuard<'_, Option<Outcome>> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
