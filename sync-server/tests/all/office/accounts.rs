//! Accounts and devices in the hands of whoever looks after them.

use serde_json::{Value, json};

use super::{Browser, demo};
use crate::support::*;

#[test]
fn an_account_is_added_for_a_person_and_acts_as_them() {
    let (server, browser) = demo();
    let people = browser.call("person.list", json!({}));
    let fso = people["people"].as_array().expect("people").iter().find(|person| person["roles"] == json!(["fso"]));
    let fso = fso.expect("a food-safety officer").clone();
    let add = |arguments: Value| browser.post("account.add", &arguments);
    let made = add(json!({"name": "limin", "roles": [], "person": fso["id"]})).json();
    let other = Browser::at(&server);
    other.sign_in_and_choose(&made);
    assert_eq!(other.account()["must_begin"], false, "it is known who they are");
    assert_eq!(other.call("person.current", json!({}))["by"]["name"], fso["name"]);
    assert_eq!(other.refused("account.list", json!({})), (403, "not-allowed".to_owned()));
    for (arguments, code) in [
        (json!({"name": "limin", "roles": ["fso"]}), "account-exists"),
        (json!({"name": "li min", "roles": ["fso"]}), "bad-arguments"),
        (json!({"name": "x", "roles": []}), "bad-arguments"),
        (json!({"name": "x", "roles": ["king"]}), "bad-arguments"),
        (json!({"name": "x", "roles": [], "person": id(1)}), "not-found"),
    ] {
        assert_eq!(add(arguments.clone()).problem(), code, "{arguments}");
    }
    let accounts = browser.call("account.list", json!({}))["accounts"].clone();
    let names: Vec<&Value> = accounts.as_array().expect("accounts").iter().map(|account| &account["name"]).collect();
    assert_eq!(names, ["admin", "limin"]);
    assert_eq!(accounts[1]["person"], json!({"id": fso["id"], "name": fso["name"]}));
}

#[test]
fn nothing_survives_another_password_but_the_browser_that_changed_it() {
    let (server, browser) = demo();
    let other = browser.copied();
    let change = |old: &str, new: &str| browser.post("account.password", &json!({"old": old, "new": new}));
    assert_eq!(change("guess", "kitchen-7-lamp").problem(), "wrong-old-password");
    let made = browser.call("account.reset", json!({"name": "admin"}));
    let password = made["password"].as_str().expect("a password");
    assert_eq!(other.account(), Value::Null, "a reset ends the others");
    assert_eq!(change(password, "admin123").problem(), "weak-password");
    let other = browser.copied();
    assert_eq!(change(password, "kitchen-7-lamp").status, 200);
    assert_eq!(other.account(), Value::Null);
    assert_eq!(browser.account()["name"], "admin");
    let again = Browser::at(&server);
    assert_eq!(again.refused("door.sign_in", made).1, "wrong-password");
    again.sign_in(&json!({"name": "admin", "password": "kitchen-7-lamp"}));
}

#[test]
fn somebody_who_no_longer_works_here_does_not_work_at_the_office() {
    let (server, browser) = demo();
    let people = browser.call("person.list", json!({}));
    let guard = people["people"].as_array().expect("people").iter().find(|person| person["roles"][0] == "guard");
    let guard = guard.expect("a guard").clone();
    let made = browser.call("account.add", json!({"name": "wu", "roles": [], "person": guard["id"]}));
    let other = Browser::at(&server);
    other.sign_in_and_choose(&made);
    other.call("today.get", json!({}));
    browser.call("person.save", json!({"id": guard["id"], "active": false, "seen": guard["version"]}));
    assert_eq!(other.refused("today.get", json!({})).1, "inactive");
}

#[test]
fn a_code_says_what_the_tablet_serves_and_the_page_what_it_holds() {
    let (server, browser) = demo();
    let holds = |serves: serde_json::Value| {
        let made = browser.call("office.enrol_code", json!({"serves": serves}));
        let tablet = Device::enrol(server.address, made["code"].as_str().expect("a code"));
        let devices = browser.call("office.devices", json!({}))["devices"].clone();
        let own = devices.as_array().expect("devices").iter().find(|own| own["id"] == tablet.device.as_str()).cloned();
        own.expect("the device is listed")["holds"].clone()
    };
    assert_eq!(holds(json!([])), json!(["children", "gate", "confidential"]));
    assert_eq!(holds(json!(["kitchen", "patrol"])), json!([]), "of the only campus there is");
    assert_eq!(holds(json!(["class", "office"])), json!(["children", "confidential"]));
    assert_eq!(browser.refused("office.enrol_code", json!({"serves": ["roof"]})).1, "bad-arguments");
}

#[test]
fn a_tablet_is_enrolled_with_a_code_from_the_office_and_revoked_there() {
    let (server, browser) = demo();
    let made = browser.call("office.enrol_code", json!({"expires_h": 2}));
    let (code, link) = (made["code"].as_str().expect("a code"), made["link"].as_str().expect("a link"));
    assert_eq!(made["server"], server.url);
    assert_eq!(link, format!("{}/#/enrol?code={code}&tablet=1", server.url));
    assert!(made["qr"].as_str().expect("a picture").starts_with("<svg"));
    let tablet = Device::enrol(server.address, code);
    let devices = browser.call("office.devices", json!({}));
    let device = &devices["devices"][0];
    assert_eq!(
        (&device["id"], &device["name"], &device["role"]),
        (&json!(tablet.device), &json!("平板"), &json!("tablet"))
    );
    assert!(device["last_seen_at"].is_u64() && device["revoked"] == false, "{device}");
    assert_eq!(devices["devices"].as_array().expect("devices").len(), 1, "the office itself is not listed");
    let revoked = browser.call("office.revoke", json!({"device": tablet.device}));
    assert_eq!(revoked["devices"][0]["revoked"], true);
    assert_eq!(tablet.pull(None, 10).problem(), "device-revoked");
    assert_eq!(browser.refused("office.revoke", json!({"device": id(1)})).1, "not-found");
    for hours in [0, 721] {
        assert_eq!(browser.refused("office.enrol_code", json!({"expires_h": hours})).1, "bad-arguments");
    }
}
