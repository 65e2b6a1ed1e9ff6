//! `cargo xtask postgres`: the server's tests once more, with its store on PostgreSQL.

use anyhow::{Context, Result, bail};

use crate::cargo;
use crate::cluster::{self, Cluster};

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
    if !cluster::is_installed() {
        return without(cargo::is_ci());
    }
    let (alone, together): (Vec<&str>, Vec<&str>) = match filters {
        [] => (vec![SHAKEN], TESTS.to_vec()),
        some => some.iter().map(String::as_str).partition(|name| name.starts_with("shaken")),
    };
    let passed = together.is_empty() || pass(TARGETS, &together, &[])?;
    Ok(passed && (alone.is_empty() || pass(&["--lib"], &alone, &[(ALONE, "1")])?))
}

fn without(is_ci: bool) -> Result<bool> {
    let why = "there is no PostgreSQL 14 to 17 here (Debian: postgresql)";
    if is_ci {
        bail!("{why}, and the server's tests have to pass on one");
    }
    println!("NOT RUN: {why}");
    Ok(true)
}

/// Runs tests on a PostgreSQL of their own; whether they passed.
///
/// One that comes back from a crash first writes all files that it has, so that those who let it crash want one with few of them.
fn pass(targets: &[&str], names: &[&str], told: &[(&str, &str)]) -> Result<bool> {
    let cluster = Cluster::start()?;
    // The same selection of packages as in the other lanes, so that nothing is built anew.
    let mut command = cargo::cargo(&["test", "--workspace", "--locked"]);
    command.args(targets).arg("--").args(names);
    command.env("ROUNDS_TEST_DATABASE", cluster.url()).env("ROUNDS_PROGRAMS", cargo::programs()?);
    command.envs(told.iter().copied());
    Ok(command.status().context("cargo did not start")?.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_postgresql_its_tests_are_not_run_which_nobody_would_see_in_ci() {
        assert!(without(false).expect("somebody is told"));
        let refused = without(true).expect_err("nobody is told").to_string();
        assert!(refused.contains("Debian: postgresql"), "{refused}");
    }
}
