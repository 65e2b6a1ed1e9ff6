//! Which path leads where.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::trace::TraceLayer;
use wire::ProblemType;

use super::answer::{Failure, json};
use super::{HubState, auth, blobs, date, drain, encoding, enrol, history, live, pull, push};
use crate::service::Hub;

/// The calls of the hub, and nothing else.
pub fn router(hub: Hub) -> Router {
    let state = HubState::new(hub);
    dressed(calls().route("/", get(root)).fallback(not_found), state)
}

/// The calls of the hub, and `pages` at every other address.
pub fn router_beside(hub: Hub, pages: Router) -> Router {
    dressed(calls(), HubState::new(hub)).fallback_service(pages.layer(TraceLayer::new_for_http()))
}

fn calls() -> Router<HubState> {
    Router::new()
        .route("/v1/enrol", post(enrol::enrol))
        .route("/v1/push", post(push::push))
        .route("/v1/pull", get(pull::pull))
        .route("/v1/records/{id}/history", get(history::history))
        .route("/v1/live", get(live::live))
        .route("/v1/blobs/{sha256}", get(blobs::read).head(blobs::progress).patch(blobs::append))
        .route("/v1", any(not_found))
        .route("/v1/", any(not_found))
        .route("/v1/{*rest}", any(not_found))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
}

fn dressed(router: Router<HubState>, state: HubState) -> Router {
    router
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(state.clone(), auth::require_token))
        .layer(from_fn(drain::drain_refused))
        .layer(CompressionLayer::new().compress_when(compressible()))
        .layer(from_fn(encoding::always_answer))
        .layer(from_fn_with_state(state.clone(), date::tell_time))
        .layer(TraceLayer::new_for_http())
        .with_state(state)
}

/// Photos are compressed already, and their parts are counted in bytes as they are.
fn compressible() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream"))
}

async fn healthz() -> Response {
    json(StatusCode::OK, br#"{"status":"ok"}"#.to_vec())
}

async fn readyz(State(state): State<HubState>) -> Result<Response, Failure> {
    state.hub.check_ready()?;
    Ok(json(StatusCode::OK, br#"{"status":"ready"}"#.to_vec()))
}

async fn root() -> &'static str {
    "Rounds: the office server. Tablets sync under /v1.\n"
}

async fn not_found() -> Failure {
    Failure::new(ProblemType::NotFound)
}

async fn method_not_allowed() -> Failure {
    Failure::new(ProblemType::MethodNotAllowed)
}
