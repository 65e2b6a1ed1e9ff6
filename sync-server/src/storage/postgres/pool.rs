//! Connections that are kept open, and not too many of them at once.

use std::ops::Deref;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::link::Link;
use super::target::Target;
use crate::storage::{Result, StorageError};

/// How long a connection is waited for while all are in use.
const PATIENCE: Duration = Duration::from_secs(3);

/// At most so many connections to one database.
pub(super) struct Pool {
    target: Arc<Target>,
    state: Mutex<State>,
    free: Condvar,
    most: usize,
}

#[derive(Default)]
struct State {
    idle: Vec<Link>,
    /// Idle ones and those in use.
    open: usize,
}

impl Pool {
    pub(super) fn new(target: Arc<Target>, most: usize) -> Self {
        Self { target, state: Mutex::default(), free: Condvar::new(), most }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection, kept or new.
    pub(super) fn take(&self) -> Result<Held<'_>> {
        let until = Instant::now() + PATIENCE;
        let mut state = self.state();
        loop {
            while let Some(link) = state.idle.pop() {
                if !link.is_lost() {
                    return Ok(Held { link: Some(link), pool: self });
                }
                state.open -= 1;
            }
            if state.open < self.most {
                state.open += 1;
                drop(state);
                // Its place is given back by whoever holds nothing, too.
                let mut held = Held { link: None, pool: self };
                held.link = Some(Link::open(&self.target)?);
                return Ok(held);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(StorageError::Engine("too much is asked of the database at once".into()));
            }
            state = self.free.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Forgets the idle connections: one of them was found to be lost, and so they all may be.
    pub(super) fn forget_idle(&self) {
        let mut state = self.state();
        state.open -= state.idle.len();
        state.idle.clear();
    }
}

/// A connection in use; it goes back when dropped, unless it is lost.
pub(super) struct Held<'a> {
    link: Option<Link>,
    pool: &'a Pool,
}

impl Deref for Held<'_> {
    type Target = Link;

    fn deref(&self) -> &Link {
        self.link.as_ref().expect("it is taken only when dropped")
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state();
        match self.link.take().filter(|link| !link.is_lost()) {
            Some(link) => state.idle.push(link),
            None => state.open -= 1,
        }
        drop(state);
        self.pool.free.notify_one();
    }
}
