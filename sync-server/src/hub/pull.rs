//! `GET /v1/pull`

use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use wire::{DEFAULT_PULL_LIMIT, MAX_PULL_LIMIT, ProblemType};

use super::HubState;
use super::answer::{Failure, json};
use super::auth::Caller;

type Parameters = Result<Query<Vec<(String, String)>>, QueryRejection>;

pub(super) async fn pull(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let Query(parameters) = parameters.map_err(|error| bad_request(&error))?;
    let (mut after, mut limit) = (None, None);
    for (name, value) in parameters {
        let place = match name.as_str() {
            "after" => &mut after,
            "limit" => &mut limit,
            _ => continue,
        };
        if place.replace(value).is_some() {
            return Err(bad_request(&format_args!("{name} stands twice")));
        }
    }
    let limit = limit.map_or(Ok(DEFAULT_PULL_LIMIT), |limit| parse_limit(&limit))?;
    let outcome = state.blocking(move |hub| hub.pull(&device, after.as_deref(), limit)).await?;
    let page = outcome.into_page().map_err(|problem| Failure(*problem))?;
    Ok(json(StatusCode::OK, page))
}

fn parse_limit(text: &str) -> Result<u64, Failure> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    digits
        .filter(|limit| (1..=MAX_PULL_LIMIT).contains(limit))
        .ok_or_else(|| bad_request(&format_args!("limit is not in 1..{MAX_PULL_LIMIT}")))
}

fn bad_request(detail: &dyn std::fmt::Display) -> Failure {
    Failure::detail(ProblemType::BadRequest, detail)
}
