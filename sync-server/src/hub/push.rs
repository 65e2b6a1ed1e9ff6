//! `POST /v1/push`

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use wire::{MAX_PUSH_BYTES, PushHead};

use super::answer::{Failure, json};
use super::auth::Caller;
use super::encoding::Encoding;
use super::room::Share;
use super::{HubState, body};
use crate::service::{HubError, PreparedPush};
use crate::storage::DeviceRow;

/// What an encoder may add to a body that does not shrink.
const ENCODING_SLACK: usize = 64 << 10;

pub(super) async fn push(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    request: Request,
) -> Result<Response, Failure> {
    let encoding = Encoding::of(request.headers())?;
    let limit = if encoding == Encoding::Identity { MAX_PUSH_BYTES } else { MAX_PUSH_BYTES + ENCODING_SLACK };
    let place = state.bodies.clone().acquire_owned().await.map_err(|_| HubError::Stopped)?;
    let body = body::read(request.into_body(), limit).await?;
    // A task of its own: a client that goes away gives no room back before its push has left the memory.
    let applying = tokio::spawn(async move {
        let share = state.room.share((encoding == Encoding::Identity).then_some(body.len())).await?;
        drop(place);
        apply(state, device, encoding, body, share).await
    });
    let answer = applying.await.unwrap_or_else(|_| Err(HubError::Stopped.into()))?;
    Ok(json(StatusCode::OK, answer))
}

/// Decodes and applies a push, and holds its share of the room as long as it is in memory.
async fn apply(
    state: HubState,
    device: Arc<DeviceRow>,
    encoding: Encoding,
    body: Vec<u8>,
    mut share: Share,
) -> Result<Vec<u8>, Failure> {
    let decoding = move || -> Result<_, Failure> {
        let body = encoding.decode(body, MAX_PUSH_BYTES)?;
        let head = PushHead::decode(&body)?;
        Ok((wire::digest(&body), head, body))
    };
    let (digest, head, body) = on_a_thread(decoding).await?;
    share.shrink(body.len());
    // A push that is refused or answered by its head alone costs no more than that.
    let caller = device.clone();
    if let Some(answer) = state.blocking(move |hub| hub.answer_by_head(&caller, &head, digest)).await?? {
        return Ok(answer);
    }
    let prepared = on_a_thread(move || Ok(PreparedPush::decode(&body)?)).await?;
    Ok(state.hub.push(&device, prepared).await??)
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(HubError::Stopped.into()))
}
