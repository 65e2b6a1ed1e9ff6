//! Backups put back, stores cloned, folders copied: what the IT teacher does on a bad day.

use rounds_tests::{School, TestDevice, TestServer, copy_folder, scratch_folder};
use serde_json::{Value, json};

fn values(tablet: &TestDevice) -> Vec<i64> {
    let listed = tablet.call("record.list", json!({ "kind": "note", "limit": 1000 }));
    let records = listed["records"].as_array().expect("records").iter();
    let mut values: Vec<i64> = records
        .flat_map(|record| match record["conflicts"]["n"].as_array() {
            Some(siblings) => siblings.iter().map(|sibling| sibling["value"].clone()).collect(),
            None => vec![record["value"]["n"].clone()],
        })
        .filter_map(|value: Value| value.as_i64())
        .collect();
    values.sort_unstable();
    values
}

fn note(tablet: &TestDevice, n: i64) -> Value {
    tablet.call("record.save", json!({ "kind": "note", "set": { "n": n } }))
}

#[test]
fn a_restored_server_is_refilled_by_whichever_tablet_comes() {
    let School { folder, mut server, tablets: [a, b] } = School::open(["a", "b"]);
    note(&a, 1);
    a.sync();
    let backup = folder.path().join("backup");
    server.run(&["backup", "--to", backup.to_str().expect("a path")]);
    note(&a, 2);
    note(&b, 3);
    a.sync();
    b.sync();
    a.sync();
    note(&a, 4);
    server.stop();
    server.run(&["restore", "--from", backup.to_str().expect("a path")]);
    server.start();
    let late = TestDevice::new(&folder.path().join("late"));
    late.enrol(&server, &[]);
    // Only b comes back at first: it holds what a had sent before the server lost it.
    b.sync();
    late.sync();
    assert_eq!(values(&late), [1, 2, 3]);
    a.sync();
    late.sync();
    b.sync();
    for tablet in [&a, &b, &late] {
        assert_eq!(values(tablet), [1, 2, 3, 4]);
        assert_eq!(tablet.run(&["status"])["pending"], 0);
    }
    assert_eq!(server.run(&["check"])["problem"], Value::Null);
}

#[test]
fn a_server_folder_put_back_by_hand_is_noticed_even_after_others_wrote_to_it() {
    let folder = scratch_folder();
    let data = folder.path().join("server");
    let mut server = TestServer::init(&data, &[]);
    server.start();
    let (a, b) = (TestDevice::new(&folder.path().join("a")), TestDevice::new(&folder.path().join("b")));
    a.enrol(&server, &[]);
    b.enrol(&server, &[]);
    note(&a, 1);
    a.sync();
    b.sync();
    server.stop();
    copy_folder(&data, &folder.path().join("copy"));
    server.start();
    note(&a, 2);
    a.sync();
    server.stop();
    copy_folder(&folder.path().join("copy"), &data);
    server.start();
    note(&b, 3);
    note(&b, 4);
    b.sync();
    a.sync();
    b.sync();
    for tablet in [&a, &b] {
        assert_eq!(values(tablet), [1, 2, 3, 4]);
    }
}

#[test]
fn a_cloned_tablet_and_its_twin_both_keep_what_they_saved() {
    let School { folder, server: _server, tablets: [a] } = School::open(["a"]);
    let shared = note(&a, 1);
    a.sync();
    copy_folder(a.folder(), &folder.path().join("twin"));
    let twin = TestDevice::new(&folder.path().join("twin"));
    let (id, seen) = (&shared["id"], &shared["version"]);
    a.call("record.save", json!({ "id": id, "kind": "note", "seen": seen, "set": { "n": 10 } }));
    let form = twin.call("record.save", json!({ "id": id, "kind": "note", "seen": seen, "set": { "n": 20 } }));
    note(&a, 2);
    note(&twin, 3);
    a.sync();
    twin.sync();
    a.sync();
    for tablet in [&a, &twin] {
        assert_eq!(values(tablet), [2, 3, 10, 20]);
    }
    assert_ne!(a.run(&["status"])["replica"], twin.run(&["status"])["replica"]);
    // A form that was open before the twin took a new id still knows its own write.
    twin.call("record.save", json!({ "id": id, "kind": "note", "seen": form["version"], "set": { "n": 30 } }));
    twin.sync();
    a.sync();
    assert_eq!(values(&a), [2, 3, 10, 30]);
}

#[test]
fn after_a_fork_what_is_read_is_what_was_seen() {
    let School { folder, server: _server, tablets: [a] } = School::open(["a"]);
    let shared = a.call("record.save", json!({ "kind": "note", "set": { "title": "0" } }));
    a.sync();
    copy_folder(a.folder(), &folder.path().join("twin"));
    let twin = TestDevice::new(&folder.path().join("twin"));
    let id = shared["id"].as_str().expect("an id");
    let save = |tablet: &TestDevice, seen: &Value, title: &str| {
        tablet.call("record.save", json!({ "id": id, "kind": "note", "seen": seen, "set": { "title": title } }))
    };
    for n in 0..3 {
        note(&a, n);
    }
    save(&a, &shared["version"], "from a");
    save(&twin, &shared["version"], "from the twin");
    a.sync();
    twin.sync();
    let both = twin.get(id);
    assert_eq!(both["conflicts"]["title"].as_array().map(Vec::len), Some(2));
    // Two windows show both values; the second one has not seen what the first one decides.
    save(&twin, &both["version"], "first window");
    assert_eq!(twin.get(id)["conflicts"], json!({}));
    save(&twin, &both["version"], "second window");
    assert_eq!(twin.get(id)["conflicts"]["title"].as_array().map(Vec::len), Some(2));
    let read = twin.get(id);
    save(&twin, &read["version"], "decided");
    twin.sync();
    a.sync();
    assert_eq!((&a.get(id)["value"]["title"], &a.get(id)["conflicts"]), (&json!("decided"), &json!({})));
}

#[test]
fn a_tablet_put_back_from_yesterday_gets_back_what_it_had_sent() {
    let School { folder, server, tablets: [a] } = School::open(["a"]);
    note(&a, 1);
    a.sync();
    copy_folder(a.folder(), &folder.path().join("yesterday"));
    note(&a, 2);
    a.sync();
    copy_folder(&folder.path().join("yesterday"), a.folder());
    note(&a, 3);
    a.sync();
    assert_eq!(values(&a), [1, 2, 3]);
    let fresh = TestDevice::new(&folder.path().join("fresh"));
    fresh.enrol(&server, &[]);
    fresh.sync();
    assert_eq!(values(&fresh), [1, 2, 3]);
}

#[test]
fn a_purged_record_is_gone_from_every_side_and_a_later_write_comes_back_alone() {
    let School { folder: _folder, server, tablets: [a, b] } = School::open(["a", "b"]);
    let saved = note(&a, 1);
    let id = saved["id"].as_str().expect("an id").to_owned();
    a.sync();
    b.sync();
    server.run(&["purge", "--record", &id]);
    let read = b.get(&id);
    b.call("record.save", json!({ "id": id, "kind": "note", "seen": read["version"], "set": { "late": true } }));
    a.sync();
    assert_eq!(values(&a), Vec::<i64>::new());
    assert_eq!(a.try_run(&["call", "record.get", &json!({ "id": id }).to_string()]).0, 1);
    b.sync();
    a.sync();
    for tablet in [&a, &b] {
        assert_eq!(tablet.get(&id)["value"], json!({ "late": true }));
        assert_eq!(tablet.run(&["status"])["rejected"], 0);
    }
}
