//! 报修单: a finding on a page that goes with whoever repairs it.

use serde_json::{Value, json};

use crate::entries::{Gate, signature};
use crate::support::{photo, text};

const HOUR_MS: u64 = 3_600_000;

/// A lamp that 张强 reported and 郑海 repaired.
struct Lamp {
    gate: Gate,
    logi: String,
    fixer: String,
    id: String,
}

impl Lamp {
    fn new() -> Self {
        let gate = Gate::new();
        let person = |name: &str, role: &str| {
            let id = text(&gate.setup.call("person.save", json!({"name": name, "scope": gate.campus}))["id"]);
            gate.setup.call("person.grant", json!({"person": id, "role": role, "campus": gate.campus}));
            id
        };
        let (logi, fixer) = (person("李总务", "logi"), person("郑海", "fixer"));
        let report = json!({
            "description": "东门路灯不亮", "severity": "L2", "category": "electric", "area": gate.post,
            "photos": [photo('1')],
        });
        let id = text(&gate.by(&gate.zhang).call("finding.report", report)["id"]);
        Self { gate, logi, fixer, id }
    }

    fn step(&self, by: &str, step: Value) {
        let mut step = step;
        step["id"] = json!(self.id);
        self.gate.by(by).call("finding.step", step);
    }

    fn repaired(&self) {
        self.step(&self.logi, json!({"step": "assign", "assignee": self.fixer}));
        self.gate.tablet.wait_ms(HOUR_MS);
        self.step(&self.fixer, json!({"step": "accept"}));
        self.gate.tablet.wait_ms(HOUR_MS);
        let fix = json!({"step": "fix", "note": "换了灯管", "cost": "46.5", "photos": [photo('2')]});
        self.step(&self.fixer, fix);
        self.step(&self.logi, json!({"step": "pass"}));
    }

    fn code(&self) -> String {
        format!("repair/{}", self.id)
    }

    fn slip(&self, by: &str, language: &str) -> Value {
        self.gate.by(by).call("sheet.get", json!({"sheet": self.code(), "language": language}))
    }
}

/// What stands behind each heading.
fn told(slip: &Value) -> Vec<(String, Value)> {
    let columns = slip["columns"].as_array().expect("columns");
    let labels = columns.iter().map(|column| text(&column["key"]));
    labels.zip(slip["rows"][0].as_array().expect("a row").iter().cloned()).collect()
}

fn cell(slip: &Value, key: &str) -> Value {
    told(slip).into_iter().find(|(own, _)| own == key).unwrap_or_else(|| panic!("no {key}")).1
}

#[test]
fn a_slip_tells_a_repair_from_its_report_to_its_acceptance_and_leaves_what_nobody_knows_to_a_hand() {
    let lamp = Lamp::new();
    let blank = lamp.slip(&lamp.logi, "zh");
    assert_eq!(
        (&blank["title"], &blank["shape"], &blank["foot"]),
        (&json!("报修单"), &json!("report"), &json!("共 1 行"))
    );
    for (key, value) in [
        ("found_by", json!("张强")),
        ("found_at", json!("2026-09-01 10:30")),
        ("area", json!("东门岗")),
        ("description", json!("东门路灯不亮")),
        ("severity", json!("一般")),
        ("photos", json!("1")),
        ("state", json!("待派发")),
    ] {
        assert_eq!(cell(&blank, key), value, "{key}");
    }
    for key in ["given_by", "assignee", "accepted_at", "fixed_at", "cost", "checked_by"] {
        assert_eq!(cell(&blank, key), Value::Null, "{key}");
    }
    lamp.repaired();
    let slip = lamp.slip(&lamp.logi, "zh");
    for (key, value) in [
        ("given_by", json!("李总务")),
        ("given_at", json!("2026-09-01 10:30")),
        ("assignee", json!("郑海")),
        ("accepted_at", json!("2026-09-01 11:30")),
        ("fixed_at", json!("2026-09-01 12:30")),
        ("measures", json!("换了灯管")),
        ("cost", json!("46.5")),
        ("checked_by", json!("李总务")),
        ("photos", json!("2")),
    ] {
        assert_eq!(cell(&slip, key), value, "{key}");
    }
    for key in ["arrived", "parts", "opinion"] {
        assert_eq!(cell(&slip, key), Value::Null, "{key} is written by hand");
    }
    let names: Vec<(String, Value)> = slip["signatures"]
        .as_array()
        .expect("signers")
        .iter()
        .map(|signer| (text(&signer["label"]), signer["names"].clone()))
        .collect();
    let expected = [("派单人", "李总务"), ("维修人", "郑海"), ("验收人", "李总务")];
    assert_eq!(names, expected.map(|(label, name)| (label.to_owned(), json!([name]))));
    let english = lamp.slip(&lamp.logi, "en");
    assert_eq!((&english["title"], cell(&english, "severity")), (&json!("Repair slip"), json!("ordinary")));
    assert!(text(&cell(&slip, "no")).starts_with("20260901-"));
    assert_eq!(cell(&slip, "no"), cell(&english, "no"), "one finding has one number");
}

#[test]
fn a_slip_is_for_who_gets_the_ledger_and_sees_what_repairs_cost_and_stands_in_no_list() {
    let lamp = Lamp::new();
    lamp.repaired();
    let wanted = json!({"sheet": lamp.code()});
    for (person, gets) in [
        (&lamp.logi, true),
        (&lamp.gate.head, true),
        (&lamp.fixer, false),
        (&lamp.gate.zhang, false),
        (&lamp.gate.cook, false),
    ] {
        let hand = lamp.gate.by(person);
        let named = hand.call("sheet.list", wanted.clone())["sheets"].clone();
        assert_eq!(named.as_array().map(Vec::len), Some(usize::from(gets)), "{named}");
        let asked = hand.tries("sheet.get", wanted.clone());
        assert_eq!(asked.is_ok(), gets, "{asked:?}");
        assert!(gets || asked == Err("not-found"), "{asked:?}");
        let all = hand.call("sheet.list", json!({}))["sheets"].to_string();
        assert!(!all.contains("repair"), "{all}");
    }
    let entry = lamp.gate.by(&lamp.logi).call("sheet.list", wanted.clone())["sheets"][0].clone();
    assert_eq!((&entry["title_en"], &entry["period"]), (&json!("Repair slip"), &json!("one")));
    assert_eq!(lamp.gate.tablet.shared().call("sheet.list", wanted)["sheets"], json!([]), "nobody is named");
}

#[test]
fn a_slip_of_nothing_of_another_campus_or_of_days_is_refused() {
    let lamp = Lamp::new();
    let head = lamp.gate.by(&lamp.gate.head);
    let refused = |arguments: Value| head.refusal("sheet.get", arguments);
    let unknown = "0199a1f0-0000-7000-8000-00000000abcd";
    assert_eq!(refused(json!({"sheet": format!("repair/{unknown}")})).0, "not-found");
    assert_eq!(refused(json!({"sheet": "repair/lamp"})), ("not-found".to_owned(), Some("sheet".to_owned())));
    assert_eq!(refused(json!({"sheet": format!("repair/{}", lamp.gate.post)})).0, "other-kind");
    let days = json!({"sheet": lamp.code(), "from": "2026-09-01"});
    assert_eq!(refused(days), ("bad-arguments".to_owned(), Some("from".to_owned())));
    let place = json!({"sheet": lamp.code(), "where": lamp.gate.post});
    assert_eq!(refused(place), ("bad-arguments".to_owned(), Some("where".to_owned())));
    let other = text(&lamp.gate.setup.call("campus.save", json!({"name": "西校区", "kind": "school"}))["id"]);
    lamp.gate.setup.call("person.grant", json!({"person": lamp.gate.head, "role": "head", "campus": other}));
    assert_eq!(refused(json!({"sheet": lamp.code(), "campus": other})).0, "not-found");
}

#[test]
fn a_slip_is_signed_compared_and_taken_out_as_any_paper() {
    let lamp = Lamp::new();
    lamp.repaired();
    let logi = lamp.gate.by(&lamp.logi);
    let sign = json!({"sheet": lamp.code(), "strokes": signature()["strokes"]});
    let signed = logi.call("sheet.sign", sign);
    let signing = lamp.slip(&lamp.logi, "zh")["signing"].clone();
    assert_eq!((&signing["code"], &signing["signatures"][0]["role"]), (&signed["code"], &json!("created")));
    let check = json!({"code": signed["code"]});
    assert_eq!(logi.call("paper.check", check.clone())["state"], "same");
    assert_eq!(lamp.gate.by(&lamp.gate.zhang).call("paper.check", check)["state"], "unknown", "not for a guard");
    let file = logi.app().sheet_file(&json!({"sheet": lamp.code(), "as": "csv"}).to_string()).expect("a file");
    assert!(String::from_utf8(file.bytes).expect("a text").contains("换了灯管"));
    logi.call("sheet.printed", json!({"sheet": lamp.code()}));
    let written = lamp.gate.by(&lamp.gate.head).call("entry.list", json!({"kind": "disclosure"}))["rows"].clone();
    let titles: Vec<&Value> = written.as_array().expect("rows").iter().map(|row| &row["fields"]["title"]).collect();
    assert_eq!(titles, [&json!("报修单"); 2]);
}
