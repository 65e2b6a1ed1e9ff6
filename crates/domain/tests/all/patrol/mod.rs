//! Patrols: each rule in its words, on worked examples, and what must hold in any order of arrival.

mod boarders;
mod clocks;
mod covered;
mod days;
mod reports;
mod signatures;
mod windows;

use domain::checked_time::{Boot, ClockStamp, ClockState, Moment};
use domain::correction::apply;
use domain::patrol::{Plan, Run};
use domain::route::{Checkpoint, Route};
use domain::time::{DEFAULT_ZONE, UtcMillis, instant};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The instant at which the clock of the campus shows `text`, such as `2026-09-01T07:12:30`.
fn at(text: &str) -> UtcMillis {
    instant(text.parse().expect("a date and time"), DEFAULT_ZONE)
}

/// The clock of one start of a machine; its steady clock shows what the wall shows.
fn clock(state: ClockState, boot: u128, at: UtcMillis) -> ClockStamp {
    let steady_ms = u64::try_from(at.0.rem_euclid(10_000_000_000)).expect("a time after 1970");
    ClockStamp { state, boot: Boot(Uuid::from_u128(boot)), steady_ms }
}

fn moment(state: ClockState, boot: u128, text: &str) -> Moment {
    Moment { at: at(text), clock: clock(state, boot, at(text)) }
}

fn map(json: Value) -> Map<String, Value> {
    json.as_object().expect("an object").clone()
}

fn route(json: Value) -> Route {
    Route::read("r", &map(json))
}

/// A day route with a window from 06:30 to 07:30 and one from 16:30 to 18:00 on school days.
fn day_route() -> Route {
    route(json!({
        "name": "日巡",
        "windows/am": {"name": "开门前", "from": "06:30", "to": "07:30"},
        "windows/pm": {"name": "清校", "from": "16:30", "to": "18:00", "days": "school"},
    }))
}

fn night_route() -> Route {
    route(json!({
        "name": "夜巡", "night": true,
        "windows/1": {"name": "夜巡一", "from": "22:00", "to": "00:00"},
        "windows/2": {"name": "夜巡二", "from": "00:00", "to": "02:00"},
        "windows/3": {"name": "夜巡三", "from": "02:00", "to": "04:00"},
        "windows/4": {"name": "夜巡四", "from": "04:00", "to": "06:00"},
    }))
}

fn point(id: &str, seq: i64, more: Value) -> Checkpoint {
    let mut document =
        map(json!({"route": "r", "seq": seq, "name": id, "min_seconds": 60, "area": format!("area-{id}")}));
    document.extend(map(more));
    Checkpoint::read(id, &document)
}

/// The points `a`, `b`, … of the route.
fn points(ids: &[&str]) -> Vec<Checkpoint> {
    (1..).zip(ids).map(|(seq, id)| point(id, seq, json!({}))).collect()
}

fn plan(route: &Route, points: &[Checkpoint]) -> Plan {
    Plan::of(route, points, |_| true)
}

/// A visit as it is stored, made with a checked clock.
fn visit(n: u64, by: &str, text: &str, result: &str) -> Value {
    let arrived = at(text);
    json!({"n": n, "by": by, "how": "qr", "result": result, "arrived": arrived, "clock": clock(ClockState::Server, 1, arrived)})
}

fn with(mut value: Value, more: Value) -> Value {
    value.as_object_mut().expect("an object").extend(map(more));
    value
}

/// A run for the morning window of 2026-09-01, with further fields.
fn run_document(fields: Value) -> Map<String, Value> {
    let mut document = map(json!({"route": "r", "window": "am", "business_date": "2026-09-01", "plan": "p"}));
    document.extend(map(fields));
    document
}

fn run(fields: Value) -> Run {
    Run::read(&apply("patrol_run", &run_document(fields)))
}
