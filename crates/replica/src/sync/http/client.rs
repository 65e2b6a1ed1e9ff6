//! The client that a server is asked with.

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, RequestBuilder};
use wire::ShapeError;

use super::answer::{MAX_ANSWER_BYTES, header, no_answer, read_within, refusal, unpacked};
use super::time;
use crate::sync::{HeardTime, TransportError};

/// A server at an address.
#[derive(Debug)]
pub struct HttpTransport {
    pub(super) server: String,
    pub(super) client: Client,
    /// Set when something on the way takes the word away that a body is packed; from then on none is.
    pub(super) is_plain: AtomicBool,
    /// What the newest answer said of the time.
    pub(super) heard: Mutex<Option<HeardTime>>,
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
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad(&"it names a user; leave out what stands before the @"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad(&"it has more than a host and a path; leave out what stands behind a ? or #"));
        }
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(120))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(no_answer)?;
        let server = server.trim_end_matches('/').to_owned();
        Ok(Self { server, client, is_plain: AtomicBool::new(false), heard: Mutex::default() })
    }

    pub(super) fn call<T>(
        &self,
        request: RequestBuilder,
        decode: fn(&[u8]) -> Result<T, ShapeError>,
    ) -> Result<T, TransportError> {
        let began = Instant::now();
        let response = request.send().map_err(no_answer)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let heard = time::heard(header(&headers, "date"), began);
        let body = unpacked(read_within(response, MAX_ANSWER_BYTES)?)?;
        let answer =
            if status.is_success() { decode(&body).map_err(no_answer) } else { Err(refusal(status, &headers, &body)) };
        // What did not come from this server says nothing of the time either.
        if matches!(answer, Ok(_) | Err(TransportError::Refused(_))) {
            *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = heard;
        }
        answer
    }

    /// A push without its body.
    pub(super) fn pushing(&self, token: &str) -> RequestBuilder {
        self.client.post(self.url("push")).bearer_auth(token).header("content-type", "application/json")
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.server)
    }
}
