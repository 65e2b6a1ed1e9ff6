//! `rounds-server backup`

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use wire::ProblemType;

use super::archive::{self, Counted};
use super::args::StoreArgs;
use super::dated;
use super::error::CommandError;
use super::store::OpenStore;
use crate::service::Clock;
use crate::storage::sqlite::{self, beside, remove_with_logs, sync_folder_of};

#[derive(Args)]
pub(super) struct BackupArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The file to write, which must not exist yet; with --keep the folder of dated backups.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Makes a dated backup in the folder, and takes its older ones away but for so many in all.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    keep: Option<u16>,
}

/// An existing file is never replaced: the last good backup must not end where a new one begins to fail.
pub(super) fn backup(args: BackupArgs) -> Result<Value, CommandError> {
    args.store.check_file()?;
    let store = OpenStore::open(&args.store)?;
    let to = file_of(&args, &store)?;
    if to.exists() {
        let detail = format!("{} exists; choose another name", to.display());
        return Err(CommandError::problem(ProblemType::FileExists, detail));
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(CommandError::not_found(format_args!("there is no folder {}", folder.display())));
    }
    let copy = beside(&to, ".store");
    remove_with_logs(&copy)?;
    let written = sqlite::copy_online(&sqlite::store_path(&args.store.data), &copy).map_err(CommandError::from);
    let written = written.and_then(|()| write(&store, &copy, &to));
    remove_with_logs(&copy)?;
    let counted = written?;
    let mut said = json!({
        "backup": to.display().to_string(),
        "bytes": std::fs::metadata(&to)?.len(),
        "blobs": counted.blobs,
        "missing_blobs": counted.missing,
    });
    if let Some(keep) = args.keep {
        said["pruned"] = pruned(&to, keep.into(), &counted)?.into();
    }
    if counted.missing > 0 {
        tracing::error!(missing = counted.missing, "photos are lost or damaged; see `check`");
    }
    Ok(said)
}

/// The file to write.
fn file_of(args: &BackupArgs, store: &OpenStore) -> Result<PathBuf, CommandError> {
    if args.keep.is_none() {
        return Ok(args.to.clone());
    }
    let name = dated::name(store.clock()?.now_ms());
    let name = name.ok_or_else(|| CommandError::usage("the clock shows a moment that no calendar has"))?;
    Ok(args.to.join(name))
}

/// Takes older backups away, unless this one lacks photos: an older one may be the last place where they are.
fn pruned(to: &Path, keep: usize, counted: &Counted) -> Result<Vec<String>, CommandError> {
    match (to.parent(), to.file_name()) {
        (Some(folder), Some(made)) if counted.missing == 0 => Ok(dated::prune(folder, made, keep)?),
        _ => Ok(Vec::new()),
    }
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
