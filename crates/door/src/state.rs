//! What the handlers share, and how many may work at once.

use std::sync::Arc;

use app::CommandError;
use tokio::sync::{Semaphore, watch};
use wire::ProblemType;

use crate::answer::Failure;
use crate::gate::Gate;

/// Commands that run at once; further ones wait.
const CALLS: usize = 8;
/// Photos that are received or read at once.
const PHOTOS: usize = 4;
/// Papers that are begun or given as files at once; waiting for a short one must not keep commands waiting.
const SHEETS: usize = 4;
/// Pages that listen for changes at once.
const LISTENERS: usize = 200;

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct DoorState {
    pub(crate) gate: Arc<dyn Gate>,
    pub(crate) calls: Arc<Semaphore>,
    pub(crate) photos: Arc<Semaphore>,
    pub(crate) sheets: Arc<Semaphore>,
    pub(crate) listeners: Arc<Semaphore>,
    pub(crate) stopping: watch::Receiver<bool>,
}

impl DoorState {
    pub(crate) fn new(gate: Arc<dyn Gate>, stopping: watch::Receiver<bool>) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self {
            gate,
            calls: places(CALLS),
            photos: places(PHOTOS),
            sheets: places(SHEETS),
            listeners: places(LISTENERS),
            stopping,
        }
    }

    /// Runs what blocks, and not too much of it at once.
    pub(crate) async fn blocking<T: Send + 'static>(
        places: &Arc<Semaphore>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let stopped = || Failure(CommandError::new(ProblemType::Stopping, "the program is ending"));
        let place = places.clone().acquire_owned().await.map_err(|_| stopped())?;
        // The place is held until the work has ended, also when its caller goes away before.
        let done = tokio::task::spawn_blocking(move || (work(), place).0);
        done.await.map_err(|error| Failure(CommandError::internal(&error)))
    }
}
