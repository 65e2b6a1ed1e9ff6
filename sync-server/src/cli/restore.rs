//! `rounds-server restore`

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::archive;
use super::args::StoreArgs;
use super::error::CommandError;
use super::lock::DataLock;
use super::store::{blobs_in, create_private_folder};
use crate::blobs::BlobStore;
use crate::service::{Clock, OsRandom, SystemClock, adopt_blobs, begin_refill, unknown_blobs};
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
    args.store.check_file()?;
    if !args.from.is_file() {
        return Err(StorageError::Missing(args.from.display().to_string()).into());
    }
    create_private_folder(&args.store.data)?;
    let _lock = DataLock::alone(&args.store.data)?;
    let blobs = blobs_in(&args.store.data);
    let staged = match archive::is_archive(&args.from)? {
        true => archive::verify(&args.from, &args.store.data)?,
        // Of a release that had no photos yet.
        false => sqlite::Staged::copy(&args.from, &args.store.data)?,
    };
    let now = SystemClock::default().now_ms();
    verify(staged.path())?;
    // Photos never change and harm no store, so they may come before it.
    let restored = archive::put_blobs(&args.from, &blobs)?;
    let organisations = begin_anew(staged.path(), &blobs, now)?;
    let kept = staged.replace_store(now)?;
    tracing::info!(from = %args.from.display(), "a backup was restored; clients will notice the new epoch");
    Ok(json!({
        "restored": args.from.display().to_string(),
        "organisations": organisations,
        "blobs": restored,
        "kept": kept.map(|path| path.display().to_string()),
    }))
}

fn verify(path: &Path) -> Result<(), CommandError> {
    let findings = sqlite::open(path)?.read()?.verify()?;
    if findings.is_empty() { Ok(()) } else { Err(CommandError::Findings(findings)) }
}

/// Gives every feed in the copy a new epoch and opens its refill.
fn begin_anew(path: &Path, blobs: &dyn BlobStore, now_ms: u64) -> Result<Vec<Value>, CommandError> {
    let storage = sqlite::open(path)?;
    let mut begun = Vec::new();
    // The copy is the store only when all are done.
    let organisations = storage.read()?.organisations()?;
    for organisation in organisations {
        let known = storage.read()?.blobs(organisation.id)?;
        let found = unknown_blobs(&known, blobs, organisation.id, now_ms)?;
        let mut txn = storage.write(organisation.id)?;
        let epoch = begin_refill(&mut *txn, &OsRandom, organisation.id)?;
        adopt_blobs(&mut *txn, organisation.id, &found)?;
        txn.commit()?;
        begun.push(json!({"organisation": organisation.id, "name": organisation.name, "epoch": epoch}));
    }
    Ok(begun)
}
