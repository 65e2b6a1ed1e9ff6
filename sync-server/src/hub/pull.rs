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

/// More records than this no device has.
const MOST_OWED: u64 = 1_000_000_000;

pub(super) async fn pull(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let [after, limit, owes] = pick(parameters, ["after", "limit", "owes"])?;
    let limit = limit.map_or(Ok(DEFAULT_PULL_LIMIT), |limit| number("limit", &limit, 1, MAX_PULL_LIMIT))?;
    // An older app does not say.
    let owes = owes.map(|owes| number("owes", &owes, 0, MOST_OWED)).transpose()?;
    let reader = device.clone();
    let outcome = state.blocking(move |hub| hub.pull(&reader, after.as_deref(), limit)).await?;
    let page = outcome.into_page().map_err(|problem| Failure(*problem))?;
    // Who has read another feed may owe more than it knows.
    if let Some(owes) = owes {
        state.hub.note_owes(&device, owes);
    }
    Ok(json(StatusCode::OK, page))
}
