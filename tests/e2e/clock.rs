//! Tablets whose clocks are wrong, through the programs as people run them.

use std::time::Instant;

use rounds_tests::{School, TestDevice};
use serde_json::{Value, json};

/// 2016-01-01: a tablet whose battery has died.
const DEAD_BATTERY_MS: u64 = 1_451_606_400_000;
/// 2031-01-01.
const YEARS_AHEAD_MS: u64 = 1_924_963_200_000;

/// A tablet whose wall clock runs on between two commands.
struct Wrong<'a> {
    tablet: &'a TestDevice,
    start: Instant,
}

impl Wrong<'_> {
    fn now(&self) -> TestDevice {
        let passed = u64::try_from(self.start.elapsed().as_millis()).expect("a short test");
        self.tablet.showing(DEAD_BATTERY_MS + passed)
    }
}

fn clock_of(tablet: &TestDevice, id: &str) -> Value {
    tablet.get(id)["value"]["clock"].clone()
}

fn report(tablet: &TestDevice) -> String {
    tablet.call("finding.report", json!({ "description": "门坏了" }))["id"].as_str().expect("an id").to_owned()
}

#[test]
fn the_server_s_answer_puts_a_wrong_clock_right_and_earlier_rows_learn_it() {
    let School { folder, server, tablets: [_other] } = School::open(["other"]);
    let fresh = TestDevice::new(&folder.path().join("fresh"));
    let wrong = Wrong { tablet: &fresh, start: Instant::now() };
    let before = report(&wrong.now());
    assert_eq!(clock_of(&wrong.now(), &before)["state"], "none");
    wrong.now().enrol(&server, &[]);
    let clock = wrong.now().call("clock.get", json!({}));
    assert_eq!(clock["state"], "server");
    assert!(clock["behind_ms"].as_i64().expect("it is behind") > 10 * 365 * 86_400_000, "{clock}");
    let row = wrong.now().get(&before);
    assert_eq!(row["value"]["clock_later"]["state"], "server");
    let after = report(&wrong.now());
    assert_eq!(clock_of(&wrong.now(), &after)["state"], "server");
    assert!(wrong.now().get(&after)["value"]["recorded_at"].as_u64().expect("a time") > DEAD_BATTERY_MS * 11 / 10);
    // Somebody puts the clock forward: that is no time that has passed.
    assert_eq!(fresh.showing(YEARS_AHEAD_MS).call("clock.get", json!({}))["state"], "none");
    assert_eq!(wrong.now().sync()["pending"], 0);
}

#[test]
fn a_time_that_is_said_to_be_is_checked_and_one_that_is_shown_is_not() {
    let School { folder: _folder, server: _server, tablets: [a] } = School::open(["a"]);
    let told = a.at("2027-03-01T08:00:00+08:00");
    let clock = told.call("clock.get", json!({}));
    assert_eq!((&clock["state"], &clock["behind_ms"]), (&json!("server"), &Value::Null));
    let rows = [report(&told), report(&told)].map(|id| clock_of(&told, &id));
    assert_ne!(rows[0]["boot"], rows[1]["boot"], "each is a start of its own");
    let shown = a.showing(1_803_859_200_000);
    assert_eq!(shown.call("clock.get", json!({}))["state"], "none");
    assert_eq!(shown.try_run(&["--now", "2027-03-01T08:00:00+08:00", "status"]).0, 2, "one of the two");
    let vouched = shown.call("clock.vouch", json!({ "time": 1_803_859_200_000_u64 }));
    assert_eq!(vouched["state"], "person");
}

#[test]
fn what_only_the_office_writes_is_refused_on_a_tablet_and_nothing_waits() {
    let School { folder: _folder, server: _server, tablets: [a] } = School::open(["a"]);
    let head = a.held_by("0199b3f0-0000-7000-8000-000000000001");
    for (name, arguments) in [
        ("campus.save", json!({ "name": "东校区", "kind": "school" })),
        ("area.save", json!({ "name": "操场", "kind": "outdoor" })),
        ("person.save", json!({ "name": "王芳" })),
        ("person.grant", json!({ "person": "0199b3f0-0000-7000-8000-000000000002", "role": "cook" })),
    ] {
        let refused = head.refused(name, arguments);
        assert_eq!(refused["type"], "urn:rounds:problem:in-office", "{name}: {refused}");
    }
    assert_eq!(a.run(&["status"])["pending"], 0);
}
