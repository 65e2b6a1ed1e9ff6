//! The way to a server that lives in the same process, without HTTP between.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use replica::{BlobId, BlobProgress, PullAsk, Transport, TransportError};
use wire::{EnrolAnswer, EnrolRequest, Problem, ProblemType, PullAnswer, PushAnswer, ShapeError};

use crate::service::{Hub, HubError, ListenFrom, News, PreparedPush};
use crate::storage::DeviceRow;

/// How often a listener looks whether it is to stop, and whether something has changed.
const GLANCE: Duration = Duration::from_millis(50);

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

    fn pull(&self, token: &str, ask: PullAsk<'_>) -> Result<PullAnswer, TransportError> {
        let device = self.caller(token)?;
        let page = self
            .hub
            .pull(&device, ask.after, ask.limit)
            .map_err(failed)?
            .into_page()
            .map_err(TransportError::Refused)?;
        PullAnswer::decode(&page).map_err(unreadable)
    }

    fn blob_state(&self, token: &str, id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        let device = self.caller(token)?;
        self.hub.blob_progress(&device, id).map_err(failed)
    }

    fn send_blob(&self, token: &str, id: BlobId, offset: u64, total: u64, bytes: &[u8]) -> Result<u64, TransportError> {
        let device = self.caller(token)?;
        self.hub.send_blob(&device, id, offset, total, bytes).map_err(failed)?.map_err(refused)
    }

    fn get_blob(&self, token: &str, id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        let device = self.caller(token)?;
        self.hub.read_blob(&device, id).map_err(failed)
    }

    fn live(&self, token: &str, stop: &AtomicBool, on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        let device = self.caller(token)?;
        let mut changes = self.hub.changes().map_err(failed)?;
        let ListenFrom::Place(mut place) = self.hub.place_of(device.organisation, None).map_err(failed)? else {
            return Ok(());
        };
        on_change();
        // What was committed while the place was read is looked at too.
        changes.mark_changed();
        while !stop.load(Ordering::Relaxed) {
            match changes.has_changed() {
                // The hub is going to stop.
                Err(_) => break,
                Ok(false) => std::thread::sleep(GLANCE),
                Ok(true) => {
                    changes.mark_unchanged();
                    match self.hub.news(device.id, place).map_err(failed)? {
                        News::NotServed => break,
                        News::Nothing { place: end } => place = end,
                        News::Moved { place: end, .. } => {
                            place = end;
                            on_change();
                        }
                    }
                }
            }
        }
        Ok(())
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
