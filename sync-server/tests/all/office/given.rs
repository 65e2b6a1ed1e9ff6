//! A password that somebody else has set: it opens the door, and nothing behind it.

use serde_json::{Value, json};

use super::{Browser, demo, school};
use crate::support::*;

/// An account that acts as one of the demo's people, with the password that it was made with.
fn given(admin: &Browser) -> Value {
    let people = admin.call("person.list", json!({}));
    let fso = people["people"].as_array().expect("people").iter().find(|person| person["roles"] == json!(["fso"]));
    admin.call("account.add", json!({"name": "limin", "roles": ["admin"], "person": fso.expect("an officer")["id"]}))
}

fn signed_in(server: &Server, account: &Value) -> Browser {
    let browser = Browser::at(server);
    let door = browser.sign_in(account);
    assert_eq!(
        (&door["account"]["must_begin"], &door["account"]["must_change_password"]),
        (&json!(false), &json!(true))
    );
    browser
}

/// Arguments with which a command of the office would be carried out.
fn arguments(name: &str) -> Value {
    match name {
        "account.add" => json!({"name": "x", "roles": ["fso"]}),
        "account.reset" | "account.remove" => json!({"name": "admin"}),
        "account.password" => json!({"old": "x", "new": "kitchen-7-lamp"}),
        "office.revoke" => json!({"device": id(1)}),
        "office.history" => json!({"id": id(1)}),
        _ => json!({}),
    }
}

#[test]
fn with_a_password_that_somebody_else_has_set_nothing_opens_but_the_way_to_ones_own() {
    let (server, admin) = demo();
    let account = given(&admin);
    let browser = signed_in(&server, &account);
    let open = ["door.get", "door.sign_in", "door.sign_out", "door.begin", "door.password"];
    let offices = sync_server::office::all_commands().iter().map(|command| command.name);
    let apps = app::all_commands().iter().map(|command| command.name);
    let shut: Vec<&str> = offices.chain(apps).filter(|name| !open.contains(name)).collect();
    assert!(shut.len() > 50, "{shut:?}");
    for name in shut {
        let refused = browser.refused(name, arguments(name));
        assert_eq!(refused, (403, "must-change-password".to_owned()), "{name}");
    }
    let begin = json!({"person_name": "x", "password": "kitchen-7-lamp"});
    assert_eq!(browser.refused("door.begin", begin).1, "begun");
    assert_eq!(browser.ask("GET", "/app/events", b"").status, 403);
    assert_eq!(browser.ask("PUT", "/app/blobs", b"\xff\xd8\xff").status, 403);
    assert_eq!(browser.ask("GET", &format!("/app/blobs/{}", sha256(b"x")), b"").status, 403);
}

#[test]
fn whoever_chooses_a_password_of_their_own_is_in_and_nobody_with_the_old_one_is() {
    let (server, admin) = demo();
    let account = given(&admin);
    let browser = signed_in(&server, &account);
    let (other, held) = (signed_in(&server, &account), browser.copied());
    for (password, code) in [("short", "weak-password"), ("limin-2026", "weak-password")] {
        assert_eq!(browser.refused("door.password", json!({"password": password})).1, code);
    }
    let same = json!({"password": account["password"]});
    assert_eq!(browser.refused("door.password", same), (422, "same-password".to_owned()));
    let is_waiting = |name: &str| {
        let listed = admin.call("account.list", json!({}))["accounts"].clone();
        let accounts = listed.as_array().expect("accounts");
        accounts.iter().find(|account| account["name"] == name).expect("it is listed")["must_change_password"].clone()
    };
    assert_eq!((is_waiting("limin"), is_waiting("admin")), (json!(true), json!(false)));
    let door = browser.call("door.password", json!({"password": "garden-4-kettle"}));
    assert_eq!(door["account"]["must_change_password"], false);
    assert_eq!(is_waiting("limin"), false);
    browser.call("today.get", json!({}));
    for out in [other, held] {
        assert_eq!(out.refused("today.get", json!({})), (401, "signed-out".to_owned()));
    }
    assert_eq!(browser.refused("door.sign_in", account).1, "wrong-password");
    assert_eq!(browser.refused("door.password", json!({"password": "kitchen-7-lamp"})).1, "password-is-own");
    let again = Browser::at(&server);
    again.sign_in(&json!({"name": "limin", "password": "garden-4-kettle"}));
    again.call("today.get", json!({}));
}

#[test]
fn a_reset_by_somebody_else_asks_for_a_password_of_ones_own_again() {
    let (server, admin) = demo();
    let own = Browser::at(&server).sign_in_and_choose(&given(&admin));
    let reset = admin.call("account.reset", json!({"name": "limin"}));
    assert_eq!(Browser::at(&server).refused("door.sign_in", own).1, "wrong-password");
    Browser::at(&server).sign_in_and_choose(&reset);
    let by_hand = server.cli(&["account", "password", "limin"]);
    assert_eq!(signed_in(&server, &by_hand).refused("today.get", json!({})).1, "must-change-password");
}

#[test]
fn whoever_resets_their_own_has_seen_it_alone_and_goes_on() {
    let (server, admin) = demo();
    let reset = admin.call("account.reset", json!({"name": "admin"}));
    admin.call("today.get", json!({}));
    let again = Browser::at(&server);
    assert_eq!(again.sign_in(&reset)["account"]["must_change_password"], false);
}

#[test]
fn whoever_begins_with_a_given_password_leaves_it_behind() {
    let (server, admin) = demo();
    let on_the_page = admin.call("account.add", json!({"name": "wang", "roles": ["fso"]}));
    let by_hand = server.cli(&["account", "add", "zhao"]);
    for account in [on_the_page, by_hand] {
        let browser = Browser::at(&server);
        let door = browser.sign_in(&account);
        let must =
            |door: &Value| (door["account"]["must_begin"].clone(), door["account"]["must_change_password"].clone());
        assert_eq!(must(&door), (json!(true), json!(false)), "the beginning asks for the password too");
        assert_eq!(browser.refused("door.password", json!({"password": "garden-4-kettle"})).1, "must-begin");
        let begin = |password: &Value| json!({"person_name": "王晓", "password": password});
        assert_eq!(browser.refused("door.begin", begin(&account["password"])).1, "same-password");
        assert_eq!(must(&browser.call("door.begin", begin(&json!("garden-4-kettle")))), (json!(false), json!(false)));
        browser.call("today.get", json!({}));
    }
}

#[test]
fn what_init_prints_opens_the_door_as_before() {
    let (server, account) = school(&["--demo"]);
    let browser = Browser::at(&server);
    assert_eq!(browser.sign_in(&account)["account"]["must_change_password"], false);
    browser.call("today.get", json!({}));
    let (server, account) = school(&[]);
    let browser = Browser::at(&server);
    let door = browser.sign_in(&account);
    assert_eq!(
        (&door["account"]["must_begin"], &door["account"]["must_change_password"]),
        (&json!(true), &json!(false))
    );
    let begin = json!({"campus_name": "园", "person_name": "赵", "password": account["password"]});
    browser.call("door.begin", begin);
    browser.call("today.get", json!({}));
}
