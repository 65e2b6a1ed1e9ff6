//! `rounds-server check`

use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::BlobId;

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::service::{OsRandom, examine_blobs, random_uuid};
use crate::storage::{OrganisationRow, ReadTxn};

#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Asks the tablets for photos again that were acknowledged and are lost or damaged; it gives the feed a new epoch.
    #[arg(long)]
    ask_again: bool,
}

pub(super) fn check(args: CheckArgs) -> Result<Value, CommandError> {
    let store = OpenStore::open(&args.store)?;
    let (mut findings, organisations) = store.read(|txn: &dyn ReadTxn| Ok((txn.verify()?, txn.organisations()?)))?;
    let (mut faults, mut notices, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    // A database that is damaged in itself says nothing reliable about anything else.
    for organisation in organisations.iter().filter(|_| findings.is_empty()) {
        let id = organisation.id;
        let (rows, references, went_back) =
            store.read(|txn| Ok((txn.blobs(id)?, txn.blob_references(id)?, txn.went_back_at(id)?)))?;
        let examined = examine_blobs(&rows, &references, &store.blobs, id)?;
        faults.extend(examined.faults);
        notices.extend(examined.awaited);
        notices.extend(went_back.map(|_| went_back_notice(organisation)));
        lost.push((organisation.id, examined.lost));
    }
    if args.ask_again {
        let asked = ask_again(&store, &lost)?;
        notices.append(&mut faults);
        notices.extend(asked);
    }
    findings.extend(faults);
    if !findings.is_empty() {
        return Err(CommandError::Findings(findings));
    }
    let organisations: Vec<Value> = organisations.iter().map(document).collect();
    Ok(json!({"findings": findings, "notices": notices, "organisations": organisations}))
}

fn went_back_notice(organisation: &OrganisationRow) -> String {
    format!(
        "organisation {}: a device knows more than this store holds; `rounds-server refill begin` lets the tablets bring it back",
        organisation.id
    )
}

/// Forgets that these blobs were ever here, and begins a new epoch, by which every tablet asks again what is here.
fn ask_again(store: &OpenStore, lost: &[(Uuid, Vec<BlobId>)]) -> Result<Vec<String>, CommandError> {
    let mut asked = Vec::new();
    for (organisation, blobs) in lost.iter().filter(|(_, blobs)| !blobs.is_empty()) {
        store.change(*organisation, |txn| {
            blobs.iter().try_for_each(|blob| txn.remove_blob(*organisation, *blob))?;
            Ok(Ok(txn.begin_epoch(*organisation, random_uuid(&OsRandom))?))
        })?;
        asked.push(format!("organisation {organisation}: the tablets are asked again for {} blobs", blobs.len()));
    }
    Ok(asked)
}

fn document(organisation: &OrganisationRow) -> Value {
    json!({
        "organisation": organisation.id,
        "name": organisation.name,
        "preset": organisation.preset.as_str(),
        "epoch": organisation.epoch,
        "sequence": organisation.last_seq,
        "refilling": organisation.refill_from.is_some(),
    })
}
