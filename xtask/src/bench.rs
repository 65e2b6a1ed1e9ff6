//! `cargo xtask bench`: figures only mean something from a release build, and beside a baseline of the same run.

use anyhow::{Context, Result};

use crate::args::Bench;
use crate::{cargo, needs, npm};

/// Runs `benches` one after the other; whether all of them ran to their end.
pub(crate) fn bench(benches: &[Bench]) -> Result<bool> {
    let mut all = true;
    for bench in benches {
        all &= match bench {
            Bench::Sync => sync()?,
            Bench::Ui => ui()?,
        };
    }
    Ok(all)
}

fn sync() -> Result<bool> {
    cargo::succeed(cargo::cargo(&["run", "--release", "--locked", "-p", "rounds-tests", "--bin", "bench-sync"]))?;
    Ok(true)
}

fn ui() -> Result<bool> {
    needs::packages(&[needs::BROWSER, needs::WINDOW, needs::WINDOW_TESTS].concat())?;
    npm::install()?;
    npm::build()?;
    let build = ["build", "--release", "--locked", "-p", "door", "-p", "sync-server", "-p", "rounds-window", "--bins"];
    cargo::succeed(cargo::cargo(&build))?;
    let mut measure = npm::playwright(&["--project=bench"])?;
    measure.env("ROUNDS_PROGRAMS", cargo::target()?.join("release")).env("ROUNDS_DRIVER", needs::window_driver()?);
    Ok(measure.status().context("playwright did not start")?.success())
}
