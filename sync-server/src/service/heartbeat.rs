//! Writing to the store every few seconds, to see whether it takes what is written.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::error::HubError;
use super::hub::{Hub, Inner};

/// How often the store is written to for this alone.
const BEAT: Duration = Duration::from_secs(5);

impl Hub {
    /// Whether the store has taken a write of its own lately, and nothing that was written since has failed.
    ///
    /// # Errors
    /// [`HubError::Unready`]
    pub fn check_ready(&self) -> Result<(), HubError> {
        if self.0.health.is_ready(Instant::now()) { Ok(()) } else { Err(HubError::Unready) }
    }

    /// Writes to the store once to see whether it takes it, beside the thread that writes what devices send.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn beat(&self) -> Result<(), HubError> {
        self.0.beat()
    }

    /// Writes to the store every few seconds for as long as the hub is used.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn keep_beating(&self) -> std::io::Result<()> {
        let hub = Arc::downgrade(&self.0);
        std::thread::Builder::new().name("heartbeat".to_owned()).spawn(move || beat_while_there(&hub)).map(drop)
    }
}

impl Inner {
    fn beat(&self) -> Result<(), HubError> {
        let beaten = self.storage.beat(self.clock.now_ms(), self.health.bytes());
        self.health.note_beat(Instant::now(), beaten.is_ok());
        Ok(beaten?)
    }
}

fn beat_while_there(hub: &Weak<Inner>) {
    while let Some(inner) = hub.upgrade() {
        if let Err(error) = inner.beat() {
            tracing::error!(error = &error as &dyn std::error::Error, "the store takes nothing");
        }
        // It is not kept alive by who waits.
        drop(inner);
        std::thread::sleep(BEAT);
    }
}
