//! The token, checked before anything else about a request.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::HubState;
use super::answer::Failure;
use crate::service::Refusal;
use crate::storage::DeviceRow;

/// The device that is calling.
#[derive(Clone, Debug)]
pub(super) struct Caller(pub(super) Arc<DeviceRow>);

/// Lets a request under `/v1` through only with the token of a device, and notes which device it is.
pub(super) async fn require_token(State(state): State<HubState>, mut request: Request, next: Next) -> Response {
    if needs_token(request.method(), request.uri().path()) {
        match authenticate(&state, request.headers()).await {
            Ok(caller) => request.extensions_mut().insert(caller),
            Err(failure) => return failure.into_response(),
        };
    }
    next.run(request).await
}

fn needs_token(method: &Method, path: &str) -> bool {
    let is_under_v1 = path.strip_prefix("/v1").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    is_under_v1 && !(method == Method::POST && path == "/v1/enrol")
}

async fn authenticate(state: &HubState, headers: &HeaderMap) -> Result<Caller, Failure> {
    let token = bearer(headers).ok_or(Refusal::Unauthorised)?;
    let device = state.blocking(move |hub| hub.authenticate(&token)).await??;
    Ok(Caller(Arc::new(device)))
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer") && values.next().is_none();
    is_bearer.then(|| token.trim().to_owned())
}
