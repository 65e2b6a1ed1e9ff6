//! The command line: documents, exit codes, and what is refused.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::*;

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

fn slug(document: &Value) -> &str {
    let problem = &document["problem"];
    assert!(problem["title"].is_string() && problem["detail"].is_string(), "{document}");
    problem["type"].as_str().and_then(|urn| urn.strip_prefix("urn:rounds:problem:")).unwrap_or_default()
}

/// Runs a command that must fail with a problem.
fn fails(args: &[&str], expected: &str) {
    let (code, document) = cli(args);
    assert_eq!((code, slug(&document)), (Some(1), expected), "{args:?}: {document}");
}

/// Runs a command that must be refused as wrong usage, without a document.
fn wrong(args: &[&str]) {
    assert_eq!(cli(args), (Some(2), Value::Null), "{args:?}");
}

#[test]
fn init_makes_a_store_and_again_adds_an_organisation() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("not/there/yet");
    let first = init(&data);
    for name in ["organisation", "epoch"] {
        assert!(first[name].as_str().is_some_and(|id| id.len() == 36), "{first}");
    }
    assert!(first["account"]["name"].is_string() && first["account"]["password"].is_string());
    let second = cli_ok(&["init", "--data", text(&data), "--organisation", "幼儿园", "--preset", "kindergarten"]);
    assert_ne!(first["organisation"], second["organisation"]);
    let checked = cli_ok(&["check", "--data", text(&data)]);
    let listed: Vec<_> =
        checked["organisations"].as_array().expect("a list").iter().map(|one| (&one["name"], &one["preset"])).collect();
    assert_eq!(listed, [(&json!("实验小学"), &json!("school")), (&json!("幼儿园"), &json!("kindergarten"))]);
    assert_eq!(checked["organisations"][0]["sequence"], 0, "nothing is written by itself");

    let second_id = second["organisation"].as_str().expect("an id");
    wrong(&["enrol-code", "--data", text(&data)]);
    cli_ok(&["enrol-code", "--data", text(&data), "--organisation", second_id]);
    fails(&["enrol-code", "--data", text(&data), "--organisation", &id(9)], "not-found");
}

#[test]
fn wrong_usage_exits_with_2() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let data = text(folder.path());
    wrong(&[]);
    wrong(&["dance"]);
    wrong(&["init", "--data", data]);
    wrong(&["init", "--data", data, "--organisation", ""]);
    wrong(&["init", "--data", data, "--organisation", "x", "--preset", "bank"]);
    wrong(&["init", "--data", data, "--organisation", "x", "--now", "yesterday"]);
    wrong(&["enrol-code", "--data", data, "--expires", "soon"]);
    wrong(&["enrol-code", "--data", data, "--role", "king"]);
    wrong(&["enrol-code", "--data", data, "--scope", "east"]);
    wrong(&["account", "add", "a b", "--data", data]);
    wrong(&["device", "revoke", "x", "--data", data]);
    wrong(&["serve", "--data", data, "--tls-cert", "x"]);
    wrong(&["backup", "--data", data, "--to", data, "--keep", "0"]);
    wrong(&["serve", "--data", data, "--listen", "nowhere"]);
}

#[test]
fn what_is_not_built_yet_is_refused_by_every_command_that_takes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let data = text(folder.path());
    for command in [
        &["init", "--organisation", "x"][..],
        &["serve"],
        &["enrol-code"],
        &["device", "list"],
        &["device", "revoke", &id(1)],
        &["account", "add", "x"],
        &["account", "list"],
        &["account", "password", "x"],
        &["account", "remove", "x"],
        &["backup", "--to", "/nowhere"],
        &["restore", "--from", "/nowhere"],
        &["check"],
        &["purge", "--record", &id(1)],
        &["refill", "begin"],
        &["refill", "list"],
        &["refill", "end"],
    ] {
        wrong(&[command, &["--data", data, "--blobs", "s3://x"]].concat());
    }
}

#[test]
fn a_missing_foreign_newer_or_damaged_store_is_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = text(folder.path());
    let file = folder.path().join("rounds.sqlite3");
    for command in [&["check"][..], &["serve"], &["enrol-code"], &["device", "list"]] {
        fails(&[command, &["--data", data]].concat(), "store-missing");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "asking leaves nothing behind");

    std::fs::write(&file, [0x5A; 8192]).expect("a file");
    for command in [&["check"][..], &["serve"], &["init", "--organisation", "x"]] {
        fails(&[command, &["--data", data]].concat(), "store-damaged");
    }

    std::fs::remove_file(&file).expect("the file");
    let db = rusqlite::Connection::open(&file).expect("a database");
    db.execute_batch("create table recipe (id integer)").expect("a table");
    drop(db);
    fails(&["serve", "--data", data], "store-foreign");

    std::fs::remove_file(&file).expect("the file");
    init(folder.path());
    let db = rusqlite::Connection::open(&file).expect("a database");
    db.pragma_update(None, "user_version", 99).expect("a newer version");
    drop(db);
    for command in [&["check"][..], &["serve"], &["init", "--organisation", "x"]] {
        fails(&[command, &["--data", data]].concat(), "store-newer");
    }
}

#[test]
fn check_lists_what_is_wrong() {
    let mut server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a"), finding(2, 2, "b")]);
    server.stop("TERM");
    let data = text(server.data());
    let db = rusqlite::Connection::open(server.data().join("rounds.sqlite3")).expect("the store");
    db.execute_batch(
        "update record set state = x'00' where seq = 1; delete from journal where seq = 2;
         update chain set digest = zeroblob(32);",
    )
    .expect("damage");
    drop(db);
    let (code, document) = cli(&["check", "--data", data]);
    assert_eq!((code, slug(&document)), (Some(1), "store-damaged"));
    let findings: Vec<&str> =
        document["findings"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for part in [&id(1), "the journal ends at place 1", "the kept answer is not the one of push 1"] {
        assert!(findings.iter().any(|finding| finding.contains(part)), "{part}: {findings:?}");
    }
    // A damaged record fails whoever meets it, and nobody else; the server goes on.
    let again = Server::on(server.data(), &[]);
    let tablet = Device { address: again.address, ..tablet };
    assert_eq!(tablet.pull(None, 200).problem(), "unavailable");
    assert_eq!(again.send("GET", "/readyz", &[], b"").status, 200);
}

#[test]
fn devices_are_listed_and_revoked() {
    let server = Server::new();
    assert_eq!(server.cli(&["device", "list"]), json!([]));
    let tablet = Device::enrol(server.address, &server.code(&["--scope", &id(8)]));
    let listed = server.cli(&["device", "list"]);
    assert_eq!(listed[0]["id"], tablet.device.as_str());
    assert_eq!(listed[0]["replicas"], json!([tablet.replica]));
    assert_eq!((&listed[0]["role"], &listed[0]["scopes"]), (&json!("tablet"), &json!([id(8)])));
    assert_eq!((&listed[0]["name"], &listed[0]["revoked"]), (&json!("平板"), &json!(false)));
    for _ in 0..2 {
        assert_eq!(server.cli(&["device", "revoke", &tablet.device])["revoked"], true);
    }
    fails(&["device", "revoke", &id(9), "--data", text(server.data())], "not-found");
}

#[test]
fn a_code_lists_the_compartments_of_what_the_tablet_serves() {
    let server = Server::new();
    let scopes = |further: &[&str]| {
        let device = Device::enrol(server.address, &server.code(further)).device;
        let listed = server.cli(&["device", "list"]);
        let own = listed.as_array().expect("devices").iter().find(|own| own["id"] == device.as_str());
        own.expect("the device is listed")["scopes"].clone()
    };
    assert_eq!(scopes(&[]), json!(null), "nothing narrows it");
    assert_eq!(scopes(&["--scope", &id(8), "--serves", "kitchen"]), json!([id(8)]));
    let gate = scopes(&["--scope", &id(8), "--serves", "gate", "--serves", "kitchen"]);
    assert_eq!(gate.as_array().map(Vec::len), Some(3), "the campus, its children and its gate: {gate}");
    let data = text(server.data());
    fails(&["enrol-code", "--data", data, "--serves", "class"], "not-found");
    wrong(&["enrol-code", "--data", data, "--serves", "roof"]);
}

#[test]
fn accounts_are_added_listed_and_given_new_passwords() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = init(folder.path());
    let data = text(folder.path());
    let added = cli_ok(&["account", "add", "王芳", "--data", data, "--role", "logi"]);
    assert_eq!(added["name"], "王芳");
    fails(&["account", "add", "王芳", "--data", data], "account-exists");
    let changed = cli_ok(&["account", "password", "王芳", "--data", data]);
    assert_ne!(added["password"], changed["password"]);
    fails(&["account", "password", "nobody", "--data", data], "not-found");
    let listed = cli_ok(&["account", "list", "--data", data]);
    let expected = [
        json!({"name": made["account"]["name"], "roles": ["logi", "admin"]}),
        json!({"name": "王芳", "roles": ["logi"]}),
    ];
    assert_eq!(listed, json!(expected));
}

#[test]
fn an_account_is_removed_but_for_the_last_administrator() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let data = text(folder.path());
    cli_ok(&["account", "add", "王芳", "--data", data, "--role", "logi"]);
    fails(&["account", "remove", "admin", "--data", data], "last-administrator");
    fails(&["account", "remove", "nobody", "--data", data], "not-found");
    let removed = cli_ok(&["account", "remove", "王芳", "--data", data]);
    assert_eq!(removed, json!({"name": "王芳", "removed": true}));
    fails(&["account", "remove", "王芳", "--data", data], "not-found");
    assert_eq!(
        cli_ok(&["account", "list", "--data", data]),
        json!([{"name": "admin", "roles": ["logi", "admin"]}]),
        "a refusal changes nothing"
    );
    let other = cli_ok(&["init", "--data", data, "--organisation", "幼儿园"]);
    wrong(&["account", "remove", "admin", "--data", data]);
    let other = other["organisation"].as_str().expect("an id");
    cli_ok(&["account", "add", "li", "--data", data, "--organisation", other]);
    cli_ok(&["account", "remove", "admin", "--data", data, "--organisation", other]);
}

#[test]
fn there_is_one_server_on_a_store() {
    let server = Server::new();
    fails(&["serve", "--data", text(server.data()), "--listen", "127.0.0.1:0"], "store-in-use");
    let port = server.address.to_string();
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    fails(&["serve", "--data", text(folder.path()), "--listen", &port], "cannot-listen");
}

#[test]
fn a_clock_that_starts_elsewhere_holds_for_codes_and_history() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let server = Server::on(folder.path(), &["--now", "2040-01-02T03:04:05+08:00"]);
    let start = 2_209_057_445_000_u64;
    // A command beside the server goes by the server's clock.
    let made = server.cli(&["enrol-code", "--expires", "1h"]);
    let expires = made["expires_at"].as_u64().expect("a time");
    assert!((start + 3_600_000..start + 3_660_000).contains(&expires), "{expires}");
    let mut tablet = Device::enrol(server.address, made["code"].as_str().expect("a code"));
    tablet.push(&[finding(1, 1, "a")]);
    let history = tablet.send("GET", &format!("/v1/records/{}/history", id(1)), &[], b"").json();
    let time = history["changes"][0]["time"].as_u64().expect("a time");
    assert!((start..start + 60_000).contains(&time), "{time}");
}

#[test]
fn only_the_first_init_sets_the_clock() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = text(folder.path());
    let new = |name| ["init", "--data", data, "--organisation", name, "--now", "2040-01-02T03:04:05+08:00"];
    cli_ok(&new("实验小学"));
    let server = Server::on(folder.path(), &[]);
    wrong(&new("幼儿园"));
    assert_eq!(server.cli(&["check"])["organisations"].as_array().map(Vec::len), Some(1));
    // A code of an hour is still one, since nobody has moved the clock beside the server.
    Device::enrol(server.address, &server.code(&["--expires", "1h"]));
}

#[test]
fn an_older_store_is_brought_up_to_date_by_no_command_beside_a_server() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path());
    let data = text(folder.path());
    let db = rusqlite::Connection::open(folder.path().join("rounds.sqlite3")).expect("the store");
    db.pragma_update(None, "user_version", 0).expect("an older version");
    for command in [&["check"][..], &["enrol-code"], &["device", "list"], &["account", "list"], &["refill", "list"]] {
        fails(&[command, &["--data", data]].concat(), "store-older");
    }
    let backup = folder.path().join("backup");
    fails(&["backup", "--data", data, "--to", text(&backup)], "store-older");
}

#[test]
fn an_expired_code_is_refused() {
    let server = Server::new();
    let code = server.code(&["--expires", "0s"]);
    let body = json!({"code": code, "device_name": "t", "replica": id(7)}).to_string();
    assert_eq!(server.send("POST", "/v1/enrol", &[], body.as_bytes()).problem(), "enrol-refused");
}

#[test]
fn a_purge_reaches_readers_through_the_feed() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&[finding(1, 1, "a")]);
    let (_, cursor) = tablet.pull_all(None);
    let purged = server.cli(&["purge", "--record", &id(1)]);
    assert_eq!(purged, json!({"record": id(1), "sequence": 2, "purged": true}));
    let (records, _) = tablet.pull_all(Some(&cursor));
    assert_eq!((&records[0]["fields"], &records[0]["writes"]), (&json!({}), &json!([])));
    assert_eq!(records[0]["version"], json!([[0, 1]]));
    fails(&["purge", "--record", &id(2), "--data", text(server.data())], "not-found");
    check(server.data());
}

#[test]
fn devices_are_listed_and_revoked_by_organisation() {
    let server = Server::new();
    let first = server.cli(&["check"])["organisations"][0]["organisation"].as_str().expect("an id").to_owned();
    let second =
        server.cli(&["init", "--organisation", "别的学校"])["organisation"].as_str().expect("an id").to_owned();
    let here = Device::enrol(server.address, &server.code_of(&first));
    let there = Device::enrol(server.address, &server.code_of(&second));
    let listed = |of: &[&str]| -> Vec<String> {
        let devices = server.cli(&[&["device", "list"], of].concat());
        devices
            .as_array()
            .expect("a list")
            .iter()
            .map(|device| device["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    assert_eq!(listed(&["--organisation", &second]), std::slice::from_ref(&there.device));
    assert_eq!(listed(&["--organisation", &first]), std::slice::from_ref(&here.device));
    assert_eq!(listed(&[]).len(), 2);
    let data = server.data().to_str().expect("a plain path");
    fails(&["device", "list", "--organisation", &id(9), "--data", data], "not-found");
    fails(&["device", "revoke", &here.device, "--organisation", &second, "--data", data], "not-found");
    server.cli(&["device", "revoke", &there.device, "--organisation", &second]);
    assert_eq!(there.pull(None, 1).problem(), "device-revoked");
    assert_eq!(here.pull(None, 1).status, 200);
}
