//! What ends the wait between two exchanges, from whichever thread it comes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How soon a waiting thread looks anew at what nobody rings for, such as another process's enrolment.
const GLANCE: Duration = Duration::from_millis(500);

/// Why a wait has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rung {
    /// Somebody asked for an exchange.
    Woken,
    /// It was heard, or seen in the store, that there is something to exchange.
    ThereIsWork,
    /// The time is over.
    TimeOut,
    /// Nobody wants exchanges any more.
    Closed,
}

/// One bell for all who have a reason to ring.
#[derive(Default)]
pub(super) struct Bell {
    signs: Mutex<Signs>,
    rung: Condvar,
    /// Set when the server's feed has moved; whoever reads the feed takes it back.
    pub(super) has_moved: AtomicBool,
    /// Set while the server tells of every move of the feed.
    pub(super) is_heard: AtomicBool,
    /// Set when nobody wants exchanges any more.
    pub(super) is_closed: AtomicBool,
}

#[derive(Default)]
struct Signs {
    /// Somebody asked for an exchange that has not begun yet.
    is_woken: bool,
    /// How often anybody rang.
    rings: u64,
    /// How often anybody asked.
    wakes: u64,
}

impl Bell {
    /// Somebody asks for an exchange.
    pub(super) fn wake(&self) {
        let mut signs = self.lock();
        signs.is_woken = true;
        signs.wakes += 1;
        self.ring(signs);
    }

    /// The feed has moved.
    pub(super) fn feed_has_moved(&self) {
        self.has_moved.store(true, Ordering::Release);
        self.look();
    }

    /// Something may have changed: whoever waits looks whether there is work.
    pub(super) fn look(&self) {
        self.ring(self.lock());
    }

    /// Nobody wants exchanges any more.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        self.look();
    }

    /// Whether the feed has moved since it was last read.
    pub(super) fn feed_moved(&self) -> bool {
        self.has_moved.load(Ordering::Acquire)
    }

    /// Waits for an exchange to be due: asked for, called for by `is_time`, or at the end of `limit`.
    pub(super) fn wait_for_work(&self, limit: Duration, is_time: impl Fn() -> bool) -> Rung {
        self.wait_until(|| limit, is_time)
    }

    /// As [`Bell::wait_for_work`], with a limit that may change meanwhile.
    pub(super) fn wait_until(&self, limit: impl Fn() -> Duration, is_time: impl Fn() -> bool) -> Rung {
        let began = Instant::now();
        let mut signs = self.lock();
        loop {
            let rings = signs.rings;
            if self.is_closed.load(Ordering::Acquire) {
                return Rung::Closed;
            }
            if std::mem::take(&mut signs.is_woken) {
                return Rung::Woken;
            }
            // Looking into the store takes locks of its own, and those who hold them ring.
            drop(signs);
            if is_time() {
                return Rung::ThereIsWork;
            }
            let Some(left) = limit().checked_sub(began.elapsed()).filter(|left| !left.is_zero()) else {
                return Rung::TimeOut;
            };
            signs = self.lock();
            if signs.rings == rings {
                signs = self.rung.wait_timeout(signs, left.min(GLANCE)).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }

    /// Waits until somebody asks for an exchange, or the bell is closed, or at most for `limit`.
    pub(super) fn pause(&self, limit: Duration) {
        let began = Instant::now();
        let mut signs = self.lock();
        let wakes = signs.wakes;
        while signs.wakes == wakes && !self.is_closed.load(Ordering::Acquire) {
            let Some(left) = limit.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) else { return };
            signs = self.rung.wait_timeout(signs, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn ring(&self, mut signs: MutexGuard<'_, Signs>) {
        signs.rings += 1;
        drop(signs);
        self.rung.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Signs> {
        self.signs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(20);
    const LATE: Duration = Duration::from_secs(60);

    #[test]
    fn whoever_asked_before_the_wait_is_heard_once() {
        let bell = Bell::default();
        bell.wake();
        bell.wake();
        assert_eq!(bell.wait_for_work(LATE, || false), Rung::Woken);
        assert_eq!(bell.wait_for_work(SOON, || false), Rung::TimeOut);
    }

    #[test]
    fn a_moved_feed_ends_every_wait_that_heeds_it_until_it_is_read() {
        let bell = Bell::default();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| bell.wait_for_work(LATE, || bell.feed_moved()));
            bell.feed_has_moved();
            assert_eq!(waiting.join().expect("it ends"), Rung::ThereIsWork);
        });
        assert_eq!(bell.wait_for_work(LATE, || bell.feed_moved()), Rung::ThereIsWork);
        bell.has_moved.store(false, Ordering::Release);
        assert_eq!(bell.wait_for_work(SOON, || bell.feed_moved()), Rung::TimeOut);
    }

    #[test]
    fn a_limit_that_becomes_shorter_ends_the_wait() {
        let bell = Bell::default();
        bell.is_heard.store(true, Ordering::Release);
        let limit = || if bell.is_heard.load(Ordering::Acquire) { LATE } else { SOON };
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| bell.wait_until(limit, || false));
            bell.is_heard.store(false, Ordering::Release);
            bell.look();
            assert_eq!(waiting.join().expect("it ends"), Rung::TimeOut);
        });
    }

    #[test]
    fn a_ring_without_work_does_not_end_the_wait() {
        let bell = Bell::default();
        std::thread::scope(|scope| {
            scope.spawn(|| (0..5).for_each(|_| bell.look()));
            assert_eq!(bell.wait_for_work(SOON, || false), Rung::TimeOut);
        });
        assert_eq!(bell.wait_for_work(LATE, || true), Rung::ThereIsWork);
    }

    #[test]
    fn a_closed_bell_ends_waits_and_pauses() {
        let bell = Bell::default();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| bell.wait_for_work(LATE, || false));
            scope.spawn(|| bell.pause(LATE));
            bell.close();
            assert_eq!(waiting.join().expect("it ends"), Rung::Closed);
        });
    }
}
