//! The program with its store on PostgreSQL; `cargo xtask postgres` gives these tests a server.

use std::process::Command;

use serde_json::Value;

use crate::support::database::{server, sql, url_of};
use crate::support::*;

fn slug(document: &Value) -> &str {
    document["problem"]["type"].as_str().unwrap_or_default().rsplit(':').next().unwrap_or_default()
}

/// A folder, and its database.
fn folder() -> Option<(tempfile::TempDir, String, String)> {
    server()?;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("a plain path").to_owned();
    let url = url_of(&data)?;
    Some((folder, data, url))
}

#[test]
fn a_server_without_its_tables_says_how_they_are_made() {
    let Some((_folder, data, url)) = folder() else { return };
    let (code, refused) = cli(&["serve", "--data", &data, "--listen", "127.0.0.1:0"]);
    assert_eq!((code, slug(&refused)), (Some(1), "store-missing"), "{refused}");
    let migrate = || cli_ok(&["migrate", "--database-url", &url]);
    assert_eq!(migrate(), serde_json::json!({"from": null, "to": 1}));
    assert_eq!(migrate(), serde_json::json!({"from": 1, "to": 1}));
    cli_ok(&["init", "--data", &data, "--organisation", "实验小学"]);
    sql(&url, "update rounds.schema_version set version = 0");
    let (code, refused) = cli(&["serve", "--data", &data, "--listen", "127.0.0.1:0"]);
    assert_eq!((code, slug(&refused)), (Some(1), "store-older"));
    assert!(refused.to_string().contains("`migrate`"), "{refused}");
}

#[test]
fn no_message_repeats_the_password_of_an_address() {
    let Some((_folder, data, url)) = folder() else { return };
    for wrong in
        [url.replace("rounds@", "guarded:s3cret@"), "postgres://u:s3cret@127.0.0.1:1/r?sslmode=disable".to_owned()]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rounds-server"));
        command.args(["serve", "--data", &data, "--listen", "127.0.0.1:0"]).env("RUST_LOG", "trace");
        let output = command.env("ROUNDS_DATABASE_URL", wrong).output().expect("the program starts");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("store-unavailable") && !said.contains("s3cret"), "{said}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_rounds-server"));
    command.args(["serve", "--help"]).env("ROUNDS_DATABASE_URL", "s3cret");
    let help = command.output().expect("the program starts").stdout;
    assert!(!String::from_utf8_lossy(&help).contains("s3cret"));
}

#[test]
fn a_second_server_is_refused_while_photos_lie_in_a_folder() {
    let Some((folder, _data, url)) = folder() else { return };
    init(folder.path());
    let mut server = Server::on(folder.path(), &[]);
    server.tablet();
    let other = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rounds-server"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(other.path()).env("ROUNDS_DATABASE_URL", &url);
    let output = command.output().expect("the program starts");
    let refused: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(slug(&refused), "store-in-use", "{refused}");
    assert_eq!(server.send("GET", "/readyz", &[], b"").status, 200, "the first goes on");
    // One that was killed leaves its place to the next with the same folder.
    server.stop("KILL");
    let mut server = Server::on(folder.path(), &[]);
    assert_eq!(server.stop("TERM"), Some(0));
    assert_eq!(sql(&url, "select count(*) from rounds.server"), "0", "who ends in order leaves the place to anybody");
}

/// Ends all that is connected to a database, and lets nobody in.
fn send_away(admin: &str, name: &str) {
    sql(admin, &format!("alter database {name} allow_connections false"));
    sql(admin, &format!("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'"));
}

#[test]
fn a_database_that_goes_away_for_a_while_loses_nothing() {
    let Some((folder, _data, url)) = folder() else { return };
    init(folder.path());
    let server = Server::on(folder.path(), &[]);
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    let (before, name) = url.rsplit_once('/').expect("an address");
    let admin = format!("{before}/postgres");
    send_away(&admin, name);
    let body = tablet.body(&[finding(2, 2, "b")]);
    let refused = tablet.send("POST", "/v1/push", &[], &body);
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("5")), "{refused:?}");
    assert_eq!(server.send("GET", "/healthz", &[], b"").status, 200);
    sql(&admin, &format!("alter database {name} allow_connections true"));
    assert_eq!(tablet.send("POST", "/v1/push", &[], &body).status, 200);
    assert_eq!(tablet.pull_all(None).0.len(), 2);
    assert_eq!(server.cli(&["check"])["organisations"][0]["sequence"], 2);
}

#[test]
fn a_database_that_is_put_back_under_a_running_server_is_noticed() {
    let Some((folder, data, url)) = folder() else { return };
    init(folder.path());
    let mut server = Server::on(folder.path(), &[]);
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    assert_eq!(server.stop("TERM"), Some(0));
    let (before, name) = url.rsplit_once('/').expect("an address");
    let admin = format!("{before}/postgres");
    sql(&admin, &format!("create database {name}_before template {name}"));

    let server = Server::on(folder.path(), &[]);
    tablet.address = server.address;
    tablet.push(&[finding(2, 2, "lost")]);
    let (_, cursor) = tablet.pull_all(None);
    send_away(&admin, name);
    sql(&admin, &format!("alter database {name} rename to {name}_after"));
    sql(&admin, &format!("alter database {name}_before rename to {name}"));

    assert_eq!(tablet.pull(Some(&cursor), 200).problem(), "epoch-changed");
    let ahead = tablet.send("POST", "/v1/push", &[], &tablet.body(&[]));
    assert_eq!((ahead.problem().as_str(), &ahead.json()["expected"]), ("push-out-of-order", &2.into()));
    server.tablet().push(&[finding(3, 1, "new"), finding(4, 2, "new")]);
    assert_eq!(tablet.pull(Some(&cursor), 200).problem(), "epoch-changed", "also after the same server has moved on");
    let begun = server.cli(&["refill", "begin"]);
    let refused = tablet.pull(Some(&cursor), 200);
    assert_eq!(refused.json()["epoch"], begun["organisations"][0]["epoch"], "at once, beside the server");
    assert_eq!(cli_ok(&["check", "--data", &data])["findings"], serde_json::json!([]));
}

#[test]
fn what_is_damaged_in_the_tables_is_found() {
    let Some((folder, data, url)) = folder() else { return };
    init(folder.path());
    let server = Server::on(folder.path(), &[]);
    server.tablet().push(&[finding(1, 1, "a"), finding(2, 2, "b")]);
    sql(
        &url,
        "update rounds.record set state = '\\x00' where seq = 1; delete from rounds.journal where seq = 2;
         update rounds.chain set digest = decode(repeat('00', 32), 'hex')",
    );
    let (code, document) = cli(&["check", "--data", &data]);
    assert_eq!((code, slug(&document)), (Some(1), "store-damaged"));
    let findings = document["findings"].to_string();
    for part in [&id(1), "the journal ends at place 1", "the kept answer is not the one of push 1"] {
        assert!(findings.contains(part), "{part}: {findings}");
    }
}

#[test]
fn a_database_is_no_place_for_the_commands_of_a_file() {
    let Some((folder, data, _url)) = folder() else { return };
    init(folder.path());
    let to = folder.path().join("backup");
    assert_eq!(cli(&["backup", "--data", &data, "--to", to.to_str().expect("a path")]).0, Some(2));
    std::fs::write(folder.path().join("rounds.sqlite3"), b"a store").expect("a file");
    assert_eq!(cli(&["check", "--data", &data]).0, Some(2), "which of the two is meant?");
}
