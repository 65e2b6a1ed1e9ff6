//! `rounds-server check`

use clap::Args;
use serde_json::{Value, json};

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::service::examine_blobs;
use crate::storage::{OrganisationRow, ReadTxn};

#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn check(args: CheckArgs) -> Result<Value, CommandError> {
    let store = OpenStore::open(&args.store)?;
    let (mut findings, organisations) = store.read(|txn: &dyn ReadTxn| Ok((txn.verify()?, txn.organisations()?)))?;
    let (mut faults, mut notices) = (Vec::new(), Vec::new());
    // A database that is damaged in itself says nothing reliable about anything else.
    for organisation in organisations.iter().filter(|_| findings.is_empty()) {
        let examined = store.read(|txn| examine_blobs(txn, &store.blobs, organisation.id))?;
        faults.extend(examined.faults);
        notices.extend(examined.awaited);
    }
    findings.extend(faults);
    if !findings.is_empty() {
        return Err(CommandError::Findings(findings));
    }
    let organisations: Vec<Value> = organisations.iter().map(document).collect();
    Ok(json!({"findings": findings, "notices": notices, "organisations": organisations}))
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
