//! Who stands in front of this device.

use domain::permission::{Permission, may_any};
use domain::role::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use super::asked::has_proved;
use crate::app::App;
use crate::campus::Campus;
use crate::dto::nothing::Nothing;
use crate::dto::person::PersonRef;
use crate::error::CommandError;
use crate::names::Names;
use crate::people;
use crate::{pin, session};

/// Arguments of `person.switch`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Switch {
    /// The person; null or left out for nobody.
    #[serde(default)]
    person: Option<Uuid>,
    /// The PIN, where the person has one.
    #[serde(default)]
    pin: Option<String>,
}

/// Who works.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Worker {
    /// Whom this device was switched to; null for nobody.
    session: Option<PersonRef>,
    /// Since when, ms since 1970 UTC.
    since: Option<u64>,
    /// Whose name goes on the next save: that of the session, or whom `rounds --as` names.
    by: Option<PersonRef>,
    /// The roles of that person here today; null when rights are not held against them.
    roles: Option<Vec<Role>>,
    /// What that person may do.
    permissions: Vec<Permission>,
    /// Whether that person should set a PIN: there is none, or somebody else has set the one that there is.
    should_set_pin: bool,
}

/// With one of these a person decides over others, and so needs a PIN before a device switches to them.
const NEED_PIN: [Permission; 4] =
    [Permission::ManagePeople, Permission::ManageSettings, Permission::ManageAccounts, Permission::RecheckFinding];

pub(super) fn current(app: &App, _: Nothing) -> Result<Worker, CommandError> {
    let names = Names::new(app);
    let campus = Campus::here(app)?;
    let session = session::current(app.store())?;
    let by = app.by();
    let roles = match by.as_deref() {
        Some(by) => people::roles_of(app, by, campus.id, people::hold_now(app, &campus))?,
        None => None,
    };
    let all: Vec<Role> = roles.clone().unwrap_or_else(|| Role::all().collect());
    let permissions = Permission::ALL.iter().copied().filter(|permission| may_any(&all, *permission));
    let person = by.as_deref().and_then(|by| Uuid::parse_str(by).ok());
    Ok(Worker {
        since: session.as_ref().map(|session| session.since),
        session: session.map(|session| names.person(&session.person)),
        by: by.as_deref().map(|by| names.person(by)),
        roles,
        permissions: permissions.collect(),
        should_set_pin: match person {
            Some(person) => !pin::is_own(app, person)?,
            None => false,
        },
    })
}

/// Switches to a person whose PIN is right.
///
/// Somebody without a PIN can be switched to as well, so that a new colleague is not kept from work; not so somebody who decides
/// over others (people, settings, accounts, re-checks), unless nobody of this device's campus has a PIN yet.
pub(super) fn switch(app: &App, arguments: Switch) -> Result<Worker, CommandError> {
    let mut known = None;
    if let Some(id) = arguments.person {
        if !has_proved(app, id, arguments.pin.as_deref())? {
            check_without_pin(app, id)?;
        }
        known = Some((id.to_string(), pin::proof(app, id)?));
    }
    session::switch(app.store(), known)?;
    // What was made for one person is not for the next.
    app.exports().end_all();
    current(&app.in_hand()?, Nothing {})
}

fn check_without_pin(app: &App, person: Uuid) -> Result<(), CommandError> {
    let campus = Campus::here(app)?;
    let roles = people::roles_of(app, &person.to_string(), campus.id, people::hold_now(app, &campus))?;
    let decides = NEED_PIN.iter().any(|permission| may_any(roles.as_deref().unwrap_or_default(), *permission));
    let pins = app.store().count(&replica::Listing { kind: "pin", ..Default::default() })?;
    if decides && pins > 0 {
        let message = "who decides over others needs a PIN; a head, logistics head or administrator can set one";
        return Err(CommandError::new(ProblemType::PinNeeded, message).field("person"));
    }
    Ok(())
}
