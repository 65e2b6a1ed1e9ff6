//! The HTTP door of the hub: each handler decodes, calls the service, and encodes.
//!
//! Every error is an RFC 9457 problem, and the token is checked before anything else.

mod answer;
mod auth;
mod blobs;
mod body;
mod date;
mod drain;
mod encoding;
mod enrol;
mod history;
mod live;
mod pull;
mod push;
mod query;
mod range;
mod room;
mod router;
mod stream;
mod streams;
mod throttle;

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::service::{Hub, HubError};
use answer::Failure;
use room::Room;

pub use router::{router, router_beside};

/// Calls that read the store at once; as many connections to it are kept open, and further callers wait.
const READERS: usize = 8;
/// Pushes whose bodies are being received, or wait to be worked on.
const BODIES: usize = 24;
/// Calls that read or write the bytes of photos at once.
const FILES: usize = 8;

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct HubState {
    hub: Hub,
    readers: Arc<Semaphore>,
    bodies: Arc<Semaphore>,
    files: Arc<Semaphore>,
    streams: Arc<streams::Streams>,
    room: Room,
    throttle: Arc<throttle::Throttle>,
}

impl HubState {
    fn new(hub: Hub) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self {
            hub,
            readers: places(READERS),
            bodies: places(BODIES),
            files: places(FILES),
            streams: Arc::default(),
            room: Room::default(),
            throttle: Arc::default(),
        }
    }

    /// Runs a call of the hub that reads or writes files, and not too many of them at once.
    async fn on_files<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Hub) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, Failure> {
        self.within(&self.files, call).await
    }

    /// Runs a call of the hub that blocks, and not too many of them at once.
    async fn blocking<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Hub) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, Failure> {
        self.within(&self.readers, call).await
    }

    async fn within<T: Send + 'static>(
        &self,
        places: &Arc<Semaphore>,
        call: impl FnOnce(&Hub) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = places.clone().acquire_owned().await.map_err(|_| HubError::Stopped)?;
        let hub = self.hub.clone();
        // The place is held until the call has ended, also when its caller goes away before.
        let called = tokio::task::spawn_blocking(move || (call(&hub), place).0);
        Ok(called.await.unwrap_or(Err(HubError::Stopped))?)
    }
}
