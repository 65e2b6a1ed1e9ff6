//! Telling that something was committed: by this process at once, by another one within half a second.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use super::cursor::Cursor;
use super::{Hub, HubError};
use crate::storage::{ReadTxn, Result as StorageResult, Storage};

/// How often the store is asked whether another process has committed.
const GLANCE: Duration = Duration::from_millis(500);

/// What is new for one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The device is not served any more.
    NotServed,
    /// Nothing that it may read, up to this place.
    Nothing {
        /// The end of the feed.
        place: u64,
    },
    /// Records that it may read.
    Moved {
        /// The end of the feed.
        place: u64,
        /// Its cursor.
        cursor: String,
    },
}

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
    fn changes(self: &Arc<Self>) -> std::io::Result<watch::Receiver<u64>> {
        let mut state = self.state();
        self.run(&mut state)?;
        if state.is_stopped {
            return Ok(watch::channel(0).1);
        }
        Ok(state.changes.get_or_insert_with(|| watch::channel(0).0).subscribe())
    }

    /// Shows the end of a feed.
    fn feed(self: &Arc<Self>, organisation: Uuid, place: u64) -> std::io::Result<watch::Receiver<u64>> {
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

impl Hub {
    /// Shows the end of an organisation's feed, and each move of it: by this process at once, by others within half a
    /// second. Once the hub is told to stop listening, the channel is closed.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn subscribe(&self, organisation: Uuid) -> Result<watch::Receiver<u64>, HubError> {
        let row = self.read(|txn| txn.organisation(organisation))?;
        self.0.watcher.feed(organisation, row.map_or(0, |row| row.last_seq)).map_err(|_| HubError::Stopped)
    }

    /// Changes whenever anything was committed; closed as [`Hub::subscribe`] says.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn changes(&self) -> Result<watch::Receiver<u64>, HubError> {
        self.0.watcher.changes().map_err(|_| HubError::Stopped)
    }

    /// Ends all listening, for good: the server is going to stop.
    pub fn stop_listening(&self) {
        self.0.watcher.stop();
    }

    /// What `device` may read after the place `after` of its feed.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn news(&self, device: Uuid, after: u64) -> Result<News, HubError> {
        self.read(|txn| news(txn, device, after))
    }

    /// The place of a cursor, if it is one of the feed of `organisation`; the end of the feed when none is given.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn place_of(&self, organisation: Uuid, cursor: Option<&str>) -> Result<Option<u64>, HubError> {
        self.read(|txn| {
            let Some(row) = txn.organisation(organisation)? else { return Ok(None) };
            let Some(cursor) = cursor else { return Ok(Some(row.last_seq)) };
            match Cursor::decode(cursor) {
                Some(cursor) if cursor.holds(txn, &row)? => Ok(Some(cursor.seq)),
                _ => Ok(None),
            }
        })
    }
}

fn news(txn: &dyn ReadTxn, device: Uuid, after: u64) -> StorageResult<News> {
    let device = txn.device(device)?.filter(|device| device.revoked_at.is_none());
    let Some(device) = device else { return Ok(News::NotServed) };
    let Some(organisation) = txn.organisation(device.organisation)? else { return Ok(News::NotServed) };
    let place = organisation.last_seq;
    let mut is_news = device.scopes.is_none() && place > after;
    if device.scopes.is_some() && place > after {
        txn.feed(organisation.id, after, device.scopes.as_deref(), &mut |_| {
            is_news = true;
            std::ops::ControlFlow::Break(())
        })?;
    }
    if !is_news {
        return Ok(News::Nothing { place });
    }
    Ok(News::Moved { place, cursor: Cursor::at(txn, &organisation, place)?.encode() })
}
