//! `rounds-server migrate`

use clap::Args;
use serde_json::{Value, json};

use super::args::DatabaseArgs;
use super::error::CommandError;
use crate::storage::postgres;

#[derive(Args)]
pub(super) struct MigrateArgs {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// A server does not do it: it may be one of several, and an older one among them would go on as it was.
pub(super) fn migrate(args: MigrateArgs) -> Result<Value, CommandError> {
    let Some(url) = &args.database.url else {
        return Err(CommandError::usage("say which --database-url; `serve` brings a store in a folder up to date"));
    };
    let migrated = postgres::migrate(url, args.database.ca.as_deref())?;
    Ok(json!({"from": migrated.from, "to": migrated.to}))
}
