//! Telling whoever shows records that they have changed, whichever process changed them.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

use causal::RecordId;
use rusqlite::Connection;

/// How often the store is asked whether another process has saved.
const GLANCE: Duration = Duration::from_millis(500);
/// How often it is looked whether its log has changed, which costs no more than the name of the file; then it is asked at once.
const LOOK: Duration = Duration::from_millis(25);
/// How long saves have the store to themselves between two slices of idle work.
const BETWEEN_SLICES: Duration = Duration::from_millis(10);
/// A change of more records than these names none of them.
const MOST_IDS: usize = 200;

/// What one transaction has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The kinds of the records; empty when it may be anything.
    pub kinds: Vec<String>,
    /// The records; empty when it may be any of these kinds.
    pub ids: Vec<RecordId>,
    is_many: bool,
}

impl Change {
    /// Whether nothing is known but that something may have changed.
    pub fn is_anything(&self) -> bool {
        self.kinds.is_empty()
    }

    /// A change of this kind, of whatever it may be.
    pub(super) fn of_kind(kind: &str) -> Self {
        Self { kinds: vec![kind.to_owned()], ..Self::default() }
    }

    pub(super) fn add(&mut self, kind: &str, id: RecordId) {
        if !self.kinds.iter().any(|known| known == kind) {
            self.kinds.push(kind.to_owned());
        }
        if self.is_many || self.ids.last() == Some(&id) {
            return;
        }
        self.ids.push(id);
        if self.ids.len() > MOST_IDS {
            self.is_many = true;
            self.ids.clear();
        }
    }
}

/// Hears of a change; false when nobody listens any more.
pub(super) type Listener = Box<dyn FnMut(&Change) -> bool + Send>;

/// Everybody who listens to one open store.
#[derive(Default)]
pub(super) struct Feed {
    listeners: Mutex<Vec<Listener>>,
}

impl Feed {
    pub(super) fn tell(&self, change: &Change) {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain_mut(|listener| listener(change));
    }

    /// Calls `listener` after each commit, until it gives false.
    pub(super) fn add(&self, listener: Listener) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }
}

/// What a store does in idle moments; whether it has more to do.
pub(super) type IdleWork = Box<dyn FnMut(&Mutex<Connection>) -> bool + Send>;

/// Begins to look after what other processes write, by the log beside the store where there may be any, and to do what is left for
/// idle moments; ends when what it gives is dropped.
pub(super) fn start_glancing(
    writer: &Arc<Mutex<Connection>>,
    feed: &Arc<Feed>,
    log: Option<PathBuf>,
    idle: IdleWork,
) -> Glancing {
    let (stop, stopped) = mpsc::channel();
    let (writer, feed) = (Arc::clone(writer), Arc::clone(feed));
    let seen = data_version(&writer.lock().unwrap_or_else(PoisonError::into_inner));
    let thread = std::thread::spawn(move || glance(&writer, &feed, &stopped, log.as_deref(), seen, idle));
    Glancing { stop: Some(stop), thread: Some(thread) }
}

/// The thread that looks after other processes' saves; dropped, it ends first.
pub(super) struct Glancing {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Glancing {
    fn drop(&mut self) {
        self.stop = None;
        // A listener may hold the last of a store, and then it is this thread that drops it.
        let is_own = |thread: &JoinHandle<()>| thread.thread().id() == std::thread::current().id();
        if let Some(thread) = self.thread.take().filter(|thread| !is_own(thread)) {
            drop(thread.join());
        }
    }
}

/// Looks now and then whether another process has written, until the store is dropped.
///
/// Without a log to look at, it is only asked. A log that is written twice within one tick of the file system's clock may look the
/// same, so it is asked now and then in any case.
fn glance(
    writer: &Mutex<Connection>,
    feed: &Feed,
    stopped: &Receiver<()>,
    log: Option<&Path>,
    mut seen: Option<i64>,
    mut idle: IdleWork,
) {
    let pace = if log.is_some() { LOOK } else { GLANCE };
    let (mut sign, mut asked, mut has_more) = (log.map(sign_of), Instant::now(), false);
    while stopped.recv_timeout(if has_more { BETWEEN_SLICES } else { pace }) == Err(RecvTimeoutError::Timeout) {
        let now = log.map(sign_of);
        if !has_more && now == sign && asked.elapsed() < GLANCE {
            continue;
        }
        has_more = idle(writer);
        // A save of this process holds the lock for a moment; to wait for it would hold up the next one.
        let version = match writer.try_lock() {
            Ok(connection) => data_version(&connection),
            Err(TryLockError::Poisoned(poisoned)) => data_version(&poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => continue,
        };
        (sign, asked) = (now, Instant::now());
        if version.is_some() && version != seen {
            seen = version;
            feed.tell(&Change::default());
        }
    }
}

/// What changes whenever somebody writes to a file, or nearly so.
fn sign_of(file: &Path) -> Option<(u64, SystemTime)> {
    let about = std::fs::metadata(file).ok()?;
    Some((about.len(), about.modified().ok()?))
}

/// A number that changes when another process has written, and not when this connection has; none when it cannot be read.
fn data_version(connection: &Connection) -> Option<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_change_of_many_records_names_their_kinds_alone() {
        let mut change = Change::default();
        assert!(change.is_anything());
        for number in 0..300 {
            change.add(if number % 2 == 0 { "finding" } else { "inspection" }, RecordId(Uuid::from_u128(number)));
            assert_eq!(change.ids.len(), if number < 200 { number as usize + 1 } else { 0 });
        }
        assert_eq!(change.kinds, ["finding", "inspection"]);
    }
}
