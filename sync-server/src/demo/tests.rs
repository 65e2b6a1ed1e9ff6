//! What the demo promises: the same each time, nothing in the future, and a feed that the hub took whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::fill;
use crate::blobs::MemoryBlobs;
use crate::service::{Hub, OsRandom, SystemClock};
use crate::storage::sqlite::SqliteStorage;
use crate::storage::{OrganisationRow, Preset, Storage};

/// 15:00 on a Tuesday at the campus.
const AFTERNOON: u64 = 1_795_503_600_000;
const DAY_MS: u64 = 86_400_000;

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
    let mut txn = storage.write().expect("a transaction");
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
    let page = hub.pull(&office, None, 1_000).expect("works").into_page().expect("a page");
    let page: Value = serde_json::from_slice(&page).expect("JSON");
    assert_eq!(page["more"], false);
    page["records"].as_array().expect("records").clone()
}

/// The ids of all but the rows of registers, which are made of their moment or of the day that they are for, their parts, and what
/// follows from a row.
fn ids(records: &[Value]) -> BTreeSet<&str> {
    let is_row = |record: &&Value| {
        let kind = record["kind"].as_str().expect("a kind");
        let is_part = domain::register::all().iter().any(|register| {
            register
                .parts
                .iter()
                .any(|part| kind.strip_prefix(&*register.kind) == Some(format!("_{}", part.name).as_str()))
        });
        is_part || domain::register::register(kind).is_some() || !record["fields"]["row"].is_null()
    };
    records.iter().filter(|record| !is_row(record)).map(|record| record["id"].as_str().expect("an id")).collect()
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
