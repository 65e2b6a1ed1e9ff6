//! Several organisations on one server: each its own office.

use serde_json::{Value, json};

use super::{Browser, school};
use crate::support::*;

#[test]
fn two_organisations_see_nothing_of_each_other() {
    let (server, one) = school(&["--demo"]);
    let made = server.cli(&["init", "--organisation", "中心幼儿园", "--preset", "kindergarten"]);
    let (other, organisation) = (made["account"].clone(), made["organisation"].clone());
    let browser = Browser::at(&server);
    assert_eq!(browser.call("door.get", json!({}))["organisation"], Value::Null, "nobody is told who is here");
    let asked = browser.post("door.sign_in", &json!({"name": "admin", "password": one["password"]}));
    assert_eq!((asked.status, asked.problem().as_str()), (422, "which-organisation"));
    let offered = asked.json()["organisations"].as_array().expect("a list").clone();
    let named = |name: &str| offered.iter().find(|one| one["name"] == name).expect("it is offered")["id"].clone();
    assert_eq!(named("中心幼儿园"), organisation);
    let sign_in = |account: &Value, organisation: &Value| {
        let browser = Browser::at(&server);
        let arguments = json!({"name": "admin", "password": account["password"], "organisation": organisation});
        (browser.post("door.sign_in", &arguments), browser)
    };
    assert_eq!(sign_in(&one, &organisation).0.problem(), "wrong-password", "a password opens one office");
    let (_, first) = sign_in(&one, &named("实验小学"));
    let (_, second) = sign_in(&other, &organisation);
    assert_eq!(second.account()["must_begin"], true);
    second.call("door.begin", json!({"campus_name": "园", "person_name": "赵", "password": "kitchen-7-lamp"}));
    assert_eq!(second.call("person.list", json!({}))["people"].as_array().expect("people").len(), 1);
    assert_eq!(first.call("campus.list", json!({}))["campuses"].as_array().expect("campuses").len(), 1);
    let record = first.call("finding.report", json!({"description": "只在小学"}))["id"].clone();
    assert_eq!(second.refused("finding.get", json!({"id": record})).1, "not-found");
    assert_eq!(second.refused("office.history", json!({"id": record})).1, "not-found");
    let photo = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0picture\xff\xd9";
    let blob = first.ask("PUT", "/app/blobs", photo).json()["blob"].as_str().expect("a name").to_owned();
    assert_eq!(first.ask("GET", &format!("/app/blobs/{blob}"), b"").status, 200);
    assert_eq!(second.ask("GET", &format!("/app/blobs/{blob}"), b"").status, 404);
    let tablet = Device::enrol(server.address, &server.code_of(organisation.as_str().expect("an id")));
    assert_eq!(first.refused("office.revoke", json!({"device": tablet.device})).1, "not-found");
    assert_eq!(second.call("office.devices", json!({}))["devices"][0]["id"], tablet.device);
    let made = first.call("account.add", json!({"name": "only-here", "roles": ["fso"]}));
    let third = Browser::at(&server);
    assert_eq!(third.sign_in(&made)["organisation"]["name"], "实验小学", "the name alone says where");
}
