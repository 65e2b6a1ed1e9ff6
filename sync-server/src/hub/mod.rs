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
mod router;
mod throttle;

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::service::{Hub, HubError};
use answer::Failure;

pub use router::router;

/// Bodies that are decoded at once; each may take a few times the largest push in memory.
const DECODERS: usize = 8;

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct HubState {
    hub: Hub,
    decoders: Arc<Semaphore>,
    throttle: Arc<throttle::Throttle>,
}

impl HubState {
    fn new(hub: Hub) -> Self {
        Self { hub, decoders: Arc::new(Semaphore::new(DECODERS)), throttle: Arc::default() }
    }

    /// Runs a call of the hub that blocks.
    async fn blocking<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Hub) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, Failure> {
        let hub = self.hub.clone();
        match tokio::task::spawn_blocking(move || call(&hub)).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(HubError::Stopped.into()),
        }
    }

    /// Runs a decoder on a thread that may block, and not too many of them at once.
    async fn decoding<T: Send + 'static>(
        &self,
        decode: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let _permit = self.decoders.acquire().await.map_err(|_| HubError::Stopped)?;
        tokio::task::spawn_blocking(decode).await.unwrap_or_else(|_| Err(HubError::Stopped.into()))
    }
}
