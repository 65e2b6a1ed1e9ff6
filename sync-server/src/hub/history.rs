//! `GET /v1/records/{id}/history`

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use causal::{MAX_COUNTER, RecordId};
use uuid::Uuid;
use wire::{MAX_PULL_LIMIT, ProblemType};

use super::HubState;
use super::answer::{Failure, json};
use super::auth::Caller;
use super::query::{Parameters, number, pick};
use crate::service::HistoryPart;

pub(super) async fn history(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let part = part(parameters)?;
    let id = id.ok().and_then(|Path(id)| parse_id(&id)).ok_or_else(not_found)?;
    let found = state.blocking(move |hub| hub.history(&device, id, part)).await?;
    found.map(|body| json(StatusCode::OK, body)).ok_or_else(not_found)
}

fn part(parameters: Parameters) -> Result<HistoryPart, Failure> {
    let [after, limit] = pick(parameters, ["after", "limit"])?;
    let whole = HistoryPart::default();
    Ok(HistoryPart {
        after: after.map_or(Ok(whole.after), |after| number("after", &after, 0, MAX_COUNTER))?,
        limit: limit.map_or(Ok(whole.limit), |limit| number("limit", &limit, 1, MAX_PULL_LIMIT))?,
    })
}

fn parse_id(text: &str) -> Option<RecordId> {
    let id = Uuid::try_parse(text).ok()?;
    (id.hyphenated().to_string() == text).then_some(RecordId(id))
}

/// The same for an id that nobody has, and for one that others have.
fn not_found() -> Failure {
    Failure::new(ProblemType::NotFound)
}
