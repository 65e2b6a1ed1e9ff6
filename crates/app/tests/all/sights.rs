//! Who sees which rows: what is not seen is absent without a word, at every door.

use serde_json::{Value, json};

use crate::entries::Gate;
use crate::support::{Hand, text};

const DAY_MS: u64 = 24 * 3_600_000;

fn rows(hand: &Hand, kind: &str) -> Result<usize, String> {
    match hand.app().dispatch("entry.list", &json!({"kind": kind}).to_string()) {
        Ok(page) => {
            let page: Value = serde_json::from_str(&page).expect("JSON");
            Ok(page["rows"].as_array().expect("rows").len())
        }
        Err(error) => Err(error.code().to_owned()),
    }
}

fn kinds(hand: &Hand) -> Vec<String> {
    let kinds = hand.call("entry.kinds", json!({}))["kinds"].as_array().expect("kinds").clone();
    kinds.iter().map(|kind| text(&kind["kind"])).collect()
}

#[test]
fn nobody_named_at_a_door_that_serves_people_sees_nothing() {
    let gate = Gate::new();
    let saved = gate.shift();
    let doors = [gate.tablet.shared(), gate.tablet.office(None)];
    for door in doors {
        assert_eq!(kinds(&door), Vec::<String>::new());
        assert_eq!(rows(&door, "duty_shift"), Err("not-found".to_owned()));
        assert_eq!(door.refusal("entry.get", json!({"id": saved["id"]})).0, "not-found");
        assert!(door.call("entry.pick", json!({"kind": "person"}))["options"].as_array().expect("options").is_empty());
        assert_eq!(door.refusal("entry.act", json!({"id": saved["id"], "act": "begin"})).0, "person-needed");
    }
    assert_eq!(rows(&gate.setup, "duty_shift"), Ok(1), "the command line without a name sees all");
}

#[test]
fn a_role_sees_the_registers_of_its_work_and_of_others_not_even_their_names() {
    let gate = Gate::new();
    let saved = gate.shift();
    let cook = gate.by(&gate.cook);
    assert!(!kinds(&cook).contains(&"duty_shift".to_owned()));
    assert_eq!(rows(&cook, "duty_shift"), Ok(0));
    let unknown = cook.refusal("entry.get", json!({"id": "0199a1f0-0000-7000-8000-000000000001"}));
    assert_eq!(cook.refusal("entry.get", json!({"id": saved["id"]})), unknown);
    for (name, arguments) in [
        ("entry.save", json!({"kind": "duty_shift", "id": saved["id"], "set": {"weather": "晴"}})),
        ("entry.act", json!({"id": saved["id"], "act": "begin"})),
        ("entry.correct", json!({"id": saved["id"], "field": "weather", "value": "晴", "reason": "x"})),
        ("entry.void", json!({"id": saved["id"], "reason": "x"})),
    ] {
        assert_eq!(cook.refusal(name, arguments).0, "not-found", "{name}");
    }
    let new = json!({"kind": "duty_shift", "set": {"post": gate.post, "shift": "夜班"}});
    assert_eq!(cook.refusal("entry.save", new).0, "not-allowed");
}

#[test]
fn whom_a_row_names_sees_it_whatever_their_role() {
    let gate = Gate::new();
    let saved = gate.shift();
    let leader = json!({"kind": "duty_shift", "id": saved["id"], "set": {"leader": gate.cook}});
    gate.by(&gate.zhang).call("entry.save", leader);
    let cook = gate.by(&gate.cook);
    assert_eq!((kinds(&cook).contains(&"duty_shift".to_owned()), rows(&cook, "duty_shift")), (true, Ok(1)));
    assert_eq!(cook.call("entry.get", json!({"id": saved["id"]}))["acts"], json!([]));
}

#[test]
fn a_guard_sees_the_shifts_of_two_days_and_those_that_name_the_guard_for_ever() {
    let gate = Gate::new();
    let saved = gate.shift();
    let seen = |by: &str| rows(&gate.by(by), "duty_shift");
    assert_eq!([seen(&gate.zhang), seen(&gate.li), seen(&gate.head)], [Ok(1), Ok(1), Ok(1)]);
    gate.tablet.wait_ms(2 * DAY_MS);
    assert_eq!([seen(&gate.zhang), seen(&gate.li), seen(&gate.head)], [Ok(1), Ok(0), Ok(1)]);
    assert_eq!(gate.by(&gate.li).refusal("entry.get", json!({"id": saved["id"]})).0, "not-found");
    let open = |by: &str| {
        let kinds = gate.by(by).call("entry.kinds", json!({}))["kinds"].as_array().expect("kinds").clone();
        kinds.iter().find(|kind| kind["kind"] == "duty_shift").expect("the register")["open"].clone()
    };
    assert_eq!([open(&gate.zhang), open(&gate.li), open(&gate.head)], [json!(1), json!(0), json!(1)]);
}

#[test]
fn a_row_of_another_campus_is_seen_by_its_own_people_alone() {
    let gate = Gate::new();
    let other = text(&gate.setup.call("campus.save", json!({"name": "西校区", "kind": "school"}))["id"]);
    let theirs = text(&gate.setup.call("person.save", json!({"name": "孙门卫", "scope": other}))["id"]);
    gate.setup.call("person.grant", json!({"person": theirs, "role": "guard", "campus": other}));
    let set = json!({"post": gate.post, "shift": "夜班"});
    let saved =
        gate.by(&gate.zhang).call("entry.save", json!({"kind": "duty_shift", "campus": gate.campus, "set": set}));
    assert_eq!(gate.by(&theirs).refusal("entry.get", json!({"id": saved["id"]})).0, "not-found");
    let listed = gate.by(&theirs).call("entry.list", json!({"kind": "duty_shift", "campus": other}));
    assert_eq!(listed["rows"].as_array().map(Vec::len), Some(0));
    let here = gate.by(&theirs).call("entry.list", json!({"kind": "duty_shift", "campus": gate.campus}));
    assert_eq!(here["rows"], json!([]));
}

#[test]
fn a_row_of_a_newer_app_is_counted_and_not_shown() {
    let gate = Gate::new();
    let saved = gate.shift();
    let set = json!({"form": "duty_shift@2", "mood": "机密"});
    gate.setup
        .call("record.save", json!({"id": saved["id"], "kind": "duty_shift", "seen": saved["version"], "set": set}));
    let guard = gate.by(&gate.zhang);
    let listed = guard.call("entry.list", json!({"kind": "duty_shift"}));
    assert_eq!((&listed["rows"], &listed["newer"]), (&json!([]), &json!(1)));
    let row = guard.call("entry.get", json!({"id": saved["id"]}));
    assert_eq!(
        (&row["newer"], &row["hidden"], &row["acts"], &row["fields"]),
        (&json!(true), &json!(1), &json!([]), &json!({}))
    );
    assert!(!row.to_string().contains("机密"), "{row}");
    let weather = json!({"kind": "duty_shift", "id": saved["id"], "set": {"weather": "晴"}});
    assert_eq!(guard.refusal("entry.save", weather).0, "finished");
}

#[test]
fn pages_hold_every_row_once_what_comes_first_first() {
    let gate = Gate::new();
    let guard = gate.by(&gate.zhang);
    for day in 1..=9 {
        let set = json!({"date": format!("2026-09-0{day}"), "post": gate.post, "shift": "白班"});
        guard.call("entry.save", json!({"kind": "duty_shift", "set": set, "late_reason": "补"}));
    }
    let on = guard.call("entry.list", json!({"kind": "duty_shift", "to": "2026-09-02"}))["rows"].clone();
    guard.call("entry.act", json!({"id": on[1]["id"], "act": "begin"}));
    let mut days = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = guard.call("entry.list", json!({"kind": "duty_shift", "limit": 4, "after": after}));
        days.extend(page["rows"].as_array().expect("rows").iter().map(|row| text(&row["day"])[8..].to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(days, ["01", "09", "08", "07", "06", "05", "04", "03", "02"]);
    let ended = guard.call("entry.list", json!({"kind": "duty_shift", "open": false}))["rows"].clone();
    assert_eq!(ended, json!([]));
    let staged = guard.call("entry.list", json!({"kind": "duty_shift", "stage": "on"}))["rows"].clone();
    assert_eq!(staged.as_array().map(Vec::len), Some(1));
    assert_eq!(guard.refusal("entry.list", json!({"kind": "duty_shift", "stage": "gone"})).1.as_deref(), Some("stage"));
    assert_eq!(
        guard.refusal("entry.list", json!({"kind": "duty_shift", "from": "2026-13-01"})).1.as_deref(),
        Some("from")
    );
    assert_eq!(guard.refusal("entry.list", json!({"kind": "duty_shift", "after": "x"})).1.as_deref(), Some("after"));
}

#[test]
fn a_list_goes_by_a_name_or_by_what_is_due_where_its_register_says_so() {
    let gate = Gate::new();
    let keeper = text(&gate.setup.call("person.save", json!({"name": "钱保管", "scope": gate.campus}))["id"]);
    gate.setup.call("person.grant", json!({"person": keeper, "role": "logi", "campus": gate.campus}));
    let logi = gate.by(&keeper);
    for name in ["c", "a", "b"] {
        let set = json!({"name": name, "sort": "电", "area": gate.post, "number": name, "multiplier": "1"});
        logi.call("entry.save", json!({"kind": "meter", "set": set}));
    }
    let mut names = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = logi.call("entry.list", json!({"kind": "meter", "limit": 2, "after": after}));
        names.extend(page["rows"].as_array().expect("rows").iter().map(|row| text(&row["fields"]["name"])));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(names, ["a", "b", "c"]);
    for (person, until) in [(&gate.zhang, "2027-05-01"), (&gate.li, "2026-10-01"), (&gate.cook, "2026-12-01")] {
        let set = json!({"person": person, "no": "8", "issued_on": "2026-01-01", "valid_to": until, "issuer": "疾控"});
        logi.call("entry.save", json!({"kind": "health_certificate", "set": set, "late_reason": "补"}));
    }
    let certificates = logi.call("entry.list", json!({"kind": "health_certificate"}))["rows"].clone();
    let until: Vec<&Value> =
        certificates.as_array().expect("rows").iter().map(|row| &row["fields"]["valid_to"]).collect();
    assert_eq!(until, ["2026-10-01", "2026-12-01", "2027-05-01"]);
}
