//! What the lanes need beside the checkout: added where that is possible, named where it is not.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{cargo, cluster};

/// What the window is built with, as Debian names it.
pub(crate) const WINDOW: &[&str] = &["libwebkit2gtk-4.1-dev", "librsvg2-dev", "build-essential", "pkg-config"];
/// What drives the window on a screen that nobody sees.
pub(crate) const WINDOW_TESTS: &[&str] = &["webkit2gtk-driver", "xvfb", "xauth"];
/// What the server's store is tested on beside SQLite.
pub(crate) const DATABASE: &[&str] = &["postgresql"];
/// A browser, the characters that it has to show, and what reads a page that it printed.
pub(crate) const BROWSER: &[&str] = &["chromium", "fonts-noto-cjk", "poppler-utils"];
/// The version of `tauri-driver`, which lets a test drive the window.
const DRIVER: &str = "^2";

/// Makes sure of a component of the toolchain, such as `rustfmt`; `command` is the Cargo command that it brings.
pub(crate) fn component(command: &str, component: &str) -> Result<()> {
    if works(&mut cargo::cargo(&[command, "--version"])) {
        return Ok(());
    }
    println!("the toolchain has no {component}: adding it");
    if works_aloud(Command::new("rustup").args(["component", "add", component]))
        && works(&mut cargo::cargo(&[command, "--version"]))
    {
        return Ok(());
    }
    bail!("{component} is needed and could not be added; try: rustup component add {component}")
}

/// Makes sure of Debian packages; on another system they are named, and taken to be there under other names.
pub(crate) fn packages(names: &[&str]) -> Result<()> {
    if !works(Command::new("dpkg").arg("--version")) {
        println!("this is no Debian: what Debian calls {} has to be there", names.join(", "));
        return Ok(());
    }
    let missing: Vec<&str> = names.iter().copied().filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("installing {}", missing.join(", "));
    let done =
        apt(&["update", "-qq"]) && apt(&[&["install", "-y", "-qq", "--no-install-recommends"], &missing[..]].concat());
    if done && missing.iter().all(|name| is_installed(name)) {
        return Ok(());
    }
    bail!("these packages are needed and could not be installed; try: sudo apt-get install {}", missing.join(" "))
}

/// Makes sure of a PostgreSQL; without one its lane is not run where somebody is told of it, and in CI nothing is.
///
/// One that comes with a package starts a cluster of its own, of which the lane knows nothing.
pub(crate) fn database() -> Result<()> {
    if cluster::is_installed() {
        return Ok(());
    }
    match packages(DATABASE) {
        Err(error) if !cargo::is_ci() => {
            println!("{error:#}");
            Ok(())
        }
        done => done,
    }
}

/// `tauri-driver`: that of the system, or one built into the target folder.
pub(crate) fn window_driver() -> Result<PathBuf> {
    let name = "tauri-driver";
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let tools = cargo::root().join("target/tools");
    let places = [Some(tools.join("bin")), home.map(|home| home.join("bin"))];
    if let Some(found) = places.iter().flatten().map(|place| place.join(name)).find(|path| path.is_file()) {
        return Ok(found);
    }
    println!("installing {name}");
    let mut install = cargo::cargo(&["install", name, "--locked", "--quiet", "--version", DRIVER, "--root"]);
    install.arg(&tools);
    cargo::succeed(install).with_context(|| format!("{name} drives the window in tests"))?;
    Ok(tools.join("bin").join(name))
}

fn is_installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query").args(["-W", "-f", "${Status}", package]).stderr(Stdio::null()).output();
    asked.is_ok_and(|answer| answer.stdout.starts_with(b"install ok installed"))
}

fn apt(arguments: &[&str]) -> bool {
    let user = Command::new("id").arg("-u").output();
    let is_root = user.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0");
    let mut command = Command::new(if is_root { "apt-get" } else { "sudo" });
    if !is_root {
        command.args(["-n", "apt-get"]);
    }
    works_aloud(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn works(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

fn works_aloud(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_does_not_work() {
        assert!(!works(&mut Command::new("no-such-program-here")));
        assert!(works(&mut cargo::cargo(&["--version"])));
    }

    #[test]
    fn a_package_that_nobody_made_is_not_installed() {
        assert!(!is_installed("no-such-package-here"));
    }
}
