//! The doctor's checks of growth, teeth and eyes: numbers of a class, never a child or what was found.

use domain::register::register;
use serde_json::{Value, json};

use crate::handovers::Nursery;
use crate::support::{Hand, text};

fn doctor(nursery: &Nursery) -> Hand {
    let id = text(&nursery.setup.call("person.save", json!({"name": "周医生", "scope": nursery.campus}))["id"]);
    nursery.setup.call("person.grant", json!({"person": id, "role": "medic", "campus": nursery.campus}));
    nursery.by(&id)
}

fn examined(nursery: &Nursery, more: Value) -> Value {
    let mut set =
        json!({"class": nursery.class, "round": "九月全园", "sort": "生长发育", "expected": "30", "examined": "28"});
    set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    json!({"kind": "class_checkup", "set": set})
}

#[test]
fn a_class_that_was_examined_in_part_or_not_at_all_waits_until_the_rest_was() {
    let nursery = Nursery::new();
    let doctor = doctor(&nursery);
    let stage = |id: &Value| text(&doctor.call("entry.get", json!({"id": id}))["stage"]);
    let part = doctor.call("entry.save", examined(&nursery, json!({})))["id"].clone();
    let none = doctor.call("entry.save", examined(&nursery, json!({"sort": "口腔", "examined": "0"})))["id"].clone();
    let whole = doctor.call("entry.save", examined(&nursery, json!({"sort": "视力", "examined": "30"})))["id"].clone();
    assert_eq!([stage(&part), stage(&none), stage(&whole)], ["partial", "partial", "whole"]);
    // Children who were away are examined within a month; then somebody is told.
    nursery.tablet.wait_ms(31 * 24 * 3_600_000);
    let waiting = doctor.call("today.get", json!({}))["rows"].to_string();
    let waits = |id: &Value| waiting.contains(&text(id));
    assert_eq!([waits(&part), waits(&none), waits(&whole)], [true, true, false], "{waiting}");
    doctor.call("entry.act", json!({"id": part, "act": "finish", "set": {"finished_on": "2026-09-01"}}));
    assert_eq!(stage(&part), "later");
}

#[test]
fn more_children_than_there_are_is_asked_about_and_what_is_no_number_refused() {
    let nursery = Nursery::new();
    let doctor = doctor(&nursery);
    let asked = doctor.refused("entry.save", examined(&nursery, json!({"examined": "31"})));
    assert_eq!((&asked["code"], &asked["warnings"][0]["code"]), (&json!("confirm-value"), &json!("many")));
    for examined_n in ["-1", "201", "二十"] {
        let refused = doctor.tries("entry.save", examined(&nursery, json!({"examined": examined_n})));
        assert_eq!(refused, Err("bad-value"), "{examined_n}");
    }
    assert_eq!(doctor.call("entry.list", json!({"kind": "class_checkup"}))["rows"], json!([]));
}

#[test]
fn numbers_alone_are_kept_for_the_class_and_who_leads_the_house() {
    let nursery = Nursery::new();
    let id = doctor(&nursery).call("entry.save", examined(&nursery, json!({})))["id"].clone();
    for person in [&nursery.head, &nursery.logi, &nursery.teacher] {
        assert_eq!(nursery.by(person).call("entry.get", json!({"id": id}))["fields"]["examined"], 28);
    }
    for person in [&nursery.other_teacher, &nursery.guard, &nursery.cook] {
        assert_eq!(nursery.by(person).refusal("entry.get", json!({"id": id})).0, "not-found");
    }
    let fields = &register("class_checkup").expect("a register").fields;
    let words = fields.iter().filter(|field| field.stored().is_some_and(|of| of.code() == "TXT"));
    let words: Vec<&str> = words.map(|field| field.name.as_str()).collect();
    assert_eq!(words, ["by_whom"], "there is no place for a name or for what was found");
}
