//! People, their rights and their PINs.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

fn person(app: &Hand, name: &str, role: &str) -> String {
    let id = text(&app.call("person.save", json!({"name": name}))["id"]);
    app.call("person.grant", json!({"person": id, "role": role}));
    id
}

#[test]
fn rights_are_held_against_whoever_has_a_role() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (fixer, logi) = (person(&setup, "张师傅", "fixer"), person(&setup, "王主任", "logi"));
    let id = text(&setup.call("finding.report", json!({"description": "水管漏"}))["id"]);
    let hands = tablet.app(Some(&fixer));
    let assign = json!({"id": id, "step": "assign", "assignee": fixer});
    let problem = hands.refused("finding.step", assign.clone());
    assert_eq!((&problem["code"], &problem["permission"]), (&json!("not-allowed"), &json!("assign_finding")));
    assert_eq!(hands.refusal("person.save", json!({"name": "自己人"})).0, "not-allowed");
    let given = tablet.app(Some(&logi)).call("finding.step", assign);
    assert_eq!(given["assignee"], json!({"id": fixer, "name": "张师傅"}));
    let next: Vec<String> = hands.call("finding.get", json!({"id": id}))["next_steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| text(&step["code"]))
        .collect();
    assert!(next.contains(&"fix".to_owned()) && !next.contains(&"pass".to_owned()), "{next:?}");
    assert_eq!(tablet.app(Some("somebody")).call("person.current", json!({}))["roles"], json!([]));
}

#[test]
fn a_role_that_has_run_out_allows_nothing() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let id = text(&setup.call("person.save", json!({"name": "代班"}))["id"]);
    setup.call("person.grant", json!({"person": id, "role": "logi", "valid_to": "2026-08-31"}));
    assert_eq!(tablet.app(Some(&id)).refusal("inspection.start", json!({"template": "T01@1"})).0, "not-allowed");
}

#[test]
fn wrong_pins_make_the_next_try_wait_even_after_a_restart() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let id = person(&setup, "李师傅", "cook");
    setup.call("pin.set", json!({"person": id, "pin": "１２３４"}));
    let check = |pin: &str| {
        let checked = tablet.app(None).call("pin.check", json!({"person": id, "pin": pin}));
        (text(&checked["outcome"]), checked["wait_s"].as_u64().expect("seconds"))
    };
    assert_eq!(check("1234"), ("right".into(), 0));
    for _ in 0..4 {
        assert_eq!(check("0000"), ("wrong".into(), 0));
    }
    assert_eq!(check("0000"), ("wrong".into(), 30));
    assert_eq!(check("1234"), ("wait".into(), 30), "while it waits, even the right one is not looked at");
    tablet.wait_ms(30_000);
    assert_eq!(check("0000"), ("wrong".into(), 60));
    tablet.wait_ms(60_000);
    assert_eq!(check("1234"), ("right".into(), 0));
    assert_eq!(check("0000"), ("wrong".into(), 0), "the count starts over");
}

#[test]
fn a_clock_that_was_ten_years_ahead_keeps_nobody_waiting_for_ten_years() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let id = person(&setup, "李师傅", "cook");
    setup.call("pin.set", json!({"person": id, "pin": "1234"}));
    let check = |pin: &str| setup.call("pin.check", json!({"person": id, "pin": pin}));
    let right_now = tablet.now();
    tablet.set_clock(right_now + 10 * 366 * 86_400_000);
    for _ in 0..5 {
        check("0000");
    }
    tablet.set_clock(right_now);
    assert_eq!(check("1234"), json!({"outcome": "wait", "wait_s": 30}));
    tablet.wait_ms(29_000);
    assert_eq!(check("1234"), json!({"outcome": "wait", "wait_s": 1}));
    tablet.wait_ms(1_000);
    assert_eq!(check("1234")["outcome"], "right");
}

#[test]
fn a_pin_is_changed_by_its_owner_or_by_who_manages_people() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (cook, head) = (person(&setup, "李师傅", "cook"), person(&setup, "校长", "head"));
    let own = tablet.app(Some(&cook));
    own.call("pin.set", json!({"person": cook, "pin": "1234"}));
    assert_eq!(own.refusal("pin.set", json!({"person": cook, "pin": "5678"})).0, "pin-needed");
    assert_eq!(own.refusal("pin.set", json!({"person": cook, "pin": "5678", "old": "0000"})).0, "wrong-pin");
    own.call("pin.set", json!({"person": cook, "pin": "5678", "old": "1234"}));
    assert_eq!(own.refusal("pin.set", json!({"person": head, "pin": "1111"})).0, "not-allowed");
    tablet.app(Some(&head)).call("pin.set", json!({"person": cook, "pin": "87654321"}));
    for pin in ["123", "123456789", "12a4", ""] {
        let arguments = json!({"person": cook, "pin": pin, "old": "87654321"});
        assert_eq!(own.refusal("pin.set", arguments).1.as_deref(), Some("pin"), "{pin}");
    }
    let stored = setup.call("record.list", json!({"kind": "pin"}));
    assert!(text(&stored["records"][0]["value"]["hash"]).starts_with("$argon2id$"));
}

#[test]
fn people_switch_on_a_shared_tablet_and_their_names_go_on_what_they_save() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (cook, head) = (person(&setup, "李师傅", "cook"), person(&setup, "校长", "head"));
    let shared = tablet.shared();
    assert_eq!(shared.call("person.current", json!({}))["by"], Value::Null);
    let current = shared.call("person.switch", json!({"person": cook}));
    assert_eq!((&current["by"]["name"], &current["should_set_pin"]), (&json!("李师傅"), &json!(true)));
    let form = shared.call("inspection.start", json!({"template": "T01@1"}));
    assert_eq!(form["created_by"]["name"], "李师傅");
    setup.call("pin.set", json!({"person": cook, "pin": "1234"}));
    assert_eq!(shared.refusal("person.switch", json!({"person": cook})).0, "pin-needed");
    assert_eq!(shared.refusal("person.switch", json!({"person": cook, "pin": "4321"})).0, "wrong-pin");
    assert_eq!(shared.refusal("person.switch", json!({"person": head})).0, "pin-needed");
    setup.call("person.save", json!({"id": head, "active": false}));
    assert_eq!(shared.refusal("person.switch", json!({"person": head})).0, "inactive");
    assert_eq!(shared.call("person.switch", json!({}))["by"], Value::Null);
    assert_eq!(tablet.shared().call("person.current", json!({}))["session"], Value::Null);
}

#[test]
fn a_pin_that_somebody_else_has_set_is_to_be_changed_at_the_first_use() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (cook, head) = (person(&setup, "李师傅", "cook"), person(&setup, "校长", "head"));
    let reset = tablet.app(Some(&head)).call("pin.reset", json!({"person": cook}));
    let starting = text(&reset["pin"]);
    assert!(starting.len() == 6 && starting.bytes().all(|digit| digit.is_ascii_digit()), "{starting}");
    let shared = tablet.shared();
    let current = shared.call("person.switch", json!({"person": cook, "pin": starting}));
    assert_eq!(current["should_set_pin"], true);
    shared.call("pin.set", json!({"person": cook, "pin": "5678", "old": starting}));
    assert_eq!(shared.call("person.current", json!({}))["should_set_pin"], false);
    assert_eq!(shared.refusal("pin.reset", json!({"person": head})).0, "not-allowed");
    let given = tablet.app(Some(&head)).call("pin.reset", json!({"person": cook, "pin": "２４６８"}));
    assert_eq!(given["pin"], "2468");
    assert_eq!(shared.call("person.current", json!({}))["should_set_pin"], true);
    let too_short = json!({"person": cook, "pin": "12"});
    assert_eq!(tablet.app(Some(&head)).refusal("pin.reset", too_short).1.as_deref(), Some("pin"));
}

#[test]
fn a_reset_ends_the_wait_of_who_forgot_the_pin() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (cook, head) = (person(&setup, "李师傅", "cook"), person(&setup, "校长", "head"));
    setup.call("pin.set", json!({"person": cook, "pin": "1234"}));
    let shared = tablet.shared();
    let wrong = json!({"person": cook, "pin": "0000"});
    for _ in 0..5 {
        shared.tries("person.switch", wrong.clone()).expect_err("wrong");
    }
    let waiting = shared.refused("person.switch", json!({"person": cook, "pin": "1234"}));
    assert_eq!((&waiting["code"], &waiting["wait_s"]), (&json!("wait"), &json!(30)));
    let starting = tablet.app(Some(&head)).call("pin.reset", json!({"person": cook}))["pin"].clone();
    shared.call("person.switch", json!({"person": cook, "pin": starting}));
}

#[test]
fn a_person_shows_every_role_with_its_time_to_those_who_keep_the_people() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (cook, logi) = (person(&setup, "张桂花", "cook"), person(&setup, "王主任", "logi"));
    setup.call("person.grant", json!({"person": cook, "role": "guard", "valid_to": "2026-08-31"}));
    setup.call("person.save", json!({"id": cook, "phone": "138 0013 8000"}));
    let get = json!({"id": cook});
    let seen = tablet.app(Some(&logi)).call("person.get", get.clone());
    let grants = seen["grants"].as_array().expect("grants");
    let mut held: Vec<_> = grants.iter().map(|grant| (text(&grant["role"]), grant["holds"].clone())).collect();
    held.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(held, [("cook".to_owned(), json!(true)), ("guard".to_owned(), json!(false))]);
    assert_eq!(seen["phone"], json!("138 0013 8000"));
    assert_eq!(tablet.app(Some(&cook)).call("person.get", get)["name"], json!("张桂花"), "one's own is seen");
    assert_eq!(tablet.app(Some(&cook)).refusal("person.get", json!({"id": logi})).0, "not-allowed");
    assert_eq!(setup.refusal("person.get", json!({"id": "0197d000-0000-7000-8000-0000000000ff"})).0, "not-found");
}

#[test]
fn null_takes_away_what_leaving_out_keeps() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let cook = person(&setup, "张桂花", "cook");
    setup.call("person.save", json!({"id": cook, "phone": "138"}));
    setup.call("person.save", json!({"id": cook, "name": "张桂花（厨房）"}));
    let read = || setup.call("person.get", json!({"id": cook}));
    assert_eq!(read()["phone"], json!("138"));
    setup.call("person.save", json!({"id": cook, "phone": null}));
    assert_eq!(read()["phone"], Value::Null);
    let grant = text(&read()["grants"][0]["id"]);
    setup.call("person.grant", json!({"id": grant, "valid_to": "2020-01-01"}));
    assert_eq!(read()["grants"][0]["holds"], json!(false));
    setup.call("person.grant", json!({"id": grant, "valid_to": null}));
    assert_eq!(read()["grants"][0]["holds"], json!(true));
    let building = text(&setup.call("area.save", json!({"name": "主楼"}))["id"]);
    let room = text(&setup.call("area.save", json!({"name": "保健室", "parent": building}))["id"]);
    setup.call("area.save", json!({"id": room, "parent": null}));
    let areas = setup.call("area.list", json!({}));
    let all = areas["areas"].as_array().expect("areas");
    assert!(all.iter().all(|area| area["parent"].is_null()), "{areas}");
}

#[test]
fn a_person_is_added_with_roles_and_pin_or_not_at_all() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let campus = text(&setup.call("campus.save", json!({"name": "本部", "kind": "school"}))["id"]);
    let count = |kind: &str| {
        let listed = setup.call("record.list", json!({"kind": kind}));
        listed["records"].as_array().expect("records").len()
    };
    let id = "0199a1f0-0000-7000-8000-0000000000aa";
    let form =
        |pin: Value, roles: Value| json!({"id": id, "name": " 李师傅 ", "roles": roles, "campus": campus, "pin": pin});
    for (pin, roles, field) in [(json!("12"), json!(["cook"]), "pin"), (json!("1234"), json!([]), "roles")] {
        assert_eq!(setup.refusal("person.add", form(pin, roles)).1.as_deref(), Some(field));
    }
    assert_eq!(setup.refusal("person.add", json!({"name": " ", "roles": ["cook"]})).1.as_deref(), Some("name"));
    assert_eq!((count("person"), count("role_grant"), count("pin")), (0, 0, 0), "what was refused has left nothing");

    let added = setup.call("person.add", form(json!("１２３４"), json!(["cook", "keeper", "cook"])));
    assert_eq!(added, json!({"id": id, "pin": "1234"}));
    assert_eq!((count("person"), count("role_grant"), count("pin")), (1, 2, 1));
    let view = setup.call("person.get", json!({"id": id}));
    assert_eq!((&view["name"], &view["has_pin"]), (&json!("李师傅"), &json!(true)));
    let grants = view["grants"].as_array().expect("grants");
    assert!(grants.iter().all(|grant| grant["campus"] == campus.as_str() && grant["holds"] == true), "{grants:?}");
    assert_eq!(setup.call("pin.check", json!({"person": id, "pin": "1234"}))["outcome"], "right");

    // The answer was lost, and the form is sent again: nobody is there twice, and the PIN that is told is the one that holds.
    let again = setup.call("person.add", form(Value::Null, json!(["cook", "keeper"])));
    assert_eq!((count("person"), count("role_grant"), count("pin")), (1, 2, 1));
    assert_eq!(setup.call("pin.check", json!({"person": id, "pin": again["pin"]}))["outcome"], "right");
}

#[test]
fn only_who_keeps_the_people_of_a_campus_adds_one() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (cook, head) = (person(&setup, "李师傅", "cook"), person(&setup, "校长", "head"));
    let new = json!({"name": "王师傅", "roles": ["cook"]});
    assert_eq!(tablet.app(Some(&cook)).refusal("person.add", new.clone()).0, "not-allowed");
    tablet.app(Some(&head)).call("person.add", new);
}

#[test]
fn how_somebody_is_reached_stands_apart_from_the_name_and_moves_there_with_the_next_change() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let cook = person(&setup, "张桂花", "cook");
    let record = || setup.call("record.get", json!({"id": cook}));
    let flat = json!({"phone": "138", "id_last4": "123X"});
    setup.call("record.save", json!({"id": cook, "kind": "person", "seen": record()["version"], "set": flat}));
    let read = || setup.call("person.get", json!({"id": cook}));
    assert_eq!(read()["phone"], "138", "what an earlier version wrote is read on");
    setup.call("person.save", json!({"id": cook, "phone": "139", "seen": read()["version"]}));
    assert_eq!((&record()["value"]["phone"], &record()["value"]["id_last4"]), (&Value::Null, &Value::Null));
    let parts = setup.call("record.list", json!({"kind": "person_contact"}))["records"].clone();
    assert_eq!((&parts[0]["value"]["phone"], &parts[0]["value"]["id_last4"]), (&json!("139"), &json!("123X")));
    assert_eq!(parts.as_array().map(Vec::len), Some(1));
    // A form that was opened before somebody else's change takes nothing away that it had not seen.
    let before = read()["version"].clone();
    setup.call("person.save", json!({"id": cook, "phone": "140"}));
    setup.call("person.save", json!({"id": cook, "phone": "141", "seen": before}));
    let values =
        setup.call("record.list", json!({"kind": "person_contact"}))["records"][0]["conflicts"]["phone"].clone();
    assert_eq!(values.as_array().map(Vec::len), Some(2), "{values}");
}

#[test]
fn the_day_on_which_somebody_left_is_kept_until_they_are_back() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let cook = person(&setup, "张桂花", "cook");
    let left = || setup.call("record.get", json!({"id": cook}))["value"]["left_on"].clone();
    setup.call("person.save", json!({"id": cook, "active": false}));
    assert_eq!(left(), "2026-09-01");
    tablet.wait_ms(86_400_000);
    setup.call("person.save", json!({"id": cook, "active": false}));
    assert_eq!(left(), "2026-09-01", "it is the first day that counts");
    setup.call("person.save", json!({"id": cook, "active": true}));
    assert_eq!(left(), Value::Null);
}
