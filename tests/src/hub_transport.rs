//! The way to a server that lives in the same process, without HTTP between.

use replica::{Transport, TransportError};
use sync_server::service::{Hub, PreparedPush, PullOutcome, PushRefusal, Refusal};
use sync_server::storage::DeviceRow;
use wire::{EnrolAnswer, EnrolRequest, Problem, ProblemType, PullAnswer, PushAnswer};

/// A hub as a transport.
#[derive(Clone)]
pub struct HubTransport {
    hub: Hub,
}

impl HubTransport {
    /// The way to `hub`.
    pub fn new(hub: Hub) -> Self {
        Self { hub }
    }

    fn device(&self, token: &str) -> Result<DeviceRow, TransportError> {
        self.hub.authenticate(token).map_err(no_answer)?.map_err(|refusal| refused(device_problem(refusal)))
    }
}

impl Transport for HubTransport {
    fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(no_answer)?;
        let answer = runtime.block_on(self.hub.enrol(request.clone())).map_err(no_answer)?;
        answer.ok_or_else(|| refused(Problem::new(ProblemType::EnrolRefused)))
    }

    fn push(&self, token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let device = self.device(token)?;
        let push = PreparedPush::decode(body)
            .map_err(|error| refused(Problem::new(ProblemType::BadRequest).detail(error)))?;
        match self.hub.push_blocking(&device, push).map_err(no_answer)? {
            Ok(answer) => PushAnswer::decode(&answer).map_err(no_answer),
            Err(refusal) => Err(refused(push_problem(refusal))),
        }
    }

    fn pull(&self, token: &str, after: Option<&str>, limit: u64) -> Result<PullAnswer, TransportError> {
        let device = self.device(token)?;
        match self.hub.pull(&device, after, limit).map_err(no_answer)? {
            PullOutcome::Page(page) => PullAnswer::decode(&page).map_err(no_answer),
            PullOutcome::NotACursor => Err(refused(Problem::new(ProblemType::BadRequest))),
            PullOutcome::EpochChanged { epoch } => {
                Err(refused(Problem::new(ProblemType::EpochChanged).member("epoch", epoch.to_string())))
            }
        }
    }
}

fn device_problem(refusal: Refusal) -> Problem {
    Problem::new(match refusal {
        Refusal::Unauthorised => ProblemType::Unauthorised,
        Refusal::DeviceRevoked => ProblemType::DeviceRevoked,
    })
}

fn push_problem(refusal: PushRefusal) -> Problem {
    match refusal {
        PushRefusal::Device(refusal) => device_problem(refusal),
        PushRefusal::EpochChanged { epoch } => {
            Problem::new(ProblemType::EpochChanged).member("epoch", epoch.to_string())
        }
        PushRefusal::ReplicaForked => Problem::new(ProblemType::ReplicaForked),
        PushRefusal::OutOfOrder { expected } => Problem::new(ProblemType::PushOutOfOrder).member("expected", expected),
        _ => Problem::new(ProblemType::LimitExceeded),
    }
}

fn refused(problem: Problem) -> TransportError {
    TransportError::Refused(Box::new(problem))
}

fn no_answer(error: impl std::fmt::Display) -> TransportError {
    TransportError::NoAnswer(error.to_string())
}
