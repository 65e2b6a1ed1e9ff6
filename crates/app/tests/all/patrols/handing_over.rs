//! A walk that goes from one tablet to another by the code on a screen, without a network.

use serde_json::{Value, json};

use super::School;
use crate::support::{Hand, text};

fn shown(hand: &Hand, run: &str) -> Value {
    hand.call("patrol.invite", json!({"run": run}))
}

fn visit(hand: &Hand, run: &str, point: &str) {
    hand.call("patrol.visit", json!({"run": run, "checkpoint": point, "how": "qr", "result": "normal"}));
}

#[test]
fn a_walk_is_taken_over_by_a_tablet_that_has_never_met_the_first_one_and_given_back() {
    let school = School::new();
    let other = school.other_tablet();
    let first = school.begun();
    visit(&school.guard(), &first, &school.points[0]);
    visit(&school.guard(), &first, &school.points[1]);
    let code = shown(&school.guard(), &first);
    assert_eq!(code["reached"], 2);
    assert!(text(&code["svg"]).starts_with("<svg"));

    let logi = other.app(Some(&school.logi));
    let joined = logi.call("patrol.join", json!({"code": code["code"]}));
    let second = text(&joined["id"]);
    assert_ne!(second, first, "a run is written by one tablet");
    assert_eq!(
        (&joined["window"], &joined["day"], &joined["reached"]),
        (&json!("am"), &json!("2026-09-01"), &json!(2))
    );
    assert_eq!((&joined["next"], &joined["resumed"]), (&json!(school.points[2]), &json!(false)));
    let view = logi.call("patrol.get", json!({"run": second}));
    assert_eq!((&view["walk"], &view["lead"]["id"]), (&json!(first), &json!(school.logi)));
    assert_eq!(view["points"][1]["elsewhere"]["told"], true, "同事已到");
    assert_eq!(view["coverage"]["covered"], 0, "what a screen tells counts for nothing");
    assert_eq!(view["next"], json!(school.points[2]));

    // The other way round: the first tablet learns what the second one has walked since.
    visit(&logi, &second, &school.points[2]);
    let back = shown(&logi, &second);
    assert_eq!(back["reached"], 3, "what was told is told on");
    let again = school.guard().call("patrol.join", json!({"code": back["code"]}));
    assert_eq!(
        (&again["id"], &again["resumed"], &again["next"]),
        (&json!(first), &json!(true), &json!(school.points[3]))
    );
    let view = school.guard().call("patrol.get", json!({"run": first}));
    assert_eq!((&view["points"][2]["elsewhere"]["told"], &view["coverage"]["covered"]), (&json!(true), &json!(2)));
    assert_eq!(view["walk"], Value::Null, "it is the first of the walk");

    // Once the run itself has arrived, its points count, under the name of who walked them.
    let record = other.app(None).call("record.get", json!({"id": second}));
    school.give(&school.tablet, &record);
    let view = school.guard().call("patrol.get", json!({"run": first}));
    assert_eq!(view["coverage"]["covered"], 3);
    let there = &view["points"][2]["elsewhere"];
    assert_eq!((&there["told"], &there["by"]["id"]), (&json!(false), &json!(school.logi)));
}

#[test]
fn the_day_is_that_of_the_code_and_never_of_the_clock_of_who_joins() {
    let school = School::new();
    let other = school.other_tablet();
    let code = shown(&school.guard(), &school.begun());
    other.shows_unchecked(1_451_606_400_000);
    let joined = other.app(Some(&school.logi)).call("patrol.join", json!({"code": code["code"]}));
    assert_eq!((&joined["day"], &joined["window"]), (&json!("2026-09-01"), &json!("am")));
}

#[test]
fn a_second_scan_goes_on_with_the_same_run_and_ones_own_code_too() {
    let school = School::new();
    let other = school.other_tablet();
    let first = school.begun();
    let code = shown(&school.guard(), &first)["code"].clone();
    let logi = other.app(Some(&school.logi));
    let run = logi.call("patrol.join", json!({"code": code}))["id"].clone();
    let version = |run: &Value| logi.call("patrol.get", json!({"run": run}))["version"].clone();
    let before = version(&run);
    assert_eq!(logi.call("patrol.join", json!({"code": text(&code).to_lowercase()}))["id"], run);
    assert_eq!(version(&run), before, "what is known already is not written again");
    let own_version = || school.guard().call("patrol.get", json!({"run": first}))["version"].clone();
    let before = own_version();
    let own = school.guard().call("patrol.join", json!({"code": code}));
    assert_eq!((&own["id"], &own["resumed"]), (&json!(first), &json!(true)));
    assert_eq!(own_version(), before, "nobody tells themselves where they were");
    school.guard().call("patrol.finish", json!({"run": first}));
    let next = school.guard().call("patrol.join", json!({"code": code}));
    assert_eq!(next["resumed"], false, "what was finished here is gone on with by nobody");
}

#[test]
fn who_walks_the_window_already_takes_part_in_the_walk_with_that_run() {
    let school = School::new();
    let other = school.other_tablet();
    let first = school.begun();
    let code = shown(&school.guard(), &first)["code"].clone();
    let logi = other.app(Some(&school.logi));
    let run = logi.call("patrol.start", json!({"route": school.route}))["id"].clone();
    let joined = logi.call("patrol.join", json!({"code": code}));
    assert_eq!((&joined["id"], &joined["resumed"]), (&run, &json!(true)));
    assert_eq!(logi.call("patrol.get", json!({"run": run}))["walk"], json!(first));
}

#[test]
fn a_tablet_whose_route_is_another_one_says_that_it_cannot_tell_the_points() {
    let school = School::new();
    let other = school.other_tablet();
    other
        .app(None)
        .call("record.save", json!({"id": school.points[0], "kind": "checkpoint", "set": {"name": "大门", "seq": 9}}));
    let first = school.begun();
    school.visit(&first, 1, "normal");
    let code = shown(&school.guard(), &first)["code"].clone();
    let joined = other.app(Some(&school.logi)).call("patrol.join", json!({"code": code}));
    assert_eq!(joined["reached"], Value::Null);
    let view = other.app(Some(&school.logi)).call("patrol.get", json!({"run": joined["id"]}));
    let points = view["points"].as_array().expect("points");
    assert!(points.iter().all(|point| point["elsewhere"].is_null()), "no point is told by another one's bit");
}

#[test]
fn a_code_that_is_none_or_of_another_school_changes_nothing_and_says_why() {
    let school = School::new();
    let code = text(&shown(&school.guard(), &school.begun())["code"]);
    let long = "校".repeat(10_000);
    for none in ["", "RP0123456789", "RW1.A.B.C", &code[..code.len() / 2], long.as_str()] {
        assert_eq!(
            school.guard().refusal("patrol.join", json!({"code": none})),
            ("bad-arguments".to_owned(), Some("code".to_owned()))
        );
    }
    let elsewhere = crate::support::Tablet::another(5);
    let setup = elsewhere.app(None);
    let campus = text(&setup.call("campus.save", json!({"name": "西校区", "kind": "school"}))["id"]);
    let guard = text(&setup.call("person.save", json!({"name": "门卫", "scope": campus}))["id"]);
    setup.call("person.grant", json!({"person": guard, "role": "guard", "campus": campus}));
    let refused = elsewhere.app(Some(&guard)).refusal("patrol.join", json!({"code": code}));
    assert_eq!(refused, ("not-found".to_owned(), Some("route".to_owned())));
    assert_eq!(school.tablet.app(Some(&school.cook)).refusal("patrol.join", json!({"code": code})).0, "not-found");
}
