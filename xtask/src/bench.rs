//! `cargo xtask bench`: figures only mean something from a release build, and beside a baseline of the same run.

use anyhow::Result;

use crate::args::Bench;
use crate::cargo;

/// Runs `benches` one after the other.
pub(crate) fn bench(benches: &[Bench]) -> Result<bool> {
    for bench in benches {
        let binary = format!("bench-{}", bench.name());
        cargo::succeed(cargo::cargo(&["run", "--release", "--locked", "-p", "rounds-tests", "--bin", &binary]))?;
    }
    Ok(true)
}
