//! `POST /app/call/{name}`

use app::CommandError;
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use wire::ProblemType;

use crate::answer::{Failure, json};
use crate::body;
use crate::gate::Caller;
use crate::guard;
use crate::state::DoorState;

/// The most that the arguments of a command take: a record, and room for a signature.
const MAX_ARGUMENT_BYTES: usize = 2 << 20;

/// The command by which somebody else, or nobody, stands in front of this device.
const SWITCH: &str = "person.switch";
/// What the browser has kept for one person, above all photos, is not for the next.
const CLEAR: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

pub(crate) async fn call(
    State(door): State<DoorState>,
    Extension(caller): Extension<Caller>,
    name: Result<Path<String>, PathRejection>,
    request: Body,
) -> Result<Response, Failure> {
    let Path(name) = name.map_err(|_| CommandError::unknown_command("with such a name"))?;
    let too_large = || CommandError::new(ProblemType::TooLarge, "the arguments are larger than 2 MiB");
    let arguments = body::read(request, MAX_ARGUMENT_BYTES, too_large).await?;
    let arguments = String::from_utf8(arguments)
        .map_err(|_| CommandError::new(ProblemType::BadArguments, "the arguments are a JSON object in UTF-8"))?;
    let (gate, is_secure) = (door.gate.clone(), caller.is_secure);
    let is_switch = name == SWITCH;
    let reply = DoorState::blocking(&door.calls, move || gate.call(&caller, &name, &arguments)).await?;
    let is_somebody_else = (is_switch && reply.result.is_ok()) || reply.cookie.is_some();
    let mut response = match reply.result {
        Ok(answer) => json(answer),
        Err(error) => Failure(error).into_response(),
    };
    if is_somebody_else {
        let (name, value) = CLEAR;
        response.headers_mut().insert(name, value);
    }
    if let Some(cookie) = reply.cookie {
        let value = guard::set_cookie(&door.gate.cookie_name(is_secure), &cookie, is_secure)?;
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
