//! What the demo promises: the same each time, nothing in the future, and a feed that the hub took whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use super::cast::GUARD;
use super::ids::{Of, id};
use super::stage::Stage;
use super::walk::{Begun, Round, Times, Walk};
use super::{campus, fill, people};
use crate::blobs::MemoryBlobs;
use crate::service::{Hub, OsRandom, SystemClock};
use crate::storage::sqlite::SqliteStorage;
use crate::storage::{OrganisationRow, Preset, Storage};

/// 15:00 on a Tuesday at the campus.
const AFTERNOON: u64 = 1_795_503_600_000;
const DAY_MS: u64 = 86_400_000;
const WALK: &str = "patrol_run";

/// The records of a demo that was made at `now_ms`, as a tablet pulls them.
fn demo(preset: Preset, now_ms: u64) -> Vec<Value> {
    let storage = SqliteStorage::in_memory().expect("a store");
    let organisation = OrganisationRow {
        id: Uuid::from_u128(1),
        name: "中心幼儿园".to_owned(),
        preset,
        epoch: Uuid::from_u128(2),
        last_seq: 0,
        refill_from: None,
    };
    let mut txn = storage.write(organisation.id).expect("a transaction");
    txn.insert_organisation(&organisation).expect("an organisation");
    txn.commit().expect("a commit");
    let hub = Hub::start(
        Arc::new(storage),
        Arc::new(MemoryBlobs::default()),
        Arc::new(SystemClock::default()),
        Arc::new(OsRandom),
    )
    .expect("a hub");
    let office = hub.office_device(organisation.id).expect("works").expect("an office");
    fill(&hub, &organisation, &office, now_ms).expect("a demo");
    let (mut records, mut cursor) = (Vec::new(), None);
    loop {
        let page = hub.pull(&office, cursor.as_deref(), 1_000).expect("works").into_page().expect("a page");
        let page: Value = serde_json::from_slice(&page).expect("JSON");
        records.extend(page["records"].as_array().expect("records").iter().cloned());
        if page["more"] == false {
            return records;
        }
        cursor = page["cursor"].as_str().map(str::to_owned);
    }
}

/// The ids of all but meals and the rows of registers, which are made of their moment or of the day that they are for, their parts,
/// what follows from a row, and walks, of which there is another number on a weekend.
fn ids(records: &[Value]) -> BTreeSet<&str> {
    let is_row = |record: &&Value| {
        let kind = record["kind"].as_str().expect("a kind");
        let is_part = domain::register::all().iter().any(|register| {
            register
                .parts
                .iter()
                .any(|part| kind.strip_prefix(&*register.kind) == Some(format!("_{}", part.name).as_str()))
        });
        let is_of_a_day = matches!(kind, "meal" | "menu");
        let follows = !record["fields"]["row_kind"].is_null();
        is_part || is_of_a_day || follows || kind == WALK || domain::register::register(kind).is_some()
    };
    records.iter().filter(|record| !is_row(record)).map(|record| record["id"].as_str().expect("an id")).collect()
}

fn walks(records: &[Value]) -> BTreeSet<&str> {
    let walks = records.iter().filter(|record| record["kind"] == WALK);
    walks.map(|record| record["id"].as_str().expect("an id")).collect()
}

/// Every number in a record that can only be an instant.
fn instants(value: &Value, found: &mut Vec<u64>) {
    const YEAR_2001: u64 = 1_000_000_000_000;
    match value {
        Value::Number(number) => found.extend(number.as_u64().filter(|number| *number > YEAR_2001)),
        Value::Array(values) => values.iter().for_each(|value| instants(value, found)),
        Value::Object(members) => {
            members.iter().filter(|(name, _)| *name != "due").for_each(|(_, value)| instants(value, found));
        }
        _ => {}
    }
}

fn has_text(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Array(values) => values.iter().any(|value| has_text(value, wanted)),
        Value::Object(members) => members.values().any(|value| has_text(value, wanted)),
        _ => false,
    }
}

#[test]
fn two_demos_of_one_moment_are_the_same_to_the_last_stamp() {
    assert_eq!(demo(Preset::Kindergarten, AFTERNOON), demo(Preset::Kindergarten, AFTERNOON));
}

#[test]
fn on_another_day_the_ids_are_the_same_and_the_dates_have_moved() {
    for preset in [Preset::Kindergarten, Preset::School] {
        let (one, other) = (demo(preset, AFTERNOON), demo(preset, AFTERNOON + 4 * DAY_MS));
        assert_eq!(ids(&one), ids(&other));
        let has_form_of = |records: &[Value], day: &str| {
            records.iter().any(|record| record["kind"] == "inspection" && has_text(record, day))
        };
        for (records, first, last, later) in
            [(&one, "2026-11-22", "2026-11-24", "2026-11-25"), (&other, "2026-11-26", "2026-11-28", "2026-11-29")]
        {
            assert!(has_form_of(records, first) && has_form_of(records, last), "{first} to {last}");
            assert!(!has_form_of(records, later), "{later}");
        }
    }
}

#[test]
fn a_week_later_the_same_walks_lie_a_week_later() {
    for (preset, least) in [(Preset::Kindergarten, 130), (Preset::School, 150)] {
        let (one, other) = (demo(preset, AFTERNOON), demo(preset, AFTERNOON + 7 * DAY_MS));
        assert_eq!(walks(&one), walks(&other));
        assert!(walks(&one).len() > least, "{}", walks(&one).len());
    }
}

/// The fields of a walk: each name without its ids, with the names of what stands in it.
fn shape(document: &serde_json::Map<String, Value>) -> BTreeSet<String> {
    let part = |part: &str| if Uuid::parse_str(part).is_ok() { "*" } else { part }.to_owned();
    let name = |name: &str| name.split('/').map(part).collect::<Vec<_>>().join("/");
    let inside = |value: &Value| match value {
        Value::Object(members) => members.keys().map(|key| part(key)).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    document.iter().map(|(key, value)| format!("{} {:?}", name(key), inside(value))).collect()
}

#[test]
fn a_walk_that_is_written_at_once_has_the_fields_that_the_commands_write() {
    let mut stage = Stage::build(Preset::Kindergarten, AFTERNOON).expect("a stage");
    campus::set_up(&mut stage).expect("a campus");
    people::take_on(&mut stage).expect("people");
    stage.at(-20, 6, 32);
    let rounds = Round::all(&mut stage).expect("routes");
    let times = Times::of_campus(&mut stage).expect("times");
    let occurrence = rounds[0].due(&times, stage.day(-20)).remove(0);
    let asked = rounds[0].asked(&occurrence);

    let mut call = |command: &str, arguments: Value| stage.call(GUARD, command, arguments).expect("it is taken");
    let start = json!({"route": rounds[0].route.id, "window": occurrence.window.id, "day": occurrence.day});
    let run = call("patrol.start", start)["id"].clone();
    call("patrol.visit", json!({"run": run, "tag": rounds[0].tag(asked[0]), "how": "nfc", "result": "normal"}));
    let by_hand = json!({"run": run, "checkpoint": asked[1].id, "how": "hand", "result": "normal", "reason": "读不出"});
    call("patrol.visit", by_hand);
    let missed = json!([{"checkpoint": asked[2].id, "reason": "雷雨"}]);
    call("patrol.finish", json!({"run": run, "missed": missed, "signature": super::forms::signature(GUARD)}));

    let begun = Begun { number: 0, by: GUARD, along: None, late_reason: None };
    let mut walk = Walk::begin(&stage, &rounds[0], &occurrence, &begun);
    walk.visit(&stage, asked[0], None);
    walk.visit(&stage, asked[1], Some("读不出"));
    walk.miss(&stage, asked[2], "雷雨");
    walk.finish(&mut stage).expect("it is saved");

    let run = run.as_str().expect("an id").parse().expect("a UUID");
    let mut shape_of = |id| shape(&stage.document(id).expect("it is there"));
    assert_eq!(shape_of(id(Of::Run, 0)), shape_of(run));
}

/// Whether a second has signed with a PIN: a hand that nobody made sure of counts for nothing.
fn has_second(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(has_second),
        Value::Object(members) => {
            (members.get("role") == Some(&json!("second")) && members.get("how") == Some(&json!("pin")))
                || members.values().any(has_second)
        }
        _ => false,
    }
}

#[test]
fn most_walks_bear_the_name_of_a_second_and_a_few_wait_for_it() {
    for preset in [Preset::Kindergarten, Preset::School] {
        let records = demo(preset, AFTERNOON);
        let walks: Vec<&Value> = records.iter().filter(|record| record["kind"] == WALK).collect();
        let signed = walks.iter().filter(|walk| has_second(walk)).count();
        assert!(signed * 3 > walks.len() * 2 && signed < walks.len(), "{signed} of {}", walks.len());
    }
}

#[test]
fn certificates_have_scans_but_for_one_that_is_still_to_come() {
    let records = demo(Preset::Kindergarten, AFTERNOON);
    let of = |kind: &str| records.iter().filter(|record| record["kind"] == kind).count();
    assert_eq!((of("health_certificate"), of("health_certificate_scan")), (5, 4));
}

#[test]
fn nothing_lies_in_the_future_even_a_minute_after_midnight() {
    let midnight = AFTERNOON - 15 * 3_600_000;
    for now in [midnight + 60_000, midnight + 9 * 3_600_000, AFTERNOON] {
        let records = demo(Preset::School, now);
        let mut found = Vec::new();
        for record in &records {
            found.clear();
            instants(record, &mut found);
            assert!(found.iter().all(|at| *at <= now), "{now}: {record}");
        }
        assert!(records.iter().any(|record| has_text(record, "2026-11-24")), "{now}");
    }
}
