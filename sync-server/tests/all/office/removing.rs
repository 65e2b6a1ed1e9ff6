//! An account that is taken away: nobody gets in with it, and what was done with it stays.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Browser, demo};
use crate::support::*;

/// A browser in which an account that was made just now is signed in, for a person who is made as well.
fn colleague(server: &Server, admin: &Browser, name: &str, roles: &[&str]) -> (Browser, Value) {
    let made = admin.call("account.add", json!({"name": name, "roles": roles}));
    let browser = Browser::at(server);
    browser.sign_in(&made);
    browser.call("door.begin", json!({"person_name": "吴丹", "password": "kitchen-7-lamp"}));
    (browser, json!({"name": name, "password": "kitchen-7-lamp"}))
}

fn names(accounts: &Value) -> Vec<&str> {
    let accounts = accounts["accounts"].as_array().expect("accounts");
    accounts.iter().map(|account| account["name"].as_str().expect("a name")).collect()
}

/// Opens the stream of news; it is open when this returns.
fn listen(browser: &Browser) -> BufReader<TcpStream> {
    let cookie = browser.cookie.borrow().clone().expect("a cookie");
    let mut stream = TcpStream::connect(browser.address).expect("a connection");
    let head = format!("GET /app/events HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", browser.address);
    stream.write_all(head.as_bytes()).expect("it is sent");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    while !line.starts_with("data:") {
        line.clear();
        assert!(lines.read_line(&mut line).expect("the stream is open") > 0, "it ended before it began");
    }
    lines
}

/// Whether a change is told before the stream ends.
fn hears_a_change(lines: BufReader<TcpStream>) -> bool {
    lines.lines().map_while(Result::ok).any(|line| line == "event: changed")
}

/// Reads to the end of a stream, and gives how long that took.
fn ends_after(mut lines: BufReader<TcpStream>) -> Duration {
    let started = Instant::now();
    let mut line = String::new();
    loop {
        line.clear();
        // The last piece of a body that ends has no bytes.
        if lines.read_line(&mut line).expect("the stream ends") == 0 || line == "0\r\n" {
            return started.elapsed();
        }
    }
}

#[test]
fn whoever_is_removed_is_out_at_once_and_stays_out() {
    let (server, admin) = demo();
    let (browser, account) = colleague(&server, &admin, "wudan", &["logi"]);
    let (stream, own) = (listen(&browser), listen(&admin));
    let left = admin.call("account.remove", json!({"name": "wudan"}));
    assert_eq!(names(&left), ["admin"]);
    assert_eq!(browser.refused("today.get", json!({})), (401, "signed-out".to_owned()));
    assert_eq!(browser.account(), Value::Null, "so the page is led to the sign-in");
    let took = ends_after(stream);
    assert!(took < Duration::from_secs(10), "it did not wait for the next sign of life: {took:?}");
    assert_eq!(browser.ask("GET", "/app/events", b"").status, 401);
    assert_eq!(browser.refused("door.sign_in", account).1, "wrong-password");
    admin.call("finding.report", json!({"description": "后门的锁坏了"}));
    assert!(hears_a_change(own), "nobody else hears less");
}

#[test]
fn what_somebody_did_keeps_their_name_and_a_name_that_is_added_again_is_somebody_else() {
    let (server, admin) = demo();
    let (browser, account) = colleague(&server, &admin, "wudan", &["logi"]);
    let person = browser.account()["person"].clone();
    let finding = browser.call("finding.report", json!({"description": "后门的锁坏了"}))["id"].clone();
    let held = browser.copied();
    admin.call("account.remove", json!({"name": "wudan"}));
    let by = || admin.call("office.history", json!({"id": finding}))["entries"][0]["by"].clone();
    assert_eq!(by(), json!({"id": person, "name": "吴丹"}));

    let made = admin.call("account.add", json!({"name": "wudan", "roles": ["fso"]}));
    assert_eq!(held.account(), Value::Null, "no session of the one before opens it");
    assert_eq!(held.refused("door.sign_in", account).1, "wrong-password");
    let other = Browser::at(&server);
    assert_eq!(other.sign_in(&made)["account"]["must_begin"], true);
    other.call("door.begin", json!({"person_name": "武丹", "password": "garden-4-kettle"}));
    assert_ne!(other.account()["person"], person);
    assert_eq!(by(), json!({"id": person, "name": "吴丹"}), "nobody was renamed");
    assert_eq!(other.call("person.current", json!({}))["roles"], json!(["fso"]), "and nothing was inherited");
}

#[test]
fn neither_ones_own_account_nor_the_last_administrators_is_removed() {
    let (server, admin) = demo();
    let (second, _) = colleague(&server, &admin, "wudan", &["logi", "admin"]);
    let (third, _) = colleague(&server, &admin, "limin", &["fso"]);
    let refused = |browser: &Browser, name: &str| browser.refused("account.remove", json!({"name": name}));
    assert_eq!(refused(&admin, "admin"), (422, "own-account".to_owned()));
    assert_eq!(refused(&admin, "nobody"), (404, "not-found".to_owned()));
    assert_eq!(refused(&third, "wudan"), (403, "not-allowed".to_owned()));
    assert_eq!(names(&admin.call("account.list", json!({}))), ["admin", "limin", "wudan"]);
    assert_eq!(names(&second.call("account.remove", json!({"name": "admin"}))), ["limin", "wudan"]);
    assert_eq!(refused(&second, "wudan").1, "own-account");
    let (code, document) = cli(&["account", "remove", "wudan", "--data", super::text(server.data())]);
    assert_eq!((code, &document["problem"]["type"]), (Some(1), &json!("urn:rounds:problem:last-administrator")));
    assert_eq!(second.account()["name"], "wudan");
}

#[test]
fn an_account_that_the_command_line_removes_is_out_with_its_next_question() {
    let (server, admin) = demo();
    let (browser, _) = colleague(&server, &admin, "wudan", &["logi"]);
    let held = browser.copied();
    server.cli(&["account", "remove", "wudan"]);
    assert_eq!(browser.refused("today.get", json!({})), (401, "signed-out".to_owned()));
    server.cli(&["account", "add", "wudan"]);
    assert_eq!(held.refused("today.get", json!({})), (401, "signed-out".to_owned()), "also under the same name");
}
