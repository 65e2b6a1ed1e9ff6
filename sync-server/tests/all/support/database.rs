//! A database for each data folder, where `ROUNDS_TEST_DATABASE` names a server of them; else stores are files.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError};

use sync_server::storage::sqlite::store_path;

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

/// What a statement gives of the store of a data folder, whichever engine keeps it: a line for each row, with `|` between values.
pub(crate) fn look(data: &Path, statement: &str) -> String {
    if let Some(url) = url_of(data.to_str().expect("a plain path")) {
        return sql(&url, &format!("set search_path = rounds; {statement}"));
    }
    let store = rusqlite::Connection::open(store_path(data)).expect("the store");
    let mut prepared = store.prepare(statement).expect("a statement");
    let columns = prepared.column_count();
    let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get(at)).collect::<Result<Vec<String>, _>>();
    let lines = prepared.query_map([], |values| Ok(row(values)?.join("|"))).expect("rows");
    lines.collect::<Result<Vec<_>, _>>().expect("texts").join("\n")
}
