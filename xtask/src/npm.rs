//! Node's side of the checkout: what it needs, and how its scripts are called.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo;

/// The Node that the tools ask for.
const NODE: (u32, u32) = (20, 19);

/// `npm` with `arguments`, at the top of the workspace and without a standard input.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(cargo::root()).stdin(Stdio::null());
    // The tests drive a browser of the system: a download of another one is not wanted and may not work.
    command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").env("npm_config_update_notifier", "false");
    command
}

/// A tool of `node_modules`, in the folder `tests`.
pub(crate) fn playwright(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("node");
    command.arg(cargo::root().join("node_modules/@playwright/test/cli.js")).arg("test").args(arguments);
    command.current_dir(cargo::root().join("tests")).stdin(Stdio::null());
    command.env("ROUNDS_PROGRAMS", cargo::programs()?);
    Ok(command)
}

/// Makes sure that Node is there and that `node_modules` holds what the lock file names.
pub(crate) fn install() -> Result<()> {
    let version = Command::new("node").arg("--version").output().context("Node is needed: https://nodejs.org")?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    ensure!(is_new_enough(&version), "Node {}.{} or newer is needed; this one is {version}", NODE.0, NODE.1);
    let lock = cargo::root().join("package-lock.json");
    let wanted = std::fs::read(&lock).context("package-lock.json cannot be read")?;
    if std::fs::read(stamp()).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("installing what the screens are built with (npm ci)");
    cargo::succeed(npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    std::fs::write(stamp(), wanted).context("node_modules cannot be written")
}

/// Builds the screens, which the programs carry.
pub(crate) fn build() -> Result<()> {
    cargo::succeed(npm(&["run", "--silent", "build", "-w", "ui", "--", "--logLevel=warn"]))
}

/// The lock file that `node_modules` was last installed from.
fn stamp() -> PathBuf {
    cargo::root().join("node_modules/.installed-lock.json")
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    matches!((parts.next(), parts.next()), (Some(major), Some(minor)) if (major, minor) >= NODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for version in ["v20.19.0", "v20.20.2", "v22.1.0", "v100.0.0"] {
            assert!(is_new_enough(version), "{version}");
        }
        for version in ["v20.18.9", "v18.20.0", "v8.1.0", "", "nonsense"] {
            assert!(!is_new_enough(version), "{version}");
        }
    }
}
