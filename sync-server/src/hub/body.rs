//! Reading a body: not too much of it, and not for ever.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use tokio::time::{Instant, timeout, timeout_at};
use wire::ProblemType;

use super::answer::Failure;
use crate::service::limit_problem;

/// A client that sends nothing for this long is given up.
const IDLE: Duration = Duration::from_secs(30);
/// The longest that a body may take, on the slowest of networks.
const WHOLE: Duration = Duration::from_secs(600);

/// A body that is read piece by piece.
pub(super) struct Pieces {
    body: Body,
    until: Instant,
}

impl Pieces {
    pub(super) fn new(body: Body) -> Self {
        Self { body, until: Instant::now() + WHOLE }
    }

    /// The next bytes; nothing at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        let body = &mut self.body;
        let frame = timeout(IDLE, poll_fn(|context| Pin::new(&mut *body).poll_frame(context)));
        match timeout_at(self.until, frame).await {
            Ok(Ok(None)) => Ok(None),
            Ok(Ok(Some(Ok(frame)))) => Ok(Some(frame.into_data().unwrap_or_default())),
            Ok(Ok(Some(Err(_)))) => Err(Failure::detail(ProblemType::BadRequest, "the body ends too early")),
            Err(_) | Ok(Err(_)) => Err(Failure::new(ProblemType::RequestTimeout)),
        }
    }
}

/// The bytes of a body, of at most `limit`.
pub(super) async fn read(body: Body, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut pieces = Pieces::new(body);
    let mut bytes = Vec::new();
    while let Some(data) = pieces.next().await? {
        if bytes.len() + data.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

/// A body of more than `limit` bytes.
pub(super) fn too_large(limit: usize) -> Failure {
    Failure(limit_problem("body-bytes", format_args!("the body is larger than {limit} bytes")))
}
