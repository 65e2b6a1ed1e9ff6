//! The door on several tablets: what each could not know, each says once it has heard of the others.

use rounds_tests::{School, TestDevice};
use serde_json::{Value, json};

use crate::compartments::{Kindergarten, text};

const DAY_MS: u64 = 86_400_000;
const HOUR_MS: u64 = 3_600_000;

/// The tablet of a class and that of a gate, which have heard everything.
struct Door {
    nursery: Kindergarten,
    class: TestDevice,
    gate: TestDevice,
    _school: School<0>,
}

impl Door {
    fn open() -> Self {
        let school = School::open([]);
        let nursery = Kindergarten::new(school.folder.path(), &school.server);
        let tablet = |name: &str| {
            let device = TestDevice::new(&school.folder.path().join(name));
            device.enrol(&school.server, &["--serves", name]);
            device.sync();
            device
        };
        let (class, gate) = (tablet("class"), tablet("gate"));
        Self { nursery, class, gate, _school: school }
    }

    fn by_head(&self, device: &TestDevice) -> TestDevice {
        device.held_by(&self.nursery.head)
    }

    /// Every tablet hears of what every other one has.
    fn meet(&self) {
        for device in [&self.class, &self.gate, &self.nursery.office, &self.class, &self.gate] {
            device.sync();
        }
    }

    /// The child leaves by the line, as a tablet has it.
    fn leaves(&self, device: &TestDevice, line: &Value, more: Value) -> Value {
        let mut given =
            json!({ "children": [self.nursery.child], "direction": "leave", "adult": line, "verified": "认识" });
        given.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        self.by_head(device).call("handover.give", given)
    }

    fn refused(&self, device: &TestDevice, line: &Value) -> Value {
        let given =
            json!({ "children": [self.nursery.child], "direction": "leave", "adult": line, "verified": "认识" });
        self.by_head(device).refused("handover.give", given)
    }

    /// The first line about the child.
    fn mother(&self) -> Value {
        self.by_head(&self.nursery.office).call("handover.day", json!({}))["children"][0]["adults"][0]["id"].clone()
    }

    fn alarms(&self, device: &TestDevice) -> Vec<String> {
        let told = self.by_head(device).call("handover.alarms", json!({}))["alarms"].clone();
        let mut codes: Vec<String> =
            told.as_array().expect("alarms").iter().map(|alarm| text(&alarm["code"])).collect();
        codes.sort();
        codes
    }

    /// When a tablet heard all that the server had, ms since 1970 UTC.
    fn heard(&self, device: &TestDevice) -> u64 {
        device.call("sync.status", json!({}))["last_success_at"].as_u64().expect("a time")
    }
}

#[test]
fn a_revocation_that_a_gate_hears_of_too_late_alarms_every_tablet_of_the_compartment() {
    let door = Door::open();
    let mother = door.mother();
    let revoke = json!({ "id": mother, "act": "revoke", "set": { "reason": "监护权变更" } });
    door.by_head(&door.nursery.office).call("entry.act", revoke);
    let given = door.leaves(&door.gate, &mother, json!({}));
    assert_eq!(given["alarms"], json!([]), "the gate has not heard of it");
    door.meet();
    for device in [&door.class, &door.gate, &door.nursery.office] {
        assert_eq!(door.alarms(device), ["revoked"]);
    }
    let answer = json!({ "outcome": "已报警", "words": "已联系公安和监护人" });
    door.by_head(&door.class).call("entry.act", json!({ "id": given["rows"][0], "act": "answer", "set": answer }));
    assert_eq!(door.alarms(&door.gate), ["revoked"], "it stands until its answer is heard of");
    door.meet();
    assert_eq!(door.alarms(&door.gate), Vec::<String>::new());
}

#[test]
fn a_courts_ban_that_arrives_after_the_child_has_left_alarms_all_the_same() {
    let door = Door::open();
    let mother = door.mother();
    let given = door.leaves(&door.gate, &mother, json!({}));
    assert_eq!(given["alarms"], json!([]));
    let ban = json!({ "kind": "pickup_authorisation", "id": mother, "set": { "forbidden": true } });
    door.by_head(&door.nursery.office).call("entry.save", ban);
    door.meet();
    for device in [&door.class, &door.gate, &door.nursery.office] {
        assert_eq!(door.alarms(device), ["forbidden"]);
    }
    let row = door.by_head(&door.gate).call("entry.get", json!({ "id": given["rows"][0] }));
    assert_eq!(row["stage"], "released", "what happened stays as it was written");
}

#[test]
fn a_slip_for_one_time_that_is_used_at_two_gates_alarms_both() {
    let door = Door::open();
    let today = text(&door.by_head(&door.nursery.office).call("handover.day", json!({}))["date"]);
    let slip = json!({
        "child": door.nursery.child, "adult_name_enc": "赵邻居", "relation": "其他", "of_age": true, "phone": "13900005678",
        "valid_from": today, "valid_to": today, "one_off": true,
    });
    let office = door.by_head(&door.nursery.office);
    let slip = office.call("entry.save", json!({ "kind": "pickup_authorisation", "set": slip }))["id"].clone();
    door.meet();
    for device in [&door.class, &door.gate] {
        assert_eq!(door.leaves(device, &slip, json!({}))["alarms"], json!([]));
    }
    door.meet();
    for device in [&door.class, &door.gate] {
        assert_eq!(door.alarms(device), ["once_used", "twice"]);
    }
}

#[test]
fn a_list_of_eleven_days_and_a_clock_that_was_set_back_ask_for_a_call_and_keep_what_happened() {
    let door = Door::open();
    let (mother, heard) = (door.mother(), door.heard(&door.gate));
    let asked = |device: &TestDevice| text(&door.refused(device, &mother)["warnings"][0]["code"]);
    let old = door.gate.showing(heard + 11 * DAY_MS);
    assert_eq!(asked(&old), "stale");
    assert_eq!(door.by_head(&old).call("handover.day", json!({}))["list"]["too_old"], json!(true));
    let back = door.gate.showing(heard - HOUR_MS);
    assert_eq!(asked(&back), "unknown", "nobody knows how old the list is");
    let given = door.leaves(&back, &mother, json!({ "sure": ["unknown"] }));
    let row = door.by_head(&back).call("entry.get", json!({ "id": given["rows"][0] }));
    assert_eq!((&row["stage"], &row["fields"]["list_age"]), (&json!("released"), &Value::Null), "{row}");
}

#[test]
fn a_tablet_that_was_away_for_fourteen_days_locks_children_and_visitors_until_it_is_back() {
    let door = Door::open();
    let heard = door.heard(&door.gate);
    let child = json!({ "id": door.nursery.child });
    let seen = |device: &TestDevice| {
        let hand = door.by_head(device);
        let day = hand.call("handover.day", json!({}));
        (day["here"].clone(), day["locked"].clone(), day["children"].as_array().map(Vec::len))
    };
    let before = door.gate.showing(heard + 13 * DAY_MS);
    assert_eq!(seen(&before), (json!(true), json!(false), Some(1)));
    let begun =
        json!({ "form": "entry.save/medicine_slip", "set": { "child": door.nursery.child, "medicine": "退烧药" } });
    door.by_head(&before).call("draft.save", begun.clone());
    let form = json!({ "form": "entry.save/medicine_slip" });
    let away = door.gate.showing(heard + 15 * DAY_MS);
    assert_eq!(seen(&away), (json!(false), json!(true), Some(0)));
    let hand = door.by_head(&away);
    assert_eq!(hand.refused("entry.get", child.clone())["type"], "urn:rounds:problem:not-found");
    assert_eq!(hand.call("search.find", json!({ "query": "夏侯" }))["hits"], json!([]));
    let list = hand.refused("entry.list", json!({ "kind": "visitor_entry" }));
    assert_eq!(list["type"], "urn:rounds:problem:not-found");
    let given = json!({ "children": [door.nursery.child], "direction": "arrive" });
    assert_eq!(hand.refused("handover.give", given)["type"], "urn:rounds:problem:hold-locked");
    let kinds = hand.call("entry.kinds", json!({}))["kinds"].clone();
    let of = |kind: &str| kinds.as_array().expect("kinds").iter().find(|own| own["kind"] == kind).cloned();
    assert_eq!(of("child").map(|own| own["locked"].clone()), Some(json!(true)), "who had to do with it is told");
    assert_eq!(of("loan").map(|own| own["locked"].clone()), Some(json!(false)), "the rest goes on");
    assert_eq!(
        hand.call("draft.get", form.clone())["draft"],
        json!(null),
        "what was begun about a child is hidden with it"
    );
    assert_eq!(hand.call("draft.list", json!({}))["drafts"], json!([]));
    assert_eq!(hand.refused("draft.save", begun)["type"], "urn:rounds:problem:hold-locked", "and not written over");
    assert_eq!(hand.refused("draft.discard", form.clone())["type"], "urn:rounds:problem:hold-locked");
    away.sync();
    assert_eq!(seen(&away).0, json!(true), "an exchange opens it");
    assert_eq!(hand.call("draft.get", form)["draft"]["set"]["medicine"], "退烧药", "and gives back what was begun");
}
