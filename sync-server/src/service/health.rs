//! Whether the store takes what is written: what `/readyz` says, without touching the store.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How old the last good beat may be.
const FRESH: Duration = Duration::from_secs(15);
/// What a beat writes after a write has failed, so that it fails for want of room as a push would: the row of the beat
/// alone may still find a place in the log that is there.
const ROOM_BYTES: usize = 1 << 20;

/// What is known of the store's health.
#[derive(Debug, Default)]
pub(super) struct Health(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    last_beat: Option<Instant>,
    /// Whether the last that was written found no room, or could not be written.
    has_failed: bool,
}

impl Health {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what became of a write.
    pub(super) fn note_write(&self, is_taken: bool) {
        // A good one says nothing of the room that the next one needs.
        self.state().has_failed |= !is_taken;
    }

    /// Notes what became of a beat.
    pub(super) fn note_beat(&self, at: Instant, is_taken: bool) {
        let mut state = self.state();
        state.has_failed = !is_taken;
        if is_taken {
            state.last_beat = Some(at);
        }
    }

    /// How much the next beat is to write.
    pub(super) fn bytes(&self) -> usize {
        if self.state().has_failed { ROOM_BYTES } else { 0 }
    }

    /// Whether the store may be relied on.
    pub(super) fn is_ready(&self, now: Instant) -> bool {
        let state = self.state();
        !state.has_failed && state.last_beat.is_some_and(|last| now.duration_since(last) < FRESH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_ready_while_its_last_beat_is_young_and_nothing_has_failed_since() {
        let (health, start) = (Health::default(), Instant::now());
        let after = |seconds| start + Duration::from_secs(seconds);
        assert!(!health.is_ready(start), "nothing was written yet");
        health.note_beat(start, true);
        assert!(health.is_ready(after(14)) && !health.is_ready(after(15)));
        health.note_write(false);
        assert!(!health.is_ready(after(1)));
        assert_eq!(health.bytes(), ROOM_BYTES, "the next beat finds out whether there is room for a push");
        health.note_write(true);
        assert!(!health.is_ready(after(1)), "a small write may have found room where the next does not");
        health.note_beat(after(5), false);
        assert!(!health.is_ready(after(5)));
        health.note_beat(after(10), true);
        assert!(health.is_ready(after(11)));
        assert_eq!(health.bytes(), 0);
    }
}
