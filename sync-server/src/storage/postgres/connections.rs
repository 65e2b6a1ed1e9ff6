//! The connections of one process to one database, and the marks that its commits leave.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use uuid::Uuid;

use super::pool::Pool;
use super::target::Target;

/// Connections for readers.
const READERS: usize = 12;
/// Connections for writers, each for another organisation.
pub(super) const WRITERS: usize = 4;

/// What transactions run on.
pub(super) struct Connections {
    pub(super) target: Arc<Target>,
    pub(super) readers: Pool,
    pub(super) writers: Pool,
    /// This process; no other has it.
    pub(super) process: Uuid,
    /// The mark of the next commit.
    marks: AtomicI64,
}

impl Connections {
    pub(super) fn new(target: Arc<Target>, process: Uuid) -> Self {
        let (readers, writers) = (Pool::new(target.clone(), READERS), Pool::new(target.clone(), WRITERS));
        Self { target, readers, writers, process, marks: AtomicI64::new(1) }
    }

    /// A mark that no other commit of this process leaves.
    pub(super) fn next_mark(&self) -> i64 {
        self.marks.fetch_add(1, Ordering::Relaxed)
    }
}
