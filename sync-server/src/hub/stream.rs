//! A body that a task fills while it is being sent.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use tokio::sync::mpsc;

/// Pieces that wait to be sent.
const WAITING: usize = 2;

/// The other end of the body; an error on it ends the connection, so that the client sees that the body is not whole.
pub(super) type Filler = mpsc::Sender<std::io::Result<Bytes>>;

struct PieceBody(mpsc::Receiver<std::io::Result<Bytes>>);

impl HttpBody for PieceBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<std::io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

/// An empty body, and what fills it; it ends when that is dropped.
pub(super) fn body() -> (Filler, Body) {
    let (filler, pieces) = mpsc::channel(WAITING);
    (filler, Body::new(PieceBody(pieces)))
}
