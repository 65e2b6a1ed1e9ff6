//! How much is decoded and applied at once.
//!
//! A push of many small fields takes dozens of times its bytes in memory, so what counts is the bytes of all pushes
//! together: many small ones may be under way, and a few large ones.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wire::MAX_PUSH_BYTES;

use crate::service::HubError;

/// Bytes are counted in steps of this size, and every push takes one step at least.
const STEP: usize = 64 << 10;
/// The largest push, in steps.
const LARGEST: usize = MAX_PUSH_BYTES / STEP + 1;
/// Largest pushes that are worked on at once.
const PUSHES: usize = 2;

/// Room for decoded pushes.
#[derive(Clone)]
pub(super) struct Room(Arc<Semaphore>);

/// A push's part of the room, until it is dropped.
#[derive(Debug)]
pub(super) struct Share(OwnedSemaphorePermit);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PUSHES * LARGEST)))
    }
}

impl Room {
    /// Waits for room for a push of `bytes`; for the largest one if that is not known yet.
    pub(super) async fn share(&self, bytes: Option<usize>) -> Result<Share, HubError> {
        let steps = u32::try_from(bytes.map_or(LARGEST, steps)).unwrap_or(u32::MAX);
        self.0.clone().acquire_many_owned(steps).await.map(Share).map_err(|_| HubError::Stopped)
    }
}

impl Share {
    /// Gives back what `bytes` do not need.
    pub(super) fn shrink(&mut self, bytes: usize) {
        let surplus = self.0.num_permits().saturating_sub(steps(bytes));
        drop(self.0.split(surplus));
    }
}

fn steps(bytes: usize) -> usize {
    (bytes / STEP + 1).min(LARGEST)
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    #[test]
    fn a_few_large_pushes_or_many_small_ones_fit() {
        let room = Room::default();
        let try_share = |bytes| {
            let mut waiting = pin!(room.share(bytes));
            match waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                std::task::Poll::Ready(share) => Some(share.expect("the room is open")),
                std::task::Poll::Pending => None,
            }
        };
        let mut large: Vec<Share> = (0..PUSHES).map(|_| try_share(None).expect("room")).collect();
        assert!(try_share(Some(0)).is_none());
        large[0].shrink(STEP);
        assert!(try_share(Some(MAX_PUSH_BYTES)).is_none());
        let small: Vec<Share> = (0..LARGEST - 2).map(|_| try_share(Some(100)).expect("room")).collect();
        assert!(try_share(Some(100)).is_none());
        drop((large, small));
        assert!(try_share(Some(MAX_PUSH_BYTES)).is_some());
    }
}
