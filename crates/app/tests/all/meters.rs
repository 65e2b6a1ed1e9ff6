//! Meters: a form that asks for a reading takes none below the last one of the meter that stands there.

use domain::register::{Right, register};
use domain::role::Role;
use domain::sight::{Rows, Sight};
use domain::template::find;
use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::{Hand, text};

const HOUR_MS: u64 = 3_600_000;
const READING: &str = "T16.09";

/// A boiler room, and somebody who reads its meters and looks after it.
struct Room {
    gate: Gate,
    id: String,
    fixer: String,
}

impl Room {
    fn new() -> Self {
        let gate = Gate::new();
        let room = json!({"name": "锅炉房", "kind": "room", "scope": gate.campus});
        let id = text(&gate.setup.call("area.save", room)["id"]);
        let fixer = text(&gate.setup.call("person.save", json!({"name": "郑海", "scope": gate.campus}))["id"]);
        gate.setup.call("person.grant", json!({"person": fixer, "role": "fixer", "campus": gate.campus}));
        Self { gate, id, fixer }
    }

    fn hand(&self) -> Hand {
        self.gate.by(&self.fixer)
    }

    fn meter(&self, name: &str) -> String {
        let set = json!({"name": name, "sort": "水", "area": self.id, "multiplier": "1"});
        text(&self.gate.setup.call("entry.save", json!({"kind": "meter", "set": set}))["id"])
    }

    fn reading(&self, meter: &str, value: &str, more: Value) -> Value {
        let mut set = json!({"meter": meter, "value": value});
        set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        self.hand().call("entry.save", json!({"kind": "meter_reading", "set": set}))["id"].clone()
    }

    fn form(&self) -> String {
        text(&self.hand().call("inspection.start", json!({"template": "T16@1", "subject": self.id}))["id"])
    }

    /// The least that a form begun now takes.
    fn least(&self) -> Value {
        self.hand().item(&self.form(), READING)["limits"]["min"].clone()
    }
}

#[test]
fn a_reading_below_the_last_one_of_the_meter_fails_and_the_form_says_which_it_was() {
    let room = Room::new();
    let meter = room.meter("总表");
    assert_eq!(room.least(), Value::Null, "nobody has read it yet");
    room.reading(&meter, "100.5", json!({}));
    room.gate.tablet.wait_ms(HOUR_MS);
    let form = room.form();
    assert_eq!(room.hand().item(&form, READING)["limits"]["min"], "100.5");
    room.hand().answer(&form, READING, json!([{"v": "99"}]));
    assert_eq!(room.hand().item(&form, READING)["passed"], false, "it runs backwards");
    let listed = room.hand().call("inspection.list", json!({}))["inspections"].clone();
    let of = |id: &str| listed.as_array().expect("forms").iter().find(|row| row["id"] == id).expect("the form").clone();
    assert_eq!(of(&form)["outcome"]["failed"], 1, "a list says the same: {listed}");
    room.hand().answer(&form, READING, json!([{"v": "101"}]));
    assert_eq!(room.hand().item(&form, READING)["passed"], true);
}

#[test]
fn what_is_void_what_came_after_the_form_and_one_of_several_meters_limits_nothing() {
    let room = Room::new();
    let meter = room.meter("总表");
    room.reading(&meter, "100", json!({}));
    let wrong = room.reading(&meter, "900", json!({"read_at": room.gate.tablet.now() - 60_000}));
    room.hand().call("entry.void", json!({"id": wrong, "reason": "看错表"}));
    room.gate.tablet.wait_ms(HOUR_MS);
    let form = room.form();
    room.gate.tablet.wait_ms(HOUR_MS);
    room.reading(&meter, "120", json!({}));
    assert_eq!(room.hand().item(&form, READING)["limits"]["min"], "100", "the form was begun before");
    room.gate.tablet.wait_ms(HOUR_MS);
    assert_eq!(room.least(), "120");
    room.reading(&meter, "3", json!({"replaced": true}));
    room.gate.tablet.wait_ms(HOUR_MS);
    assert_eq!(room.least(), "3", "a new meter begins anew");
    let second = room.meter("分表");
    assert_eq!(room.least(), Value::Null, "nobody knows which of two was read");
    room.gate.setup.call("entry.act", json!({"id": second, "act": "remove", "set": {"reason": "拆除"}}));
    assert_eq!(room.least(), "3", "one of them is in use");
}

#[test]
fn who_fills_in_or_looks_over_such_a_form_sees_what_meters_read_anyway() {
    let template = find(&"T16@1".parse().expect("a reference")).expect("the checklist");
    let readings = register("meter_reading").expect("the register");
    for role in template.performers.iter().chain(&template.reviewers) {
        let sight = Sight::of("li", [(*role, Vec::new())], []);
        assert_eq!(sight.rows(readings, Right::See), Rows::All, "{role}");
    }
    assert!(template.performers.contains(&Role::Fixer));
}
