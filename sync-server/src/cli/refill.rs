//! `rounds-server refill`

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use uuid::Uuid;

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::service::{Clock, OsRandom, adopt_blobs, begin_refill, unknown_blobs};
use crate::storage::{OrganisationRow, ReadTxn, Result as StorageResult};

#[derive(Subcommand)]
pub(super) enum RefillCommand {
    /// Lets tablets bring back what a store that was put back by hand lacks; it gives the feed a new epoch.
    Begin(RefillArgs),
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
        RefillCommand::Begin(args) => begin(&args),
        RefillCommand::List(args) => {
            let store = OpenStore::open(&args.store)?;
            let organisation = store.organisation(args.organisation)?;
            store.read(|txn| list(txn, &organisation))
        }
        RefillCommand::End(args) => {
            let store = OpenStore::open(&args.store)?;
            let organisation = store.organisation(args.organisation)?;
            store.change(organisation.id, |txn| Ok(Ok(txn.set_refill(organisation.id, None)?)))?;
            Ok(json!({"organisation": organisation.id, "refilling": false}))
        }
    }
}

/// One organisation where it is named, and all of the store otherwise: its files went back for all of them.
fn begin(args: &RefillArgs) -> Result<Value, CommandError> {
    let store = OpenStore::open(&args.store)?;
    let organisations = match args.organisation {
        Some(_) => vec![store.organisation(args.organisation)?],
        None => store.read(|txn| txn.organisations())?,
    };
    let now = store.clock()?.now_ms();
    let mut begun = Vec::new();
    for organisation in organisations {
        // What came after the files that were put back lies beside them.
        let known = store.read(|txn| txn.blobs(organisation.id))?;
        let found = unknown_blobs(&known, &store.blobs, organisation.id, now)?;
        let epoch = store.change(organisation.id, |txn| {
            let epoch = begin_refill(txn, &OsRandom, organisation.id)?;
            adopt_blobs(txn, organisation.id, &found)?;
            Ok(Ok(epoch))
        })?;
        begun.push(json!({
            "organisation": organisation.id,
            "name": organisation.name,
            "epoch": epoch,
            "refilling": true,
        }));
    }
    Ok(json!({ "organisations": begun }))
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
        "went_back_at": txn.went_back_at(organisation.id)?,
        "changes": changes,
    }))
}
