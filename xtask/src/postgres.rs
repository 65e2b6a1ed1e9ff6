//! `cargo xtask postgres`: the server's tests once more, with its store on PostgreSQL.

use anyhow::{Context, Result, bail};

use crate::cargo;
use crate::cluster::Cluster;

/// What is tested on both engines from one source: the suite of the stores, the rules of the protocol, and the server from outside.
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
    "office::",
    "kills::",
    "two_tablets::",
];
/// What looks into the file that SQLite keeps, or is about its backups.
const OF_THE_FILE: &[&str] = &[
    "a_pull_may_say_what_its_device_still_owes_and_one_that_does_not_is_of_an_older_app",
    "commands_work_beside_a_running_server",
    "the_office_brings_back_what_a_restore_had_lost",
];

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
    // The same selection of packages as in the other lanes, so that nothing is built anew.
    let mut command =
        cargo::cargo(&["test", "--workspace", "--locked", "--lib", "--test", "all", "--test", "e2e", "--"]);
    match filters {
        [] => command.args(TESTS),
        some => command.args(some),
    };
    OF_THE_FILE.iter().for_each(|name| _ = command.args(["--skip", name]));
    command.env("ROUNDS_TEST_DATABASE", cluster.url()).env("ROUNDS_PROGRAMS", cargo::programs()?);
    Ok(command.status().context("cargo did not start")?.success())
}
