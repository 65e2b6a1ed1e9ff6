//! `cargo xtask android-check`: whether the window compiles for Android, on a machine that has none of Android's own tools.
//!
//! Rust's standard library for Android is built from source, which the toolchain does not bring; Debian has a newer compiler
//! with its source, which is unpacked into the target folder and touches nothing else. Nothing is linked, no APK is made.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{cargo, needs};

const TARGET: &str = "aarch64-linux-android";
/// The compiler, the source of its standard library, and the library that its own build scripts link with.
const COMPILER: &[&str] = &["rustc-web", "rust-web-src", "libstd-rust-web-dev"];
/// Compiles SQLite, zstd and the cryptography against headers that are close to Android's.
const C_TOOLS: &[&str] = &["clang", "musl-dev"];

/// Checks the window for Android; whether it compiles.
pub(crate) fn check() -> Result<bool> {
    needs::packages(C_TOOLS)?;
    let folder = cargo::target()?.join("android");
    let usr = folder.join("debian/usr");
    if !usr.join("bin/rustc").is_file() {
        unpack_compiler(&folder)?;
    }
    let mut check = cargo::cargo(&["check", "--locked", "-p", "rounds-window", "--lib", "--target", TARGET]);
    check.arg("-Zbuild-std=std,panic_abort");
    // The compiler is a stable one; building the standard library is what it calls unstable.
    check.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", usr.join("bin/rustc")).env_remove("RUSTUP_TOOLCHAIN");
    check.env("LD_LIBRARY_PATH", usr.join("lib/x86_64-linux-gnu")).env("CARGO_TARGET_DIR", folder.join("target"));
    let name = TARGET.replace('-', "_");
    check.env(format!("CC_{name}"), "clang").env(format!("AR_{name}"), "ar").env(format!("CFLAGS_{name}"), c_flags()?);
    Ok(check.status().context("cargo did not start")?.success())
}

/// Android's calling conventions, musl's headers in place of Android's, and behind them clang's own.
fn c_flags() -> Result<OsString> {
    let resources = output(Command::new("clang").arg("-print-resource-dir"))?;
    let mut flags =
        OsString::from(format!("--target={TARGET}24 -nostdinc -isystem /usr/include/x86_64-linux-musl -isystem "));
    flags.push(Path::new(resources.trim()).join("include"));
    Ok(flags)
}

/// Downloads the compiler's Debian packages, and unpacks them into the folder without installing them.
fn unpack_compiler(folder: &Path) -> Result<()> {
    ensure!(cfg!(target_arch = "x86_64"), "Debian's packages are unpacked for x86-64 machines alone");
    let debs = folder.join("packages");
    fs::create_dir_all(&debs).with_context(|| format!("{} cannot be made", debs.display()))?;
    let mut names: Vec<String> = COMPILER.iter().map(|&name| name.to_owned()).collect();
    // The compiler's two libraries carry their version in their names.
    let library = dependency("libstd-rust-web-dev", "libstd-rust-web-")?;
    names.push(dependency(&library, "libllvm")?);
    names.push(library);
    let mut download = command("apt-get", &debs);
    download.args(["download", "-qq"]).args(&names);
    cargo::succeed(download)?;
    let unpacked = folder.join("debian");
    for deb in fs::read_dir(&debs)? {
        let mut unpack = command("dpkg", &debs);
        unpack.arg("-x").arg(deb?.path()).arg(&unpacked);
        cargo::succeed(unpack)?;
    }
    fs::remove_dir_all(&debs).context("the packages cannot be removed")
}

/// The package that `package` depends on whose name begins like this.
fn dependency(package: &str, beginning: &str) -> Result<String> {
    let listed = output(Command::new("apt-cache").args(["depends", "--important", package]))?;
    let name = depends_on(&listed, beginning);
    name.with_context(|| format!("Debian's {package} names no {beginning}; try: sudo apt-get update"))
}

fn depends_on(listed: &str, beginning: &str) -> Option<String> {
    let names = listed.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
    names.map(str::trim).find(|name| name.starts_with(beginning)).map(str::to_owned)
}

fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    command
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{} did not start", cargo::shown(command)))?;
    ensure!(output.status.success(), "{} failed ({})", cargo::shown(command), output.status);
    String::from_utf8(output.stdout).context("what it printed is no text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_found_by_the_beginning_of_its_name() {
        let listed = "libstd-rust-web-1.96\n  Depends: libc6\n  Depends: libllvm22\n  Suggests: libllvm-doc\n";
        assert_eq!(depends_on(listed, "libllvm").as_deref(), Some("libllvm22"));
        assert_eq!(depends_on(listed, "libssl"), None);
    }
}
