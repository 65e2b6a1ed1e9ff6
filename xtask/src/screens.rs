//! `cargo xtask screens`: pictures of every screen, from the demo.

use std::path::Path;

use anyhow::{Context, Result};

use crate::{cargo, needs, npm};

/// Takes the pictures into `folder`; whether all of them could be taken.
pub(crate) fn screens(folder: &Path) -> Result<bool> {
    needs::packages(needs::BROWSER)?;
    npm::install()?;
    npm::build()?;
    cargo::succeed(cargo::cargo(&["build", "--locked", "--bin", "rounds", "--bin", "rounds-server"]))?;
    let folder = std::path::absolute(folder).context("the folder has no place")?;
    let mut take = npm::playwright(&["--project=screens"])?;
    let taken = take.env("ROUNDS_SCREENS", &folder).status().context("playwright did not start")?.success();
    println!("{}", folder.display());
    Ok(taken)
}
