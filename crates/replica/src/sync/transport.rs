//! The way to the server, whatever carries it.

use thiserror::Error;
use wire::{EnrolAnswer, EnrolRequest, Problem, PullAnswer, PushAnswer};

/// Why a call has no good answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TransportError {
    /// Nothing came back that this server can have sent: no network, a portal's page, a broken proxy.
    /// The call may or may not have been carried out.
    #[error("the server did not answer: {0}")]
    NoAnswer(String),
    /// The address is none that HTTP can call: mend it.
    #[error("the address {address} is not one like https://rounds.example.cn: {why}")]
    BadAddress {
        /// The address.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// The server refused the call.
    #[error("the server refused: {}", .0.title)]
    Refused(Box<Problem>),
}

/// The calls of the protocol that a device makes.
///
/// Contract (held by one suite for every implementation): a refusal is a [`TransportError::Refused`] with the server's
/// problem, everything else that is not a good answer is [`TransportError::NoAnswer`]; no call is made twice by itself.
pub trait Transport: Send + Sync {
    /// `POST /v1/enrol`
    ///
    /// # Errors
    /// [`TransportError`]
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError>;

    /// `POST /v1/push` with a body as it was frozen.
    ///
    /// # Errors
    /// [`TransportError`]
    fn push(&self, token: &str, body: &[u8]) -> Result<PushAnswer, TransportError>;

    /// `GET /v1/pull`
    ///
    /// # Errors
    /// [`TransportError`]
    fn pull(&self, token: &str, after: Option<&str>, limit: u64) -> Result<PullAnswer, TransportError>;
}
