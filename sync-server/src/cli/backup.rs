//! `rounds-server backup`

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::args::StoreArgs;
use super::error::CommandError;
use super::store::OpenStore;
use crate::storage::sqlite;

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
    let _store = OpenStore::open(&args.store)?;
    if args.to.exists() {
        let detail = format!("{} exists; choose another name", args.to.display());
        return Err(CommandError::problem("file-exists", "The file exists.", detail));
    }
    let folder = args.to.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(CommandError::not_found(format_args!("there is no folder {}", folder.display())));
    }
    sqlite::copy_online(&sqlite::store_path(&args.store.data), &args.to)?;
    let bytes = std::fs::metadata(&args.to)?.len();
    Ok(json!({"backup": args.to.display().to_string(), "bytes": bytes}))
}
