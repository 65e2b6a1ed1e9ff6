//! The first log-in of a school, and that of a colleague.

use serde_json::{Value, json};

use super::{Browser, school};

#[test]
fn whoever_signs_in_first_makes_the_campus_and_themselves_and_a_tablet_learns_of_both() {
    let (server, account) = school(&["--preset", "kindergarten"]);
    let tablet = server.tablet();
    let browser = Browser::at(&server);
    let door = browser.call("door.get", json!({}));
    assert_eq!((&door["door"], &door["account"]), (&json!("office"), &Value::Null));
    assert_eq!(door["organisation"]["name"], "实验小学", "the sign-in page may say whose office it is");
    let door = browser.sign_in(&account);
    assert_eq!(door["account"]["must_begin"], true);
    for name in ["today.get", "person.list", "account.list", "office.devices"] {
        assert_eq!(browser.refused(name, json!({})), (403, "must-begin".to_owned()), "{name}");
    }
    assert_eq!(browser.call("campus.list", json!({}))["campuses"], json!([]), "so the page asks for the first one");
    let begin = |more: Value| {
        let mut arguments = json!({"campus_name": "中心幼儿园", "person_name": "陈志强", "password": "kitchen-7-lamp"});
        arguments.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        arguments
    };
    let refusals = [
        (json!({"password": "12345678"}), 422, "weak-password"),
        (json!({"password": "short"}), 422, "weak-password"),
        (json!({"person_name": " "}), 400, "bad-arguments"),
        (json!({"campus_name": null}), 400, "bad-arguments"),
        (json!({"campus_kind": "castle"}), 400, "bad-arguments"),
    ];
    for (more, status, code) in refusals {
        assert_eq!(browser.refused("door.begin", begin(more.clone())), (status, code.to_owned()), "{more}");
    }
    assert_eq!(tablet.pull_all(None).0.len(), 0, "nothing was half made");
    let old = browser.copied();
    let door = browser.call("door.begin", begin(json!({})));
    assert_eq!(door["account"]["must_begin"], false);
    let person = door["account"]["person"].clone();
    let (records, _) = tablet.pull_all(None);
    let kinds: Vec<&str> = records.iter().map(|record| record["kind"].as_str().expect("a kind")).collect();
    assert_eq!(
        kinds[..4],
        ["campus", "person", "role_grant", "role_grant"],
        "all of it was at the hub when it was answered"
    );
    let of = |kind: &str| kinds[4..].iter().filter(|own| **own == kind).count();
    assert_eq!(
        (of("route"), of("checkpoint"), kinds.len()),
        (2, 22, 28),
        "the built-in routes of a kindergarten with it"
    );
    let current = browser.call("person.current", json!({}));
    assert_eq!((&current["by"]["id"], &current["by"]["name"]), (&person, &json!("陈志强")));
    assert_eq!(current["roles"], json!(["logi", "admin"]));
    let campuses = browser.call("campus.list", json!({}));
    assert_eq!(
        (&campuses["campuses"][0]["name"], &campuses["campuses"][0]["kind"]),
        (&json!("中心幼儿园"), &json!("kindergarten"))
    );
    assert_eq!(old.account(), Value::Null, "the session from before is over");
    assert_eq!(browser.refused("door.begin", begin(json!({}))), (422, "begun".to_owned()));
    let again = Browser::at(&server);
    assert_eq!(again.refused("door.sign_in", account), (401, "wrong-password".to_owned()));
    again.sign_in(&json!({"name": "admin", "password": "kitchen-7-lamp"}));
}

#[test]
fn a_colleague_begins_on_the_campus_that_is_there_with_the_roles_that_were_given() {
    let (server, browser) = super::demo();
    let made = browser.call("account.add", json!({"name": "wang", "roles": ["fso"]}));
    let other = Browser::at(&server);
    other.sign_in(&made);
    assert_eq!(
        other.call("campus.list", json!({}))["campuses"].as_array().expect("campuses").len(),
        1,
        "none is asked for"
    );
    let door = other.call("door.begin", json!({"person_name": "王晓", "password": "kitchen-7-lamp"}));
    assert_eq!(door["account"]["roles"], json!(["fso"]));
    assert_eq!(other.call("person.current", json!({}))["roles"], json!(["fso"]));
    assert_eq!(other.call("campus.list", json!({}))["campuses"].as_array().expect("campuses").len(), 1);
    assert_eq!(other.refused("account.list", json!({})).1, "not-allowed");
    assert_eq!(other.refused("person.save", json!({"name": "x"})).1, "not-allowed");
}
