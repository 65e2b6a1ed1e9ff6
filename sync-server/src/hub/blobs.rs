//! `HEAD`, `PATCH` and `GET /v1/blobs/{sha256}`

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use causal::MAX_COUNTER;
use wire::{BlobId, BlobProgress, ProblemType};

use super::answer::Failure;
use super::auth::Caller;
use super::body::Pieces;
use super::encoding::Encoding;
use super::query::number;
use super::range::{Part, part};
use super::{HubState, body, stream};
use crate::blobs::Upload;
use crate::service::{BlobRefusal, HubError, UploadPlace};
use crate::storage::DeviceRow;

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_COMPLETE: HeaderName = HeaderName::from_static("upload-complete");
/// Bytes that are written or read at once.
const PIECE: usize = 256 << 10;

type Name = Result<Path<String>, PathRejection>;

/// The same for what is no name, for a blob that nobody has, and for one that others have.
fn name(name: Name) -> Result<BlobId, Failure> {
    let id = name.ok().and_then(|Path(text)| text.parse().ok());
    id.ok_or_else(not_found)
}

fn not_found() -> Failure {
    Failure::new(ProblemType::NotFound)
}

pub(super) async fn progress(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    id: Name,
) -> Result<Response, Failure> {
    let id = name(id)?;
    let found = state.on_files(move |hub| hub.blob_progress(&device, id)).await?;
    found.map(|progress| place(StatusCode::OK, progress)).ok_or_else(not_found)
}

fn place(status: StatusCode, progress: BlobProgress) -> Response {
    let complete = HeaderValue::from_static(if progress.complete { "?1" } else { "?0" });
    let headers = [
        (UPLOAD_OFFSET, HeaderValue::from(progress.offset)),
        (UPLOAD_COMPLETE, complete),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers).into_response()
}

pub(super) async fn append(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    id: Name,
    request: Request,
) -> Result<Response, Failure> {
    let id = name(id)?;
    let sent = PartHead::of(request.headers())?;
    let taking = take(state, device, id, sent, request.into_body());
    // A task of its own: a client that goes away after its last byte has a blob all the same.
    let end = tokio::spawn(taking).await.unwrap_or_else(|_| Err(HubError::Stopped.into()))?;
    Ok(place(StatusCode::NO_CONTENT, BlobProgress { offset: end, complete: end == sent.total }))
}

/// What the headers say of a part of a blob.
#[derive(Clone, Copy)]
struct PartHead {
    offset: u64,
    total: u64,
    encoding: Encoding,
    /// How many bytes the body has, where that is known.
    bytes: Option<u64>,
}

impl PartHead {
    fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        let (offset, total) = (counted(headers, &UPLOAD_OFFSET)?, counted(headers, &UPLOAD_LENGTH)?);
        let encoding = Encoding::of(headers)?;
        let bytes = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let sent = Self { offset, total, encoding, bytes: bytes.filter(|_| encoding == Encoding::Identity) };
        sent.check(sent.bytes.unwrap_or(0))?;
        Ok(sent)
    }

    /// Refuses a part of so many bytes that it ends beyond the blob.
    fn check(self, bytes: u64) -> Result<(), Failure> {
        match self.offset.checked_add(bytes).is_some_and(|end| end <= self.total) {
            true => Ok(()),
            false => Err(BlobRefusal::BeyondItsEnd.into()),
        }
    }
}

fn counted(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Failure> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none()).and_then(|value| value.to_str().ok());
    let value = value.filter(|value| !value.is_empty());
    let missing = || Failure::detail(ProblemType::BadRequest, format_args!("{name} has to stand there, once"));
    number(name.as_str(), value.ok_or_else(missing)?, 0, MAX_COUNTER)
}

/// Takes a part as it comes, and gives where it ends; what has come of a part that breaks off stays.
async fn take(state: HubState, device: Arc<DeviceRow>, id: BlobId, sent: PartHead, body: Body) -> Result<u64, Failure> {
    let PartHead { offset, total, encoding, .. } = sent;
    let found = state.on_files(move |hub| hub.place_upload(&device, id, offset, total)).await??;
    let upload = match found {
        UploadPlace::End(upload) => upload,
        UploadPlace::Complete => return Ok(offset),
    };
    let end = match encoding {
        Encoding::Identity => receive(&state, upload, sent, body).await?,
        encoding => {
            // What is encoded is read as a whole, and not too much of it at once.
            let _place = state.bodies.clone().acquire_owned().await.map_err(|_| HubError::Stopped)?;
            let _share = state.room.share(None).await?;
            let limit = usize::try_from(total - offset).unwrap_or(usize::MAX);
            let read = body::read(body, limit.saturating_add(PIECE)).await?;
            let decoding = tokio::task::spawn_blocking(move || encoding.decode(read, limit));
            let bytes = decoding.await.unwrap_or_else(|_| Err(HubError::Stopped.into()))?;
            write(&state, upload, offset, bytes).await?
        }
    };
    if end == total {
        state.on_files(move |hub| hub.finish_upload(&upload, total)).await??;
    }
    Ok(end)
}

async fn receive(state: &HubState, upload: Upload, sent: PartHead, body: Body) -> Result<u64, Failure> {
    let (mut pieces, mut waiting, mut end) = (Pieces::new(body), Vec::new(), sent.offset);
    loop {
        let next = pieces.next().await;
        if let Ok(Some(data)) = &next {
            waiting.extend_from_slice(data);
            PartHead { offset: end, ..sent }.check(u64::try_from(waiting.len()).unwrap_or(u64::MAX))?;
            if waiting.len() < PIECE {
                continue;
            }
        }
        // An empty part begins an upload, or ends one whose last answer was lost.
        end = write(state, upload, end, std::mem::take(&mut waiting)).await?;
        if next?.is_none() {
            return Ok(end);
        }
    }
}

async fn write(state: &HubState, upload: Upload, offset: u64, bytes: Vec<u8>) -> Result<u64, Failure> {
    Ok(state.on_files(move |hub| hub.append_upload(&upload, offset, &bytes)).await??)
}

pub(super) async fn read(
    State(state): State<HubState>,
    Extension(Caller(device)): Extension<Caller>,
    id: Name,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id = name(id)?;
    let caller = device.clone();
    let size = state.on_files(move |hub| hub.blob_size(&caller, id)).await?.ok_or_else(not_found)?;
    let tag = format!("\"{id}\"");
    let (first, end) = match part(&headers, &tag, size) {
        Part::Known => return Ok((StatusCode::NOT_MODIFIED, lasting(&tag)).into_response()),
        Part::Nowhere => return Ok(nowhere(size)),
        Part::Of(first, end) => (first, end),
        Part::Whole => (0, size),
    };
    let (filler, bytes) = stream::body();
    tokio::spawn(fill(state, device, id, first, end, filler));
    let mut response = (lasting(&tag), bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(end - first));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if (first, end) != (0, size) {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        insert_text(&mut response, header::CONTENT_RANGE, &format!("bytes {first}-{}/{size}", end - 1));
    }
    Ok(response)
}

/// The bytes behind a name never change; they are for the device that asked, and no proxy keeps them.
fn lasting(tag: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let keep = HeaderValue::from_static("private, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, keep);
    headers.extend(HeaderValue::from_str(tag).ok().map(|tag| (header::ETAG, tag)));
    headers
}

fn nowhere(size: u64) -> Response {
    let mut response = Failure::new(ProblemType::RangeNotSatisfiable).into_response();
    insert_text(&mut response, header::CONTENT_RANGE, &format!("bytes */{size}"));
    response
}

fn insert_text(response: &mut Response, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().insert(name, value);
    }
}

/// Sends the bytes from `first` to before `end`, as fast as they are read.
async fn fill(state: HubState, device: Arc<DeviceRow>, id: BlobId, first: u64, end: u64, filler: stream::Filler) {
    let mut next = first;
    while next < end {
        let length = PIECE.min(usize::try_from(end - next).unwrap_or(PIECE));
        let caller = device.clone();
        let read = state.on_files(move |hub| hub.read_blob_part(&caller, id, next, length)).await;
        let bytes = read.ok().flatten().filter(|bytes| bytes.len() == length);
        let Some(bytes) = bytes else {
            let _ = filler.send(Err(std::io::Error::other("the rest of the blob cannot be read"))).await;
            return;
        };
        next += u64::try_from(length).unwrap_or(u64::MAX);
        if filler.send(Ok(Bytes::from(bytes))).await.is_err() {
            return;
        }
    }
}
