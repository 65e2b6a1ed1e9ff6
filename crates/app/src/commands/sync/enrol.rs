//! Becoming a device of an organisation, by what somebody typed or pasted.

use replica::{HttpTransport, SyncError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::dto::door::OrganisationRef;
use crate::error::CommandError;
use crate::invitation::Invitation;

/// Arguments of `sync.enrol`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Enrol {
    /// The address of the server, such as `http://192.168.1.20:8080`; may be left out when `code` is the whole link.
    #[serde(default)]
    server: Option<String>,
    /// The code that the office gave, typed in whatever way, or the whole link `http://…/#/enrol?code=…`.
    code: String,
    /// What people call this device; 平板 when left out.
    #[serde(default)]
    device_name: Option<String>,
}

/// Whose device it is now.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Enrolled {
    /// The id that the server gave this device.
    device: Uuid,
    /// What people call this device.
    device_name: String,
    /// The address of the server.
    server: String,
    /// Whose server it is.
    organisation: OrganisationRef,
    /// The campuses that the device may read and write; null for all.
    scopes: Option<Vec<Uuid>>,
}

const DEVICE_NAME: &str = "平板";
const MOST_OF_A_NAME: usize = 60;

pub(super) fn enrol(app: &App, arguments: Enrol) -> Result<Enrolled, CommandError> {
    let invitation = Invitation::read(arguments.server.as_deref(), &arguments.code)?;
    let name = arguments.device_name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(DEVICE_NAME);
    let length = name.chars().count();
    if length > MOST_OF_A_NAME {
        return Err(CommandError::limit("device_name", "characters", MOST_OF_A_NAME, length));
    }
    let enrolment = HttpTransport::new(&invitation.server)
        .map_err(SyncError::from)
        .and_then(|transport| replica::enrol(app.store(), &transport, &invitation.server, &invitation.code, name))
        .map_err(|error| refusal(&error))?;
    app.wake();
    Ok(Enrolled {
        device: enrolment.device,
        device_name: enrolment.device_name,
        server: enrolment.server,
        organisation: OrganisationRef { id: enrolment.organisation.id, name: enrolment.organisation.name },
        scopes: enrolment.scopes,
    })
}

/// What the person who typed the code can do about it.
fn refusal(error: &SyncError) -> CommandError {
    let kind = match error {
        // What else a server refuses an enrolment with is none of the code's fault.
        SyncError::Refused(problem) if problem.kind() != Some(ProblemType::EnrolRefused) => ProblemType::Unreachable,
        other => other.kind(),
    };
    let refusal = CommandError::new(kind, error);
    match kind {
        ProblemType::EnrolRefused => refusal.field("code"),
        ProblemType::BadAddress | ProblemType::Unreachable | ProblemType::RoadAnswer => refusal.field("server"),
        _ => refusal,
    }
}
