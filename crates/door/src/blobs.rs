//! `PUT /app/blobs` and `GET /app/blobs/{id}`: photos, for who sees a field that names them.

use app::{BlobSight, CommandError, MAX_PHOTO_BYTES, photo_too_large, photo_type};
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use replica::BlobId;
use wire::ProblemType;

use crate::answer::{Failure, json};
use crate::body;
use crate::gate::Caller;
use crate::state::DoorState;

/// The browser keeps the bytes, which never change under their name, and asks each time whether they may still be shown: somebody
/// else may sit there by now, and what was seen may be closed.
const ASKING: HeaderValue = HeaderValue::from_static("private, no-cache");
/// What the next person at the same screen may not see is kept by nothing.
const BY_NOTHING: HeaderValue = HeaderValue::from_static("no-store");
/// A blob is shown as a picture or saved; it runs nothing, whatever is in it.
const BLOB_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

pub(crate) async fn put(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    request: Body,
) -> Result<Response, Failure> {
    let gate = door.gate.clone();
    let app = match DoorState::blocking(&door.calls, move || gate.enter(&caller)).await? {
        Ok(entered) => entered.app,
        Err(error) => {
            body::drain(request).await;
            return Err(error.into());
        }
    };
    let _place = door
        .photos
        .clone()
        .acquire_owned()
        .await
        .map_err(|_| CommandError::new(ProblemType::Stopping, "it is ending"))?;
    let bytes = body::read(request, MAX_PHOTO_BYTES, photo_too_large).await?;
    let kept = DoorState::blocking(&door.calls, move || app.put_photo(&bytes)).await??;
    Ok(json(serde_json::to_string(&kept).map_err(|error| CommandError::internal(&error))?))
}

pub(crate) async fn get(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let missing = || CommandError::not_found("there is no such photo");
    let id: BlobId = id.ok().and_then(|Path(id)| id.parse().ok()).ok_or_else(missing)?;
    let gate = door.gate.clone();
    let read = move || {
        let app = gate.enter(&caller)?.app;
        let sight = app.blob_sight(id)?;
        let bytes = if sight == BlobSight::No { None } else { app.store().read_blob(id)? };
        Ok::<_, CommandError>(bytes.map(|bytes| (bytes, sight)))
    };
    let (bytes, sight) = DoorState::blocking(&door.photos, read).await??.ok_or_else(missing)?;
    let tag = HeaderValue::try_from(format!("\"{id}\"")).map_err(|error| CommandError::internal(&error))?;
    let is_known = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let mime = photo_type(&bytes);
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(bytes).into_response() };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime.unwrap_or("application/octet-stream")));
    let disposition = if mime.is_some() { "inline" } else { "attachment" };
    out.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    out.insert(header::CACHE_CONTROL, if sight == BlobSight::Sealed { BY_NOTHING } else { ASKING });
    out.insert(header::CONTENT_SECURITY_POLICY, BLOB_POLICY);
    out.insert(header::ETAG, tag);
    Ok(response)
}
