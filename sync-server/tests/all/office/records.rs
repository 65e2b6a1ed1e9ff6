//! What the office saves and sees, and how fast it travels.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Browser, demo};
use crate::support::*;

fn findings(browser: &Browser) -> Vec<Value> {
    browser.call("finding.list", json!({}))["findings"].as_array().expect("findings").clone()
}

#[test]
fn what_the_office_saves_is_in_a_tablets_next_pull() {
    let (server, browser) = demo();
    let tablet = server.tablet();
    let (_, cursor) = tablet.pull_all(None);
    let reported = browser.call("finding.report", json!({"description": "后门的锁坏了"}));
    let (records, _) = tablet.pull_all(Some(&cursor));
    assert_eq!(records.len(), 1, "{records:?}");
    assert_eq!(records[0]["id"], reported["id"]);
    let person = browser.account()["person"].clone();
    assert_eq!(records[0]["writes"][0][3], person, "it stands under the person of the account");
}

#[test]
fn what_a_tablet_pushes_shows_at_the_office_at_once() {
    let (server, browser) = demo();
    let mut tablet = server.tablet();
    let before = findings(&browser).len();
    let cookie = browser.cookie.borrow().clone().expect("a cookie");
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let head = format!("GET /app/events HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", server.address);
    stream.write_all(head.as_bytes()).expect("it is sent");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.by_ref().any(|line| line == "event: sync"));
    tablet.push(&[finding(7, 1, "从平板来")]);
    assert!(lines.by_ref().any(|line| line == "event: changed"));
    let data = lines.find(|line| line.starts_with("data: ")).expect("data");
    assert!(data.contains(&id(7)), "{data}");
    assert_eq!(findings(&browser).len(), before + 1);
}

#[test]
fn commands_that_are_not_for_the_office_are_refused() {
    let (_server, browser) = demo();
    for (name, arguments, code) in [
        ("record.list", json!({"kind": "person"}), "support-only"),
        ("record.save", json!({"kind": "person", "set": {"name": "x"}}), "support-only"),
        ("person.switch", json!({}), "tablet-only"),
        ("sync.enrol", json!({"server": "https://evil.example", "code": "x"}), "tablet-only"),
    ] {
        assert_eq!(browser.refused(name, arguments), (403, code.to_owned()), "{name}");
    }
}

#[test]
fn a_colleague_at_the_same_desk_does_an_act_with_a_pin_of_their_own() {
    let (_server, browser) = demo();
    let people = browser.call("person.list", json!({}))["people"].as_array().expect("people").clone();
    let medic = people.iter().find(|person| person["name"] == "周晴").expect("the medic")["id"].clone();
    let washed = browser.call("entry.list", json!({"kind": "disinfection_log", "stage": "done", "limit": 1}));
    let id = washed["rows"][0]["id"].clone();
    let saw = browser.call("entry.get", json!({"id": id}))["saw"].clone();
    let vouch = |pin: &str| json!({"person": medic, "pin": pin, "record": id, "act": "check", "saw": saw});
    assert_eq!(browser.refused("person.vouch", vouch("0000")), (422, "wrong-pin".to_owned()));
    let voucher = browser.call("person.vouch", vouch("2308"))["voucher"].clone();
    browser.call("entry.act", json!({"id": id, "act": "check", "set": {}, "as": voucher}));
    let history = browser.call("entry.get", json!({"id": id}))["history"].clone();
    let check = history.as_array().and_then(|acts| acts.last()).expect("an act");
    assert_eq!(
        (&check["by"]["name"], &check["vouch"], &check["outcome"]),
        (&json!("周晴"), &json!("pin"), &json!("applied"))
    );
    assert_ne!(browser.account()["person"], medic, "whoever is signed in stays");
}

#[test]
fn a_photo_of_the_office_is_the_servers_at_once_and_a_tablets_photo_is_seen() {
    let (server, browser) = demo();
    let mut tablet = server.tablet();
    let photo = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0picture\xff\xd9";
    let kept = browser.ask("PUT", "/app/blobs", photo).json();
    let blob = kept["blob"].as_str().expect("a name").to_owned();
    assert_eq!(blob, sha256(photo));
    let campus = browser.call("campus.list", json!({}))["campuses"][0]["id"].clone();
    browser.call("finding.report", json!({"description": "有照片", "scope": campus, "photos": [{"blob": blob, "mime": "image/jpeg", "size": photo.len(), "taken_at": 1, "source": "camera"}]}));
    assert_eq!(tablet.blob(&blob).as_deref(), Some(&photo[..]));
    let theirs = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0of a tablet\xff\xd9";
    let name = tablet.upload(theirs);
    tablet.push(&[finding_with_photos(7, 1, None, &[&name])]);
    // A photo is seen by who sees the finding that names it: once the office has heard of that finding.
    let until = Instant::now() + Duration::from_secs(20);
    let seen = loop {
        let answer = browser.ask("GET", &format!("/app/blobs/{name}"), b"");
        if answer.status != 404 || Instant::now() > until {
            break answer;
        }
    };
    assert_eq!((seen.status, seen.body.as_slice()), (200, &theirs[..]));
}

#[test]
fn the_history_of_a_record_tells_in_words_who_wrote_what_on_which_device() {
    let (server, browser) = demo();
    let mut tablet = server.tablet();
    tablet.push(&[finding(7, 1, "从平板来")]);
    let mut history = Value::Null;
    let until = Instant::now() + Duration::from_secs(20);
    while !history["entries"].is_array() {
        history = browser.post("office.history", &json!({"id": id(7)})).json();
        assert!(Instant::now() < until, "{history}");
    }
    let entry = &history["entries"][0];
    assert_eq!((&entry["device"], &entry["device_name"]), (&json!(tablet.device), &json!("平板")));
    let field = &entry["fields"][0];
    assert_eq!((&field["field"], &field["label"]), (&json!("title"), &json!("标题")));
    assert_eq!(
        (&field["old_text"], &field["new_text"], &field["new"]),
        (&json!(""), &json!("从平板来"), &json!(["从平板来"]))
    );
    assert_eq!(browser.refused("office.history", json!({"id": id(8)})), (404, "not-found".to_owned()));
    let people = browser.call("person.list", json!({}))["people"].clone();
    let person = people[0]["id"].clone();
    let told = browser.call("office.history", json!({"id": person}));
    assert!(told["entries"].as_array().expect("entries").iter().all(|entry| entry["by"]["name"].is_string()), "{told}");
}

#[test]
fn the_offices_store_is_made_anew_when_it_is_missing_or_damaged() {
    let (mut server, browser) = demo();
    let mut expected = findings(&browser).len();
    let password = browser.sign_in_and_choose(&server.cli(&["account", "password", "admin"]));
    let office = server.data().join("office");
    let store = || {
        let files = std::fs::read_dir(&office).expect("the folder is there").flatten();
        files
            .map(|file| file.path())
            .find(|path| path.extension().is_some_and(|kind| kind == "sqlite3"))
            .expect("a store")
    };
    let harms: [fn(&Path) -> std::io::Result<()>; 2] =
        [|path| std::fs::remove_file(path), |path| std::fs::write(path, "no database")];
    for harm in harms {
        assert_eq!(server.stop("TERM"), Some(0));
        harm(&store()).expect("it can be harmed");
        let data = server.data().to_owned();
        server = Server::on(&data, &[]);
        let browser = Browser::at(&server);
        browser.sign_in(&password);
        assert_eq!(findings(&browser).len(), expected, "the hub has all of it");
        browser.call("finding.report", json!({"description": "还能写"}));
        expected += 1;
        assert_eq!(findings(&browser).len(), expected);
        check(&data);
    }
}

#[test]
fn the_office_brings_back_what_a_restore_had_lost() {
    // A database is put back with its own tools.
    if database::server().is_some() {
        return;
    }
    let (mut server, browser) = demo();
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("backup.sqlite3");
    let password = browser.sign_in_and_choose(&server.cli(&["account", "password", "admin"]));
    let backup = backup.to_str().expect("a path");
    server.cli(&["backup", "--to", backup]);
    let lost = browser.call("finding.report", json!({"description": "备份以后"}))["id"].clone();
    let all = findings(&browser).len();
    assert_eq!(server.stop("TERM"), Some(0));
    server.cli(&["restore", "--from", backup]);
    let data = server.data().to_owned();
    let server = Server::on(&data, &[]);
    let browser = Browser::at(&server);
    browser.sign_in(&password);
    assert_eq!(findings(&browser).len(), all);
    let (records, _) = server.tablet().pull_all(None);
    assert!(records.iter().any(|record| record["id"] == lost), "the hub has it again");
}

#[test]
fn a_page_that_listens_does_not_keep_the_server_from_ending() {
    let (mut server, browser) = demo();
    let cookie = browser.cookie.borrow().clone().expect("a cookie");
    let mut stream = TcpStream::connect(server.address).expect("the server listens");
    let head = format!("GET /app/events HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", server.address);
    stream.write_all(head.as_bytes()).expect("it is sent");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "event: sync"));
    let told = Instant::now();
    assert_eq!(server.stop("TERM"), Some(0));
    assert!(told.elapsed() < Duration::from_secs(8), "{:?}", told.elapsed());
}
