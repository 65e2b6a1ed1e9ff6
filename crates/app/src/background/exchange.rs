//! Sending and receiving, with whichever server the tablet belongs to at the moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use replica::HttpTransport;

use super::route;
use crate::app::App;

/// How often it is looked whether the tablet was enrolled, or the network came back.
const LOOK: Duration = Duration::from_secs(2);

/// Exchanges for as long as `woken` is open; a message in it starts an exchange at once.
pub(super) fn keep_going(app: &Arc<App>, woken: &Receiver<()>) {
    loop {
        let ended = match server(app) {
            Some(address) => exchange_with(app, &address, woken),
            None => woken.recv_timeout(LOOK) == Err(RecvTimeoutError::Disconnected),
        };
        if ended {
            return;
        }
    }
}

/// The address of the server, once there is one.
fn server(app: &App) -> Option<String> {
    match app.store().enrolment() {
        Ok(enrolment) => Some(enrolment?.server.to_string()),
        Err(error) => {
            tracing::warn!(%error, "the enrolment cannot be read");
            None
        }
    }
}

/// Exchanges with one server until the tablet belongs to another, or until the end, and then says true.
fn exchange_with(app: &Arc<App>, address: &str, woken: &Receiver<()>) -> bool {
    let transport = match HttpTransport::new(address) {
        Ok(transport) => transport,
        Err(error) => {
            tracing::warn!(%error, address, "no exchange is possible");
            return woken.recv_timeout(LOOK) == Err(RecvTimeoutError::Disconnected);
        }
    };
    let is_failing = AtomicBool::new(false);
    let (wake, watched) = mpsc::channel();
    std::thread::scope(|scope| {
        let is_failing = &is_failing;
        scope.spawn(move || {
            replica::watch(app.store(), &transport, &watched, |result| {
                is_failing.store(result.is_err(), Ordering::Relaxed);
                if let Err(error) = result {
                    tracing::debug!(%error, "an exchange failed");
                }
            });
        });
        let mut had_route = true;
        let ended = loop {
            match woken.recv_timeout(LOOK) {
                Ok(()) => _ = wake.send(()),
                Err(RecvTimeoutError::Disconnected) => break true,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if server(app).is_some_and(|now| now != address) {
                break false;
            }
            // A queue that has waited long is patient; who carries the tablet back into the network is not.
            if is_failing.load(Ordering::Relaxed) {
                let has_route = route::leads_to(address);
                if has_route && !had_route {
                    let _ = wake.send(());
                }
                had_route = has_route;
            }
        };
        drop(wake);
        ended
    })
}
