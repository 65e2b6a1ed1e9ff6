//! The HTTP door of the hub: each handler decodes, calls the service, and encodes.
//!
//! Every error is an RFC 9457 problem, and the token is checked before anything else.

mod answer;
mod auth;
mod body;
mod drain;
mod encoding;
mod enrol;
mod history;
mod pull;
mod push;
mod query;
mod room;
mod router;
mod throttle;

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::service::{Hub, HubError};
use answer::Failure;
use room::Room;

pub use router::router;

/// Calls that read the store at once; as many connections to it are kept open, and further callers wait.
const READERS: usize = 8;
/// Pushes whose bodies are being received, or wait to be worked on.
const BODIES: usize = 24;

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct HubState {
    hub: Hub,
    readers: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
    room: Room,
    throttle: Arc<throttle::Throttle>,
}

impl HubState {
    fn new(hub: Hub) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        let (readers, bodies) = (places(READERS), places(BODIES));
        Self { hub, readers, bodies, room: Room::default(), throttle: Arc::default() }
    }

    /// Runs a call of the hub that blocks, and not too many of them at once.
    async fn blocking<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Hub) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.readers.clone().acquire_owned().await.map_err(|_| HubError::Stopped)?;
        let hub = self.hub.clone();
        // The place is held until the call has ended, also when its caller goes away before.
        let called = tokio::task::spawn_blocking(move || (call(&hub), place).0);
        Ok(called.await.unwrap_or(Err(HubError::Stopped))?)
    }
}
