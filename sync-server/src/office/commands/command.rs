//! What a command of the office's door is, how one is declared, and who may look after accounts.

use ::door::{Caller, Reply, SessionCookie};
use app::{Access, CommandError, decode_arguments, schemas};
use domain::permission::{Permission, may_any};
use domain::role::Role;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wire::ProblemType;

use crate::office::gate::{Office, SignedIn};

type Run = Box<dyn Fn(&Office, &Caller, &str) -> Reply + Send + Sync>;

/// One command of the office's door.
pub struct OfficeCommand {
    /// Its name, `noun.verb`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What it may change; never a record, but for the first one of a school.
    pub access: Access,
    /// The JSON schema of its arguments.
    pub arguments: Schema,
    /// The JSON schema of its answer.
    pub answer: Schema,
    run: Run,
}

/// What a command ends with: its answer, and what becomes of the session.
pub(super) struct Done<R> {
    pub(super) answer: R,
    pub(super) cookie: Option<SessionCookie>,
}

/// No arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Declares a command that leaves the session as it is, from the function that carries it out.
pub(super) fn command<A, R>(
    name: &'static str,
    summary: &'static str,
    run: fn(&Office, &Caller, A) -> Result<R, CommandError>,
) -> OfficeCommand
where
    A: DeserializeOwned + JsonSchema + 'static,
    R: Serialize + JsonSchema + 'static,
{
    let run = move |office: &Office, caller: &Caller, arguments| {
        run(office, caller, arguments).map(|answer| Done { answer, cookie: None })
    };
    declare::<A, R>(name, summary, run)
}

/// Declares a command that may begin or end a session.
pub(super) fn of_session<A, R>(
    name: &'static str,
    summary: &'static str,
    run: fn(&Office, &Caller, A) -> Result<Done<R>, CommandError>,
) -> OfficeCommand
where
    A: DeserializeOwned + JsonSchema + 'static,
    R: Serialize + JsonSchema + 'static,
{
    OfficeCommand { access: Access::Device, ..declare::<A, R>(name, summary, run) }
}

fn declare<A, R>(
    name: &'static str,
    summary: &'static str,
    run: impl Fn(&Office, &Caller, A) -> Result<Done<R>, CommandError> + Send + Sync + 'static,
) -> OfficeCommand
where
    A: DeserializeOwned + JsonSchema,
    R: Serialize + JsonSchema,
{
    let run = move |office: &Office, caller: &Caller, arguments: &str| match decode_arguments(arguments)
        .and_then(|arguments| run(office, caller, arguments))
    {
        Ok(Done { answer, cookie }) => {
            let result = serde_json::to_string(&answer).map_err(|error| CommandError::internal(&error));
            Reply { result, cookie }
        }
        Err(error) => Reply { result: Err(error), cookie: None },
    };
    let (arguments, answer) = schemas::<A, R>(name);
    OfficeCommand { name, summary, access: Access::Read, arguments, answer, run: Box::new(run) }
}

impl OfficeCommand {
    /// The same command, which changes accounts or devices.
    pub(super) fn changing(self) -> Self {
        Self { access: Access::Device, ..self }
    }

    /// Carries it out.
    pub(in crate::office) fn run(&self, office: &Office, caller: &Caller, arguments: &str) -> Reply {
        (self.run)(office, caller, arguments)
    }
}

/// Lets in whoever may look after accounts and devices: the server's own affairs, so the roles of the account count.
pub(super) fn administrator(office: &Office, caller: &Caller) -> Result<SignedIn, CommandError> {
    let (signed_in, app) = office.at_work(caller)?;
    // Another account has signed in beside a page that still shows the one before.
    if caller.shown.as_deref().is_some_and(|shown| app.by().as_deref() != Some(shown)) {
        return Err(CommandError::new(
            ProblemType::OtherPerson,
            "another account is signed in by now; nothing was changed",
        ));
    }
    let permission = Permission::ManageAccounts;
    if may_any(&roles(&signed_in.account.roles), permission) {
        return Ok(signed_in);
    }
    let needed: Vec<&str> = permission.roles().iter().map(|role| role.code()).collect();
    Err(CommandError::new(ProblemType::NotAllowed, "this takes an account that looks after the others")
        .detail("permission", permission)
        .detail("roles", needed))
}

/// The roles that are known; the command line takes others too.
pub(super) fn roles(names: &[String]) -> Vec<Role> {
    names.iter().filter_map(|name| name.parse().ok()).collect()
}
