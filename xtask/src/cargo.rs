//! Where the workspace is, and how Cargo is called in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// The top of the workspace.
pub(crate) fn root() -> PathBuf {
    // Cargo says it at run time, so that a checkout that was moved does not look for its old place.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or(env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().map_or(PathBuf::from("."), Path::to_path_buf)
}

/// The folder that holds the programs of this build, next to this one.
pub(crate) fn programs() -> Result<PathBuf> {
    let this = std::env::current_exe().context("this program cannot find itself")?;
    this.parent().map(Path::to_path_buf).context("this program is in no folder")
}

/// The target folder of this build.
pub(crate) fn target() -> Result<PathBuf> {
    programs()?.parent().map(Path::to_path_buf).context("this program is in no target folder")
}

/// `cargo` with `arguments`, at the top of the workspace and without a standard input.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    // What Cargo said about this package would look like a change to build scripts that watch these names.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    if is_ci() {
        // Nothing is built twice there, so what an incremental build writes would only fill the disk.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Runs a command to its end, and asks that it succeeds.
pub(crate) fn succeed(mut command: Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} did not start", shown(&command)))?;
    ensure!(status.success(), "{} failed ({status})", shown(&command));
    Ok(())
}

/// The command as somebody would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Whether this is a build that nobody watches.
pub(crate) fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_command_is_shown_as_it_is_typed() {
        let mut command = Command::new("/somewhere/bin/cargo");
        command.args(["test", "--workspace"]);
        assert_eq!(shown(&command), "cargo test --workspace");
    }

    #[test]
    fn build_scripts_do_not_see_this_package() {
        let command = cargo(&["build"]);
        let removed: Vec<_> = command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        assert!(removed.iter().any(|name| *name == "CARGO_MANIFEST_DIR"));
    }
}
