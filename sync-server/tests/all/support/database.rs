//! A database for each data folder, where `ROUNDS_TEST_DATABASE` names a server of them; else stores are files.

use std::collections::HashMap;
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The variable by which the program is told its database.
const TOLD_BY: &str = "ROUNDS_DATABASE_URL";

/// The address of a database whose owner may make others.
pub(crate) fn server() -> Option<String> {
    std::env::var("ROUNDS_TEST_DATABASE").ok().filter(|url| !url.is_empty())
}

/// Tells a program of the database that belongs to the data folder which it is started with, if it is to have one.
pub(crate) fn tell<'a>(command: &'a mut Command, data: &str) -> &'a mut Command {
    match url_of(data) {
        Some(url) => command.env(TOLD_BY, url),
        None => command.env_remove(TOLD_BY),
    }
}

/// The database of a data folder, made when it is first asked for.
pub(crate) fn url_of(data: &str) -> Option<String> {
    static MADE: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);
    let server = server()?;
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let number = made.len();
    Some(made.entry(data.to_owned()).or_insert_with(|| new_database(&server, number)).clone())
}

fn new_database(server: &str, number: usize) -> String {
    let name = format!("all_{}_{number}", std::process::id());
    sql(server, &format!("create database {name}"));
    let (before, _) = server.rsplit_once('/').expect("an address");
    format!("{before}/{name}")
}

/// Runs a statement, and gives what it prints.
pub(crate) fn sql(url: &str, statement: &str) -> String {
    let mut psql = Command::new("psql");
    psql.args(["--quiet", "--no-align", "--tuples-only", "--dbname", url, "--command", statement]);
    let output = psql.output().expect("psql starts");
    assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
