//! `rounds-server restore`

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::args::StoreArgs;
use super::error::CommandError;
use super::lock::DataLock;
use super::store::create_private_folder;
use crate::service::{Clock, OsRandom, SystemClock, random_uuid};
use crate::storage::sqlite;
use crate::storage::{Storage, StorageError};

#[derive(Args)]
pub(super) struct RestoreArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The backup.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
}

/// The backup is verified before anything is touched, and the store that it replaces is kept beside it.
pub(super) fn restore(args: RestoreArgs) -> Result<Value, CommandError> {
    args.store.check()?;
    if !args.from.is_file() {
        return Err(StorageError::Missing(args.from.display().to_string()).into());
    }
    create_private_folder(&args.store.data)?;
    let _lock = DataLock::alone(&args.store.data)?;
    let staged = sqlite::Staged::copy(&args.from, &args.store.data)?;
    let organisations = begin_anew(staged.path())?;
    let now = SystemClock::default().now_ms();
    let kept = staged.replace_store(now)?;
    tracing::info!(from = %args.from.display(), "a backup was restored; clients will notice the new epoch");
    Ok(json!({
        "restored": args.from.display().to_string(),
        "organisations": organisations,
        "kept": kept.map(|path| path.display().to_string()),
    }))
}

/// Gives every feed in the copy a new epoch and opens its refill.
fn begin_anew(path: &Path) -> Result<Vec<Value>, CommandError> {
    let storage = sqlite::open(path)?;
    let findings = storage.read()?.verify()?;
    if !findings.is_empty() {
        return Err(CommandError::Findings(findings));
    }
    let mut txn = storage.write()?;
    let mut begun = Vec::new();
    for organisation in txn.organisations()? {
        let epoch = random_uuid(&OsRandom);
        txn.begin_epoch(organisation.id, epoch)?;
        txn.set_refill(organisation.id, Some(organisation.last_seq))?;
        begun.push(json!({"organisation": organisation.id, "name": organisation.name, "epoch": epoch}));
    }
    txn.commit()?;
    Ok(begun)
}
