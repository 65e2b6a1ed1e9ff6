//! `GET /v1/pull`

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use wire::{DEFAULT_PULL_LIMIT, MAX_PULL_LIMIT};

use super::HubState;
use super::answer::{Failure, json};
use super::auth::Caller;
use super::query::{Parameters, number, pick};

pub(super) async fn pull(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let [after, limit] = pick(parameters, ["after", "limit"])?;
    let limit = limit.map_or(Ok(DEFAULT_PULL_LIMIT), |limit| number("limit", &limit, 1, MAX_PULL_LIMIT))?;
    let outcome = state.blocking(move |hub| hub.pull(&device, after.as_deref(), limit)).await?;
    let page = outcome.into_page().map_err(|problem| Failure(*problem))?;
    Ok(json(StatusCode::OK, page))
}
