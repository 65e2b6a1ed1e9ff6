//! Which streams are open, so that no device takes the places of the others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use uuid::Uuid;

/// Streams of one device; one more takes the place of the oldest, which may be the leftover of a lost connection.
const OF_ONE_DEVICE: usize = 4;
/// Streams at once: each takes a connection.
const MOST: usize = 256;

/// The open streams, by device, oldest first.
#[derive(Default)]
pub(super) struct Streams(Mutex<HashMap<Uuid, Vec<Arc<Notify>>>>);

impl Streams {
    pub(super) fn open(self: &Arc<Self>, device: Uuid) -> Option<Seat> {
        let mut all = self.all();
        if all.values().map(Vec::len).sum::<usize>() >= MOST {
            return None;
        }
        let own = all.entry(device).or_default();
        if own.len() >= OF_ONE_DEVICE {
            own.remove(0).notify_one();
        }
        let leave = Arc::new(Notify::new());
        own.push(leave.clone());
        Some(Seat { streams: self.clone(), device, leave })
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, Vec<Arc<Notify>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream's place, until it is dropped.
pub(super) struct Seat {
    streams: Arc<Streams>,
    pub(super) device: Uuid,
    /// Told when the place is needed.
    pub(super) leave: Arc<Notify>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.streams.all();
        if let Some(own) = all.get_mut(&self.device) {
            own.retain(|other| !Arc::ptr_eq(other, &self.leave));
            if own.is_empty() {
                all.remove(&self.device);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_oldest_stream_of_a_device_gives_way() {
        let streams = Arc::new(Streams::default());
        let device = Uuid::from_u128(1);
        let seats: Vec<Seat> = (0..=OF_ONE_DEVICE).map(|_| streams.open(device).expect("a seat")).collect();
        let _other = streams.open(Uuid::from_u128(2)).expect("a seat");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let is_told = |seat: &Seat| {
            runtime.block_on(async {
                tokio::time::timeout(Duration::from_millis(20), seat.leave.notified()).await.is_ok()
            })
        };
        assert!(is_told(&seats[0]));
        assert!(seats[1..].iter().all(|seat| !is_told(seat)));
        drop(seats);
        assert_eq!(streams.all().len(), 1);
    }

    #[test]
    fn there_are_no_more_streams_than_connections_for_them() {
        let streams = Arc::new(Streams::default());
        let seats: Vec<Seat> =
            (0..MOST).map(|device| streams.open(Uuid::from_u128(device as u128)).expect("a seat")).collect();
        assert!(streams.open(Uuid::from_u128(u128::MAX)).is_none());
        drop(seats);
        assert!(streams.open(Uuid::from_u128(u128::MAX)).is_some());
    }
}
