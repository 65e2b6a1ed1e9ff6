//! `cargo xtask dist`: the programs as people run them, small, and what a debugger needs in a file beside each.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo;

/// The programs, by the package that each is built from.
const PROGRAMS: [(&str, &str); 2] = [("door", "rounds"), ("sync-server", "rounds-server")];

/// Builds the programs, and names them with their sizes.
pub(crate) fn dist() -> Result<bool> {
    for program in build()? {
        let size = std::fs::metadata(&program).with_context(|| program.display().to_string())?.len();
        println!("{:>6.1} MB  {}", size as f64 / 1e6, program.display());
    }
    Ok(true)
}

/// Builds the programs, and gives their paths.
fn build() -> Result<Vec<PathBuf>> {
    let mut command = cargo::cargo(&["build", "--profile", "dist", "--locked", "--bins"]);
    command.args(PROGRAMS.iter().flat_map(|(package, _)| ["-p", package]));
    cargo::succeed(command)?;
    let built = cargo::target()?.join("dist");
    let folder = built.join("programs");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let mut programs = Vec::new();
    for (_, name) in PROGRAMS {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let program = folder.join(&name);
        split(&built.join(&name), &program)?;
        programs.push(program);
    }
    Ok(programs)
}

/// Copies a program without what only a debugger reads; that goes into `PROGRAM.debug`, which the copy names.
///
/// The linker could leave it out, but the stack trace of a school's server must have its lines when somebody asks for them.
fn split(built: &Path, program: &Path) -> Result<()> {
    if !cfg!(target_os = "linux") {
        std::fs::copy(built, program).with_context(|| program.display().to_string())?;
        return Ok(());
    }
    let debug = program.with_extension("debug");
    let objcopy = |option: &str, to: &Path| {
        let mut command = Command::new("objcopy");
        command.arg(option).arg(built).arg(to);
        command
    };
    cargo::succeed(objcopy("--only-keep-debug", &debug))?;
    let mut strip = objcopy("--strip-all", program);
    strip.arg(format!("--add-gnu-debuglink={}", debug.display()));
    cargo::succeed(strip)
}
