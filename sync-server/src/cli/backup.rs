//! `rounds-server backup`

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use wire::ProblemType;

use super::archive::{self, Counted};
use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::storage::sqlite::{self, beside, remove_with_logs, sync_folder_of};

#[derive(Args)]
pub(super) struct BackupArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The file to write; it must not exist yet.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// An existing file is never replaced: the last good backup must not end where a new one begins to fail.
pub(super) fn backup(args: BackupArgs) -> Result<Value, CommandError> {
    args.store.check_file()?;
    let store = OpenStore::open(&args.store)?;
    if args.to.exists() {
        let detail = format!("{} exists; choose another name", args.to.display());
        return Err(CommandError::problem(ProblemType::FileExists, detail));
    }
    let folder = args.to.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(CommandError::not_found(format_args!("there is no folder {}", folder.display())));
    }
    let copy = beside(&args.to, ".store");
    remove_with_logs(&copy)?;
    let written = sqlite::copy_online(&sqlite::store_path(&args.store.data), &copy).map_err(CommandError::from);
    let written = written.and_then(|()| write(&store, &copy, &args.to));
    remove_with_logs(&copy)?;
    let counted = written?;
    if counted.missing > 0 {
        tracing::error!(missing = counted.missing, "photos are lost or damaged; see `check`");
    }
    let bytes = std::fs::metadata(&args.to)?.len();
    Ok(json!({
        "backup": args.to.display().to_string(),
        "bytes": bytes,
        "blobs": counted.blobs,
        "missing_blobs": counted.missing,
    }))
}

/// Puts the copy of the store and the photos into the new file `to`, which is there whole or not at all.
fn write(store: &OpenStore, copy: &Path, to: &Path) -> Result<Counted, CommandError> {
    let part = beside(to, ".part");
    remove_with_logs(&part)?;
    let written = archive::write(store, copy, &part);
    let renamed = written.and_then(|counted| {
        std::fs::rename(&part, to)?;
        Ok(counted)
    });
    remove_with_logs(&part)?;
    sync_folder_of(to)?;
    renamed
}
