//! Syncing for as long as the app runs.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::{Backoff, SyncError, SyncOutcome, Transport, sync_once};
use crate::Store;

/// How long an idle store waits before it asks the server again.
const IDLE: Duration = Duration::from_secs(15);
/// How soon an idle store notices what another process has saved.
const GLANCE: Duration = Duration::from_millis(500);
/// How long a failure that only a person can help is left alone.
const UNATTENDED: Duration = Duration::from_secs(300);

/// Syncs again and again until `wake` is closed; a message in it (the network came back, a person asks) starts an exchange
/// at once, and so does a save, whichever process made it.
///
/// `report` hears how each exchange went. Failures that pass by themselves are tried again for ever, with growing waits;
/// the others wait for a message, or five minutes, since only a person can help.
pub fn watch(
    store: &Store,
    transport: &dyn Transport,
    wake: &Receiver<()>,
    mut report: impl FnMut(&Result<SyncOutcome, SyncError>),
) {
    let mut backoff = Backoff::new();
    loop {
        let result = sync_once(store, transport);
        report(&result);
        let woken = match &result {
            Ok(_) => {
                backoff.reset();
                wait_idle(store, wake)
            }
            Err(error) if error.is_passing() => {
                let mut bytes = [0; 8];
                store.ports().entropy.fill(&mut bytes);
                wake.recv_timeout(backoff.next(u64::from_le_bytes(bytes)))
            }
            Err(_) => wait_for_help(store, wake),
        };
        match woken {
            Ok(()) => backoff.reset(),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        while wake.try_recv().is_ok() {}
    }
}

/// Waits for a message, a save, or the end of [`IDLE`].
fn wait_idle(store: &Store, wake: &Receiver<()>) -> Result<(), RecvTimeoutError> {
    wait(wake, IDLE, || store.sendable().is_ok_and(|sendable| sendable > 0))
}

/// Waits for a message, another enrolment, or the end of [`UNATTENDED`].
fn wait_for_help(store: &Store, wake: &Receiver<()>) -> Result<(), RecvTimeoutError> {
    let token = || store.enrolment().ok().flatten().map(|enrolment| enrolment.token);
    let refused = token();
    wait(wake, UNATTENDED, || token() != refused)
}

/// Waits for a message or the end of `limit`, and glances now and then at what another process may have done.
fn wait(wake: &Receiver<()>, limit: Duration, is_time: impl Fn() -> bool) -> Result<(), RecvTimeoutError> {
    let mut waited = Duration::ZERO;
    while waited < limit {
        match wake.recv_timeout(GLANCE) {
            Err(RecvTimeoutError::Timeout) if !is_time() => waited += GLANCE,
            Err(RecvTimeoutError::Timeout) => return Ok(()),
            woken => return woken,
        }
    }
    Err(RecvTimeoutError::Timeout)
}
