//! Telling that something was committed: by this process at once, by another one within half a second.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use crate::storage::Storage;

/// How often the store is asked whether another process has committed.
const GLANCE: Duration = Duration::from_millis(500);

/// Tells those who listen that the store has changed.
///
/// Its thread runs from the first listener on, and ends when this is dropped.
pub(super) struct Watcher {
    storage: Arc<dyn Storage>,
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    is_running: bool,
    is_stopped: bool,
    /// Whether this process has committed since the last look.
    has_committed: bool,
    changes: Option<watch::Sender<u64>>,
    feeds: HashMap<Uuid, watch::Sender<u64>>,
}

impl Watcher {
    pub(super) fn new(storage: Arc<dyn Storage>) -> Arc<Self> {
        Arc::new(Self { storage, state: Mutex::default(), wake: Condvar::new() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// This process has committed.
    pub(super) fn look(&self) {
        self.state().has_committed = true;
        self.wake.notify_all();
    }

    /// Ends all listening, for good.
    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.is_stopped = true;
        state.changes = None;
        state.feeds.clear();
        drop(state);
        self.wake.notify_all();
    }

    /// Counts the commits, or some of them.
    pub(super) fn changes(self: &Arc<Self>) -> std::io::Result<watch::Receiver<u64>> {
        let mut state = self.state();
        self.run(&mut state)?;
        if state.is_stopped {
            return Ok(watch::channel(0).1);
        }
        Ok(state.changes.get_or_insert_with(|| watch::channel(0).0).subscribe())
    }

    /// Shows the end of a feed.
    pub(super) fn feed(self: &Arc<Self>, organisation: Uuid, place: u64) -> std::io::Result<watch::Receiver<u64>> {
        let mut state = self.state();
        self.run(&mut state)?;
        if state.is_stopped {
            return Ok(watch::channel(place).1);
        }
        let feed = state.feeds.entry(organisation).or_insert_with(|| watch::channel(place).0).subscribe();
        // It may have moved since its place was read.
        state.has_committed = true;
        self.wake.notify_all();
        Ok(feed)
    }

    fn run(self: &Arc<Self>, state: &mut State) -> std::io::Result<()> {
        if !state.is_running {
            let watcher = Arc::downgrade(self);
            std::thread::Builder::new().name("watcher".to_owned()).spawn(move || watch_while_there(&watcher))?;
            state.is_running = true;
        }
        Ok(())
    }

    /// Waits a little, and tells of what has changed since `seen`; nothing more to do when it gives nothing.
    fn glance(&self, seen: Option<i64>) -> Option<Option<i64>> {
        let state = self.state();
        let is_idle = |state: &mut State| !state.has_committed && !state.is_stopped;
        let waited = self.wake.wait_timeout_while(state, GLANCE, is_idle);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.is_stopped {
            return None;
        }
        let has_committed = std::mem::take(&mut state.has_committed);
        drop(state);
        let revision = self.storage.revision().ok();
        if has_committed || revision != seen {
            self.tell();
        }
        Some(revision)
    }

    fn tell(&self) {
        // A store that does not answer now has said nothing new; a later glance tells.
        let places = self.storage.read().and_then(|txn| txn.organisations()).unwrap_or_default();
        let state = self.state();
        for organisation in places {
            if let Some(feed) = state.feeds.get(&organisation.id) {
                feed.send_if_modified(|place| std::mem::replace(place, organisation.last_seq) != organisation.last_seq);
            }
        }
        if let Some(changes) = &state.changes {
            changes.send_modify(|count| *count = count.wrapping_add(1));
        }
    }
}

/// The thread; it keeps nothing alive while it waits but for half a second.
fn watch_while_there(watcher: &Weak<Watcher>) {
    let mut seen = None;
    while let Some(revision) = watcher.upgrade().and_then(|watcher| watcher.glance(seen)) {
        seen = revision;
    }
}
