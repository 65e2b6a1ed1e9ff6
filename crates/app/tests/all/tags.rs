//! Tags and labels: one tag is one record, however it is spelled; a scan of an old one says so.

use serde_json::{Value, json};

use crate::support::{Hand, Tablet, text};

/// The night route of a school: its id and its points.
fn night(app: &Hand) -> (Value, Vec<Value>) {
    app.call("campus.save", json!({"name": "东校区", "kind": "school"}));
    let routes = app.call("route.list", json!({}))["routes"].clone();
    let route =
        routes.as_array().expect("routes").iter().find(|route| route["night"] == true).expect("one")["id"].clone();
    let points = app.call("route.get", json!({"id": route}))["points"].as_array().expect("points").clone();
    (route, points.iter().map(|point| point["id"].clone()).collect())
}

fn state(app: &Hand, tag: &str) -> String {
    text(&app.call("tag.resolve", json!({"tag": tag}))["state"])
}

#[test]
fn a_tag_means_its_point_however_a_reader_spells_it() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let (route, points) = night(&app);
    assert_eq!(state(&app, "04:a1:5e:02"), "unknown");
    let bound = app.call("tag.bind", json!({"checkpoint": points[0], "tag": "04:a1:5e:02"}));
    for spelled in ["04A15E02", "04-A1-5E-02", " ０４ａ１５ｅ０２\r\n"] {
        let found = app.call("tag.resolve", json!({"tag": spelled}));
        assert_eq!(
            (&found["state"], &found["checkpoint"], &found["route"]),
            (&json!("bound"), &points[0], &route),
            "{spelled}"
        );
    }
    // The same again is no change, and makes no second tag.
    assert_eq!(app.call("tag.bind", json!({"checkpoint": points[0], "tag": "04A15E02"}))["id"], bound["id"]);
    assert_eq!(app.call("tag.list", json!({}))["tags"].as_array().map(Vec::len), Some(1));
    // What another reader makes of it is bound by a scan, and not guessed.
    assert_eq!(state(&app, "0077701634"), "unknown");
    app.call("tag.bind", json!({"checkpoint": points[0], "tag": "0077701634", "spells": bound["id"]}));
    assert_eq!(app.call("tag.resolve", json!({"tag": "0077701634"}))["tag"], bound["id"]);
    let foreign = json!({"checkpoint": points[1], "tag": "0077701635", "spells": bound["id"]});
    assert_eq!(app.refusal("tag.bind", foreign), ("not-found".into(), Some("spells".into())));
}

#[test]
fn a_tag_of_another_point_is_moved_only_when_that_is_said() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let (_, points) = night(&app);
    app.call("tag.bind", json!({"checkpoint": points[0], "tag": "GATE"}));
    let problem = app.refused("tag.bind", json!({"checkpoint": points[1], "tag": "gate"}));
    assert_eq!((&problem["code"], &problem["checkpoint"]), (&json!("tag-in-use"), &points[0]));
    assert_eq!(app.call("tag.resolve", json!({"tag": "GATE"}))["checkpoint"], points[0]);
    app.call("tag.bind", json!({"checkpoint": points[1], "tag": "gate", "again": true}));
    assert_eq!(app.call("tag.resolve", json!({"tag": "GATE"}))["checkpoint"], points[1]);
}

#[test]
fn an_old_tag_says_that_it_is_old_and_what_hangs_there_now() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let (route, points) = night(&app);
    let old = app.call("tag.bind", json!({"checkpoint": points[0], "tag": "A1"}))["id"].clone();
    assert_eq!(app.refusal("tag.replace", json!({"old": old, "tag": "a1"})).1.as_deref(), Some("tag"));
    let new = app.call("tag.replace", json!({"old": old, "tag": "A2"}))["id"].clone();
    let found = app.call("tag.resolve", json!({"tag": "A1"}));
    assert_eq!((&found["state"], &found["next"], &found["checkpoint"]), (&json!("old"), &new, &points[0]));
    assert_eq!(state(&app, "A2"), "bound");
    let point = &app.call("route.get", json!({"id": route}))["points"][0];
    let ids: Vec<&Value> = point["tags"].as_array().expect("tags").iter().map(|tag| &tag["id"]).collect();
    assert_eq!(ids, [&new, &old], "the old one last");
    // One of another point does not take its place; one that was put aside is used again only when that is said.
    app.call("tag.bind", json!({"checkpoint": points[1], "tag": "B1"}));
    assert_eq!(app.refusal("tag.replace", json!({"old": new, "tag": "B1"})).0, "tag-in-use");
    assert_eq!(app.refusal("tag.bind", json!({"checkpoint": points[0], "tag": "A1"})).0, "tag-in-use");
    app.call("tag.bind", json!({"checkpoint": points[0], "tag": "A1", "again": true}));
    assert_eq!(state(&app, "A1"), "bound");
    app.call("tag.retire", json!({"id": new}));
    assert_eq!(state(&app, "A2"), "old");
}

#[test]
fn a_tag_of_a_point_or_a_route_that_has_ended_says_so() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let (route, points) = night(&app);
    app.call("tag.bind", json!({"checkpoint": points[5], "tag": "BOILER"}));
    app.call("tag.bind", json!({"checkpoint": points[0], "tag": "GATE"}));
    app.call("checkpoint.end", json!({"id": points[5]}));
    assert_eq!((state(&app, "BOILER"), state(&app, "GATE")), ("ended".to_owned(), "bound".to_owned()));
    app.call("route.end", json!({"id": route}));
    assert_eq!(state(&app, "GATE"), "ended");
}

#[test]
fn what_is_no_tag_is_refused() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let (_, points) = night(&app);
    for tag in ["", " \r\n", &"校".repeat(201)] {
        let refusal = app.refusal("tag.bind", json!({"checkpoint": points[0], "tag": tag}));
        assert_eq!(refusal, ("bad-arguments".into(), Some("tag".into())), "{tag:?}");
        assert_eq!(app.refusal("tag.resolve", json!({"tag": tag})).1.as_deref(), Some("tag"));
    }
    let long = format!("https://school.example/{}", "x".repeat(170));
    app.call("tag.bind", json!({"checkpoint": points[0], "tag": long}));
    assert_eq!(state(&app, &long.to_uppercase()), "bound");
}

#[test]
fn labels_are_made_once_and_made_again_when_one_is_torn() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    let (route, points) = night(&app);
    let sheet = app.call("tag.labels", json!({"route": route}));
    assert_eq!((&sheet["labels"], sheet["missing"].as_array().map(Vec::len)), (&json!([]), Some(6)));
    let made = app.call("tag.make", json!({"route": route}));
    assert_eq!((made["labels"].as_array().map(Vec::len), &made["missing"]), (Some(6), &json!([])));
    assert_eq!(app.call("tag.make", json!({"route": route})), made, "twice the same");
    let label = text(&made["labels"][0]["text"]);
    assert!(label.starts_with("RP") && label.len() == 12, "{label}");
    assert!(made["labels"][0]["svg"].as_str().is_some_and(|svg| svg.starts_with("<svg")));
    let found = app.call("tag.resolve", json!({"tag": label.to_lowercase()}));
    assert_eq!((&found["checkpoint"], &found["is_label"]), (&points[0], &json!(true)), "typed by hand");
    let again = app.call("tag.make", json!({"route": route, "checkpoints": [points[0]], "again": true}));
    assert_ne!(again["labels"][0]["text"], made["labels"][0]["text"]);
    assert_eq!(again["labels"][1], made["labels"][1], "only what was asked for");
    assert_eq!(state(&app, &label), "old");
    let foreign = app.call("tag.resolve", json!({"tag": "RP0000000000"}));
    assert_eq!((&foreign["state"], &foreign["is_label"]), (&json!("unknown"), &json!(true)), "of another school");
}

#[test]
fn a_tag_that_nobody_may_see_is_unknown() {
    let tablet = Tablet::new();
    let setup = tablet.app(None);
    let (_, points) = night(&setup);
    setup.call("tag.bind", json!({"checkpoint": points[0], "tag": "GATE"}));
    let cook = text(&setup.call("person.save", json!({"name": "陈芳"}))["id"]);
    setup.call("person.grant", json!({"person": cook, "role": "cook"}));
    let cook = tablet.app(Some(&cook));
    assert_eq!(state(&cook, "GATE"), "unknown");
    assert_eq!(cook.call("tag.list", json!({}))["tags"], json!([]));
}
