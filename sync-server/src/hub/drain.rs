//! Reading what a refused client still sends, so that it gets to read why it was refused.
//!
//! A connection that is closed over unread bytes is reset, and the answer may be lost on the way.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use http_body::Frame;

/// What is read and thrown away at most.
const MOST_BYTES: usize = 64 << 20;
/// For how long.
const LONGEST: Duration = Duration::from_secs(10);

/// A body of which one end stays behind.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }
}

/// Answers after the rest of the body of a refused request has come in.
pub(super) async fn drain_refused(request: Request, next: Next) -> Response {
    // A client that waits for `100 Continue` has sent nothing yet, and need not.
    let is_waiting = request.headers().contains_key(header::EXPECT);
    if is_waiting || request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut rest = Shared(Arc::new(Mutex::new(body)));
    let response = next.run(Request::from_parts(parts, Body::new(rest.clone()))).await;
    if response.status().is_client_error() {
        let draining = async {
            let mut bytes = 0;
            while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await {
                bytes += frame.data_ref().map_or(0, Bytes::len);
                if bytes > MOST_BYTES {
                    break;
                }
            }
        };
        // What comes later than this is lost, and so may be the answer.
        let _ = tokio::time::timeout(LONGEST, draining).await;
    }
    response
}
