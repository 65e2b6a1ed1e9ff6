//! The protocol over HTTP.

mod answer;
mod blobs;
mod client;
mod events;
mod live;
mod time;

use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};

use wire::{BlobId, BlobProgress, EnrolAnswer, EnrolRequest, PullAnswer, PushAnswer};

use self::answer::{is_unread, no_answer};
use super::{HeardTime, PullAsk, Transport, TransportError};

pub use self::client::HttpTransport;

/// Bodies below this are sent as they are.
const COMPRESS_FROM: usize = 1 << 10;

impl Transport for HttpTransport {
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        self.call(self.client.post(self.url("enrol")).json(request), EnrolAnswer::decode)
    }

    fn push(&self, token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let packs = body.len() >= COMPRESS_FROM && !self.is_plain.load(Ordering::Relaxed);
        if packs {
            let packed = zstd::bulk::compress(body, 1).map_err(no_answer)?;
            let request = self.pushing(token).header("content-encoding", "zstd").body(packed);
            match self.call(request, PushAnswer::decode) {
                Err(TransportError::Refused(problem)) if is_unread(&problem) => {
                    tracing::debug!(problem = problem.urn, "a packed push is not understood; it goes as it is");
                    self.is_plain.store(true, Ordering::Relaxed);
                }
                answer => return answer,
            }
        }
        self.call(self.pushing(token).body(body.to_vec()), PushAnswer::decode)
    }

    fn pull(&self, token: &str, ask: PullAsk<'_>) -> Result<PullAnswer, TransportError> {
        let mut query = vec![("limit", ask.limit.to_string()), ("owes", ask.owes.to_string())];
        query.extend(ask.after.map(|after| ("after", after.to_owned())));
        let url = reqwest::Url::parse_with_params(&self.url("pull"), query).map_err(no_answer)?;
        self.call(self.client.get(url).bearer_auth(token), PullAnswer::decode)
    }

    fn blob_state(&self, token: &str, id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        blobs::state(self, token, id)
    }

    fn send_blob(&self, token: &str, id: BlobId, offset: u64, total: u64, bytes: &[u8]) -> Result<u64, TransportError> {
        blobs::send(self, token, id, offset, total, bytes)
    }

    fn get_blob(&self, token: &str, id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        blobs::get(self, token, id)
    }

    fn live(&self, token: &str, stop: &AtomicBool, on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        live::listen(&self.url("live"), token, stop, on_change)
    }

    fn take_heard_time(&self) -> Option<HeardTime> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
