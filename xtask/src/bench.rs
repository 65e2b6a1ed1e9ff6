//! `cargo xtask bench`: figures only mean something from the build that people run, and beside a baseline of the same run.

use anyhow::{Context, Result};

use crate::args::Bench;
use crate::{cargo, dist, needs, npm};

/// Runs `benches` one after the other; whether all of them ran to their end.
pub(crate) fn bench(benches: &[Bench]) -> Result<bool> {
    let mut all = true;
    for bench in benches {
        all &= match bench {
            Bench::Sync => program("bench-sync")?,
            Bench::Engine => dist::dist()? && program("bench-engine")?,
            Bench::Ui => ui()?,
        };
    }
    Ok(all)
}

/// A benchmark that is a program of its own.
fn program(name: &str) -> Result<bool> {
    cargo::succeed(cargo::cargo(&["run", "--profile", "dist", "--locked", "-p", "rounds-tests", "--bin", name]))?;
    Ok(true)
}

fn ui() -> Result<bool> {
    needs::packages(&[needs::BROWSER, needs::WINDOW, needs::WINDOW_TESTS].concat())?;
    npm::install()?;
    npm::build()?;
    let packages = ["-p", "door", "-p", "sync-server", "-p", "rounds-window"];
    let build = [&["build", "--profile", "dist", "--locked", "--bins"][..], &packages].concat();
    cargo::succeed(cargo::cargo(&build))?;
    let mut measure = npm::playwright(&["--project=bench"])?;
    measure.env("ROUNDS_PROGRAMS", cargo::target()?.join("dist")).env("ROUNDS_DRIVER", needs::window_driver()?);
    Ok(measure.status().context("playwright did not start")?.success())
}
