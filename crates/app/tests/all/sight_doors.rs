//! Register by role by door: every door tells of a row to who sees it, and of nothing to anybody else.

use app::BlobSight;
use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::{Hand, photo, text};

/// Rows of four registers, each with a word that only it holds, and each in conflict.
struct School {
    gate: Gate,
    class: String,
    rows: Vec<Row>,
    people: Vec<(&'static str, String)>,
}

struct Row {
    kind: &'static str,
    id: String,
    /// What a search finds it by.
    word: &'static str,
    /// Who sees it.
    seen_by: &'static [&'static str],
}

const ROLES: [&str; 10] =
    ["head", "logi", "fso", "medic", "guard", "cook", "carer_here", "carer_elsewhere", "teacher", "admin"];

impl School {
    fn new() -> Self {
        let gate = Gate::new();
        let area = |name: &str| text(&gate.setup.call("area.save", json!({"name": name, "scope": gate.campus}))["id"]);
        let (class, other) = (area("大一班"), area("大二班"));
        let person = |role: &'static str| {
            let id = text(&gate.setup.call("person.save", json!({"name": role, "scope": gate.campus}))["id"]);
            let (code, places) = match role {
                "carer_here" => ("carer", json!([class])),
                "carer_elsewhere" => ("carer", json!([other])),
                role => (role, json!([])),
            };
            let grant = json!({"person": id, "role": code, "campus": gate.campus, "places": places});
            gate.setup.call("person.grant", grant);
            (role, id)
        };
        let people: Vec<(&str, String)> = ROLES.into_iter().map(person).collect();
        let save = |kind: &str, set: Value| {
            let saved = gate.setup.call("entry.save", json!({"kind": kind, "set": set, "late_reason": "补"}));
            // Somebody who had seen nothing of it wrote to it as well.
            let set = json!({"note": "甲", "weather": "雪", "phone": "13900005678", "issuer": "乙"});
            gate.setup.call("record.save", json!({"id": saved["id"], "kind": kind, "seen": "", "set": set}));
            text(&saved["id"])
        };
        let shift =
            json!({"post": gate.post, "shift": "夜班", "person": gate.zhang, "weather": "晴", "events": "路灯损坏"});
        let opinion = json!({
            "channel": "家长", "subject": "伙食", "text": "汤太咸了", "from": "孙晓梅", "phone": "13800001234",
        });
        let certificate = json!({
            "person": gate.zhang, "no": "HZ-778899", "issued_on": "2026-08-01", "valid_to": "2027-07-31",
            "issuer": "河东疾控中心", "scan": [photo('a')],
        });
        let disinfection = json!({
            "area": class, "object": "玩具", "method": "日晒", "note": "晾在西廊",
        });
        let rows = vec![
            Row {
                kind: "duty_shift",
                id: save("duty_shift", shift),
                word: "路灯",
                seen_by: &["head", "logi", "guard"],
            },
            Row { kind: "feedback", id: save("feedback", opinion), word: "太咸", seen_by: &["head", "logi"] },
            Row {
                kind: "health_certificate",
                id: save("health_certificate", certificate),
                word: "河东",
                seen_by: &["head", "logi", "fso", "medic"],
            },
            Row {
                kind: "disinfection_log",
                id: save("disinfection_log", disinfection),
                word: "西廊",
                seen_by: &["head", "logi", "fso", "medic", "cook", "carer_here"],
            },
        ];
        Self { gate, class, rows, people }
    }

    fn check(&self, role: &str, hand: &Hand, sees: impl Fn(&Row) -> bool) {
        for row in &self.rows {
            let what = format!("{role} {}", row.kind);
            let ids = |list: &Value| -> Vec<String> {
                list.as_array().expect("a list").iter().map(|it| text(&it["id"])).collect()
            };
            let is_seen = sees(row);
            let got = hand.app().dispatch("entry.get", &json!({"id": row.id}).to_string());
            assert_eq!(got.is_ok(), is_seen, "{what} entry.get");
            let listed = hand.app().dispatch("entry.list", &json!({"kind": row.kind}).to_string());
            let listed: Value =
                listed.map_or(json!([]), |page| serde_json::from_str::<Value>(&page).expect("JSON")["rows"].clone());
            assert_eq!(ids(&listed).contains(&row.id), is_seen, "{what} entry.list");
            let found = hand.call("search.find", json!({"query": row.word}));
            assert_eq!(ids(&found["hits"]).contains(&row.id), is_seen, "{what} search.find");
            assert!(is_seen || (found["hits"] == json!([]) && found["cut"] == false), "{what} {found}");
            let conflicts = hand.call("conflict.list", json!({}));
            assert_eq!(ids(&conflicts["conflicts"]).contains(&row.id), is_seen, "{what} conflict.list");
            let one = hand.app().dispatch("conflict.list", &json!({"id": row.id}).to_string());
            assert_eq!(one.is_ok(), is_seen, "{what} conflict.list of one");
            let queue = hand.call("sync.queue", json!({}));
            let mut items = queue["items"].as_array().expect("items").iter();
            let item = items.find(|item| item["id"] == row.id.as_str()).expect("it waits to be sent");
            assert_eq!(item["title"] != item["kind_zh"], is_seen, "{what} sync.queue {item}");
        }
    }
}

#[test]
fn every_door_shows_a_row_to_who_sees_it_and_to_nobody_else() {
    let school = School::new();
    for (role, person) in &school.people {
        school.check(role, &school.gate.by(person), |row| row.seen_by.contains(role));
    }
    school.check("nobody at the tablet", &school.gate.tablet.shared(), |_| false);
    school.check("the command line", &school.gate.setup, |_| true);
    assert_eq!(school.class.len(), 36);
}

#[test]
fn what_is_masked_stands_in_no_answer_of_any_door() {
    let school = School::new();
    let all = |hand: &Hand| -> String {
        let mut told = String::new();
        for row in &school.rows {
            for (name, arguments) in [
                ("entry.get", json!({"id": row.id})),
                ("entry.list", json!({"kind": row.kind})),
                ("conflict.list", json!({"id": row.id})),
                ("conflict.list", json!({})),
                ("sync.queue", json!({})),
                ("search.find", json!({"query": row.word})),
                ("search.find", json!({"query": "778899"})),
                ("search.find", json!({"query": "1234"})),
            ] {
                told += &hand.app().dispatch(name, &arguments.to_string()).unwrap_or_default();
            }
        }
        told
    };
    let by = |role: &str| {
        let person = school.people.iter().find(|(own, _)| *own == role).expect("the role");
        all(&school.gate.by(&person.1))
    };
    for secret in ["HZ-778899", &"a".repeat(64)] {
        assert!(by("head").contains(secret), "{secret}");
        assert!(!by("medic").contains(secret), "{secret} is for who sees certificates");
    }
    for secret in ["13800001234", "13900005678", "孙晓梅"] {
        assert!(by("logi").contains(secret), "{secret}");
        for role in ["guard", "cook", "teacher", "admin", "fso"] {
            assert!(!by(role).contains(secret), "{role} {secret}");
        }
    }
}

#[test]
fn a_scan_is_served_to_who_sees_the_field_that_names_it() {
    let school = School::new();
    let blob = "a".repeat(64).parse().expect("a digest");
    let sight = |hand: &Hand| hand.app().blob_sight(blob).expect("the store reads");
    let by = |role: &str| {
        let person = school.people.iter().find(|(own, _)| *own == role).expect("the role");
        sight(&school.gate.by(&person.1))
    };
    assert_eq!([by("head"), by("fso")], [BlobSight::Sealed, BlobSight::Sealed]);
    assert_eq!([by("medic"), by("guard"), by("teacher")], [BlobSight::No, BlobSight::No, BlobSight::No]);
    assert_eq!(sight(&school.gate.tablet.shared()), BlobSight::No);
    let loose = "b".repeat(64).parse().expect("a digest");
    assert_eq!(school.gate.by(&school.gate.cook).app().blob_sight(loose).expect("the store reads"), BlobSight::No);
}

#[test]
fn a_conflict_in_a_row_is_settled_by_who_writes_it_and_sees_the_field() {
    let school = School::new();
    let by = |role: &str| {
        let person = school.people.iter().find(|(own, _)| *own == role).expect("the role");
        school.gate.by(&person.1)
    };
    let take = |row: &Row, field: &str| json!({"id": row.id, "field": field, "take": 0});
    let shift = &school.rows[0];
    assert_eq!(by("cook").refusal("conflict.resolve", take(shift, "weather")).0, "not-found");
    assert_eq!(by("head").refusal("conflict.resolve", take(shift, "weather")).0, "not-allowed");
    let typed = json!({"id": shift.id, "field": "weather", "value": "冰雹"});
    assert_eq!(by("guard").refusal("conflict.resolve", typed).0, "bad-value");
    by("guard").call("conflict.resolve", take(shift, "weather"));
    assert_eq!(by("guard").refusal("conflict.resolve", take(shift, "weather")).0, "not-in-conflict");
}
