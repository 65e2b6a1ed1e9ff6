//! The browser's door: the commands, their changes and the photos over HTTP, and the built screens.
//!
//! One router serves the office and `rounds serve`; a [`Gate`] says who a request is and what is behind the door for them.
//! Nothing here knows what a command means.

mod answer;
mod blobs;
mod body;
mod call;
mod events;
mod feed;
mod gate;
mod guard;
mod loopback;
mod pages;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post, put};
use tokio::sync::{Semaphore, watch};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};

use crate::CommandError;
use answer::Failure;

pub use feed::Feed;
pub use gate::{Caller, Entered, Gate, Reply, SessionCookie};
pub use loopback::Loopback;
pub use pages::{Notice, is_built};

/// Commands that run at once; further ones wait.
const CALLS: usize = 8;
/// Photos that are received or read at once.
const PHOTOS: usize = 4;
/// Pages that listen for changes at once.
const LISTENERS: usize = 200;

/// Answers below this many bytes fit into one packet anyway.
const WORTH_PACKING: u64 = 1_400;

/// What every handler shares.
#[derive(Clone)]
struct Door {
    gate: Arc<dyn Gate>,
    calls: Arc<Semaphore>,
    photos: Arc<Semaphore>,
    listeners: Arc<Semaphore>,
    stopping: watch::Receiver<bool>,
}

/// The door behind `gate`; streams end when `stopping` becomes true, so that a server can end.
///
/// The address of the client is read from `ConnectInfo<SocketAddr>`, where the server gives it.
pub fn router(gate: Arc<dyn Gate>, stopping: watch::Receiver<bool>) -> Router {
    let places = |count| Arc::new(Semaphore::new(count));
    let door = Door { gate, calls: places(CALLS), photos: places(PHOTOS), listeners: places(LISTENERS), stopping };
    Router::new()
        .route("/app/call/{name}", post(call::call))
        .route("/app/events", get(events::events))
        .route("/app/blobs", put(blobs::put))
        .route("/app/blobs/{id}", get(blobs::get))
        .route("/app/{*rest}", any(not_found))
        .route("/open/{secret}", get(pages::open))
        .fallback(pages::page)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(door.clone(), guard::admit))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(WORTH_PACKING))))
        .layer(from_fn(guard::protect))
        .with_state(door)
}

impl Door {
    /// Runs what blocks, and not too much of it at once.
    async fn blocking<T: Send + 'static>(
        places: &Arc<Semaphore>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let stopped = || Failure(CommandError::new("stopping", "the program is ending"));
        let place = places.clone().acquire_owned().await.map_err(|_| stopped())?;
        // The place is held until the work has ended, also when its caller goes away before.
        let done = tokio::task::spawn_blocking(move || (work(), place).0);
        done.await.map_err(|error| Failure(CommandError::internal(&error)))
    }
}

async fn not_found() -> Failure {
    Failure(CommandError::not_found("there is nothing at this address"))
}

async fn method_not_allowed() -> Failure {
    Failure(CommandError::new("method-not-allowed", "this address knows other methods"))
}
