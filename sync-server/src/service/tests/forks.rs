//! Forged and forked writes.

use std::collections::BTreeMap;
use std::sync::Arc;

use causal::{Dot, Record, Siblings, Stamp, State, Value};

use super::support::*;

/// The record with another value or stamp under the same dots, as a twin would have made it.
fn twin_of(record: &Record, value: &str, at: u64) -> Record {
    let writes = record.state.writes().keys().map(|dot| (*dot, Stamp { at, by: None })).collect();
    let fields: BTreeMap<Arc<str>, Siblings> = record
        .state
        .fields()
        .iter()
        .map(|(name, siblings)| {
            (name.clone(), siblings.keys().map(|dot| (*dot, Value::from_json(&value.into()))).collect())
        })
        .collect();
    let state = State::from_parts(record.state.version().clone(), writes, fields).expect("a state");
    Record { state, ..record.clone() }
}

fn check_refused(server: &Server, device: &mut Device, record: &Record) {
    let (before, place) = (server.stored(record.id.0.as_u128()), server.last_seq());
    let answer = device.push(server, std::slice::from_ref(record));
    let problem = answer.results[0].problem.as_ref().expect("a problem");
    assert_eq!(problem.urn, "urn:rounds:problem:forked-write");
    assert_eq!(answer.records, []);
    assert_eq!((server.stored(record.id.0.as_u128()), server.last_seq()), (before, place));
}

#[test]
fn a_write_that_arrives_with_another_value_or_stamp_is_refused() {
    let server = Server::new();
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    let record = finding(1, tablet.replica, 1, "a");
    tablet.push(&server, std::slice::from_ref(&record));
    check_refused(&server, &mut other, &twin_of(&record, "b", 101));
    check_refused(&server, &mut other, &twin_of(&record, "a", 102));
}

#[test]
fn a_value_that_vanished_without_another_in_its_place_is_refused() {
    let server = Server::new();
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    let mut record = finding(1, tablet.replica, 1, "a");
    save(&mut record, tablet.replica, 2, "place", "走廊");
    tablet.push(&server, std::slice::from_ref(&record));
    let mut emptied = record.clone();
    emptied.state.purge();
    check_refused(&server, &mut other, &emptied);
    let dot = Dot::new(tablet.replica, 2);
    let only_place = State::from_parts(
        record.state.version().clone(),
        [(dot, record.state.writes()[&dot].clone())].into(),
        [("place".into(), record.state.fields()["place"].clone())].into(),
    );
    record.state = only_place.expect("a state");
    check_refused(&server, &mut other, &record);
}

#[test]
fn the_rule_does_not_depend_on_who_comes_first() {
    let server = Server::new();
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    let record = finding(1, tablet.replica, 1, "a");
    other.push(&server, &[twin_of(&record, "b", 101)]);
    check_refused(&server, &mut tablet, &record);
}

#[test]
fn concurrent_and_replacing_saves_are_no_forks() {
    let server = Server::new();
    let (mut a, mut b) = (server.tablet(), server.tablet());
    let original = finding(1, a.replica, 1, "a");
    a.push(&server, std::slice::from_ref(&original));
    let (mut by_a, mut by_b) = (original.clone(), original.clone());
    save(&mut by_a, a.replica, 2, "title", "b");
    save(&mut by_b, b.replica, 1, "title", "c");
    assert_eq!(b.outcome(&server, &by_b), "merged");
    assert_eq!(a.outcome(&server, &by_a), "merged");
    assert_eq!(b.outcome(&server, &original), "unchanged", "an old state brings nothing back");
    assert_eq!(server.stored(1).map(|record| record.state.siblings("title").count()), Some(2));
}
