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

/// A device of the office, which may write master data.
fn office_device(server: &TestServer, folder: &std::path::Path) -> TestDevice {
    let office = TestDevice::new(folder);
    office.enrol(server, &["--role", "office"]);
    office
}

#[test]
fn a_refill_lets_the_tablets_bring_back_what_a_folder_put_back_by_hand_lacks() {
    let School { folder, mut server, tablets: [a] } = School::open(["a"]);
    let office = office_device(&server, &folder.path().join("office"));
    note(&a, 1);
    a.sync();
    server.stop();
    copy_folder(server.data(), &folder.path().join("copy"));
    server.start();
    let person = office.call("record.save", json!({ "kind": "person", "set": { "name": "张桂花" } }));
    office.sync();
    // What has grown in many pushes is larger than one push may add.
    let (mut seen, mut grown) = (Value::Null, json!({ "kind": "note" }));
    for part in 0..22 {
        let set = json!({ (format!("part{part}")): "x".repeat(60_000) });
        grown = a.call("record.save", json!({ "id": grown["id"], "kind": "note", "seen": seen, "set": set }));
        seen = grown["version"].clone();
        a.sync();
    }
    server.stop();
    copy_folder(&folder.path().join("copy"), server.data());
    server.start();
    a.sync();
    assert_eq!(a.run(&["status"])["rejected"], 2, "ordinary rules bind who brings back what others wrote");
    let notices = server.run(&["check"])["notices"].to_string();
    assert!(notices.contains("rounds-server refill begin"), "the alarm names what to do: {notices}");
    assert_eq!(server.run(&["refill", "begin"])["organisations"][0]["refilling"], true);
    a.sync();
    let status = a.run(&["status"]);
    assert_eq!((&status["rejected"], &status["pending"]), (&json!(0), &json!(0)));
    let fresh = TestDevice::new(&folder.path().join("fresh"));
    fresh.enrol(&server, &[]);
    fresh.sync();
    let id = |record: &Value| record["id"].as_str().expect("an id").to_owned();
    assert_eq!(fresh.get(&id(&person))["value"]["name"], "张桂花");
    assert_eq!(fresh.get(&id(&grown))["value"]["part21"].as_str().map(str::len), Some(60_000));
    assert_eq!(server.run(&["check"])["notices"], json!([]));
}

#[test]
fn a_lost_server_comes_back_under_its_own_id_from_the_tablets_that_hold_it() {
    let School { folder, mut server, tablets: [a, b] } = School::open(["a", "b"]);
    let organisation = a.enrolled_organisation();
    let office = office_device(&server, &folder.path().join("office"));
    let person = office.call("record.save", json!({ "kind": "person", "set": { "name": "李敏" } }));
    office.sync();
    note(&a, 1);
    for tablet in [&a, &b, &a] {
        tablet.sync();
    }
    note(&b, 2);
    server.stop();
    std::fs::remove_dir_all(server.data()).expect("the server is lost");

    let revived = ["init", "--organisation", "中心幼儿园", "--revive", &organisation];
    assert_eq!(server.run(&revived)["organisation"], organisation.as_str());
    assert_eq!(server.try_run(&revived).1["problem"]["type"], "urn:rounds:problem:organisation-exists");
    server.start();
    assert_eq!(a.try_run(&["sync"]).1["problem"]["type"], "urn:rounds:problem:unauthorised", "a code lets it in again");
    for tablet in [&b, &a] {
        tablet.enrol(&server, &[]);
        tablet.sync();
    }
    let fresh = TestDevice::new(&folder.path().join("fresh"));
    fresh.enrol(&server, &[]);
    fresh.sync();
    assert_eq!(values(&fresh), [1, 2]);
    assert_eq!(fresh.get(person["id"].as_str().expect("an id"))["value"]["name"], "李敏");
    assert_eq!(server.run(&["refill", "list"])["refilling"], true);
    assert_eq!(server.run(&["check"])["problem"], Value::Null);
    for tablet in [&a, &b] {
        assert_eq!(tablet.run(&["status"])["rejected"], 0);
    }
}

#[test]
fn a_tablet_that_enrols_anew_leaves_no_live_token_behind() {
    let School { folder: _folder, server, tablets: [a] } = School::open(["a"]);
    a.enrol(&server, &[]);
    let devices = server.run(&["device", "list"]);
    let revoked: Vec<&Value> = devices.as_array().expect("a list").iter().map(|device| &device["revoked"]).collect();
    assert_eq!(revoked, [true, false]);
    a.sync();
}
