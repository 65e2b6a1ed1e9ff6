//! Two tablets and a server: records travel, edits merge, conflicts show and clear on every side.

use rounds_tests::School;
use serde_json::json;

use crate::http::{RawDevice, new_id, record};

#[test]
fn edits_to_different_fields_merge_and_edits_to_one_field_show_both_until_somebody_chooses() {
    let School { folder: _folder, mut server, tablets: [a, b] } = School::open(["a", "b"]);
    let saved = a.call("record.save", json!({ "kind": "note", "set": { "title": "厨房", "x": 0 } }));
    let id = saved["id"].as_str().expect("an id").to_owned();
    assert_eq!(a.sync()["pushed"], 1);
    assert_eq!(b.sync()["pulled"], 1);
    server.stop();
    let read = b.get(&id);
    a.held_by("王")
        .call("record.save", json!({ "id": id, "kind": "note", "seen": saved["version"], "set": { "x": 1, "a": 1 } }));
    b.held_by("陈")
        .call("record.save", json!({ "id": id, "kind": "note", "seen": read["version"], "set": { "x": 2, "b": 2 } }));
    server.start();
    a.sync();
    b.sync();
    a.sync();
    for tablet in [&a, &b] {
        let read = tablet.get(&id);
        assert_eq!((&read["value"]["a"], &read["value"]["b"]), (&json!(1), &json!(2)));
        let both = read["conflicts"]["x"].as_array().expect("two values");
        assert_eq!(both.iter().map(|sibling| sibling["by"].clone()).collect::<Vec<_>>(), ["王", "陈"]);
        assert_eq!(tablet.run(&["status"])["conflicts"], 1);
    }
    let read = a.get(&id);
    a.call("record.save", json!({ "id": id, "kind": "note", "seen": read["version"], "set": { "x": 2 } }));
    a.sync();
    b.sync();
    for tablet in [&a, &b] {
        assert_eq!(tablet.get(&id)["conflicts"], json!({}));
        let status = tablet.run(&["status"]);
        assert_eq!(
            (&status["pending"], &status["conflicts"], &status["all_synced"]),
            (&json!(0), &json!(0), &json!(true))
        );
    }
}

#[test]
fn without_a_server_everything_stays_in_the_queue_and_says_so() {
    let School { folder: _folder, mut server, tablets: [a, b] } = School::open(["a", "b"]);
    server.stop();
    a.call("record.save", json!({ "kind": "note", "set": { "x": 1 } }));
    let (code, answer) = a.try_run(&["sync"]);
    assert_eq!((code, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:unreachable")));
    let status = a.run(&["status"]);
    assert_eq!((&status["pending"], &status["all_synced"]), (&json!(1), &json!(false)));
    assert!(status["last_problem"].is_object());
    server.start();
    a.sync();
    assert_eq!(a.run(&["status"])["last_problem"], json!(null));
    assert_eq!(b.sync()["pulled"], 1);
}

#[test]
fn unknown_kinds_and_fields_of_a_newer_app_are_passed_on_untouched() {
    let School { folder: _folder, server, tablets: [a, b] } = School::open(["a", "b"]);
    let mut newer = RawDevice::enrol(&server.address(), &server.enrol_code(&[]));
    let id = new_id();
    let fields = json!({ "weather/2027": { "deep": [1.0, { "x": null }] }, "big": "9007199254740993" });
    newer.push(json!([record(&id, "hologram", 1, fields)]));
    a.sync();
    let read = a.get(&id);
    a.call("record.save", json!({ "id": id, "kind": "hologram", "seen": read["version"], "set": { "mine": true } }));
    a.sync();
    b.sync();
    let value = b.get(&id)["value"].clone();
    assert_eq!(value["weather/2027"], json!({ "deep": [1.0, { "x": null }] }));
    assert_eq!(value["mine"], true);
}

#[test]
fn one_bad_record_never_stops_the_rest() {
    let School { folder: _folder, server, tablets: [a, b] } = School::open(["a", "b"]);
    let mut office = RawDevice::enrol(&server.address(), &server.enrol_code(&["--role", "office"]));
    let id = new_id();
    office.push(json!([record(&id, "person", 1, json!({ "name": "园长" }))]));
    a.sync();
    let read = a.get(&id);
    a.call("record.save", json!({ "id": id, "kind": "person", "seen": read["version"], "set": { "name": "改" } }));
    a.call("record.save", json!({ "kind": "note", "set": { "x": 1 } }));
    let done = a.sync();
    assert_eq!((&done["pushed"], &done["rejected"]), (&json!(1), &json!(1)));
    assert_eq!(a.run(&["status"])["all_synced"], false);
    assert_eq!(b.sync()["pulled"], 2);
    assert_eq!(b.get(&id)["value"]["name"], "园长");
}

#[test]
fn a_large_queue_goes_out_in_pieces() {
    let School { folder: _folder, server: _server, tablets: [a, b] } = School::open(["a", "b"]);
    let text = "饭".repeat(20_000);
    let documents: Vec<_> = (0..150).map(|n| json!({ "kind": "note", "set": { "n": n, "text": text } })).collect();
    a.call_lines("record.save", &documents);
    assert_eq!(a.sync()["pushed"], 150);
    assert_eq!(b.sync()["pulled"], 150);
}
