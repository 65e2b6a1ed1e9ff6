//! `rounds-server refill`

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use uuid::Uuid;

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::storage::{OrganisationRow, ReadTxn, Result as StorageResult, Storage};

#[derive(Subcommand)]
pub(super) enum RefillCommand {
    /// Lists what devices brought back that others had written, and through which of them.
    List(RefillArgs),
    /// Ends the refill: from now on tablets bring no new master data at all.
    End(RefillArgs),
}

#[derive(Args)]
pub(super) struct RefillArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The organisation; may be left out where there is one.
    #[arg(long, value_name = "UUID")]
    organisation: Option<Uuid>,
}

pub(super) fn refill(command: RefillCommand) -> Result<Value, CommandError> {
    match command {
        RefillCommand::List(args) => {
            let store = OpenStore::open(&args.store)?;
            let organisation = store.organisation(args.organisation)?;
            store.read(|txn| list(txn, &organisation))
        }
        RefillCommand::End(args) => {
            let store = OpenStore::open(&args.store)?;
            let organisation = store.organisation(args.organisation)?;
            let mut txn = store.storage.write()?;
            txn.set_refill(organisation.id, None)?;
            txn.commit()?;
            Ok(json!({"organisation": organisation.id, "refilling": false}))
        }
    }
}

fn list(txn: &dyn ReadTxn, organisation: &OrganisationRow) -> StorageResult<Value> {
    let mut changes = Vec::new();
    for line in txn.refilled(organisation.id, organisation.refill_from.unwrap_or(0))? {
        let record = txn.record(organisation.id, line.record)?;
        let device = line.device.map(|device| txn.device(device)).transpose()?.flatten();
        changes.push(json!({
            "record": line.record,
            "kind": record.map(|stored| stored.record.kind.to_string()),
            "sequence": line.seq,
            "time": line.received_at,
            "device": line.device,
            "device_name": device.map(|device| device.name),
        }));
    }
    Ok(json!({
        "organisation": organisation.id,
        "refilling": organisation.refill_from.is_some(),
        "changes": changes,
    }))
}
