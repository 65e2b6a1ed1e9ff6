//! Waiting for a future on a thread that may block, also on one of a runtime.
//!
//! A runtime's own way of blocking panics where a runtime is at work already, and the store is asked from everywhere.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, Instant};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// What a future gives; nothing when it gives nothing within this time.
pub(super) fn wait<T>(future: impl Future<Output = T>, within: Duration) -> Option<T> {
    let until = Instant::now() + within;
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
        let left = until.checked_duration_since(Instant::now())?;
        std::thread::park_timeout(left);
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn what_another_thread_gives_arrives_and_what_nobody_gives_is_not_waited_for() {
        let (give, gift) = oneshot::channel();
        let giver = std::thread::spawn(move || give.send(7));
        assert!(matches!(wait(gift, Duration::from_secs(60)), Some(Ok(7))));
        assert!(giver.join().is_ok_and(|given| given.is_ok()));
        assert!(wait(std::future::pending::<()>(), Duration::from_millis(1)).is_none());
    }

    #[test]
    fn a_thread_of_a_runtime_may_wait() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        assert_eq!(runtime.block_on(async { wait(std::future::ready(7), Duration::ZERO) }), Some(7));
    }
}
