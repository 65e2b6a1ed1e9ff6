//! Reading a body: not too much of it, and not for ever.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use tokio::time::{Instant, timeout, timeout_at};
use wire::ProblemType;

use super::answer::Failure;
use crate::service::limit_problem;

/// A client that sends nothing for this long is given up.
const IDLE: Duration = Duration::from_secs(30);
/// The longest that a body may take, on the slowest of networks.
const WHOLE: Duration = Duration::from_secs(600);

/// The bytes of a body, of at most `limit`.
pub(super) async fn read(mut body: Body, limit: usize) -> Result<Vec<u8>, Failure> {
    let until = Instant::now() + WHOLE;
    let mut bytes = Vec::new();
    loop {
        let frame = timeout_at(until, timeout(IDLE, poll_fn(|context| Pin::new(&mut body).poll_frame(context)))).await;
        let Ok(Ok(frame)) = frame else { return Err(Failure::new(ProblemType::RequestTimeout)) };
        let data = match frame {
            None => return Ok(bytes),
            Some(Err(_)) => return Err(Failure::detail(ProblemType::BadRequest, "the body ends too early")),
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
        };
        if bytes.len() + data.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&data);
    }
}

/// A body of more than `limit` bytes.
pub(super) fn too_large(limit: usize) -> Failure {
    Failure(limit_problem("body-bytes", format_args!("the body is larger than {limit} bytes")))
}
