//! Setting and checking PINs.

use causal::RecordId;
use domain::permission::Permission;
use replica::ListedRecord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::error::CommandError;
use crate::pin::Try;
use crate::{people, pin};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PinOutcome")]
enum Outcome {
    /// The PIN is right.
    Right,
    /// It is wrong.
    Wrong,
    /// It was not looked at: the next try has to wait.
    Wait,
    /// The person has no PIN.
    NoPin,
}

/// How a try ended, and when the next may follow.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PinChecked")]
pub(super) struct Checked {
    /// How it ended.
    outcome: Outcome,
    /// How long the next try has to wait, in seconds.
    wait_s: u64,
}

/// Arguments of `pin.reset`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetPin {
    /// The person.
    person: Uuid,
    /// The starting PIN, 4 to 8 digits; one at random when left out.
    #[serde(default)]
    pin: Option<String>,
}

/// A starting PIN, to be told to the person once.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PinReset {
    /// The person.
    person: Uuid,
    /// The PIN; the person is asked for one of their own at the first use.
    pin: String,
}

/// That it is done.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PinSet")]
pub(super) struct Done {
    /// The person.
    person: Uuid,
}

pub(super) fn check(app: &App, arguments: CheckPin) -> Result<Checked, CommandError> {
    Ok(match pin::attempt(app, arguments.person, &arguments.pin)? {
        Try::Right => Checked { outcome: Outcome::Right, wait_s: 0 },
        Try::Wrong { wait_s } => Checked { outcome: Outcome::Wrong, wait_s },
        Try::Wait { wait_s } => Checked { outcome: Outcome::Wait, wait_s },
        Try::NoPin => Checked { outcome: Outcome::NoPin, wait_s: 0 },
    })
}

pub(super) fn set(app: &App, arguments: SetPin) -> Result<Done, CommandError> {
    let person = load(app, arguments.person)?;
    let places = places(app, &person)?;
    if !may_manage(app, &places)? {
        let is_own = app.by().as_deref() == Some(&*person.id.to_string());
        match &arguments.old {
            Some(old) => accept(pin::attempt(app, arguments.person, old)?, "old")?,
            None if pin::is_set(app, arguments.person)? => {
                return Err(CommandError::new(ProblemType::PinNeeded, "the PIN before is needed").field("old"));
            }
            None if is_own || app.by().is_none() => {}
            // Somebody else's first PIN is no less theirs.
            None => places.iter().try_for_each(|campus| people::require(app, campus, Permission::ManagePeople))?,
        }
    }
    pin::set(app, arguments.person, person.scope, &arguments.pin)?;
    Ok(Done { person: arguments.person })
}

/// Gives a person a starting PIN in place of the one that was forgotten.
pub(super) fn reset(app: &App, arguments: ResetPin) -> Result<PinReset, CommandError> {
    let person = load(app, arguments.person)?;
    places(app, &person)?.iter().try_for_each(|campus| people::require(app, campus, Permission::ManagePeople))?;
    let pin = match arguments.pin {
        Some(pin) => pin::plain(&pin),
        None => pin::random(app),
    };
    pin::set(app, arguments.person, person.scope, &pin)?;
    Ok(PinReset { person: arguments.person, pin })
}

fn load(app: &App, id: Uuid) -> Result<ListedRecord, CommandError> {
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "person");
    found.ok_or_else(|| CommandError::not_found(format_args!("there is no person {id}")).field("person"))
}

/// Where a person belongs, and may do something: whoever sets the PIN can do all of it.
fn places(app: &App, person: &ListedRecord) -> Result<Vec<Campus>, CommandError> {
    let holds = people::hold_now(app, &Campus::here(app)?);
    let grants = people::grants_of(app, &person.id.to_string())?;
    let in_force = grants.iter().filter(|grant| holds(grant));
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
        let roles = people::roles_of(app, &by, campus.id, people::hold_now(app, campus))?.unwrap_or_default();
        if !domain::permission::may_any(&roles, Permission::ManagePeople) {
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
            Err(CommandError::new(ProblemType::WrongPin, "the PIN is wrong").field(argument).detail("wait_s", wait_s))
        }
        Try::Wait { wait_s } => {
            let message = format_args!("too many wrong tries; wait {wait_s} s");
            Err(CommandError::new(ProblemType::Wait, message).field(argument).detail("wait_s", wait_s))
        }
    }
}
