//! `POST /v1/enrol`

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use wire::{EnrolRequest, ProblemType};

use super::answer::{Failure, json};
use super::encoding::Encoding;
use super::{HubState, body};

/// An enrolment is a code, a name and an id.
const MAX_BYTES: usize = 64 << 10;
/// Characters in the name of a device.
const MAX_NAME: usize = 200;

pub(super) async fn enrol(State(state): State<HubState>, request: Request) -> Result<Response, Failure> {
    let encoding = Encoding::of(request.headers())?;
    let body = body::read(request.into_body(), MAX_BYTES).await?;
    let request = EnrolRequest::decode(&encoding.decode(body, MAX_BYTES)?)?;
    if request.device_name.chars().count() > MAX_NAME || request.device_name.chars().any(char::is_control) {
        return Err(Failure::detail(ProblemType::BadRequest, "device_name is not at most 200 printable characters"));
    }
    // A wrong code is told from a read, so that guessing keeps no push from being written.
    let code = request.code.clone();
    let answer = match state.blocking(move |hub| hub.organisation_of_code(&code)).await? {
        Some(organisation) => state.hub.enrol(organisation, request).await?,
        None => None,
    };
    match answer {
        Some(answer) => {
            let body = serde_json::to_vec(&answer).expect("an enrolment has string keys only");
            Ok(json(StatusCode::CREATED, body))
        }
        None if state.throttle.count_failure() => Err(Failure::new(ProblemType::EnrolRefused)),
        None => Err(Failure::detail(ProblemType::TooManyRequests, "too many wrong codes; wait a little")),
    }
}
