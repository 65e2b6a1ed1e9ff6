//! `rounds-server enrol-code`

use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;

use super::args::{StoreArgs, parse_span};
use super::error::CommandError;
use super::store::OpenStore;
use crate::office::serving::{self, Serves};
use crate::service::enrol::{Invitation, invite};
use crate::service::{Clock, OsRandom};
use crate::storage::Role;

#[derive(Args)]
pub(super) struct EnrolCodeArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Whose device it will be; may be left out where there is one organisation.
    #[arg(long, value_name = "UUID")]
    organisation: Option<Uuid>,
    /// What the device may write.
    #[arg(long, value_enum, default_value_t)]
    role: Role,
    /// A campus that the device may read and write; all of them unless said. Without `--serves` it holds no compartment of it.
    #[arg(long = "scope", value_name = "UUID")]
    scopes: Vec<Uuid>,
    /// What the tablet serves, one or several of them: it holds the compartments that the work needs, and no other. Everything unless
    /// this or a scope is said.
    #[arg(long, value_name = "gate|class|kitchen|patrol|store|office", value_parser = serving::parse)]
    serves: Vec<Serves>,
    /// How long the code works.
    #[arg(long, value_name = "SPAN", default_value = "24h", value_parser = parse_span)]
    expires: u64,
}

pub(super) fn enrol_code(args: EnrolCodeArgs) -> Result<Value, CommandError> {
    let store = OpenStore::open(&args.store)?;
    let organisation = store.organisation(args.organisation)?;
    let scopes = serving::scopes(&*store.storage.read()?, organisation.id, &args.scopes, &args.serves)?;
    let invitation = Invitation { role: args.role, scopes, expires_at: store.clock()?.now_ms() + args.expires };
    let code = store.change(organisation.id, |txn| Ok(Ok(invite(txn, &OsRandom, organisation.id, &invitation)?)))?;
    Ok(json!({"code": code, "expires_at": invitation.expires_at}))
}
