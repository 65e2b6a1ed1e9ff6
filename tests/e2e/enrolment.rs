//! Codes, and stores that are enrolled anew.

use rounds_tests::{School, TestDevice, TestServer, scratch_folder};
use serde_json::json;

#[test]
fn a_wrong_a_used_and_an_expired_code_are_refused_and_change_nothing() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &[]);
    server.start();
    let used = server.enrol_code(&[]);
    let expired = server.enrol_code(&["--expires", "0s"]);
    let address = server.address();
    let enrol = |name: &str, code: &str| {
        let tablet = TestDevice::new(&folder.path().join(name));
        tablet.try_run(&["enrol", "--server", &address, "--code", code])
    };
    assert_eq!(enrol("a", &used).0, 0);
    for code in [used.as_str(), expired.as_str(), "wrong", ""] {
        let (exit, answer) = enrol("b", code);
        assert_eq!((exit, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:enrol-refused")), "{code}");
    }
    assert_eq!(TestDevice::new(&folder.path().join("b")).run(&["status"])["device"], json!(null));
}

#[test]
fn what_was_saved_before_enrolment_is_sent_after_it() {
    let folder = scratch_folder();
    let mut server = TestServer::init(&folder.path().join("server"), &[]);
    server.start();
    let tablet = TestDevice::new(&folder.path().join("a"));
    tablet.call("record.save", json!({ "kind": "note", "set": { "x": 1 } }));
    tablet.enrol(&server, &[]);
    assert_eq!(tablet.sync()["pushed"], 1);
}

#[test]
fn enrolling_again_keeps_everything_and_another_organisation_s_code_is_refused() {
    let School { folder, server, tablets: [a, b] } = School::open(["a", "b"]);
    let saved = a.call("record.save", json!({ "kind": "note", "set": { "x": 1 } }));
    a.sync();
    a.call("record.save", json!({ "id": saved["id"], "kind": "note", "seen": saved["version"], "set": { "x": 2 } }));
    let before = a.run(&["status"]);
    a.enrol(&server, &[]);
    let after = a.run(&["status"]);
    assert_eq!(after["pending"], 1);
    assert_ne!(before["device"], after["device"]);
    a.call("record.save", json!({ "id": saved["id"], "kind": "note", "seen": saved["version"], "set": { "y": 3 } }));
    a.sync();
    b.sync();
    let read = b.get(saved["id"].as_str().expect("an id"));
    assert_eq!((&read["value"]["x"], &read["value"]["y"], &read["conflicts"]), (&json!(2), &json!(3), &json!({})));
    let mut elsewhere = TestServer::init(&folder.path().join("elsewhere"), &[]);
    elsewhere.start();
    let code = elsewhere.enrol_code(&[]);
    let (exit, answer) = a.try_run(&["enrol", "--server", &elsewhere.address(), "--code", &code]);
    assert_eq!((exit, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:other-organisation")));
    assert!(answer["problem"]["detail"].as_str().is_some_and(|detail| detail.contains("organisation")), "{answer}");
    assert_eq!(a.run(&["status"])["device"], after["device"]);
}

#[test]
fn an_address_and_a_code_are_read_as_people_type_them_and_an_address_with_a_user_burns_no_code() {
    let School { folder, server, .. } = School::<0>::open([]);
    let tablet = TestDevice::new(&folder.path().join("a"));
    let code = server.enrol_code(&[]);
    let named = server.address().replace("http://", "http://u:p@");
    let (exit, answer) = tablet.try_run(&["enrol", "--server", &named, "--code", &code]);
    assert_eq!((exit, &answer["problem"]["type"]), (1, &json!("urn:rounds:problem:bad-address")), "{answer}");
    let wide: String = code.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect();
    let address = format!(" {}/ ", server.address());
    tablet.run(&["enrol", "--server", &address, "--code", &format!(" {wide} ")]);
    assert_eq!(tablet.run(&["status"])["server"], server.address());
}
