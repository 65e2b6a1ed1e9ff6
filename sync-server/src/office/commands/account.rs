//! `account.*`: who may sign in.

use std::time::Instant;

use ::door::Caller;
use app::{CommandError, PersonRef, Words};
use causal::RecordId;
use domain::role::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemType;

use super::command::{Done, Nothing, OfficeCommand, administrator, command, of_session, roles};
use super::sign_in::wait;
use crate::office::accounts::{self, NewAccount, Removal, SetBy, is_account_name};
use crate::office::failure::unavailable;
use crate::office::gate::{Office, SignedIn};

pub(super) fn declare() -> Vec<OfficeCommand> {
    vec![
        command("account.list", "Lists who may sign in.", list),
        command("account.add", "Makes an account with a password that is shown once.", add).changing(),
        of_session(
            "account.reset",
            "Gives an account a new password that is shown once, to be changed at the next log-in, and ends its sessions.",
            reset,
        ),
        of_session(
            "account.remove",
            "Takes an account away, and ends its sessions; what its owner did keeps their name.",
            remove,
        ),
        of_session("account.password", "Changes one's own password, and ends every other session.", password),
    ]
}

/// The accounts.
#[derive(Debug, Serialize, JsonSchema)]
struct Accounts {
    /// By name.
    accounts: Vec<AccountView>,
}

/// One account.
#[derive(Debug, Serialize, JsonSchema)]
struct AccountView {
    /// The name to sign in with.
    name: String,
    /// The person that it acts as; null until its owner has signed in for the first time.
    person: Option<PersonRef>,
    /// What it was given: what it may administer, and the roles of the person that begins with it.
    roles: Vec<Role>,
    /// Whether its owner has still to say who they are.
    must_begin: bool,
    /// Whether its owner has still to choose a password in the place of one that somebody else has set.
    must_change_password: bool,
    /// When it was made, ms since 1970 UTC.
    created_at: u64,
}

/// Arguments of `account.add`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Add {
    /// The name to sign in with: 1 to 64 printable characters without spaces and commas.
    name: String,
    /// What it may administer, and the roles of the person that begins with it.
    roles: Vec<Role>,
    /// The person that it acts as; left out, its owner says who they are at the first log-in.
    #[serde(default)]
    person: Option<Uuid>,
}

/// Arguments of `account.reset`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reset {
    /// The name of the account.
    name: String,
}

/// Arguments of `account.remove`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Remove {
    /// The name of the account; neither one's own, nor the last that looks after accounts.
    name: String,
}

/// An account and its new password.
#[derive(Debug, Serialize, JsonSchema)]
struct Password {
    /// The name to sign in with.
    name: String,
    /// The password; it is kept nowhere, so this is the only time that it is shown.
    password: String,
}

/// Arguments of `account.password`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChangePassword {
    /// The password until now.
    old: String,
    /// The password from now on: 8 to 200 characters.
    new: String,
}

/// Done.
#[derive(Debug, Serialize, JsonSchema)]
struct Changed {
    /// The name of the account.
    name: String,
}

fn list(office: &Office, caller: &Caller, _: Nothing) -> Result<Accounts, CommandError> {
    listed(office, &administrator(office, caller)?)
}

fn listed(office: &Office, signed_in: &SignedIn) -> Result<Accounts, CommandError> {
    let words = Words::new(&signed_in.replica.app);
    let accounts = office.hub.accounts(signed_in.organisation()).map_err(unavailable)?;
    let view = |account: crate::storage::AccountRow| AccountView {
        person: account.person.map(|person| words.person(&person.to_string())),
        roles: roles(&account.roles),
        must_begin: account.must_begin || account.person.is_none(),
        must_change_password: account.must_change_password,
        name: account.name,
        created_at: account.created_at,
    };
    Ok(Accounts { accounts: accounts.into_iter().map(view).collect() })
}

fn add(office: &Office, caller: &Caller, arguments: Add) -> Result<Password, CommandError> {
    let signed_in = administrator(office, caller)?;
    if !is_account_name(&arguments.name) {
        let message = "a name has 1 to 64 printable characters, no spaces and no commas";
        return Err(CommandError::bad_argument("name", message));
    }
    if arguments.roles.is_empty() && arguments.person.is_none() {
        return Err(CommandError::bad_argument("roles", "somebody who begins with no role could do nothing"));
    }
    check_person(&signed_in, arguments.person)?;
    let (organisation, random, now) = (signed_in.organisation(), office.random.clone(), office.hub.now_ms());
    let names: Vec<String> = arguments.roles.iter().map(|role| role.code().to_owned()).collect();
    let (name, person) = (arguments.name, arguments.person);
    let taken = CommandError::new(ProblemType::AccountExists, format_args!("there is an account {name}")).field("name");
    let made = office.hub.write_blocking(organisation, move |txn| {
        let made = accounts::add_account(txn, &*random, now, organisation, &name, &names)?;
        if let (Some(_), Some(person)) = (&made, person) {
            accounts::bind_account(txn, organisation, &name, person)?;
        }
        Ok(made)
    });
    Ok(shown(made.map_err(unavailable)?.ok_or(taken)?))
}

fn check_person(signed_in: &SignedIn, person: Option<Uuid>) -> Result<(), CommandError> {
    let Some(id) = person else { return Ok(()) };
    let missing = || CommandError::not_found(format_args!("there is no person {}", RecordId(id))).field("person");
    let known = signed_in.replica.app.person(id)?.ok_or_else(missing)?;
    if known.active {
        return Ok(());
    }
    Err(CommandError::new(ProblemType::Inactive, "this person no longer works here").field("person"))
}

fn reset(office: &Office, caller: &Caller, arguments: Reset) -> Result<Done<Password>, CommandError> {
    let signed_in = administrator(office, caller)?;
    let (organisation, random, name) = (signed_in.organisation(), office.random.clone(), arguments.name);
    let missing = CommandError::not_found(format_args!("there is no account {name}")).field("name");
    let of = name.clone();
    let set_by = if name == signed_in.account.name { SetBy::Owner } else { SetBy::SomebodyElse };
    let reset = office
        .hub
        .write_blocking(organisation, move |txn| accounts::reset_password(txn, &*random, organisation, &of, set_by));
    let reset = reset.map_err(unavailable)?.ok_or(missing)?;
    office.end_sessions(&signed_in.replica, &name, person_of(office, organisation, &name)?);
    // Whoever resets their own goes on working.
    let own = (set_by == SetBy::Owner).then(|| renewed(office, organisation, &name)).transpose()?;
    Ok(Done { answer: shown(reset), cookie: own.flatten() })
}

fn remove(office: &Office, caller: &Caller, arguments: Remove) -> Result<Done<Accounts>, CommandError> {
    let signed_in = administrator(office, caller)?;
    let (organisation, name) = (signed_in.organisation(), arguments.name);
    let refused = |kind, message| CommandError::new(kind, message).field("name");
    if name == signed_in.account.name {
        return Err(refused(
            ProblemType::OwnAccount,
            "somebody else has to remove the account that one is signed in with",
        ));
    }
    let person = person_of(office, organisation, &name)?;
    let of = name.clone();
    let removal = office.hub.write_blocking(organisation, move |txn| accounts::remove_account(txn, organisation, &of));
    match removal.map_err(unavailable)? {
        Removal::Removed => office.end_sessions(&signed_in.replica, &name, person),
        Removal::Missing => {
            return Err(CommandError::not_found(format_args!("there is no account {name}")).field("name"));
        }
        Removal::LastAdministrator => {
            return Err(refused(
                ProblemType::LastAdministrator,
                "without this account nobody could look after the others",
            ));
        }
    }
    Ok(Done { answer: listed(office, &signed_in)?, cookie: None })
}

fn password(office: &Office, caller: &Caller, arguments: ChangePassword) -> Result<Done<Changed>, CommandError> {
    let (signed_in, _) = office.at_work(caller)?;
    let (organisation, name) = (signed_in.organisation(), signed_in.account.name.clone());
    // Somebody else may sit at the page; so it is as hard to guess here as at the log-in.
    let counted = format!("{organisation}/{name}");
    office.throttle.try_now(&counted, caller.address, Instant::now()).map_err(wait)?;
    let verified = office.hub.read_store(|txn| accounts::verify_account(txn, organisation, &name, &arguments.old));
    let verified = verified
        .map_err(unavailable)?
        .ok_or_else(|| CommandError::new(ProblemType::WrongOldPassword, "that is not the password").field("old"))?;
    office.throttle.was_right(&counted, caller.address);
    accounts::check_password(&name, &arguments.new).map_err(|error| error.field("new"))?;
    let hash = accounts::hash(&*office.random, &arguments.new).map_err(|error| unavailable(error.into()))?;
    let changed = office
        .hub
        .write_blocking(organisation, move |txn| accounts::put_own_password(txn, organisation, &verified, &hash, None));
    if changed.map_err(unavailable)?.is_none() {
        return Err(CommandError::new(ProblemType::SignedOut, "the account is gone, or has another password"));
    }
    office.end_sessions(&signed_in.replica, &name, signed_in.account.person);
    let cookie = renewed(office, organisation, &name)?;
    Ok(Done { answer: Changed { name }, cookie })
}

/// The person of an account; none where there is no such account, or its owner has not said yet who they are.
fn person_of(office: &Office, organisation: Uuid, name: &str) -> Result<Option<Uuid>, CommandError> {
    let accounts = office.hub.accounts(organisation).map_err(unavailable)?;
    Ok(accounts.into_iter().find(|account| account.name == name).and_then(|account| account.person))
}

/// A new session for whoever has just changed their own password.
fn renewed(office: &Office, organisation: Uuid, name: &str) -> Result<Option<::door::SessionCookie>, CommandError> {
    let accounts = office.hub.accounts(organisation).map_err(unavailable)?;
    let account = accounts.iter().find(|account| account.name == name);
    Ok(account.map(|account| office.begin_session(organisation, account)))
}

fn shown(account: NewAccount) -> Password {
    Password { name: account.name, password: account.password }
}
