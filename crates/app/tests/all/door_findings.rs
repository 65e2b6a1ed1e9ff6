//! What is alarming at the door is a finding as well, without a name in it; and what cannot be is told, and changes nothing.

use causal::RecordId;
use domain::register::{Hold, hold_scope};
use serde_json::{Value, json};

use crate::handovers::Nursery;
use crate::support::{Hand, START_MS, text};

const HOUR_MS: u64 = 3_600_000;

/// The findings that everybody who works here reads.
fn findings(hand: &Hand) -> Vec<Value> {
    hand.call("finding.list", json!({}))["findings"].as_array().expect("findings").clone()
}

/// 王小明 comes, and leaves twice with his mother.
fn twice(nursery: &Nursery) -> [Value; 2] {
    nursery.comes(&nursery.teacher, &nursery.ming);
    [1, 2].map(|_| {
        nursery.tablet.wait_ms(HOUR_MS);
        let given = json!({
            "children": [nursery.ming], "direction": "leave", "adult": nursery.mother[0], "verified": "认识",
            "sure": ["alarm/twice"],
        });
        nursery.by(&nursery.teacher).call("handover.give", given)["rows"][0].clone()
    })
}

#[test]
fn what_asks_for_somebody_at_once_is_a_finding_without_a_name_until_it_is_answered() {
    let nursery = Nursery::new();
    let rows = twice(&nursery);
    let cook = nursery.by(&nursery.cook);
    let found = findings(&cook);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["severity"], &found[0]["description"]),
        (&json!("L4"), &json!("幼儿交接：登记了两次离园")),
        "everybody is told"
    );
    let told = cook.call("finding.get", json!({"id": found[0]["id"]})).to_string();
    assert!(!told.contains("王小明") && !told.contains("刘芳"), "{told}");
    let state = || {
        let told = nursery.by(&nursery.head).call("finding.get", json!({"id": found[0]["id"]}));
        text(&told["entry"]["state"])
    };
    assert_eq!(state(), "stands");
    for row in &rows {
        let set = json!({"outcome": "误登", "words": "点错了"});
        nursery.by(&nursery.teacher).call("entry.act", json!({"id": row, "act": "answer", "set": set}));
    }
    assert_eq!(state(), "changed", "answered, it may be closed; nobody closes it but a person");
    assert_eq!(findings(&cook).len(), 1);
}

#[test]
fn what_became_alarming_when_the_rows_of_two_tablets_met_is_found_by_the_office_once() {
    let nursery = Nursery::new();
    nursery.comes(&nursery.teacher, &nursery.ming);
    let campus = nursery.campus.parse().expect("an id");
    for hours in [5, 6] {
        // As a tablet wrote it that knew of no other.
        let set = json!({
            "child": nursery.ming, "class": nursery.class, "direction": "离园", "at": START_MS + hours * HOUR_MS,
            "adult": nursery.mother[0], "verified": "认识", "handed_by": nursery.teacher, "campus": nursery.campus,
            "created": {"by": nursery.teacher, "at": START_MS}, "form": "child_handover@1",
        });
        let row = json!({"kind": "child_handover", "scope": hold_scope(campus, Hold::Children), "set": set});
        nursery.setup.call("record.save", row);
    }
    assert_eq!(findings(&nursery.by(&nursery.cook)), Vec::<Value>::new());
    let office = nursery.setup.app();
    assert_eq!(office.raise_alarms(Some(&[])).expect("the store works"), 1);
    assert_eq!(office.raise_alarms(Some(&[])).expect("the store works"), 0, "once");
    let found = findings(&nursery.by(&nursery.cook));
    assert_eq!(found[0]["description"], "幼儿交接：登记了两次离园");
    nursery.tablet.wait_ms(8 * 24 * HOUR_MS);
    assert_eq!(office.raise_alarms(Some(&[])).expect("the store works"), 0);
}

/// What is not answered and told at the door.
fn open_alarms(hand: &Hand) -> Vec<String> {
    let told = hand.call("handover.alarms", json!({}))["alarms"].clone();
    told.as_array().expect("alarms").iter().map(|alarm| text(&alarm["code"])).collect()
}

#[test]
fn an_alarm_that_nobody_answers_is_told_on_the_eighth_day_and_after_it() {
    let nursery = Nursery::new();
    let rows = twice(&nursery);
    for days in [7, 1, 30] {
        nursery.tablet.wait_ms(days * 24 * HOUR_MS);
        for person in [&nursery.teacher, &nursery.guard, &nursery.head] {
            assert_eq!(open_alarms(&nursery.by(person)), ["twice"], "{days} days more");
        }
    }
    let found = findings(&nursery.by(&nursery.cook));
    assert_eq!((found.len(), &found[0]["state"]), (1, &json!("unassigned")), "{found:?}");
    for row in &rows {
        let set = json!({"outcome": "在监护人处", "words": "妈妈接走了，登记了两次"});
        nursery.by(&nursery.teacher).call("entry.act", json!({"id": row, "act": "answer", "set": set}));
    }
    assert_eq!(open_alarms(&nursery.by(&nursery.guard)), Vec::<String>::new());
}

#[test]
fn what_a_tablet_brings_ten_days_late_alarms_on_its_own_day() {
    let nursery = Nursery::new();
    nursery.comes(&nursery.teacher, &nursery.ming);
    let campus = nursery.campus.parse().expect("an id");
    let row = |hours: u64| {
        let set = json!({
            "child": nursery.ming, "class": nursery.class, "direction": "离园", "at": START_MS + hours * HOUR_MS,
            "adult": nursery.mother[0], "verified": "认识", "handed_by": nursery.teacher, "campus": nursery.campus,
            "created": {"by": nursery.teacher, "at": START_MS}, "form": "child_handover@1",
        });
        let row = json!({"kind": "child_handover", "scope": hold_scope(campus, Hold::Children), "set": set});
        text(&nursery.setup.call("record.save", row)["id"])
    };
    row(5);
    nursery.tablet.wait_ms(10 * 24 * HOUR_MS);
    let late = RecordId(row(6).parse().expect("an id"));
    let office = nursery.setup.app();
    assert_eq!(open_alarms(&nursery.by(&nursery.guard)), Vec::<String>::new(), "no tablet looks so far back by itself");
    assert_eq!(office.raise_alarms(Some(&[late])).expect("the store works"), 1);
    assert_eq!(open_alarms(&nursery.by(&nursery.guard)), ["twice"]);
    assert_eq!(
        office.raise_alarms(None).expect("the store works"),
        0,
        "where nobody knows what came, all late days are looked at"
    );
}

#[test]
fn a_revocation_that_comes_ten_days_late_alarms_the_days_on_which_the_line_was_used() {
    let nursery = Nursery::new();
    nursery.comes(&nursery.teacher, &nursery.ming);
    let given = json!({
        "children": [nursery.ming], "direction": "leave", "adult": nursery.mother[0], "verified": "认识",
    });
    nursery.by(&nursery.teacher).call("handover.give", given);
    nursery.tablet.wait_ms(10 * 24 * HOUR_MS);
    let line = RecordId(nursery.mother[0].parse().expect("an id"));
    let ban = json!({"kind": "pickup_authorisation", "id": nursery.mother[0], "set": {"forbidden": true}});
    nursery.by(&nursery.head).call("entry.save", ban);
    let office = nursery.setup.app();
    assert_eq!(office.raise_alarms(Some(&[])).expect("the store works"), 0);
    assert_eq!(office.raise_alarms(Some(&[line])).expect("the store works"), 1);
    assert_eq!(open_alarms(&nursery.by(&nursery.guard)), ["forbidden"]);
}

#[test]
fn a_guardian_who_is_a_child_and_a_name_that_is_too_long_are_refused() {
    let nursery = Nursery::new();
    let head = nursery.by(&nursery.head);
    let line = |name: &str, of_age: bool| {
        let set = json!({
            "child": nursery.ming, "adult_name_enc": name, "relation": "亲属", "of_age": of_age, "valid_from": "2026-09-01",
        });
        head.tries("entry.save", json!({"kind": "pickup_authorisation", "set": set}))
    };
    assert_eq!(line("王小亮", false), Err("bad-value"), "who fetches a child is of age");
    assert_eq!(line(&"阿".repeat(41), true), Err("bad-value"));
    line(&"阿".repeat(40), true).expect("forty signs are a name");
    let set = json!({"child": nursery.ming, "direction": "离园", "adult": nursery.mei, "verified": "认识"});
    let refused = nursery.by(&nursery.teacher).tries("entry.save", json!({"kind": "child_handover", "set": set}));
    assert_eq!(refused, Err("bad-value"), "a child is no line of a list");
}

#[test]
fn the_line_of_a_child_who_left_hands_nobody_over() {
    let nursery = Nursery::new();
    let left = json!({"id": nursery.ming, "act": "leave", "set": {"left_on": "2026-09-01"}});
    nursery.by(&nursery.head).call("entry.act", left);
    let teacher = nursery.by(&nursery.teacher);
    let given = json!({
        "children": [nursery.ming], "direction": "leave", "adult": nursery.mother[0], "verified": "认识",
    });
    assert_eq!(teacher.refusal("handover.give", given), ("not-found".into(), Some("children".into())));
    assert_eq!(teacher.call("handover.day", json!({}))["children"], json!([]));
    let line = nursery.by(&nursery.head).call("entry.get", json!({"id": nursery.mother[0]}));
    assert_eq!(line["fields"]["adult_name_enc"], "刘芳", "it is kept as long as the child");
}

#[test]
fn a_tablet_in_the_hands_of_a_pupil_shows_nobody() {
    let nursery = Nursery::new();
    nursery.comes(&nursery.teacher, &nursery.ming);
    let nobody = nursery.tablet.shared();
    for (name, arguments) in [
        ("handover.day", json!({})),
        ("handover.alarms", json!({})),
        ("gate.inside", json!({})),
        ("entry.list", json!({"kind": "child"})),
        ("entry.get", json!({"id": nursery.ming})),
        ("entry.about", json!({"id": nursery.ming})),
        ("search.find", json!({"query": "王小明"})),
    ] {
        let told = nobody.app().dispatch(name, &arguments.to_string());
        let told = told.unwrap_or_else(|error| format!("{error:?}"));
        assert!(!told.contains("王小明") && !told.contains("刘芳"), "{name}: {told}");
    }
    let given = json!({"children": [nursery.ming], "direction": "arrive"});
    assert!(nobody.tries("handover.give", given).is_err(), "nor does it take anything");
}

#[test]
fn what_is_written_down_of_an_export_about_a_child_names_nobody() {
    let nursery = Nursery::new();
    let head = nursery.by(&nursery.head);
    head.call("entry.about", json!({"id": nursery.ming, "do": "export", "purpose": "监护人申请"}));
    let left = head.call("entry.list", json!({"kind": "disclosure"}))["rows"].clone();
    assert_eq!(left[0]["fields"]["title"], "幼儿", "it reaches devices that hold no child: {left}");
}
