//! How far a paper is, for whoever waits for it, and the way to stop it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use wire::ProblemType;

use crate::error::CommandError;

/// What is done to the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing yet: others are made first, or the rows are still looked for.
    #[default]
    Waiting,
    /// They are read.
    Reading,
    /// They are written into the file.
    Writing,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// The step.
    pub(crate) step: Step,
    /// So many rows are done.
    pub(crate) done: usize,
    /// Of so many.
    pub(crate) of: usize,
}

/// How far a paper is. Whoever makes it says so row by row, and hears there that nobody wants it any more.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    reached: Mutex<Reached>,
    is_stopped: AtomicBool,
}

impl Progress {
    /// Begins a step of so many rows.
    pub(crate) fn begin(&self, step: Step, of: usize) {
        *self.lock() = Reached { step, done: 0, of };
    }

    /// One more row is done.
    ///
    /// # Errors
    /// [`stopped`], once somebody has stopped it.
    pub(crate) fn row(&self) -> Result<(), CommandError> {
        if self.is_stopped.load(Ordering::Relaxed) {
            return Err(stopped());
        }
        self.lock().done += 1;
        Ok(())
    }

    /// Lets the work end at its next row.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// How far it is.
    pub(crate) fn reached(&self) -> Reached {
        *self.lock()
    }

    fn lock(&self) -> MutexGuard<'_, Reached> {
        self.reached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a file ends with that was stopped before it was whole.
pub(crate) fn stopped() -> CommandError {
    CommandError::new(ProblemType::NotFound, "the file was stopped before it was whole").field("export")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_within_their_step_and_none_is_taken_after_a_stop() {
        let progress = Progress::default();
        assert_eq!(progress.reached(), Reached::default());
        progress.begin(Step::Reading, 2);
        assert!(progress.row().is_ok() && progress.row().is_ok());
        assert_eq!(progress.reached(), Reached { step: Step::Reading, done: 2, of: 2 });
        progress.begin(Step::Writing, 2);
        assert_eq!(progress.reached(), Reached { step: Step::Writing, done: 0, of: 2 });
        progress.stop();
        assert_eq!(progress.row().map_err(|error| error.kind), Err(ProblemType::NotFound));
        assert_eq!(progress.reached().done, 0);
    }
}
