//! `rounds-server enrol-code`

use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;

use super::args::{StoreArgs, parse_span};
use super::error::CommandError;
use super::store::OpenStore;
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
    /// A campus that the device may read and write; all of them unless said.
    #[arg(long = "scope", value_name = "UUID")]
    scopes: Vec<Uuid>,
    /// How long the code works.
    #[arg(long, value_name = "SPAN", default_value = "24h", value_parser = parse_span)]
    expires: u64,
}

pub(super) fn enrol_code(args: EnrolCodeArgs) -> Result<Value, CommandError> {
    let store = OpenStore::open(&args.store)?;
    let organisation = store.organisation(args.organisation)?;
    let mut scopes = args.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    let invitation = Invitation {
        role: args.role,
        scopes: (!scopes.is_empty()).then_some(scopes),
        expires_at: store.clock()?.now_ms() + args.expires,
    };
    let code = store.change(organisation.id, |txn| Ok(Ok(invite(txn, &OsRandom, organisation.id, &invitation)?)))?;
    Ok(json!({"code": code, "expires_at": invitation.expires_at}))
}
