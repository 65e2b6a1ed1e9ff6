//! Findings that follow from rows of registers: raised by a row that breaks a limit, offered for closing when its cause is gone, never
//! closed by themselves.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

/// A kitchen with a food-safety officer, a principal and a cook.
struct Kitchen {
    tablet: Tablet,
    setup: Hand,
    campus: String,
    area: String,
    fridge: String,
    fso: String,
    head: String,
    cook: String,
}

impl Kitchen {
    fn new() -> Self {
        let tablet = Tablet::new();
        let setup = tablet.app(None);
        let campus = text(&setup.call("campus.save", json!({"name": "东校区", "kind": "school"}))["id"]);
        let area = text(&setup.call("area.save", json!({"name": "食堂", "scope": campus}))["id"]);
        let asset = json!({"kind": "asset", "scope": campus, "set": {"name": "冰箱一"}});
        let fridge = text(&setup.call("record.save", asset)["id"]);
        let person = |name: &str, role: &str| {
            let id = text(&setup.call("person.save", json!({"name": name, "scope": campus}))["id"]);
            setup.call("person.grant", json!({"person": id, "role": role, "campus": campus}));
            id
        };
        let (fso, head, cook) = (person("陈安", "fso"), person("王校长", "head"), person("赵厨", "cook"));
        Self { tablet, setup, campus, area, fridge, fso, head, cook }
    }

    fn by(&self, person: &str) -> Hand {
        self.tablet.app(Some(person))
    }

    /// What the fridge says.
    #[track_caller]
    fn reads(&self, celsius: &str) -> String {
        let set = json!({"what": "冷藏", "session": "上午", "area": self.area, "equipment": self.fridge, "c": celsius});
        text(&self.by(&self.fso).call("entry.save", json!({"kind": "temperature_reading", "set": set}))["id"])
    }

    #[track_caller]
    fn corrects(&self, row: &str, celsius: &str) {
        self.tablet.wait_ms(60_000);
        let correct = json!({"id": row, "field": "c", "value": celsius, "reason": "看错"});
        self.by(&self.fso).call("entry.correct", correct);
    }

    /// The one finding, as the principal sees it.
    #[track_caller]
    fn finding(&self) -> Value {
        let found = self.setup.findings();
        assert_eq!(found.len(), 1, "{found:?}");
        self.by(&self.head).call("finding.get", json!({"id": found[0]["id"]}))
    }

    #[track_caller]
    fn step(&self, finding: &Value, step: &str, note: &Value) {
        self.by(&self.head).call("finding.step", json!({"id": finding["id"], "step": step, "note": note}));
    }
}

#[test]
fn a_row_that_breaks_a_limit_raises_one_finding_and_says_nothing_of_the_row() {
    let kitchen = Kitchen::new();
    let row = kitchen.reads("12.5");
    let finding = kitchen.finding();
    assert_eq!((&finding["description"], &finding["severity"]), (&json!("温度记录：冷藏温度过高"), &json!("L3")));
    assert_eq!((&finding["area"], &finding["state"]), (&json!(kitchen.area), &json!("unassigned")));
    assert_eq!((&finding["entry"]["id"], &finding["entry"]["state"]), (&json!(row), &json!("stands")));
    assert_eq!(finding["offer"], Value::Null);
    assert!(!finding["description"].to_string().contains("12.5"));
    kitchen.corrects(&row, "13");
    assert_eq!(kitchen.finding()["steps"], json!([]), "it fails still: there is nothing to add");
}

#[test]
fn a_row_that_is_corrected_to_good_offers_its_finding_for_closing_and_closes_nothing() {
    let kitchen = Kitchen::new();
    let row = kitchen.reads("12");
    kitchen.corrects(&row, "6");
    let finding = kitchen.finding();
    assert_eq!((&finding["state"], &finding["steps"]), (&json!("unassigned"), &json!([])));
    assert_eq!(finding["entry"]["state"], "corrected");
    let offer = &finding["offer"];
    assert_eq!((&offer["step"], &offer["note"]), (&json!("void"), &json!("记录已更正，不再超出限值")));
    // Nothing is offered to who may not take it.
    let cook = kitchen.by(&kitchen.cook).call("finding.get", json!({"id": finding["id"]}));
    assert_eq!((&cook["offer"], &cook["state"]), (&Value::Null, &json!("unassigned")));
    kitchen.step(&finding, "void", &offer["note"]);
    let voided = kitchen.finding();
    assert_eq!((&voided["state"], &voided["offer"]), (&json!("voided"), &Value::Null));
}

#[test]
fn a_row_that_is_corrected_to_bad_raises_its_finding_also_one_that_people_had_voided() {
    let kitchen = Kitchen::new();
    let row = kitchen.reads("6");
    assert!(kitchen.setup.findings().is_empty());
    kitchen.corrects(&row, "12");
    let finding = kitchen.finding();
    kitchen.corrects(&row, "6");
    kitchen.step(&finding, "void", &json!("看错了"));
    kitchen.corrects(&row, "11");
    let raised = kitchen.finding();
    assert_eq!((&raised["state"], &raised["offer"]), (&json!("unassigned"), &Value::Null));
    let last = raised["steps"].as_array().expect("steps").last().expect("a step").clone();
    assert_eq!((&last["code"], &last["auto"]), (&json!("return"), &json!(true)));
    // Voided by people while the row fails: the same reading raises nothing again.
    kitchen.step(&raised, "void", &json!("温度计坏了"));
    let correct = json!({"id": row, "field": "probe", "value": "T-2", "reason": "补"});
    kitchen.by(&kitchen.fso).call("entry.correct", correct);
    assert_eq!(kitchen.finding()["state"], "voided");
}

#[test]
fn a_void_row_offers_its_finding_for_closing_and_a_restored_one_raises_it_again() {
    let kitchen = Kitchen::new();
    let row = kitchen.reads("12");
    let fso = kitchen.by(&kitchen.fso);
    fso.call("entry.void", json!({"id": row, "reason": "记错冰箱"}));
    let finding = kitchen.finding();
    assert_eq!((&finding["state"], &finding["entry"]["state"]), (&json!("unassigned"), &json!("void")));
    assert_eq!(finding["offer"]["note"], "记录已作废");
    kitchen.step(&finding, "void", &finding["offer"]["note"]);
    kitchen.tablet.wait_ms(60_000);
    fso.call("entry.restore", json!({"id": row, "reason": "没有记错"}));
    let raised = kitchen.finding();
    assert_eq!((&raised["state"], &raised["entry"]["state"]), (&json!("unassigned"), &json!("stands")));
}

#[test]
fn a_void_row_that_breaks_a_limit_raises_nothing_until_it_counts_again() {
    let kitchen = Kitchen::new();
    let row = kitchen.reads("6");
    let fso = kitchen.by(&kitchen.fso);
    fso.call("entry.void", json!({"id": row, "reason": "记错"}));
    assert_eq!(fso.refusal("entry.correct", json!({"id": row, "field": "c", "value": "12", "reason": "x"})).0, "void");
    fso.call("entry.restore", json!({"id": row, "reason": "没有记错"}));
    assert!(kitchen.setup.findings().is_empty());
}

#[test]
fn what_was_put_right_and_waits_for_its_recheck_is_offered_for_closing() {
    let kitchen = Kitchen::new();
    let row = kitchen.reads("12");
    let finding = kitchen.finding();
    kitchen.by(&kitchen.fso).call("finding.step", json!({"id": finding["id"], "step": "fix", "note": "调低"}));
    kitchen.corrects(&row, "6");
    let fixed = kitchen.finding();
    assert_eq!((&fixed["state"], &fixed["offer"]["step"]), (&json!("awaiting_recheck"), &json!("close")));
}

#[test]
fn the_row_of_a_finding_is_named_to_who_sees_it_alone() {
    let kitchen = Kitchen::new();
    kitchen.reads("12");
    let guard = text(&kitchen.setup.call("person.save", json!({"name": "张强", "scope": kitchen.campus}))["id"]);
    kitchen.setup.call("person.grant", json!({"person": guard, "role": "guard", "campus": kitchen.campus}));
    let id = kitchen.setup.findings()[0]["id"].clone();
    assert_eq!(kitchen.by(&guard).call("finding.get", json!({"id": id}))["entry"], Value::Null);
    let seen = kitchen.by(&kitchen.cook).call("finding.get", json!({"id": id}));
    assert_eq!(
        (&seen["entry"]["register"], &seen["entry"]["register_en"]),
        (&json!("温度记录"), &json!("Temperatures"))
    );
}

/// The lamp of a class that burns for so many hours from `at` on.
fn burns(kitchen: &Kitchen, lamp: &str, at: u64, hours: u64, is_new: bool) -> Value {
    kitchen.tablet.set_clock(at);
    let mut set = json!({
        "area": kitchen.area, "object": "空气", "method": "紫外线", "lamp": lamp, "nobody": true, "started_at": at,
    });
    if is_new {
        set["new_tube"] = json!(true);
    }
    let fso = kitchen.by(&kitchen.fso);
    let save = json!({"kind": "disinfection_log", "set": set, "late_reason": "补录", "sure": ["long"]});
    let id = fso.call("entry.save", save)["id"].clone();
    kitchen.tablet.set_clock(at + hours * 3_600_000);
    fso.call("entry.act", json!({"id": id, "act": "finish"}));
    kitchen.by(&kitchen.head).call("entry.get", json!({"id": id}))
}

#[test]
fn the_hours_of_a_tube_stand_in_list_entry_and_paper_and_one_worn_tube_is_one_finding() {
    let kitchen = Kitchen::new();
    let asset = json!({"kind": "asset", "scope": kitchen.campus, "set": {"name": "灯一"}});
    let lamp = text(&kitchen.setup.call("record.save", asset)["id"]);
    let start = kitchen.tablet.now();
    let first = burns(&kitchen, &lamp, start, 600, true);
    assert_eq!((&first["fields"]["lamp_h"], &first["words"]["lamp_h"]["zh"]), (&json!("600"), &json!("600 小时")));
    let second = burns(&kitchen, &lamp, start + 700 * 3_600_000, 500, false);
    assert_eq!(second["fields"]["lamp_h"], "1100");
    let said: Vec<&str> = second["warnings"]
        .as_array()
        .expect("warnings")
        .iter()
        .filter_map(|warning| warning["code"].as_str())
        .collect();
    assert!(said.contains(&"limit/lamp_h"), "{said:?}");
    let third = burns(&kitchen, &lamp, start + 1_300 * 3_600_000, 1, false);
    assert_eq!(third["fields"]["lamp_h"], "1101");
    let worn = |hand: &Hand| {
        hand.findings().iter().filter(|finding| finding["description"] == "消毒记录：灯管累计高于 1000 h").count()
    };
    assert_eq!(worn(&kitchen.setup), 1, "each use of a worn tube is no finding of its own");
    let head = kitchen.by(&kitchen.head);
    let listed = head.call("entry.list", json!({"kind": "disinfection_log"}))["rows"].as_array().expect("rows").clone();
    let hours: Vec<&Value> = listed.iter().map(|row| &row["fields"]["lamp_h"]).collect();
    assert!(hours.contains(&&json!("1101")) && hours.contains(&&json!("600")), "{hours:?}");
    let day = third["day"].clone();
    let sheet = head.call("sheet.get", json!({"sheet": "disinfection_log", "from": day, "to": day}));
    let columns = sheet["columns"].as_array().expect("columns");
    let at = columns.iter().position(|column| column["key"] == "lamp_h").expect("the column");
    assert_eq!((&columns[at]["label"], &sheet["rows"][0][at]), (&json!("灯管累计(h)"), &json!("1101")));
    // A new tube begins anew, and a finding of that one would be another.
    let fourth = burns(&kitchen, &lamp, start + 1_400 * 3_600_000, 2, true);
    assert_eq!(fourth["fields"]["lamp_h"], "2");
    assert_eq!(worn(&kitchen.setup), 1);
}

#[test]
fn the_hours_of_a_tube_are_the_same_however_far_back_its_lamp_is_read() {
    let kitchen = Kitchen::new();
    let asset = json!({"kind": "asset", "scope": kitchen.campus, "set": {"name": "灯一"}});
    let lamp = text(&kitchen.setup.call("record.save", asset)["id"]);
    let start = kitchen.tablet.now();
    // Two a day, one of them the day on which the tube is changed between the two.
    let (uses, changed) = (30, [0, 7, 20]);
    let mut hours = Vec::new();
    let mut ids = Vec::new();
    for n in 0..uses {
        let row = burns(&kitchen, &lamp, start + n * 12 * 3_600_000, 1, changed.contains(&n));
        let since = changed.iter().filter(|change| **change <= n).max().expect("the first use is one");
        hours.push(json!((n - since + 1).to_string()));
        assert_eq!(row["fields"]["lamp_h"], hours[hours.len() - 1], "use {n}");
        ids.push(row["id"].clone());
    }
    let head = kitchen.by(&kitchen.head);
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(head.call("entry.get", json!({"id": id}))["fields"]["lamp_h"], hours[n], "use {n} by itself");
    }
    let rows = head.call("entry.list", json!({"kind": "disinfection_log"}))["rows"].as_array().expect("rows").clone();
    for row in rows {
        let n = ids.iter().position(|id| *id == row["id"]).expect("one of the uses");
        assert_eq!(row["fields"]["lamp_h"], hours[n], "use {n} in the list");
    }
}
