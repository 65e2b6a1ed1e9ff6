//! The protocol over HTTP.

mod blobs;
mod events;
mod live;

use std::io::Read;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::header::HeaderMap;
use wire::{
    BlobId, BlobProgress, EnrolAnswer, EnrolRequest, MAX_PAGE_BYTES, Problem, PullAnswer, PushAnswer, ShapeError,
};

use super::{Transport, TransportError};

/// Bodies below this are sent as they are.
const COMPRESS_FROM: usize = 1 << 10;
/// The most that is read of an answer; a page may hold one large record beyond its own bound.
const MAX_ANSWER_BYTES: u64 = 8 * MAX_PAGE_BYTES as u64;

/// A server at an address.
#[derive(Debug)]
pub struct HttpTransport {
    server: String,
    client: Client,
}

impl HttpTransport {
    /// The server at `server`, for example `https://rounds.example.cn`.
    ///
    /// # Errors
    /// [`TransportError::BadAddress`] when the address is no HTTP address.
    pub fn new(server: &str) -> Result<Self, TransportError> {
        // A second installation is refused, and is the same provider.
        drop(rustls::crypto::ring::default_provider().install_default());
        let bad = |why: &dyn std::fmt::Display| TransportError::BadAddress {
            address: server.to_owned(),
            why: why.to_string(),
        };
        let url = reqwest::Url::parse(server).map_err(|error| bad(&error))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad(&"it does not begin with http:// or https://"));
        }
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(120))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(no_answer)?;
        Ok(Self { server: server.trim_end_matches('/').to_owned(), client })
    }

    fn call<T>(
        &self,
        request: RequestBuilder,
        decode: fn(&[u8]) -> Result<T, ShapeError>,
    ) -> Result<T, TransportError> {
        let response = request.send().map_err(no_answer)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = read_within(response, MAX_ANSWER_BYTES)?;
        if status.is_success() { decode(&body).map_err(no_answer) } else { Err(refusal(status, &headers, &body)) }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.server)
    }
}

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

/// The whole answer, which must not be longer than `most` bytes.
fn read_within(answer: impl Read, most: u64) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    answer.take(most + 1).read_to_end(&mut body).map_err(no_answer)?;
    if body.len() as u64 > most {
        return Err(TransportError::NoAnswer(format!("the answer is larger than the {most} bytes that are read")));
    }
    Ok(body)
}

/// What an answer that is no success says.
fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> TransportError {
    match Problem::decode(body).filter(|_| is_problem(headers)) {
        Some(problem) => TransportError::Refused(Box::new(problem)),
        None => TransportError::NoAnswer(format!("status {status} without a problem of this server")),
    }
}

fn is_problem(headers: &HeaderMap) -> bool {
    header(headers, "content-type").starts_with("application/problem+json")
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn no_answer(error: impl std::error::Error) -> TransportError {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    TransportError::NoAnswer(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_larger_than_what_is_read_is_told_apart() {
        assert_eq!(read_within(&b"12345678"[..], 8).expect("it fits"), b"12345678");
        let refused = read_within(std::io::repeat(b'['), 8).expect_err("it has no end");
        assert!(refused.to_string().contains("larger than the 8 bytes that are read"), "{refused}");
    }
}
