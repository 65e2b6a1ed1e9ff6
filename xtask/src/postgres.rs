//! `cargo xtask postgres`: the server's tests once more, with its store on PostgreSQL.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cargo;
use crate::cluster::Cluster;

/// What is tested on both engines from one source: the suite of the stores, the rules of the protocol, and the server from outside.
///
/// The office's pages from outside are left to SQLite: each of those tests makes a demo school, which takes an unoptimised program long.
const TESTS: &[&str] = &[
    "storage::",
    "service::",
    "office::tests::",
    "blobs::",
    "concurrency::",
    "crash::",
    "database::",
    "http::",
    "live::",
    "kills::",
    "two_tablets::",
];
/// The test programs that these stand in.
const TARGETS: &[&str] = &["--lib", "--test", "all", "--test", "e2e"];
/// What lets the database crash, so that nobody else may be on it.
const SHAKEN: &str = "shaken::";
/// How these tests are told that nobody else is.
const ALONE: &str = "ROUNDS_TEST_DATABASE_ALONE";

/// Runs these tests, or all of them; whether they passed.
///
/// Where there is no PostgreSQL they are not run, which is said; in CI that is a failure.
pub(crate) fn test(filters: &[String]) -> Result<bool> {
    let Some(cluster) = Cluster::start()? else {
        if cargo::is_ci() {
            bail!("there is no PostgreSQL, and without it half of the server's tests are not run");
        }
        println!("NOT RUN: there is no PostgreSQL here (Debian: postgresql-15)");
        return Ok(true);
    };
    let (alone, together): (Vec<&str>, Vec<&str>) = match filters {
        [] => (vec![SHAKEN], TESTS.to_vec()),
        some => some.iter().map(String::as_str).partition(|name| name.starts_with("shaken")),
    };
    let passed = together.is_empty() || succeeds(&mut tests(&cluster, TARGETS, &together)?)?;
    Ok(passed && (alone.is_empty() || succeeds(tests(&cluster, &["--lib"], &alone)?.env(ALONE, "1"))?))
}

/// The same selection of packages as in the other lanes, so that nothing is built anew.
fn tests(cluster: &Cluster, targets: &[&str], names: &[&str]) -> Result<Command> {
    let mut command = cargo::cargo(&["test", "--workspace", "--locked"]);
    command.args(targets).arg("--").args(names);
    command.env("ROUNDS_TEST_DATABASE", cluster.url()).env("ROUNDS_PROGRAMS", cargo::programs()?);
    Ok(command)
}

fn succeeds(command: &mut Command) -> Result<bool> {
    Ok(command.status().context("cargo did not start")?.success())
}
