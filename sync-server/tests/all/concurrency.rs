//! Many at once.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::support::*;

const WRITERS: usize = 4;
const PUSHES: u64 = 25;

fn titles(records: &[Value]) -> BTreeMap<String, Value> {
    records.iter().map(|record| (record["id"].to_string(), record["fields"]["title"][0][1].clone())).collect()
}

/// Each writer moves ten records of its own on, again and again.
fn write(mut device: Device, writer: usize) {
    for turn in 1..=PUSHES {
        let record = finding((writer as u128) * 100 + u128::from(turn % 10) + 1, turn, &format!("{writer}/{turn}"));
        let answer = device.push(&[record]);
        assert_eq!(answer["results"][0]["outcome"], "merged", "{answer}");
    }
}

#[test]
fn a_reader_that_pages_under_writers_ends_with_every_final_state() {
    let server = Server::new();
    let writers: Vec<Device> = (0..WRITERS).map(|_| server.tablet()).collect();
    let reader = server.tablet();
    let is_done = AtomicBool::new(false);
    let read = std::thread::scope(|threads| {
        let reading = threads.spawn(|| {
            let (mut seen, mut after) = (BTreeMap::new(), None::<String>);
            loop {
                let was_done = is_done.load(Ordering::SeqCst);
                let page = reader.pull(after.as_deref(), 3).json();
                let records = page["records"].as_array().expect("a page").clone();
                seen.extend(titles(&records));
                after = page["cursor"].as_str().map(str::to_owned);
                if was_done && page["more"] == false {
                    return seen;
                }
            }
        });
        let writing: Vec<_> =
            writers.into_iter().enumerate().map(|(n, device)| threads.spawn(move || write(device, n))).collect();
        writing.into_iter().for_each(|one| one.join().expect("the writer succeeds"));
        is_done.store(true, Ordering::SeqCst);
        reading.join().expect("the reader succeeds")
    });
    let (last, _) = reader.pull_all(None);
    assert_eq!(last.len(), WRITERS * 10);
    assert_eq!(read, titles(&last));
    check(server.data());
}

#[test]
fn pushes_that_are_committed_together_answer_each_for_itself() {
    let server = Server::new();
    let devices: Vec<Device> = (0..8).map(|_| server.tablet()).collect();
    std::thread::scope(|threads| {
        for (n, device) in devices.iter().enumerate() {
            threads.spawn(move || {
                let mut device = device.clone();
                for turn in 1..=10u64 {
                    // Every third push is one that is refused whole, among those that are not.
                    if turn % 3 == 0 {
                        let wrong = Device { number: 90, ..device.clone() };
                        let refused = device.send("POST", "/v1/push", &[], &wrong.body(&[]));
                        assert_eq!(refused.problem(), "push-out-of-order");
                    }
                    // All of them write the same record, in a field each.
                    let mut shared = finding(1, turn, "");
                    shared["fields"] = json!({format!("of/{n}"): [[0, turn]]});
                    let answer = device.push(&[shared]);
                    assert_eq!(answer["number"], turn);
                    let own = answer["records"][0]["fields"][format!("of/{n}")][0][1].clone();
                    assert!(own == json!(turn) || answer["records"] == json!([]), "{answer}");
                }
            });
        }
    });
    let (records, _) = devices[0].pull_all(None);
    let fields = records[0]["fields"].as_object().expect("fields");
    assert_eq!((records.len(), fields.len()), (1, 8));
    assert!(fields.values().all(|siblings| siblings.as_array().is_some_and(|all| all.len() == 1 && all[0][1] == 10)));
    let checked = server.cli(&["check"]);
    assert_eq!((&checked["findings"], &checked["organisations"][0]["sequence"]), (&json!([]), &json!(80)));
}

#[test]
fn the_same_push_sent_at_once_is_applied_once() {
    let server = Server::new();
    let device = server.tablet();
    let body = device.body(&[finding(1, 1, "a")]);
    let answers: Vec<Vec<u8>> = std::thread::scope(|threads| {
        let sending: Vec<_> =
            (0..8).map(|_| threads.spawn(|| device.send("POST", "/v1/push", &[], &body).body)).collect();
        sending.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(server.cli(&["check"])["organisations"][0]["sequence"], 1);
}

#[test]
fn commands_work_beside_a_running_server() {
    let server = Server::new();
    let mut device = server.tablet();
    std::thread::scope(|threads| {
        threads.spawn(|| (1..=20u64).for_each(|n| drop(device.push(&[finding(n.into(), n, "a")]))));
        for n in 0..5 {
            server.cli(&["account", "add", &format!("user{n}")]);
            server.cli(&["check"]);
            // A database is backed up with its own tools.
            if database::server().is_none() {
                let file = server.data().join(format!("backup{n}"));
                server.cli(&["backup", "--to", file.to_str().expect("a path")]);
            }
        }
    });
    assert_eq!(server.cli(&["account", "list"]).as_array().map(Vec::len), Some(6));
}
