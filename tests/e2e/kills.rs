//! `kill -9` at a random moment: what was acknowledged is there.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rounds_tests::{School, TestDevice, TestServer, scratch_folder};
use serde_json::{Value, json};

use crate::http::{RawDevice, new_id, record};

fn kills() -> u64 {
    std::env::var("ROUNDS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10)
}

fn listed(tablet: &TestDevice) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut after = Value::Null;
    loop {
        let page = tablet.call("record.list", json!({ "kind": "note", "limit": 1000, "after": after }));
        let records = page["records"].as_array().expect("records").iter();
        ids.extend(records.map(|record| record["id"].as_str().expect("an id").to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            return ids;
        }
    }
}

/// Saves as fast as it goes until it is killed; gives the ids that were acknowledged.
fn save_until_killed(tablet: &TestDevice, random: &mut StdRng) -> BTreeSet<String> {
    let mut process = tablet.spawn(&["call", "record.save", "-"]);
    let mut input = process.stdin.take().expect("it is piped");
    let output = BufReader::new(process.stdout.take().expect("it is piped"));
    let feeding =
        std::thread::spawn(move || while input.write_all(b"{\"kind\":\"note\",\"set\":{\"x\":1}}\n").is_ok() {});
    let end = Instant::now() + Duration::from_millis(random.random_range(20..300));
    let mut acknowledged = BTreeSet::new();
    let mut lines = output.lines();
    while let Some(Ok(line)) = lines.next() {
        // The last line may be cut off by the kill; half an answer acknowledges nothing.
        if let Ok(answer) = serde_json::from_str::<Value>(&line) {
            acknowledged.insert(answer["id"].as_str().expect("an id").to_owned());
        }
        if Instant::now() > end {
            process.kill().ok();
        }
    }
    process.wait().expect("it ends");
    feeding.join().expect("the feeder does not panic");
    acknowledged
}

#[test]
fn a_tablet_killed_while_it_saves_keeps_every_acknowledged_save() {
    let folder = scratch_folder();
    let tablet = TestDevice::new(folder.path());
    let mut random = StdRng::seed_from_u64(3);
    let mut acknowledged = BTreeSet::new();
    for _ in 0..kills() {
        acknowledged.extend(save_until_killed(&tablet, &mut random));
        assert!(listed(&tablet).is_superset(&acknowledged));
    }
    assert!(acknowledged.len() > 20, "only {} saves: the kills came too early", acknowledged.len());
}

#[test]
fn tablet_and_server_killed_while_they_sync_lose_nothing_and_repeat_nothing() {
    let School { folder: _folder, mut server, tablets: [a, b] } = School::open(["a", "b"]);
    let mut random = StdRng::seed_from_u64(5);
    let mut acknowledged = BTreeSet::new();
    for round in 0..kills() {
        let documents: Vec<Value> = (0..300).map(|n| json!({ "kind": "note", "set": { "n": n } })).collect();
        let saved = a.call_lines("record.save", &documents);
        acknowledged.extend(saved.iter().map(|answer| answer["id"].as_str().expect("an id").to_owned()));
        let mut syncing = a.spawn(&["sync"]);
        std::thread::sleep(Duration::from_millis(random.random_range(5..120)));
        if round % 2 == 0 {
            server.kill();
            syncing.wait().expect("it ends");
            server.start();
        } else {
            syncing.kill().ok();
            syncing.wait().expect("it ends");
        }
    }
    a.sync();
    b.sync();
    assert_eq!(listed(&a), acknowledged);
    assert_eq!(listed(&b), acknowledged, "every record once, and none missing");
    assert_eq!(a.run(&["status"])["pending"], 0);
    server.run(&["check"]);
}

#[test]
fn a_replayed_push_gets_the_same_answer_and_moves_nothing() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &[]);
    server.start();
    let device = RawDevice::enrol(&server.address(), &server.enrol_code(&[]));
    let body = device.body(json!([record(&new_id(), "note", 1, json!({ "x": 1 }))]));
    let first = device.send(&body).text().expect("an answer");
    let cursor = |device: &RawDevice| device.get("/v1/pull").json::<Value>().expect("a page")["cursor"].clone();
    let before = cursor(&device);
    server.kill();
    server.start();
    for _ in 0..3 {
        assert_eq!(device.send(&body).text().expect("an answer"), first);
    }
    assert_eq!(cursor(&device), before);
}
