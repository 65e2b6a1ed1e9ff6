//! From outcomes to HTTP answers.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::{Problem, ProblemType, ShapeError};

use crate::service::{BlobRefusal, HubError, PushRefusal, Refusal};

/// A problem on its way out.
#[derive(Debug)]
pub(super) struct Failure(pub(super) Problem);

impl Failure {
    pub(super) fn new(kind: ProblemType) -> Self {
        Self(Problem::new(kind))
    }

    pub(super) fn detail(kind: ProblemType, detail: impl std::fmt::Display) -> Self {
        Self(Problem::new(kind).detail(detail))
    }
}

/// A JSON body that is ready.
pub(super) fn json(status: StatusCode, body: Vec<u8>) -> Response {
    answer(status, "application/json", body)
}

fn answer(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.0.status.and_then(|status| StatusCode::from_u16(status).ok());
        let status = status.unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = answer(status, "application/problem+json", self.0.encode());
        let further = match status {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some((header::ACCEPT_ENCODING, "zstd, gzip")),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "5")),
            _ => None,
        };
        if let Some((name, value)) = further {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<HubError> for Failure {
    fn from(error: HubError) -> Self {
        Self(error.into())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.into())
    }
}

impl From<PushRefusal> for Failure {
    fn from(refusal: PushRefusal) -> Self {
        Self(refusal.into())
    }
}

impl From<BlobRefusal> for Failure {
    fn from(refusal: BlobRefusal) -> Self {
        Self(refusal.into())
    }
}

impl From<ShapeError> for Failure {
    fn from(error: ShapeError) -> Self {
        Self::detail(ProblemType::BadRequest, error)
    }
}
