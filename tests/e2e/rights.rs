//! Whose token reads and writes what, over HTTP.

use rounds_tests::{TestDevice, TestServer, scratch_folder};
use serde_json::{Value, json};

use crate::http::{RawDevice, client, new_id, record};

const CAMPUS: &str = "0c1ecafe-0000-4000-8000-000000000001";
const ELSEWHERE: &str = "0c1ecafe-0000-4000-8000-000000000002";

fn scoped(mut record: Value, scope: &str) -> Value {
    record["scope"] = scope.into();
    record
}

#[test]
fn another_scope_another_organisation_and_a_revoked_token_read_nothing_and_learn_nothing() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &[]);
    let other = server.run(&["init", "--organisation", "别的学校"])["organisation"].as_str().expect("an id").to_owned();
    server.start();
    let first = first_organisation(&server, &other);
    let mut writer = RawDevice::enrol(&server.address(), &server.enrol_code(&["--organisation", &first]));
    let id = new_id();
    writer.push(json!([scoped(record(&id, "note", 1, json!({ "secret": 1 })), CAMPUS)]));
    let narrow =
        RawDevice::enrol(&server.address(), &server.enrol_code(&["--organisation", &first, "--scope", ELSEWHERE]));
    let foreign = RawDevice::enrol(&server.address(), &server.enrol_code(&["--organisation", &other]));
    for reader in [&narrow, &foreign] {
        assert!(reader.pull().is_empty());
        assert_eq!(reader.get(&format!("/v1/records/{id}/history")).status(), 404);
    }
    let mut narrow = narrow;
    let answer = narrow.push(json!([scoped(record(&id, "note", 1, json!({ "secret": 2 })), CAMPUS)]));
    assert_eq!(answer["results"][0]["outcome"], "rejected");
    assert_eq!(answer["results"][0]["problem"]["type"], "urn:rounds:problem:not-allowed");
    assert_eq!(answer["records"], json!([]));
    let answer = narrow.push(json!([scoped(record(&id, "note", 2, json!({ "secret": 2 })), ELSEWHERE)]));
    assert_eq!(answer["results"][0]["outcome"], "rejected");
    assert_eq!(answer["records"], json!([]));
    let devices = server.run(&["device", "list"]);
    let device =
        devices.as_array().expect("devices").iter().find(|device| {
            device["replicas"].as_array().is_some_and(|replicas| replicas.contains(&json!(writer.replica)))
        });
    let device = device.expect("the writer")["id"].as_str().expect("an id").to_owned();
    server.run(&["device", "revoke", &device]);
    let refused = writer.get("/v1/pull");
    assert_eq!(refused.status(), 401);
    let problem: Value = refused.json().expect("a problem");
    assert_eq!(problem["type"], "urn:rounds:problem:device-revoked");
    let nobody = client().get(format!("{}/v1/pull", server.address())).send().expect("an answer");
    assert_eq!(nobody.status(), 401);
}

fn first_organisation(server: &TestServer, other: &str) -> String {
    let file = server.data().join("rounds.sqlite3");
    let connection = rusqlite::Connection::open(file).expect("the store");
    let sql = "SELECT id FROM organisation";
    let mut statement = connection.prepare(sql).expect("a table of organisations");
    let ids = statement.query_map([], |row| row.get::<_, uuid::Uuid>(0)).expect("ids");
    ids.map(|id| id.expect("an id").to_string()).find(|id| id != other).expect("the first one")
}

#[test]
fn a_revoked_tablet_keeps_its_queue_and_says_what_happened() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &[]);
    server.start();
    let tablet = TestDevice::new(&folder.path().join("a"));
    let device = tablet.enrol(&server, &[])["device"].as_str().expect("an id").to_owned();
    tablet.call("record.save", json!({ "kind": "note", "set": { "x": 1 } }));
    server.run(&["device", "revoke", &device]);
    let (code, answer) = tablet.try_run(&["sync"]);
    assert_eq!((code, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:device-revoked")));
    tablet.call("record.save", json!({ "kind": "note", "set": { "x": 2 } }));
    assert_eq!(tablet.run(&["status"])["pending"], 2);
    tablet.enrol(&server, &[]);
    assert_eq!(tablet.sync()["pushed"], 2);
}
