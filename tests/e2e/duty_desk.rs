//! A night at the duty desk, as one story: two tablets, two guards, and a handover that both sign.
//!
//! The server runs only when the tablets meet; what each of them did alone stands afterwards on both.

use rounds_tests::{TestDevice, TestServer, scratch_folder};
use serde_json::{Map, Value, json};

struct Desk {
    _folder: tempfile::TempDir,
    server: TestServer,
    /// The tablet in the guards' room, and the one at the gate.
    room: TestDevice,
    gate: TestDevice,
    post: String,
    zhang: String,
    li: String,
    head: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

fn signature() -> Value {
    json!({ "sig": { "strokes": [[[100, 100], [400, 300], [700, 200], [900, 500]]] } })
}

impl Desk {
    /// The office says who there is; the tablets learn it by their first exchange.
    fn open() -> Self {
        let folder = scratch_folder();
        let mut server = TestServer::init(&folder.path().join("server"), &[]);
        server.start();
        let [office, room, gate] = ["office", "room", "gate"].map(|name| TestDevice::new(&folder.path().join(name)));
        office.enrol(&server, &["--role", "office"]);
        let campus = text(&office.call("campus.save", json!({ "name": "东校区", "kind": "school" }))["id"]);
        let post = text(&office.call("area.save", json!({ "name": "东门岗", "scope": campus }))["id"]);
        let person = |name: &str, role: &str| {
            let id = text(&office.call("person.save", json!({ "name": name, "scope": campus }))["id"]);
            office.call("person.grant", json!({ "person": id, "role": role, "campus": campus }));
            id
        };
        let (zhang, li, head) = (person("张强", "guard"), person("李明", "guard"), person("王校长", "head"));
        office.call("pin.set", json!({ "person": head, "pin": "4711" }));
        office.sync();
        for tablet in [&room, &gate] {
            tablet.enrol(&server, &[]);
            let before = tablet.held_by(&zhang).call("entry.kinds", json!({}));
            assert_eq!(before["kinds"], json!([]), "before the first exchange nobody is known to see anything");
            tablet.sync();
        }
        server.stop();
        Self { _folder: folder, server, room, gate, post, zhang, li, head }
    }

    /// The server runs just long enough for both tablets to hear of each other.
    fn meet(&mut self) {
        self.server.start();
        for tablet in [&self.room, &self.gate, &self.room] {
            tablet.sync();
        }
        assert_eq!(self.server.stop(), 0, "the server did not end well");
    }

    fn get(&self, tablet: &TestDevice, id: &str) -> Value {
        tablet.held_by(&self.head).call("entry.get", json!({ "id": id }))
    }
}

fn act(tablet: &TestDevice, person: &str, id: &str, act: &str, set: Value) -> Value {
    tablet.held_by(person).call("entry.act", json!({ "id": id, "act": act, "set": set }))
}

/// What a handover counts, all of it there but for one key.
fn items(tablet: &TestDevice, person: &str) -> Map<String, Value> {
    let kinds = tablet.held_by(person).call("entry.kinds", json!({}))["kinds"].as_array().expect("kinds").clone();
    let handover = kinds.iter().find(|kind| kind["kind"] == "shift_handover").expect("the register");
    let mut fields = handover["fields"].as_array().expect("fields").iter();
    let lines = fields.find(|field| field["name"] == "items").expect("items")["lines"].as_array().expect("lines");
    lines
        .iter()
        .map(|line| (text(&line["key"]), json!({ "counted": line["cells"]["should"], "intact": true })))
        .collect()
}

#[test]
fn a_night_at_the_duty_desk_ends_with_two_signatures_on_two_tablets() {
    let mut desk = Desk::open();

    // 张强 comes to the room in the evening; there is no network all night.
    let set = json!({ "post": desk.post, "shift": "夜班", "leader": desk.head, "weather": "雨" });
    let new = json!({ "kind": "duty_shift", "set": set });
    let shift = text(&desk.room.held_by(&desk.zhang).call("entry.save", new.clone())["id"]);
    assert!(act(&desk.room, &desk.zhang, &shift, "begin", json!({}))["not_counted"].is_null());
    let note = |words: &str| json!({ "kind": "duty_shift", "id": shift, "set": { "events": words } });
    desk.room.held_by(&desk.zhang).call("entry.save", note("22:40 东门路灯不亮"));

    // At the gate he writes himself down as well, for that tablet knows nothing of the other; it makes the same row.
    let again = desk.gate.held_by(&desk.zhang).call("entry.save", new);
    assert_eq!((text(&again["id"]), &again["created"]), (shift.clone(), &json!(true)));
    desk.gate.held_by(&desk.zhang).call("entry.save", note("02:10 有车停在消防通道"));
    desk.meet();
    let row = desk.get(&desk.gate, &shift);
    assert_eq!((&row["stage"], row["fields"]["events"].as_array().map(Vec::len)), (&json!("on"), Some(2)));

    // In the morning he ends the shift on both; the earlier end counts, and nobody is asked about it.
    assert!(act(&desk.room, &desk.zhang, &shift, "end", json!({}))["not_counted"].is_null());
    assert!(act(&desk.gate, &desk.zhang, &shift, "end", json!({}))["not_counted"].is_null());
    let set = json!({ "from_shift": shift, "to": desk.li, "items": items(&desk.room, &desk.zhang), "notes": "消防通道的车未走" });
    let handover = json!({ "kind": "shift_handover", "set": set });
    let handover = text(&desk.room.held_by(&desk.zhang).call("entry.save", handover)["id"]);
    act(&desk.room, &desk.zhang, &handover, "give", signature());

    // He cannot sign for the one who comes.
    let own = act(&desk.room, &desk.zhang, &handover, "take", signature());
    assert_eq!(own["not_counted"], "not_vouched");
    desk.meet();

    // 李明 takes over at the gate, without a network again.
    let half = desk.gate.held_by(&desk.li).call("entry.get", json!({ "id": handover }));
    assert_eq!((&half["stage"], &half["acts"]), (&json!("half"), &json!(["take", "refuse"])));
    assert_eq!(half["words"]["from"]["zh"], "张强");
    assert!(act(&desk.gate, &desk.li, &handover, "take", signature())["not_counted"].is_null());
    desk.meet();

    // Both tablets tell the same story, and nothing waits for anybody.
    for tablet in [&desk.room, &desk.gate] {
        let row = desk.get(tablet, &handover);
        assert_eq!((&row["stage"], &row["open"], &row["conflict"]), (&json!("done"), &json!(false), &json!(false)));
        let ended = desk.get(tablet, &shift);
        let outcomes: Vec<&Value> =
            ended["history"].as_array().expect("acts").iter().map(|act| &act["outcome"]).collect();
        assert_eq!(
            (&ended["stage"], outcomes),
            (&json!("ended"), vec![&json!("applied"), &json!("applied"), &json!("not_counted")])
        );
        let status = tablet.run(&["status"]);
        assert_eq!((&status["pending"], &status["conflicts"]), (&json!(0), &json!(0)));
    }

    // The leader confirms on 李明's tablet, by a PIN and without a switch.
    let saw = desk.get(&desk.gate, &shift)["saw"].clone();
    let proof = json!({ "person": desk.head, "pin": "4711", "record": shift, "act": "confirm", "saw": saw });
    let voucher = desk.gate.held_by(&desk.li).call("person.vouch", proof)["voucher"].clone();
    let confirmed = json!({ "id": shift, "act": "confirm", "as": voucher });
    assert!(desk.gate.held_by(&desk.li).call("entry.act", confirmed.clone())["not_counted"].is_null());
    let used = desk.gate.held_by(&desk.li).refused("entry.act", confirmed);
    assert_eq!(used["type"], "urn:rounds:problem:bad-voucher");

    // What was wrong is corrected beside the original, and the confirmation says that the row has changed since.
    let correction = json!({ "id": shift, "field": "weather", "value": "雾霾", "reason": "不是雨" });
    let corrected = desk.room.held_by(&desk.zhang).call("entry.correct", correction);
    assert_eq!(corrected["corrections"][0]["original"]["zh"], "雨");
    desk.meet();
    let last = desk.get(&desk.gate, &shift);
    assert_eq!(last["fields"]["weather"], "雾霾");
    let history = last["history"].as_array().expect("acts");
    let confirm = history.iter().find(|act| act["act"] == "confirm").expect("the confirmation");
    assert_eq!((&confirm["vouch"], &confirm["changed_since"]), (&json!("set_by_other"), &json!(true)));
}
