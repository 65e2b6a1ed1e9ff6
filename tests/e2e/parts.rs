//! What of a row has readers or a time of its own is a part: a record beside it, in a compartment that few devices hold.

use rounds_tests::{School, TestDevice};
use serde_json::{Value, json};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

fn photo(digit: &str) -> Value {
    json!({ "blob": digit.repeat(64), "mime": "image/jpeg", "size": 80_000, "taken_at": 1_788_229_800_000_u64, "source": "camera" })
}

#[test]
fn a_part_is_on_the_devices_of_its_compartment_alone_and_goes_without_its_row() {
    let School { folder, server, tablets: [class] } = School::open(["room"]);
    let office = TestDevice::new(&folder.path().join("office"));
    office.enrol(&server, &["--role", "office"]);
    let campus = text(&office.call("campus.save", json!({ "name": "东校区", "kind": "school" }))["id"]);
    let person = |name: &str, role: &str| {
        let id = text(&office.call("person.save", json!({ "name": name, "scope": campus }))["id"]);
        office.call("person.grant", json!({ "person": id, "role": role, "campus": campus }));
        id
    };
    let (logi, cook) = (person("王后勤", "logi"), person("赵厨", "cook"));
    // Before its first exchange a device does not know what anybody may do.
    office.sync();
    let set = json!({
        "person": cook, "no": "HZ-778899", "issued_on": "2026-08-01", "valid_to": "2027-07-31", "issuer": "疾控中心",
        "scan": [photo("a")],
    });
    let row = office.held_by(&logi).call("entry.save", json!({ "kind": "health_certificate", "set": set }));
    let id = text(&row["id"]);
    office.try_run(&["sync"]);

    // A tablet that serves the campus and no compartment of it has the row without its scan, and says why.
    let gate = TestDevice::new(&folder.path().join("gate"));
    gate.enrol(&server, &["--scope", &campus]);
    for tablet in [&gate, &class] {
        tablet.sync();
    }
    let read = |device: &TestDevice| device.held_by(&logi).call("entry.get", json!({ "id": id }));
    let parts = |device: &TestDevice| -> Vec<Value> {
        let list = device.call("record.list", json!({ "kind": "health_certificate_scan" }));
        list["records"].as_array().expect("records").clone()
    };
    let seen = read(&gate);
    assert_eq!((&seen["fields"]["issuer"], &seen["fields"]["scan"]), (&json!("疾控中心"), &json!({ "gone": "hold" })));
    assert_eq!(parts(&gate), Vec::<Value>::new());
    let written = json!({ "kind": "health_certificate", "id": id, "set": { "scan": [photo("b")] } });
    let refused = gate.held_by(&logi).refused("entry.save", written);
    assert_eq!((&refused["field"], &refused["rule"]), (&json!("scan"), &json!("gone")));

    // One that holds the compartment has both, and one version for the pair.
    let whole = read(&class);
    assert_eq!(whole["fields"]["scan"][0]["blob"], "a".repeat(64));
    assert_eq!(text(&whole["version"]).split('|').count(), 2);
    assert_eq!(whole["words"]["person"]["zh"], "赵厨");

    // When the time of the part is over it goes alone; who had it and who never had it tell the two apart.
    let part = text(&parts(&class)[0]["id"]);
    server.run(&["purge", "--record", &part]);
    for tablet in [&class, &gate] {
        tablet.sync();
    }
    let later = read(&class);
    assert_eq!((&later["fields"]["no"], &later["fields"]["scan"]), (&json!("HZ-778899"), &json!({ "gone": "keep" })));
    assert_eq!(later["words"]["scan"]["zh"], "已按期删除");
    assert_eq!(read(&gate)["fields"]["scan"], json!({ "gone": "hold" }));
}

#[test]
fn a_row_is_changed_on_the_device_that_wrote_it_and_on_no_other() {
    let School { folder, server, tablets: [room, gate] } = School::open(["room", "gate"]);
    let office = TestDevice::new(&folder.path().join("office"));
    office.enrol(&server, &["--role", "office"]);
    let campus = text(&office.call("campus.save", json!({ "name": "东校区", "kind": "school" }))["id"]);
    let post = text(&office.call("area.save", json!({ "name": "东门岗", "scope": campus }))["id"]);
    let zhang = text(&office.call("person.save", json!({ "name": "张强", "scope": campus }))["id"]);
    office.call("person.grant", json!({ "person": zhang, "role": "guard", "campus": campus }));
    office.sync();
    room.sync();
    let new = json!({ "kind": "duty_shift", "set": { "post": post, "shift": "夜班", "weather": "晴" } });
    let id = text(&room.held_by(&zhang).call("entry.save", new)["id"]);
    room.sync();
    gate.sync();
    let save = |weather: &str| json!({ "kind": "duty_shift", "id": id, "set": { "weather": weather } });
    let refused = gate.held_by(&zhang).refused("entry.save", save("雨"));
    assert_eq!((&refused["type"], &refused["field"]), (&json!("urn:rounds:problem:finished"), &json!("weather")));
    room.held_by(&zhang).call("entry.save", save("雪"));
    assert_eq!(room.held_by(&zhang).call("entry.get", json!({ "id": id }))["fields"]["weather"], "雪");
}
