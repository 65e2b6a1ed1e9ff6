//! `rounds-server check`

use clap::Args;
use serde_json::{Value, json};

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::storage::{OrganisationRow, ReadTxn};

#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn check(args: CheckArgs) -> Result<Value, CommandError> {
    let store = OpenStore::open(&args.store)?;
    let (findings, organisations) = store.read(|txn: &dyn ReadTxn| Ok((txn.verify()?, txn.organisations()?)))?;
    if !findings.is_empty() {
        return Err(CommandError::Findings(findings));
    }
    let organisations: Vec<Value> = organisations.iter().map(document).collect();
    Ok(json!({"findings": findings, "organisations": organisations}))
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
