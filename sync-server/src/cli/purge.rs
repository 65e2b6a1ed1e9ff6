//! `rounds-server purge`

use causal::RecordId;
use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::blobs::BlobStore;
use crate::service::purge::{self, Purged};
use crate::service::{Clock, OsRandom, random_uuid};

#[derive(Args)]
pub(super) struct PurgeArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The record.
    #[arg(long, value_name = "UUID")]
    record: Uuid,
    /// Whose record it is; may be left out where there is one organisation.
    #[arg(long, value_name = "UUID")]
    organisation: Option<Uuid>,
}

pub(super) fn purge(args: PurgeArgs) -> Result<Value, CommandError> {
    let store = OpenStore::open(&args.store)?;
    let organisation = store.organisation(args.organisation)?.id;
    let (start, now) = (random_uuid(&OsRandom), store.clock()?.now_ms());
    let (purged, blobs) = store.change(organisation, |txn| {
        let Some(purged) = purge::purge(txn, start, now, organisation, RecordId(args.record))? else {
            return Ok(Err(CommandError::not_found(format_args!("there is no record {}", args.record))));
        };
        Ok(Ok((purged, purge::forget_blobs(txn, organisation, RecordId(args.record))?)))
    })?;
    blobs.into_iter().try_for_each(|blob| store.blobs.remove(organisation, blob))?;
    store.storage.fold_log()?;
    let (seq, is_done) = match purged {
        Purged::Done { seq } => (seq, true),
        Purged::Already { seq } => (seq, false),
    };
    Ok(json!({"record": args.record, "sequence": seq, "purged": is_done}))
}
