//! The protocol over HTTP.

mod answer;
mod blobs;
mod client;
mod events;
mod live;

use std::sync::atomic::AtomicBool;

use wire::{BlobId, BlobProgress, EnrolAnswer, EnrolRequest, PullAnswer, PushAnswer};

use self::answer::no_answer;
use super::{Transport, TransportError};

pub use self::client::HttpTransport;

/// Bodies below this are sent as they are.
const COMPRESS_FROM: usize = 1 << 10;
impl Transport for HttpTransport {
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        self.call(self.client.post(self.url("enrol")).json(request), EnrolAnswer::decode)
    }

    fn push(&self, token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let request = self.client.post(self.url("push")).bearer_auth(token).header("content-type", "application/json");
        let request = if body.len() < COMPRESS_FROM {
            request.body(body.to_vec())
        } else {
            let packed = zstd::bulk::compress(body, 1).map_err(no_answer)?;
            request.header("content-encoding", "zstd").body(packed)
        };
        self.call(request, PushAnswer::decode)
    }

    fn pull(&self, token: &str, after: Option<&str>, limit: u64) -> Result<PullAnswer, TransportError> {
        let mut query = vec![("limit", limit.to_string())];
        query.extend(after.map(|after| ("after", after.to_owned())));
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
}
