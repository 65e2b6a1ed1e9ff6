//! The addresses of the door, and who answers at each.

use std::sync::Arc;

use app::CommandError;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post, put};
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use wire::ProblemType;

use crate::answer::Failure;
use crate::gate::Gate;
use crate::state::DoorState;
use crate::{blobs, call, events, guard, imports, pages, sheets};

/// Answers below this many bytes fit into one packet anyway.
const WORTH_PACKING: u64 = 1_400;

/// The door behind `gate`; streams end when `stopping` becomes true, so that a server can end.
///
/// The address of the client is read from `ConnectInfo<SocketAddr>`, where the server gives it.
pub fn router(gate: Arc<dyn Gate>, stopping: watch::Receiver<bool>) -> Router {
    let door = DoorState::new(gate, stopping);
    Router::new()
        .route("/app/call/{name}", post(call::call))
        .route("/app/events", get(events::events))
        .route("/app/blobs", put(blobs::put))
        .route("/app/blobs/{id}", get(blobs::get))
        .route("/app/sheets", post(sheets::make))
        .route("/app/sheets/{export}", post(sheets::take))
        .route("/app/imports/{kind}", post(imports::read))
        .route("/app/{*rest}", any(not_found))
        .route("/open/{secret}", get(pages::open))
        .fallback(pages::page)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(door.clone(), guard::admit))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(WORTH_PACKING))))
        .layer(from_fn(guard::protect))
        .with_state(door)
}

async fn not_found() -> Failure {
    Failure(CommandError::not_found("there is nothing at this address"))
}

async fn method_not_allowed() -> Failure {
    Failure(CommandError::new(ProblemType::MethodNotAllowed, "this address knows other methods"))
}
