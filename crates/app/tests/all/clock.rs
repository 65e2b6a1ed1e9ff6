//! A wrong clock: it decides no right and refuses nothing, and what it wrote can be put right later.

use domain::checked_time::ServerTime;
use domain::time::UtcMillis;
use serde_json::{Value, json};

use crate::support::{Hand, START_MS, Tablet, text};

/// 2016-01-01, as a tablet shows it whose battery has died.
const DEAD_BATTERY_MS: u64 = 1_451_606_400_000;
/// 2031-01-01.
const YEARS_AHEAD_MS: u64 = 1_924_963_200_000;
const HOUR_MS: u64 = 3_600_000;

/// What an exchange with the server brings along.
fn hears(app: &Hand, ms: u64) {
    let told = ServerTime { time: UtcMillis::from_stamp(ms), round_trip_ms: 50 };
    app.app().store().hear_server_time(told).expect("the store is written");
}

/// A person whose grant ended yesterday, and one whose grant ends with the year.
fn people(tablet: &Tablet) -> [String; 2] {
    let setup = tablet.app(None);
    ["2026-08-31", "2026-12-31"].map(|end| {
        let id = text(&setup.call("person.save", json!({"name": format!("到 {end}")}))["id"]);
        let grant = json!({"person": id, "role": "cook", "valid_from": "2026-01-01", "valid_to": end});
        setup.call("person.grant", grant);
        id
    })
}

fn may_work(tablet: &Tablet, person: &str) -> bool {
    tablet.app(Some(person)).tries("inspection.start", json!({"template": "T01@1"})).is_ok()
}

fn record(app: &Hand, id: &str) -> Value {
    app.call("record.get", json!({"id": id}))["value"].clone()
}

#[test]
fn dates_of_grants_are_judged_by_checked_time_alone() {
    let tablet = Tablet::new();
    let [ended, running] = people(&tablet);
    let may = || [may_work(&tablet, &ended), may_work(&tablet, &running)];
    assert_eq!(may(), [false, true], "by a clock that is vouched for");
    for wall in [DEAD_BATTERY_MS, YEARS_AHEAD_MS] {
        tablet.shows_unchecked(wall);
        assert_eq!(may(), [true, true], "an unchecked clock refuses nothing by date: {wall}");
    }
    tablet.shows_unchecked(DEAD_BATTERY_MS);
    hears(&tablet.app(None), START_MS);
    assert_eq!(may(), [false, true], "the server has vouched for the time");
    tablet.restarts_in(DEAD_BATTERY_MS);
    assert_eq!(
        may(),
        [false, true],
        "a grant that has ended by the server's time is not valid again on a clock set back"
    );
}

#[test]
fn one_save_of_2031_ends_nobody_s_grant() {
    let tablet = Tablet::new();
    let [_, running] = people(&tablet);
    tablet.shows_unchecked(YEARS_AHEAD_MS);
    assert!(may_work(&tablet, &running));
    tablet.shows_unchecked(START_MS);
    hears(&tablet.app(None), START_MS);
    assert!(may_work(&tablet, &running));
}

#[test]
fn nothing_is_refused_because_a_clock_is_wrong() {
    let tablet = Tablet::new();
    tablet.shows_unchecked(DEAD_BATTERY_MS);
    let app = tablet.app(Some("p1"));
    // By the wall clock this is ten years ahead, which a checked clock would refuse.
    app.call("inspection.start", json!({"template": "T01@1", "occurred_at": START_MS}));
    app.call("finding.report", json!({"description": "门坏了", "found_at": START_MS}));
    tablet.shows_unchecked(YEARS_AHEAD_MS);
    // And this is years ago, which would take a reason.
    app.call("inspection.start", json!({"template": "T01@1", "occurred_at": START_MS}));
    tablet.shows_unchecked(START_MS);
    hears(&app, START_MS);
    let ahead = json!({"template": "T01@1", "occurred_at": START_MS + HOUR_MS});
    assert_eq!(app.refusal("inspection.start", ahead).1.as_deref(), Some("occurred_at"));
    let behind = json!({"template": "T01@1", "occurred_at": START_MS - 2 * HOUR_MS});
    assert_eq!(app.refusal("inspection.start", behind).1.as_deref(), Some("late_reason"));
}

#[test]
fn every_row_of_evidence_tells_by_which_clock_it_was_written() {
    let tablet = Tablet::new();
    let app = tablet.app(Some("p1"));
    let rows = |app: &Hand| {
        let form = text(&app.call("inspection.start", json!({"template": "T01@1"}))["id"]);
        let finding = text(&app.call("finding.report", json!({"description": "门坏了"}))["id"]);
        [form, finding].map(|id| record(app, &id)["clock"].clone())
    };
    for clock in rows(&app) {
        assert_eq!((&clock["state"], &clock["steady_ms"]), (&json!("server"), &json!(60_000)), "{clock}");
        assert!(clock["boot"].is_string());
    }
    tablet.shows_unchecked(DEAD_BATTERY_MS);
    assert!(rows(&app).iter().all(|clock| clock["state"] == "none"));
    app.call("clock.vouch", json!({"time": START_MS}));
    assert!(rows(&app).iter().all(|clock| clock["state"] == "person"));
}

#[test]
fn a_device_that_learns_the_time_later_says_so_once() {
    let tablet = Tablet::new();
    tablet.shows_unchecked(DEAD_BATTERY_MS);
    let app = tablet.app(Some("p1"));
    let id = text(&app.call("finding.report", json!({"description": "门坏了"}))["id"]);
    tablet.wait_ms(HOUR_MS);
    assert_eq!(record(&app, &id)["clock_later"], Value::Null);
    hears(&app, START_MS + HOUR_MS);
    app.call("today.get", json!({}));
    let (told, row) = (record(&app, &id)["clock_later"].clone(), record(&app, &id));
    assert_eq!(told["state"], "server");
    let recorded = row["recorded_at"].as_i64().expect("a time");
    assert_eq!(recorded + told["offset_ms"].as_i64().expect("an offset"), i64::try_from(START_MS).expect("fits"));
    let version = app.call("record.get", json!({"id": id}))["version"].clone();
    app.call("today.get", json!({}));
    assert_eq!(app.call("record.get", json!({"id": id}))["version"], version, "it is said once");
}

#[test]
fn what_is_learnt_after_the_next_start_says_nothing_of_the_rows_before() {
    let tablet = Tablet::new();
    tablet.shows_unchecked(DEAD_BATTERY_MS);
    let app = tablet.app(Some("p1"));
    let id = text(&app.call("finding.report", json!({"description": "门坏了"}))["id"]);
    tablet.restarts_in(DEAD_BATTERY_MS);
    hears(&app, START_MS);
    app.call("today.get", json!({}));
    assert_eq!(record(&app, &id)["clock_later"], Value::Null);
}

#[test]
fn the_person_is_told_that_the_clock_is_wrong_and_can_vouch_for_the_time() {
    let tablet = Tablet::new();
    let app = tablet.app(None);
    assert_eq!(app.call("clock.get", json!({}))["state"], "server");
    tablet.shows_unchecked(DEAD_BATTERY_MS);
    let unchecked = app.call("clock.get", json!({}));
    assert_eq!((&unchecked["state"], &unchecked["now"]), (&json!("none"), &json!(DEAD_BATTERY_MS)));
    assert_eq!(app.refusal("clock.vouch", json!({"time": DEAD_BATTERY_MS})).0, "clock-too-early");
    let vouched = app.call("clock.vouch", json!({"time": START_MS}));
    assert_eq!((&vouched["state"], &vouched["now"]), (&json!("person"), &json!(START_MS)));
    assert_eq!(vouched["behind_ms"], json!(START_MS - DEAD_BATTERY_MS));
    hears(&app, START_MS);
    let problem = app.refused("clock.vouch", json!({"time": START_MS - 24 * HOUR_MS}));
    assert_eq!((&problem["code"], &problem["earliest"]), (&json!("clock-too-early"), &json!(START_MS)));
}
