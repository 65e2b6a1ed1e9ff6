//! Patrols: walking a run on a tablet, and what the office reads of it.

mod bad_input;
mod before;
mod boarders;
mod doors;
mod findings;
mod handing_over;
mod office;
mod papers;
mod pausing;
mod reading;
mod rules;
mod signing;
mod walking;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Hand, Tablet, text};

/// A school with one day route of four points, and somebody of each role that has to do with it.
pub(crate) struct School {
    pub(crate) tablet: Tablet,
    pub(crate) setup: Hand,
    pub(crate) campus: String,
    pub(crate) route: String,
    pub(crate) points: Vec<String>,
    pub(crate) guard: String,
    pub(crate) logi: String,
    pub(crate) cook: String,
}

const MINUTE_MS: u64 = 60_000;

fn id(number: u128) -> String {
    Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 | number).to_string()
}

impl School {
    /// It is Tuesday, 2026-09-01, 10:30: the window from 09:30 to 12:00 is open.
    pub(crate) fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "school"}))["id"]);
        let person = |role: &str| {
            let id = text(&setup.call("person.save", json!({"name": role, "scope": campus}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
            id
        };
        let (guard, logi, cook) = (person("guard"), person("logi"), person("cook"));
        let save = |number: u128, kind: &str, set: Value| {
            setup.call("record.save", json!({"id": id(number), "kind": kind, "scope": campus, "set": set}));
            id(number)
        };
        let route = save(
            1,
            "route",
            json!({
                "name": "日巡", "name_en": "Day round", "since": 0,
                "windows/am": {"name": "上午", "from": "09:30", "to": "12:00", "days": "every", "since": 0},
                "windows/pm": {"name": "清校", "from": "16:30", "to": "18:00", "days": "school", "since": 0},
            }),
        );
        let area = text(&setup.call("area.save", json!({"name": "教学楼", "scope": campus, "key_area": true}))["id"]);
        let points = (1..=4).map(|seq: u128| {
            save(
                10 + seq,
                "checkpoint",
                json!({
                    "route": route, "seq": seq, "name": format!("点位{seq}"), "area": area, "look_at": "门窗、堆物",
                    "items": ["T15.02", "T18.03"], "min_seconds": 60, "since": 0,
                }),
            )
        });
        let points: Vec<String> = points.collect();
        Self { campus, route, points, guard, logi, cook, setup, tablet }
    }

    pub(crate) fn guard(&self) -> Hand {
        self.tablet.app(Some(&self.guard))
    }

    pub(crate) fn logi(&self) -> Hand {
        self.tablet.app(Some(&self.logi))
    }

    pub(crate) fn cook(&self) -> Hand {
        self.tablet.app(Some(&self.cook))
    }

    /// One more person with a role on the campus.
    pub(crate) fn person(&self, role: &str) -> String {
        let id = text(&self.setup.call("person.save", json!({"name": role, "scope": self.campus}))["id"]);
        self.setup.call("person.grant", json!({"person": id, "role": role, "campus": self.campus}));
        id
    }

    /// A further tablet that was given the same people, places, routes and tags, and has never met the first one.
    pub(crate) fn other_tablet(&self) -> Tablet {
        let other = Tablet::another(77);
        for kind in ["campus", "area", "person", "role_grant", "route", "checkpoint", "tag"] {
            let all = self.setup.call("record.list", json!({"kind": kind}))["records"].clone();
            for record in all.as_array().expect("records") {
                self.give(&other, record);
            }
        }
        other
    }

    /// Brings a record to another tablet, as an exchange does.
    pub(crate) fn give(&self, other: &Tablet, record: &Value) {
        let save = json!({"id": record["id"], "kind": record["kind"], "scope": self.campus, "set": record["value"]});
        other.app(None).call("record.save", save);
    }

    /// A run that the guard begins in the open window.
    pub(crate) fn begun(&self) -> String {
        text(&self.guard().call("patrol.start", json!({"route": self.route}))["id"])
    }

    /// A visit by the guard to the point of this number, from 1.
    #[track_caller]
    pub(crate) fn visit(&self, run: &str, number: usize, result: &str) -> Value {
        self.guard().call(
            "patrol.visit",
            json!({
                "run": run, "checkpoint": self.points[number - 1], "how": "qr", "result": result,
            }),
        )
    }

    /// A record as it is stored.
    pub(crate) fn stored(&self, id: &str) -> Value {
        self.setup.call("record.get", json!({"id": id}))["value"].clone()
    }

    /// The windows of today by their ids.
    pub(crate) fn due(&self, window: &str) -> Value {
        let due = self.guard().call("patrol.due", json!({}));
        let windows = due["windows"].as_array().expect("windows").clone();
        windows.into_iter().find(|row| row["window"] == window).expect("the window is due")
    }

    /// Gives a tag to a point, as the office does.
    pub(crate) fn tag(&self, norm: &str, set: Value) {
        let campus: Uuid = self.campus.parse().expect("a UUID");
        let id = domain::id::tag_id(campus, norm);
        self.setup.call("record.save", json!({"id": id, "kind": "tag", "scope": self.campus, "set": set}));
    }

    pub(crate) fn wait_minutes(&self, minutes: u64) {
        self.tablet.wait_ms(minutes * MINUTE_MS);
    }
}
