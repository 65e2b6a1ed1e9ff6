//! `rounds-server account`

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::office::accounts::{self, FIRST_ROLES, NewAccount, Removal, SetBy, is_account_name};
use crate::service::{Clock, OsRandom};

#[derive(Subcommand)]
pub(super) enum AccountCommand {
    /// Makes an account with a new password, which its owner changes at the first log-in.
    Add {
        /// The name to sign in with.
        name: String,
        #[command(flatten)]
        of: OfOrganisation,
        /// A role of the account; the same as of the first account unless said.
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
    },
    /// Lists the accounts.
    List {
        #[command(flatten)]
        of: OfOrganisation,
    },
    /// Takes an account away; a session that it has ends with its next question.
    Remove {
        /// The name of the account.
        name: String,
        #[command(flatten)]
        of: OfOrganisation,
    },
    /// Gives an account a new password, which its owner changes at the next log-in.
    Password {
        /// The name of the account.
        name: String,
        #[command(flatten)]
        of: OfOrganisation,
    },
}

#[derive(Args)]
pub(super) struct OfOrganisation {
    #[command(flatten)]
    store: StoreArgs,
    /// The organisation; may be left out where there is one.
    #[arg(long, value_name = "UUID")]
    organisation: Option<Uuid>,
}

impl OfOrganisation {
    fn open(&self) -> Result<(OpenStore, Uuid), CommandError> {
        let store = OpenStore::open(&self.store)?;
        let organisation = store.organisation(self.organisation)?.id;
        Ok((store, organisation))
    }
}

pub(super) fn account(command: AccountCommand) -> Result<Value, CommandError> {
    match command {
        AccountCommand::Add { name, of, roles } => add(&name, &of, roles),
        AccountCommand::List { of } => list(&of),
        AccountCommand::Remove { name, of } => remove(&name, &of),
        AccountCommand::Password { name, of } => password(&name, &of),
    }
}

fn add(name: &str, of: &OfOrganisation, mut roles: Vec<String>) -> Result<Value, CommandError> {
    if !is_account_name(name) {
        return Err(CommandError::usage("a name has 1-64 printable characters, no spaces and no commas"));
    }
    if let Some(role) = roles.iter().find(|role| !is_role(role)) {
        return Err(CommandError::usage(format!("{role:?} is not a role: lower-case letters, digits and _")));
    }
    if roles.is_empty() {
        roles = FIRST_ROLES.iter().map(|role| (*role).to_owned()).collect();
    }
    let (store, organisation) = of.open()?;
    let now = store.clock()?.now_ms();
    let taken = || CommandError::problem(ProblemType::AccountExists, format_args!("there is an account {name}"));
    let made = store.change(organisation, |txn| {
        let made = accounts::add_account(txn, &OsRandom, now, organisation, name, &roles)?;
        Ok(made.ok_or_else(taken))
    })?;
    Ok(document(&made))
}

fn list(of: &OfOrganisation) -> Result<Value, CommandError> {
    let (store, organisation) = of.open()?;
    let accounts = store.read(|txn| txn.accounts(organisation))?;
    Ok(accounts.iter().map(|account| json!({"name": account.name, "roles": account.roles})).collect())
}

fn remove(name: &str, of: &OfOrganisation) -> Result<Value, CommandError> {
    let (store, organisation) = of.open()?;
    let last = || {
        let detail = format_args!("without {name} nobody could look after accounts and devices");
        CommandError::problem(ProblemType::LastAdministrator, detail)
    };
    store.change(organisation, |txn| {
        Ok(match accounts::remove_account(txn, organisation, name)? {
            Removal::Removed => Ok(()),
            Removal::Missing => Err(missing(name)),
            Removal::LastAdministrator => Err(last()),
        })
    })?;
    Ok(json!({"name": name, "removed": true}))
}

fn missing(name: &str) -> CommandError {
    CommandError::not_found(format_args!("there is no account {name}"))
}

fn password(name: &str, of: &OfOrganisation) -> Result<Value, CommandError> {
    let (store, organisation) = of.open()?;
    let changed = store.change(organisation, |txn| {
        let changed = accounts::reset_password(txn, &OsRandom, organisation, name, SetBy::SomebodyElse)?;
        Ok(changed.ok_or_else(|| missing(name)))
    })?;
    Ok(document(&changed))
}

fn document(account: &NewAccount) -> Value {
    json!({"name": account.name, "password": account.password, "roles": account.roles})
}

fn is_role(text: &str) -> bool {
    wire::is_kind(text)
}
