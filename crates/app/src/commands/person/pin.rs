//! Setting and checking PINs.

use causal::RecordId;
use domain::permission::Permission;
use replica::Found;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::campus::Campus;
use crate::document::text;
use crate::pin::Try;
use crate::{App, CommandError, people, pin};

/// Arguments of `pin.set`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetPin {
    /// The person.
    person: Uuid,
    /// The new PIN: 4 to 8 digits.
    pin: String,
    /// The PIN before. Needed when there is one, unless a head, logistics head or administrator sets it.
    #[serde(default)]
    old: Option<String>,
}

/// Arguments of `pin.check`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckPin {
    /// The person.
    person: Uuid,
    /// What was typed.
    pin: String,
}

/// How a try ended.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Checked {
    /// `right`, `wrong`, `wait` (it was not looked at) or `no_pin`.
    outcome: &'static str,
    /// How long the next try has to wait, in seconds.
    wait_s: u64,
}

/// That it is done.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Done {
    /// The person.
    person: Uuid,
}

pub(super) fn check(app: &App, arguments: CheckPin) -> Result<Checked, CommandError> {
    Ok(match pin::attempt(app, arguments.person, &arguments.pin)? {
        Try::Right => Checked { outcome: "right", wait_s: 0 },
        Try::Wrong { wait_s } => Checked { outcome: "wrong", wait_s },
        Try::Wait { wait_s } => Checked { outcome: "wait", wait_s },
        Try::NoPin => Checked { outcome: "no_pin", wait_s: 0 },
    })
}

pub(super) fn set(app: &App, arguments: SetPin) -> Result<Done, CommandError> {
    let person = app.store().find_one(RecordId(arguments.person))?.filter(|found| found.kind == "person");
    let missing = || CommandError::not_found(format_args!("there is no person {}", arguments.person)).field("person");
    let person = person.ok_or_else(missing)?;
    let places = places(app, &person)?;
    if !may_manage(app, &places)? {
        let is_own = app.by().as_deref() == Some(&*person.id.to_string());
        match &arguments.old {
            Some(old) => accept(pin::attempt(app, arguments.person, old)?, "old")?,
            None if pin::is_set(app, arguments.person)? => {
                return Err(CommandError::new("pin-needed", "the PIN before is needed").field("old"));
            }
            None if is_own || app.by().is_none() => {}
            // Somebody else's first PIN is no less theirs.
            None => places.iter().try_for_each(|campus| people::require(app, campus, Permission::ManagePeople))?,
        }
    }
    pin::set(app, arguments.person, person.scope, &arguments.pin)?;
    Ok(Done { person: arguments.person })
}

/// Where a person belongs, and may do something: whoever sets the PIN can do all of it.
fn places(app: &App, person: &Found) -> Result<Vec<Campus>, CommandError> {
    let today = people::today(app, &Campus::here(app)?);
    let grants = people::grants_of(app, &person.id.to_string())?;
    let in_force = grants.iter().filter(|grant| people::is_valid(grant, today));
    let of_grants = in_force.map(|grant| text(&grant.doc, "campus").and_then(|campus| Uuid::parse_str(campus).ok()));
    let mut places: Vec<Option<Uuid>> = of_grants.chain([person.scope]).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|campus| Campus::load(app, campus)).collect()
}

/// Whether the person who works is known, and has roles that set the PINs of others on each of these campuses.
fn may_manage(app: &App, places: &[Campus]) -> Result<bool, CommandError> {
    let Some(by) = app.by() else { return Ok(false) };
    for campus in places {
        let roles = people::roles_of(app, &by, campus.id, people::today(app, campus))?.unwrap_or_default();
        if !domain::role::may_any(&roles, Permission::ManagePeople) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Refuses anything but the right PIN.
pub(super) fn accept(tried: Try, argument: &str) -> Result<(), CommandError> {
    match tried {
        Try::Right | Try::NoPin => Ok(()),
        Try::Wrong { wait_s } => {
            Err(CommandError::new("wrong-pin", "the PIN is wrong").field(argument).detail("wait_s", wait_s))
        }
        Try::Wait { wait_s } => {
            let message = format_args!("too many wrong tries; wait {wait_s} s");
            Err(CommandError::new("wait", message).field(argument).detail("wait_s", wait_s))
        }
    }
}
