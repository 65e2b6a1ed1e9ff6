//! The client that a server is asked with.

use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder};
use wire::ShapeError;

use super::answer::{MAX_ANSWER_BYTES, no_answer, read_within, refusal};
use crate::sync::TransportError;

/// A server at an address.
#[derive(Debug)]
pub struct HttpTransport {
    pub(super) server: String,
    pub(super) client: Client,
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

    pub(super) fn call<T>(
        &self,
        request: RequestBuilder,
        decode: fn(&[u8]) -> Result<T, ShapeError>,
    ) -> Result<T, TransportError> {
        let response = request.send().map_err(no_answer)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = read_within(response, MAX_ANSWER_BYTES)?;
        if status.is_success() { decode(&body).map_err(no_answer) } else { Err(refusal(status, &headers, &body)) }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.server)
    }
}
