//! Files that are made aside, so that nobody waits in front of a still screen and nobody else waits at all.
//!
//! They stand in memory alone, belong to who asked for them, and are gone once they were given, stopped, or not wanted for an hour.

mod file;
mod job;
mod progress;
mod save;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;
use wire::ProblemType;

pub use file::SheetFile;
pub(crate) use file::{EVERYTHING, Exported, Leaving};
pub(crate) use job::{Asked, Job};
pub(crate) use progress::{Progress, Step};

use crate::error::CommandError;

/// So many are made at once; further ones wait for their turn.
const AT_ONCE: usize = 2;
/// So many of one person stand here, made or not.
const MOST_OF_A_PERSON: usize = 3;
/// So many stand here at all: each is a file in memory.
const MOST: usize = 12;
/// Nobody has wanted it for so long, ms.
const OLDEST_MS: u64 = 3_600_000;

/// What makes a file.
type Work = Box<dyn FnOnce(&Progress) -> Result<Exported, CommandError> + Send>;

/// The files that are made aside from one store.
#[derive(Default)]
pub(crate) struct Exports {
    all: Mutex<All>,
}

#[derive(Default)]
struct All {
    jobs: Vec<Arc<Job>>,
    waiting: VecDeque<(Arc<Job>, Work)>,
    at_work: usize,
}

impl Exports {
    /// Begins to make a file, or lets it wait for its turn.
    ///
    /// # Errors
    /// `too-many-exports` where the person, or everybody together, has as many as there may be.
    pub(crate) fn begin(self: &Arc<Self>, id: Uuid, asked: Asked, work: Work) -> Result<Arc<Job>, CommandError> {
        self.forget_old(asked.at_ms);
        let mut all = self.lock();
        all.make_room_for(asked.person.as_deref())?;
        let job = Arc::new(Job::new(id, asked));
        all.jobs.push(job.clone());
        all.waiting.push_back((job.clone(), work));
        if all.at_work < AT_ONCE {
            let exports = self.clone();
            let begun = std::thread::Builder::new().name("export".to_owned()).spawn(move || exports.work());
            if let Err(error) = begun {
                all.jobs.pop();
                all.waiting.pop_back();
                return Err(CommandError::internal(&error));
            }
            all.at_work += 1;
        }
        Ok(job)
    }

    /// Those of one person, in the order in which they were asked for.
    pub(crate) fn of(&self, person: Option<&str>) -> Vec<Arc<Job>> {
        self.lock().jobs.iter().filter(|job| job.asked.person.as_deref() == person).cloned().collect()
    }

    /// Stops one and forgets it: it was given, or nobody wants it any more.
    pub(crate) fn end(&self, job: &Job) {
        self.keep(|other| other.id != job.id);
    }

    /// Stops and forgets those of one person.
    pub(crate) fn end_of(&self, person: Option<&str>) {
        self.keep(|job| job.asked.person.as_deref() != person);
    }

    /// Stops and forgets all: somebody else stands in front of the device.
    pub(crate) fn end_all(&self) {
        self.keep(|_| false);
    }

    /// Stops and forgets what nobody has wanted for an hour.
    pub(crate) fn forget_old(&self, now_ms: u64) {
        self.keep(|job| now_ms.saturating_sub(job.asked.at_ms) < OLDEST_MS);
    }

    fn keep(&self, is_kept: impl Fn(&Job) -> bool) {
        let mut all = self.lock();
        all.jobs.iter().filter(|job| !is_kept(job)).for_each(|job| job.stop());
        all.jobs.retain(|job| is_kept(job));
        all.waiting.retain(|(job, _)| is_kept(job));
    }

    /// Makes what waits, one after another, until nothing does.
    fn work(&self) {
        while let Some((job, work)) = self.next() {
            // A mistake in one file is no reason for the others to wait for ever.
            let made = catch_unwind(AssertUnwindSafe(|| work(&job.progress)));
            let made = made.unwrap_or_else(|_| Err(CommandError::internal(&"making a file has panicked")));
            job.end(made.map(Arc::new));
        }
    }

    fn next(&self) -> Option<(Arc<Job>, Work)> {
        let mut all = self.lock();
        let next = all.waiting.pop_front();
        if next.is_none() {
            all.at_work -= 1;
        }
        next
    }

    fn lock(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl All {
    /// Makes room for one more of a person: the oldest of theirs that has ended gives way.
    fn make_room_for(&mut self, person: Option<&str>) -> Result<(), CommandError> {
        let is_own = |job: &Arc<Job>| job.asked.person.as_deref() == person;
        let is_full = |all: &Self| {
            all.jobs.len() >= MOST || all.jobs.iter().filter(|job| is_own(job)).count() >= MOST_OF_A_PERSON
        };
        while is_full(self) {
            let ended = self.jobs.iter().position(|job| is_own(job) && job.outcome().is_some());
            let refused = || CommandError::new(ProblemType::TooManyExports, "several files are being made already");
            self.jobs.remove(ended.ok_or_else(refused)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
