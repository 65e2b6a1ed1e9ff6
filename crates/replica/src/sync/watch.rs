//! Syncing for as long as the app runs.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::bell::{Bell, Rung};
use super::engine::exchange;
use super::road::Road;
use super::{Backoff, SyncError, SyncOutcome, Transport, TransportError};
use crate::Store;

/// How long an idle store waits before it asks a server that does not tell it of changes.
const IDLE: Duration = Duration::from_secs(15);
/// The same where the server tells of every change, and what it tells of is read at once: a radio that sleeps meanwhile is most of
/// what an idle tablet can save.
const IDLE_AND_HEARD: Duration = Duration::from_secs(300);
/// How long a failure that only a person can help is left alone.
const UNATTENDED: Duration = Duration::from_secs(300);
/// The longest wait before the server is listened to again.
const LISTEN_AGAIN: Duration = Duration::from_secs(30);
/// A stream that lived so long was a good one.
const GOOD_STREAM: Duration = Duration::from_secs(60);
/// The shortest wait after a failure, unless somebody asks.
const BREATH: Duration = Duration::from_secs(1);
/// How soon it is noticed that the exchanges have ended by themselves, which they never should.
const LOOK: Duration = Duration::from_secs(1);

/// Syncs again and again until `wake` is closed; a message in it (the network came back, a person asks) starts an exchange
/// at once, and so does a save, whichever process made it, and a change that the server tells of.
///
/// `report` hears how each exchange went. Failures that pass by themselves are tried again for ever, with growing waits;
/// the others wait for a message, or five minutes, since only a person can help.
/// Where the server cannot be listened to, it is asked every 15 s; else every 5 minutes, in case that it forgot to tell.
pub fn watch(
    store: &Store,
    transport: &dyn Transport,
    wake: &Receiver<()>,
    report: impl FnMut(&Result<SyncOutcome, SyncError>) + Send,
) {
    let bell = Arc::new(Bell::default());
    let ringing = Arc::downgrade(&bell);
    store.listen(Box::new(move |_| ringing.upgrade().map(|bell| bell.look()).is_some()));
    std::thread::scope(|scope| {
        scope.spawn(|| listen(store, transport, &bell));
        let exchanging = scope.spawn(|| keep_exchanging(store, transport, &bell, report));
        while !exchanging.is_finished() {
            match wake.recv_timeout(LOOK) {
                Ok(()) => bell.wake(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        bell.close();
    });
}

/// Exchanges until the bell is closed.
fn keep_exchanging(
    store: &Store,
    transport: &dyn Transport,
    bell: &Bell,
    mut report: impl FnMut(&Result<SyncOutcome, SyncError>),
) {
    let (mut backoff, mut road) = (Backoff::new(), Road::default());
    loop {
        bell.has_moved.store(false, Ordering::Release);
        let result = exchange(store, transport, &mut road, Some(bell));
        report(&result);
        let rung = match &result {
            Ok(_) => {
                backoff.reset();
                wait_idle(store, bell)
            }
            // Everything but what is too large has passed, and what is saved next may pass as well.
            Err(SyncError::RoadLimit { .. }) => {
                backoff.reset();
                bell.wait_for_work(UNATTENDED, || bell.feed_moved() || store.owes_anything().unwrap_or(false))
            }
            Err(error) if error.is_passing() => {
                let asked = error.retry_after().map(|asked| Backoff::spread(asked, random(store)));
                wait_out(bell, backoff.next(random(store)), asked)
            }
            Err(_) => {
                let refused = token(store);
                bell.wait_for_work(UNATTENDED, || token(store) != refused)
            }
        };
        match rung {
            Rung::Woken => backoff.reset(),
            Rung::ThereIsWork | Rung::TimeOut => {}
            Rung::Closed => return,
        }
    }
}

/// Waits until something is to be exchanged again.
fn wait_idle(store: &Store, bell: &Bell) -> Rung {
    let began = Instant::now();
    let limit = || if bell.is_heard.load(Ordering::Acquire) { IDLE_AND_HEARD } else { IDLE };
    bell.wait_until(limit, || {
        // No server tells that a small picture has come; what is awaited is asked for as often as ever.
        let is_picture_due = || began.elapsed() >= IDLE && store.next_download().is_ok_and(|next| next.is_some());
        bell.feed_moved() || store.owes_anything().unwrap_or(false) || is_picture_due()
    })
}

/// Waits after a failure; a server that is heard again ends the wait, but neither so soon that its every word is an attempt, nor
/// before it asked to be asked again.
fn wait_out(bell: &Bell, wait: Duration, asked: Option<Duration>) -> Rung {
    let first = asked.unwrap_or(wait.min(BREATH));
    match bell.wait_for_work(first, || false) {
        Rung::TimeOut => bell.wait_for_work(wait.saturating_sub(first), || bell.feed_moved()),
        rung => rung,
    }
}

/// Listens to the server until the bell is closed, and rings when the feed has moved.
fn listen(store: &Store, transport: &dyn Transport, bell: &Bell) {
    let mut backoff = Backoff::new();
    while !bell.is_closed.load(Ordering::Acquire) {
        let Some(token) = token(store) else {
            bell.pause(LOOK);
            continue;
        };
        let began = Instant::now();
        let result = transport.live(&token, &bell.is_closed, &mut || {
            bell.is_heard.store(true, Ordering::Release);
            bell.feed_has_moved();
        });
        bell.is_heard.store(false, Ordering::Release);
        // Whoever waits long because of the stream must not go on doing so.
        bell.look();
        if began.elapsed() >= GOOD_STREAM {
            backoff.reset();
        }
        let wait = backoff.next(random(store)).min(LISTEN_AGAIN);
        match result {
            // A server that does not let this device listen is not asked for a while.
            Err(TransportError::Refused(problem)) if !matches!(problem.status, Some(408 | 429 | 500..)) => {
                tracing::debug!(problem = problem.urn, "the server does not let this device listen");
                bell.pause(UNATTENDED);
            }
            Err(error) => {
                tracing::debug!(%error, "the server cannot be listened to");
                let asked = SyncError::from(error).retry_after().unwrap_or_default();
                bell.pause(wait.max(Backoff::spread(asked, random(store))));
            }
            Ok(()) => bell.pause(wait),
        }
    }
}

fn token(store: &Store) -> Option<String> {
    store.enrolment().ok().flatten().map(|enrolment| enrolment.token)
}

fn random(store: &Store) -> u64 {
    let mut bytes = [0; 8];
    store.ports().entropy.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
