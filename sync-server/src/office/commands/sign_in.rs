//! `door.sign_in`

use std::time::Instant;

use ::door::Caller;
use app::{CommandError, Door, OrganisationRef};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use wire::ProblemType;

use super::command::{Done, OfficeCommand, of_session};
use super::door;
use crate::office::accounts;
use crate::office::failure::unavailable;
use crate::office::gate::Office;

pub(super) fn declare() -> Vec<OfficeCommand> {
    vec![of_session("door.sign_in", "Begins a session with the name and password of an account.", sign_in)]
}

/// Arguments of `door.sign_in`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignIn {
    /// The name of the account.
    name: String,
    /// Its password.
    password: String,
    /// The organisation; may be left out unless several have an account of this name.
    #[serde(default)]
    organisation: Option<Uuid>,
}

fn sign_in(office: &Office, caller: &Caller, arguments: SignIn) -> Result<Done<Door>, CommandError> {
    let name = arguments.name.trim();
    let organisation = match arguments.organisation {
        Some(named) => Some(named),
        None => find_organisation(office, name)?,
    };
    let counted = format!("{}/{name}", organisation.unwrap_or_default());
    office.throttle.try_now(&counted, caller.address, Instant::now()).map_err(wait)?;
    // An organisation that is none has no accounts, and that takes as long to find out as a wrong password.
    let verified = office
        .hub
        .read_store(|txn| accounts::verify_account(txn, organisation.unwrap_or_default(), name, &arguments.password));
    let account = verified.map_err(unavailable)?;
    let (Some(account), Some(organisation)) = (account, organisation) else {
        return Err(CommandError::new(ProblemType::WrongPassword, "the name and the password do not belong together"));
    };
    office.throttle.was_right(&counted, caller.address);
    office.end_session(caller);
    let signed_in = door::signed_in(office, organisation, account)?;
    let cookie = Some(office.begin_session(organisation, &signed_in.account));
    Ok(Done { answer: door::of(office, &signed_in)?, cookie })
}

/// The organisation that has an account of this name; none where nobody has one.
///
/// # Errors
/// `which-organisation` where several have one, with the list.
fn find_organisation(office: &Office, name: &str) -> Result<Option<Uuid>, CommandError> {
    let found = office.hub.read_store(|txn| {
        let mut found = Vec::new();
        for organisation in txn.organisations()? {
            if txn.accounts(organisation.id)?.iter().any(|account| account.name == name) {
                found.push(OrganisationRef { id: organisation.id, name: organisation.name });
            }
        }
        Ok(found)
    });
    let found = found.map_err(unavailable)?;
    match &found[..] {
        [] => Ok(None),
        [only] => Ok(Some(only.id)),
        _ => {
            Err(CommandError::new(ProblemType::WhichOrganisation, "several organisations have an account of this name")
                .field("organisation")
                .detail("organisations", found))
        }
    }
}

/// The refusal of a try that comes too early.
pub(super) fn wait(wait: std::time::Duration) -> CommandError {
    let seconds = wait.as_millis().div_ceil(1_000);
    CommandError::new(ProblemType::Wait, format_args!("too many wrong tries; wait {seconds} seconds"))
        .detail("wait_s", u64::try_from(seconds).unwrap_or(u64::MAX))
}
