//! A database for each data folder, where `ROUNDS_TEST_DATABASE` names a server of them; else stores are files.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The variable by which the program is told its database.
const TOLD_BY: &str = "ROUNDS_DATABASE_URL";

/// The address of a database whose owner may make others.
fn server() -> Option<String> {
    std::env::var("ROUNDS_TEST_DATABASE").ok().filter(|url| !url.is_empty())
}

/// Tells a program of the database that belongs to the data folder which it is started with, if it is to have one.
pub(crate) fn tell<'a>(command: &'a mut Command, data: &Path) -> &'a mut Command {
    match url_of(data) {
        Some(url) => command.env(TOLD_BY, url),
        None => command.env_remove(TOLD_BY),
    }
}

/// The database of a data folder, made when it is first asked for.
fn url_of(data: &Path) -> Option<String> {
    static MADE: LazyLock<Mutex<HashMap<PathBuf, String>>> = LazyLock::new(Mutex::default);
    let server = server()?;
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let number = made.len();
    Some(made.entry(data.to_owned()).or_insert_with(|| new_database(&server, number)).clone())
}

fn new_database(server: &str, number: usize) -> String {
    let name = format!("e2e_{}_{number}", std::process::id());
    let mut psql = Command::new("psql");
    psql.args(["--quiet", "--dbname", server, "--command", &format!("create database {name}")]);
    assert!(psql.status().expect("psql starts").success());
    let (before, _) = server.rsplit_once('/').expect("an address");
    format!("{before}/{name}")
}
