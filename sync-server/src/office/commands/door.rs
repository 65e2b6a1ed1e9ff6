//! `door.get`, `door.sign_out`, `door.begin` and `door.password`: what one asks before anything else.

use std::sync::Arc;

use ::door::{Caller, SessionCookie};
use app::{Account, Beginning, CommandError, Door, DoorKind, OrganisationRef};
use domain::template::CampusKind;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use wire::ProblemType;

use super::command::{Done, Nothing, OfficeCommand, command, of_session, roles};
use crate::office::accounts;
use crate::office::failure::unavailable;
use crate::office::gate::{Office, SignedIn};
use crate::storage::{AccountRow, Preset};

/// Under which names the ids of those who began are made: one person for one account, however often it begins.
const BEGINNERS: Uuid = Uuid::from_u128(0x5f0c_98d4_6c1e_4a57_9d3b_2f6a_e0b1_7c42);

pub(super) fn declare() -> Vec<OfficeCommand> {
    vec![
        command("door.get", "Tells where the screen stands, and who is signed in.", get),
        of_session("door.sign_out", "Ends the session.", sign_out),
        of_session("door.begin", "Says who the owner of an account is, and sets up the school where it is new.", begin),
        of_session(
            "door.password",
            "Chooses a password of one's own in the place of one that somebody else has set.",
            choose_password,
        ),
    ]
}

/// Arguments of `door.begin`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Begin {
    /// The name of the campus; looked at only where there is none yet.
    #[serde(default)]
    campus_name: Option<String>,
    /// `school` or `kindergarten`; left out, what the organisation is.
    #[serde(default)]
    campus_kind: Option<String>,
    /// The name of the person whom the account belongs to.
    person_name: String,
    /// The password from now on.
    password: String,
}

/// Arguments of `door.password`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChoosePassword {
    /// The password from now on: 8 to 200 characters, and another one than until now.
    password: String,
}

fn get(office: &Office, caller: &Caller, _: Nothing) -> Result<Door, CommandError> {
    match office.signed_in(caller) {
        Ok(signed_in) => of(office, &signed_in),
        Err(error) if error.kind == ProblemType::SignedOut => nobody(office),
        Err(error) => Err(error),
    }
}

fn sign_out(office: &Office, caller: &Caller, _: Nothing) -> Result<Done<Door>, CommandError> {
    office.end_session(caller);
    Ok(Done { answer: nobody(office)?, cookie: Some(SessionCookie::Clear) })
}

fn begin(office: &Office, caller: &Caller, arguments: Begin) -> Result<Done<Door>, CommandError> {
    let signed_in = office.signed_in(caller)?;
    if !signed_in.must_begin() {
        return Err(CommandError::new(ProblemType::Begun, "the owner of this account is known already"));
    }
    let (organisation, name) = (signed_in.organisation(), signed_in.account.name.clone());
    accounts::check_password(&name, &arguments.password)?;
    accounts::check_changed(&signed_in.account, &arguments.password)?;
    let person = signed_in.account.person.unwrap_or_else(|| beginner(organisation, &signed_in.account));
    let beginning = Beginning {
        campus: campus(office, organisation, &arguments)?,
        person,
        name: arguments.person_name,
        roles: roles(&signed_in.account.roles),
    };
    signed_in.replica.app.begin(&beginning)?;
    signed_in.replica.deliver()?;
    // The person is at the hub; from here on the account is theirs.
    own(office, signed_in, &arguments.password, Some(person))
}

fn choose_password(office: &Office, caller: &Caller, arguments: ChoosePassword) -> Result<Done<Door>, CommandError> {
    let signed_in = office.signed_in(caller)?;
    if signed_in.must_begin() {
        return Err(CommandError::new(ProblemType::MustBegin, "say first who you are, and choose a password"));
    }
    if !signed_in.must_change_password() {
        return Err(CommandError::new(ProblemType::PasswordIsOwn, "nobody else has set the password"));
    }
    accounts::check_password(&signed_in.account.name, &arguments.password)?;
    accounts::check_changed(&signed_in.account, &arguments.password)?;
    own(office, signed_in, &arguments.password, None)
}

/// Makes a password of one's own that of the account, and the person its owner; one session goes on, a new one.
fn own(office: &Office, signed_in: SignedIn, password: &str, person: Option<Uuid>) -> Result<Done<Door>, CommandError> {
    let organisation = signed_in.organisation();
    let hash = accounts::hash(&*office.random, password).map_err(|error| unavailable(error.into()))?;
    let before = signed_in.account;
    let account = office
        .hub
        .write_blocking(organisation, move |txn| accounts::put_own_password(txn, organisation, &before, &hash, person))
        .map_err(unavailable)?;
    // Somebody else may have been quicker, or given it another password.
    let account = account
        .ok_or_else(|| CommandError::new(ProblemType::Changed, "the account changed meanwhile; sign in again"))?;
    office.end_sessions(&signed_in.replica, &account.name, account.person);
    let cookie = Some(office.begin_session(organisation, &account));
    let signed_in = SignedIn { account, replica: signed_in.replica };
    Ok(Done { answer: of(office, &signed_in)?, cookie })
}

/// A name that was removed and added again is another account, perhaps of somebody else; so when it was made counts too.
fn beginner(organisation: Uuid, account: &AccountRow) -> Uuid {
    Uuid::new_v5(&BEGINNERS, format!("{organisation}/{}/{}", account.name, account.created_at).as_bytes())
}

fn campus(
    office: &Office,
    organisation: Uuid,
    arguments: &Begin,
) -> Result<Option<(String, CampusKind)>, CommandError> {
    let unknown = || CommandError::bad_argument("campus_kind", "a campus is a school or a kindergarten");
    let kind = match arguments.campus_kind.as_deref() {
        Some(kind) => CampusKind::from_code(kind).ok_or_else(unknown)?,
        None => match office.hub.read_store(|txn| txn.organisation(organisation)).map_err(unavailable)? {
            Some(row) if row.preset == Preset::Kindergarten => CampusKind::Kindergarten,
            _ => CampusKind::School,
        },
    };
    Ok(arguments.campus_name.clone().map(|name| (name, kind)))
}

/// What the door says to somebody who is signed in.
pub(super) fn of(office: &Office, signed_in: &SignedIn) -> Result<Door, CommandError> {
    let id = signed_in.organisation();
    let organisation = office.hub.read_store(|txn| txn.organisation(id)).map_err(unavailable)?;
    Ok(Door {
        door: DoorKind::Office,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        organisation: organisation.map(|row| OrganisationRef { id: row.id, name: row.name }),
        account: Some(Account {
            name: signed_in.account.name.clone(),
            person: signed_in.account.person.map(|person| person.to_string()),
            roles: roles(&signed_in.account.roles),
            must_begin: signed_in.must_begin(),
            must_change_password: signed_in.must_change_password(),
        }),
    })
}

/// What it says to everybody else: whose office it is, where it is that of one organisation.
fn nobody(office: &Office) -> Result<Door, CommandError> {
    let all = office.hub.read_store(|txn| txn.organisations()).map_err(unavailable)?;
    let only = if let [only] = &all[..] { Some(only) } else { None };
    Ok(Door {
        door: DoorKind::Office,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        organisation: only.map(|row| OrganisationRef { id: row.id, name: row.name.clone() }),
        account: None,
    })
}

/// The replica of an organisation for whoever has just signed in.
pub(super) fn signed_in(office: &Office, organisation: Uuid, account: AccountRow) -> Result<SignedIn, CommandError> {
    Ok(SignedIn { account, replica: Arc::clone(&office.replica(organisation)?) })
}
