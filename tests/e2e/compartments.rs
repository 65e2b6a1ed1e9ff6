//! Compartments: on a tablet that does not serve them, no byte of a child's or a visitor's name stands in any file.

use std::path::Path;

use rounds_tests::{School, TestDevice, TestServer};
use serde_json::{Value, json};

/// Names that stand nowhere else.
const CHILD: &str = "欧阳曦月";
const VISITOR: &str = "夏侯惇远";

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

/// The files under a folder that hold a text, in UTF-8 or UTF-16, by their paths.
fn holding(folder: &Path, word: &str) -> Vec<String> {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder reads").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_default();
            let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
            if has(word.as_bytes()) || has(&wide) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// A campus with a child, its mother and a visitor, made in the office and sent.
pub(crate) struct Kindergarten {
    pub(crate) office: TestDevice,
    pub(crate) head: String,
    pub(crate) child: String,
}

impl Kindergarten {
    pub(crate) fn new(folder: &Path, server: &TestServer) -> Self {
        let office = TestDevice::new(&folder.join("office"));
        office.enrol(server, &["--role", "office"]);
        let campus = text(&office.call("campus.save", json!({ "name": "东园", "kind": "kindergarten" }))["id"]);
        let area = |name: &str, sort: &str| {
            text(&office.call("area.save", json!({ "name": name, "kind": sort, "scope": campus }))["id"])
        };
        let (class, gate) = (area("大一班", "class"), area("正门", "gate"));
        let head = text(&office.call("person.save", json!({ "name": "王园长", "scope": campus }))["id"]);
        for role in ["head", "guard", "teacher"] {
            let places = if role == "teacher" { json!([class]) } else { json!([]) };
            let grant = json!({ "person": head, "role": role, "campus": campus, "places": places });
            office.call("person.grant", grant);
        }
        office.sync();
        let by_head = office.held_by(&head);
        let row = |kind: &str, set: Value| text(&by_head.call("entry.save", json!({ "kind": kind, "set": set }))["id"]);
        let child = row(
            "child",
            json!({
                "class": class, "number": "0101", "consent": "已同意", "name_enc": CHILD, "agreed_by": "母亲", "agreed_on": "2026-08-28",
            }),
        );
        row(
            "pickup_authorisation",
            json!({
                "child": child, "adult_name_enc": format!("{CHILD}之母"), "relation": "母亲", "of_age": true, "phone": "13800001234",
                "valid_from": "2026-08-28",
            }),
        );
        row(
            "visitor_entry",
            json!({
                "gate": gate, "direction": "进校", "name": VISITOR, "people": "1", "id_kind": "身份证", "host": head,
                "confirmed": "电话确认", "purpose": "送教具",
            }),
        );
        by_head.call("handover.give", json!({ "children": [child], "direction": "arrive", "check": "绿" }));
        by_head.call("handover.attendance", json!({ "class": class }));
        office.sync();
        Self { office, head, child }
    }
}

#[test]
fn a_tablet_of_the_kitchen_holds_no_name_of_a_child_or_visitor_in_any_of_its_files() {
    let School { folder, server, tablets: [] } = School::open([]);
    let nursery = Kindergarten::new(folder.path(), &server);
    let tablet = |name: &str, serves: &[&str]| {
        let device = TestDevice::new(&folder.path().join(name));
        let flags: Vec<&str> = serves.iter().flat_map(|serves| ["--serves", *serves]).collect();
        device.enrol(&server, &flags);
        device.sync();
        device
    };
    let (kitchen, class, gate) =
        (tablet("kitchen", &["kitchen", "patrol"]), tablet("class", &["class"]), tablet("gate", &["gate"]));
    let holds = |device: &TestDevice| [CHILD, VISITOR].map(|word| !holding(device.folder(), word).is_empty());
    assert_eq!(holds(&class), [true, false], "a class holds its children, and no visitor");
    assert_eq!(holds(&gate), [true, true]);
    // What people do on it leaves no trace either: looking, searching, trying to write, taking everything out.
    let hand = kitchen.held_by(&nursery.head);
    assert_eq!(hand.call("handover.day", json!({}))["here"], json!(false));
    assert_eq!(hand.call("gate.inside", json!({}))["not_here"], json!(["children", "gate"]));
    assert_eq!(hand.call("search.find", json!({ "query": CHILD }))["hits"].as_array().map(Vec::len), Some(0));
    let set = json!({ "child": nursery.child, "direction": "来园" });
    let refused = hand.refused("entry.save", json!({ "kind": "child_handover", "set": set }));
    assert_eq!(refused["type"], "urn:rounds:problem:not-served");
    let kinds = hand.call("entry.kinds", json!({}));
    let here = |kind: &str| {
        let own = kinds["kinds"].as_array().expect("kinds").iter().find(|own| own["kind"] == kind);
        own.map(|own| (own["here"] == true, own["may_write"] == true))
    };
    assert_eq!((here("child"), here("class_attendance")), (Some((false, false)), Some((true, true))));
    let rows = hand.call("entry.list", json!({ "kind": "class_attendance" }))["rows"].clone();
    assert_eq!(
        (rows.as_array().map(Vec::len), &rows[0]["fields"]["present"]),
        (Some(1), &json!(1)),
        "counts are for everybody"
    );
    kitchen.sync();
    assert_eq!([CHILD, VISITOR].map(|word| holding(kitchen.folder(), word)), [Vec::<String>::new(), Vec::new()]);
}

#[test]
fn a_tablet_that_serves_less_than_before_sends_what_it_owes_and_forgets_the_rest() {
    let School { folder, server, tablets: [room] } = School::open(["room"]);
    let nursery = Kindergarten::new(folder.path(), &server);
    room.sync();
    let hand = room.held_by(&nursery.head);
    let given =
        hand.call("handover.give", json!({ "children": [nursery.child], "direction": "arrive", "check": "黄" }));
    assert!(!holding(room.folder(), CHILD).is_empty());
    room.enrol(&server, &["--serves", "kitchen"]);
    nursery.office.sync();
    let row = nursery.office.held_by(&nursery.head).call("entry.get", json!({ "id": given["rows"][0] }));
    assert_eq!(row["fields"]["check"], "黄", "what only the old device might send was sent first");
    room.sync();
    assert_eq!([CHILD, VISITOR].map(|word| holding(room.folder(), word)), [Vec::<String>::new(), Vec::new()]);
    assert_eq!(room.run(&["status"])["pending"], json!(0));
    let areas = room.call("area.list", json!({}))["areas"].clone();
    assert_eq!(areas.as_array().map(Vec::len), Some(2), "what everybody has came again");
}

#[test]
fn a_child_that_leaves_on_two_tablets_at_once_alarms_each_as_soon_as_it_hears_of_the_other() {
    let School { folder, server, tablets: [] } = School::open([]);
    let nursery = Kindergarten::new(folder.path(), &server);
    let tablet = |name: &str| {
        let device = TestDevice::new(&folder.path().join(name));
        device.enrol(&server, &["--serves", name]);
        device.sync();
        device
    };
    let (class, gate) = (tablet("class"), tablet("gate"));
    let hands = [&class, &gate].map(|device| device.held_by(&nursery.head));
    let alarms = |hand: &TestDevice| -> Vec<String> {
        let told = hand.call("handover.alarms", json!({}))["alarms"].clone();
        told.as_array().expect("alarms").iter().map(|alarm| text(&alarm["code"])).collect()
    };
    for hand in &hands {
        let adult = hand.call("handover.day", json!({}))["children"][0]["adults"][0]["id"].clone();
        let given = json!({ "children": [nursery.child], "direction": "leave", "adult": adult, "verified": "认识" });
        assert_eq!(hand.call("handover.give", given)["alarms"], json!([]), "neither knows of the other yet");
    }
    for device in [&class, &gate, &class] {
        device.sync();
    }
    nursery.office.sync();
    let office = nursery.office.held_by(&nursery.head);
    assert_eq!([alarms(&hands[0]), alarms(&hands[1]), alarms(&office)], [["twice"], ["twice"], ["twice"]]);
    let rows = office.call("handover.alarms", json!({}))["alarms"][0]["rows"].clone();
    for row in rows.as_array().expect("rows") {
        let set = json!({ "outcome": "在监护人处", "words": "两处都登记了，孩子和妈妈在一起" });
        office.call("entry.act", json!({ "id": row, "act": "answer", "set": set }));
    }
    office.sync();
    gate.sync();
    assert_eq!(alarms(&hands[1]), Vec::<String>::new(), "it was answered for every tablet");
}
