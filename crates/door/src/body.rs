//! Reading a body: not too much of it, and not for ever.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use std::future::poll_fn;
use std::pin::Pin;
use tokio::time::{Instant, timeout, timeout_at};

use app::CommandError;
use wire::ProblemType;

/// A client that sends nothing for this long is given up.
const IDLE: Duration = Duration::from_secs(30);
/// The longest that a body may take, on the slowest of networks.
const WHOLE: Duration = Duration::from_secs(600);
/// How much of a refused body is read and thrown away, so that the client gets to read why it was refused.
const MOST_DRAINED: usize = 64 << 20;
/// For how long.
const LONGEST_DRAIN: Duration = Duration::from_secs(10);

/// The bytes of a body, of at most `limit`; `too_large` is the refusal of a larger one.
pub(crate) async fn read(
    mut body: Body,
    limit: usize,
    too_large: impl FnOnce() -> CommandError,
) -> Result<Vec<u8>, CommandError> {
    if body.size_hint().lower() > limit as u64 {
        drain(body).await;
        return Err(too_large());
    }
    let until = Instant::now() + WHOLE;
    let mut bytes = Vec::new();
    loop {
        let frame = timeout_at(until, timeout(IDLE, poll_fn(|context| Pin::new(&mut body).poll_frame(context)))).await;
        let Ok(Ok(frame)) = frame else {
            return Err(CommandError::new(ProblemType::TooSlow, "the body takes too long"));
        };
        let data = match frame {
            None => return Ok(bytes),
            Some(Err(_)) => return Err(CommandError::new(ProblemType::BadArguments, "the body ends too early")),
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
        };
        if bytes.len() + data.len() > limit {
            drop(bytes);
            drain(body).await;
            return Err(too_large());
        }
        bytes.extend_from_slice(&data);
    }
}

/// Reads what a refused client still sends: a connection that is closed over unread bytes is reset, and the answer lost.
pub(crate) async fn drain(mut body: Body) {
    if body.is_end_stream() {
        return;
    }
    let draining = async {
        let mut bytes = 0;
        while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            bytes += frame.data_ref().map_or(0, |data| data.len());
            if bytes > MOST_DRAINED {
                break;
            }
        }
    };
    // What comes later than this is lost, and so may be the answer.
    let _ = timeout(LONGEST_DRAIN, draining).await;
}
