//! The way to a server that lives in the same process, without HTTP between.

use std::sync::atomic::AtomicBool;

use replica::{BlobId, BlobProgress, Transport, TransportError};
use wire::{EnrolAnswer, EnrolRequest, Problem, ProblemType, PullAnswer, PushAnswer, ShapeError};

use crate::service::{Hub, HubError, PreparedPush};
use crate::storage::DeviceRow;

/// A hub as a transport; its calls block, so they are not for the threads of an async runtime.
#[derive(Clone)]
pub struct HubTransport {
    hub: Hub,
    caller: Caller,
}

#[derive(Clone)]
enum Caller {
    /// Whoever holds the token that each call brings.
    Token,
    /// One device, which has no token to show.
    Device(Box<DeviceRow>),
}

impl HubTransport {
    /// The way to `hub` for devices that enrol with a code and show their tokens, as they would over HTTP.
    pub fn new(hub: Hub) -> Self {
        Self { hub, caller: Caller::Token }
    }

    /// The way to `hub` as `device`, such as the office: enrolling takes any code, and no token is asked for.
    pub fn acting_as(hub: Hub, device: DeviceRow) -> Self {
        Self { hub, caller: Caller::Device(Box::new(device)) }
    }

    fn caller(&self, token: &str) -> Result<DeviceRow, TransportError> {
        match &self.caller {
            Caller::Token => self.hub.authenticate(token).map_err(failed)?.map_err(refused),
            Caller::Device(device) => Ok((**device).clone()),
        }
    }
}

impl Transport for HubTransport {
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        match &self.caller {
            Caller::Token => {
                let answer = self.hub.enrol_blocking(request.clone()).map_err(failed)?;
                answer.ok_or_else(|| refused(Problem::new(ProblemType::EnrolRefused)))
            }
            Caller::Device(device) => self.hub.membership(device).map_err(failed),
        }
    }

    fn push(&self, token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let device = self.caller(token)?;
        let bad = |error: ShapeError| refused(Problem::new(ProblemType::BadRequest).detail(error));
        let push = PreparedPush::decode(body).map_err(bad)?;
        let answer = self.hub.push_blocking(&device, push).map_err(failed)?.map_err(refused)?;
        PushAnswer::decode(&answer).map_err(unreadable)
    }

    fn pull(&self, token: &str, after: Option<&str>, limit: u64) -> Result<PullAnswer, TransportError> {
        let device = self.caller(token)?;
        let page =
            self.hub.pull(&device, after, limit).map_err(failed)?.into_page().map_err(TransportError::Refused)?;
        PullAnswer::decode(&page).map_err(unreadable)
    }

    fn blob_state(&self, _token: &str, _id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn send_blob(
        &self,
        _token: &str,
        _id: BlobId,
        _offset: u64,
        _total: u64,
        _bytes: &[u8],
    ) -> Result<u64, TransportError> {
        Err(TransportError::not_offered())
    }

    fn get_blob(&self, _token: &str, _id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn live(&self, _token: &str, _stop: &AtomicBool, _on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        Err(TransportError::not_offered())
    }
}

fn refused(problem: impl Into<Problem>) -> TransportError {
    TransportError::Refused(Box::new(problem.into()))
}

fn failed(error: HubError) -> TransportError {
    refused(error)
}

fn unreadable(error: ShapeError) -> TransportError {
    TransportError::NoAnswer(error.to_string())
}
