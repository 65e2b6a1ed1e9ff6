//! `POST /v1/push`

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use wire::MAX_PUSH_BYTES;

use super::answer::{Failure, json};
use super::auth::Caller;
use super::encoding::Encoding;
use super::{HubState, body};
use crate::service::PreparedPush;

/// What an encoder may add to a body that does not shrink.
const ENCODING_SLACK: usize = 64 << 10;

pub(super) async fn push(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    request: Request,
) -> Result<Response, Failure> {
    let encoding = Encoding::of(request.headers())?;
    let limit = if encoding == Encoding::Identity { MAX_PUSH_BYTES } else { MAX_PUSH_BYTES + ENCODING_SLACK };
    let body = body::read(request.into_body(), limit).await?;
    let prepared = state.decoding(move || Ok(PreparedPush::decode(&encoding.decode(body, MAX_PUSH_BYTES)?)?)).await?;
    let answer = state.hub.push(&device, prepared).await??;
    Ok(json(StatusCode::OK, answer))
}
