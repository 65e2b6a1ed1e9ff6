//! Each limit at its edge: what is exactly at it passes, one above fails, and what the server holds does not count.

use causal::{Dot, Seen, State};
use wire::{
    LimitExceeded, MAX_FIELDS, MAX_PUSH_BYTES, MAX_RECORD_BYTES, MAX_SIBLINGS, MAX_VALUE_BYTES, RecordsWriter,
    check_added,
};

use crate::support::{GOOD, record, replica, save, save_seeing, stamp};

/// The JSON text of a string that is `bytes` long.
fn text_of(bytes: usize) -> String {
    format!("\"{}\"", "v".repeat(bytes - 2))
}

fn one_value(bytes: usize) -> State {
    let mut state = State::new();
    save(&mut state, Dot::new(replica(0), 1), stamp(0, None), &[("title", &text_of(bytes))]);
    state
}

fn fields(state: &mut State, on: usize, counter: u64, names: std::ops::Range<usize>) {
    let names: Vec<String> = names.map(|index| format!("f{index}")).collect();
    let set: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
    save(state, Dot::new(replica(on), counter), stamp(0, None), &set);
}

/// A field with `count` siblings of one replica, numbered from `first`.
fn siblings(state: &mut State, on: usize, first: u64, count: usize) {
    for counter in (first..).take(count) {
        let dot = Dot::new(replica(on), counter);
        save_seeing(state, &Seen::nothing(), dot, stamp(0, None), &[("title", "1")]);
    }
}

/// A state whose addition is of `bytes` bytes: fifteen whole values, and one that fills up.
fn of_bytes(bytes: usize) -> State {
    const NAME_AND_ENTRY: usize = 3 + 48;
    let rest = bytes - 48 - 15 * (MAX_VALUE_BYTES + NAME_AND_ENTRY) - NAME_AND_ENTRY;
    let (whole, last) = (text_of(MAX_VALUE_BYTES), text_of(rest));
    let names: Vec<String> = (10..26).map(|index| format!("f{index}")).collect();
    let set: Vec<(&str, &str)> =
        (0..).zip(&names).map(|(at, name)| (name.as_str(), if at < 15 { whole.as_str() } else { &last })).collect();
    let mut state = State::new();
    save(&mut state, Dot::new(replica(0), 1), stamp(0, None), &set);
    state
}

#[test]
fn the_limits_are_those_of_the_protocol() {
    let of_a_push = (wire::MAX_PUSH_RECORDS, wire::MAX_PUSH_BYTES, wire::MAX_PAGE_BYTES);
    assert_eq!(of_a_push, (1_000, 8 * 1024 * 1024, 8 * 1024 * 1024));
    let of_a_record = (MAX_VALUE_BYTES, MAX_RECORD_BYTES, MAX_SIBLINGS, MAX_FIELDS);
    assert_eq!(of_a_record, (64 * 1024, 1024 * 1024, 32, 512));
    assert_eq!((wire::DEFAULT_PULL_LIMIT, wire::MAX_PULL_LIMIT), (200, 1_000));
}

#[test]
fn a_value_may_be_64_kib_and_no_more() {
    assert_eq!(check_added(&one_value(MAX_VALUE_BYTES), None), Ok(()));
    assert_eq!(check_added(&one_value(MAX_VALUE_BYTES + 1), None), Err(LimitExceeded::Value));
}

#[test]
fn a_push_may_add_512_fields_and_no_more() {
    for (count, expected) in [(MAX_FIELDS, Ok(())), (MAX_FIELDS + 1, Err(LimitExceeded::Fields))] {
        let mut state = State::new();
        fields(&mut state, 0, 1, 0..count);
        assert_eq!(check_added(&state, None), expected);
    }
}

#[test]
fn a_push_may_add_32_siblings_to_a_field_and_no_more() {
    for (count, expected) in [(MAX_SIBLINGS, Ok(())), (MAX_SIBLINGS + 1, Err(LimitExceeded::Siblings))] {
        let mut state = State::new();
        siblings(&mut state, 0, 1, count);
        assert_eq!(check_added(&state, None), expected);
    }
}

#[test]
fn a_push_may_add_one_mib_to_a_record_and_no_more() {
    assert_eq!(check_added(&of_bytes(MAX_RECORD_BYTES), None), Ok(()));
    assert_eq!(check_added(&of_bytes(MAX_RECORD_BYTES + 1), None), Err(LimitExceeded::Record));
}

#[test]
fn a_version_of_many_replicas_counts_into_the_record() {
    let version = |count: u128| {
        let entries = (1..=count).map(|id| Dot::new(causal::ReplicaId(uuid::Uuid::from_u128(id)), 1));
        let state = State::from_parts(entries.collect(), Default::default(), Default::default());
        state.expect("a purged state")
    };
    assert_eq!(check_added(&version(21_845), None), Ok(()));
    assert_eq!(check_added(&version(21_846), None), Err(LimitExceeded::Record));
    assert_eq!(check_added(&version(21_846), Some(&version(1))), Ok(()));
}

#[test]
fn siblings_that_the_server_holds_do_not_count() {
    let mut held = State::new();
    siblings(&mut held, 0, 1, 100);
    let mut incoming = held.clone();
    siblings(&mut incoming, 1, 1, MAX_SIBLINGS);
    assert_eq!(check_added(&incoming, Some(&held)), Ok(()));
    siblings(&mut incoming, 1, 100, 1);
    assert_eq!(check_added(&incoming, Some(&held)), Err(LimitExceeded::Siblings));
}

#[test]
fn fields_that_the_server_holds_do_not_count() {
    let mut held = State::new();
    fields(&mut held, 0, 1, 0..600);
    let mut incoming = held.clone();
    fields(&mut incoming, 1, 1, 600..600 + MAX_FIELDS);
    assert_eq!(check_added(&incoming, Some(&held)), Ok(()));
    fields(&mut incoming, 1, 2, 2000..2001);
    assert_eq!(check_added(&incoming, Some(&held)), Err(LimitExceeded::Fields));
}

#[test]
fn values_and_bytes_that_the_server_holds_do_not_count() {
    let large = one_value(MAX_VALUE_BYTES + 1);
    assert_eq!(check_added(&large, Some(&large)), Ok(()));
    let held = of_bytes(MAX_RECORD_BYTES + 1);
    let mut incoming = held.clone();
    save(&mut incoming, Dot::new(replica(1), 1), stamp(0, None), &[("one more", "1")]);
    assert_eq!(check_added(&incoming, Some(&held)), Ok(()));
}

/// A record that takes `bytes` bytes as a whole: values of 64 KiB of replica 0, and one that fills up.
fn record_of_bytes(bytes: usize) -> State {
    const NAME_AND_ENTRY: usize = 4 + 48;
    let whole = (bytes - 48) / (MAX_VALUE_BYTES + NAME_AND_ENTRY);
    let rest = bytes - 48 - whole * (MAX_VALUE_BYTES + NAME_AND_ENTRY) - NAME_AND_ENTRY;
    let (text, last) = (text_of(MAX_VALUE_BYTES), text_of(rest));
    let names: Vec<String> = (100..=100 + whole).map(|index| format!("f{index}")).collect();
    let set: Vec<(&str, &str)> =
        (0..).zip(&names).map(|(at, name)| (name.as_str(), if at < whole { text.as_str() } else { &last })).collect();
    let mut state = State::new();
    save(&mut state, Dot::new(replica(0), 1), stamp(0, None), &set);
    state
}

/// What replica 1 adds to a record that takes `held` bytes: another version entry, and a value in a new field.
fn check_growth(held: usize, added: usize, expected: Result<(), LimitExceeded>) {
    let held = record_of_bytes(held);
    let mut incoming = held.clone();
    save(&mut incoming, Dot::new(replica(1), 1), stamp(0, None), &[("more", &text_of(added - 48 - 52))]);
    assert_eq!(check_added(&incoming, Some(&held)), expected);
}

#[test]
fn a_record_may_grow_to_what_one_push_carries_and_no_further() {
    check_growth(MAX_PUSH_BYTES - 1_000, 1_000, Ok(()));
    check_growth(MAX_PUSH_BYTES - 1_000, 1_001, Err(LimitExceeded::Total));
    check_growth(MAX_PUSH_BYTES, 200, Err(LimitExceeded::Total));
    check_growth(2 * MAX_PUSH_BYTES, 200, Err(LimitExceeded::Total));
}

#[test]
fn what_adds_nothing_to_a_record_that_is_too_large_passes() {
    let held = record_of_bytes(2 * MAX_PUSH_BYTES);
    assert_eq!(check_added(&held, Some(&held)), Ok(()));
    assert_eq!(check_added(&State::new(), Some(&held)), Ok(()));
}

#[test]
fn a_record_that_is_too_large_may_become_smaller() {
    let held = record_of_bytes(2 * MAX_PUSH_BYTES);
    let mut incoming = held.clone();
    save(&mut incoming, Dot::new(replica(1), 1), stamp(0, None), &[("f100", "null"), ("f101", "null")]);
    assert_eq!(check_added(&incoming, Some(&held)), Ok(()));
}

#[test]
fn each_limit_has_its_name() {
    use LimitExceeded::{Fields, Record, Siblings, Total, Value};
    let names = [Value, Record, Siblings, Fields, Total].map(LimitExceeded::name);
    assert_eq!(names, ["value-bytes", "record-bytes", "field-siblings", "record-fields", "record-total"]);
}

#[test]
fn a_merge_of_two_that_pass_is_taken_from_either_side() {
    let (mut ours, mut theirs) = (State::new(), State::new());
    siblings(&mut ours, 0, 1, MAX_SIBLINGS);
    siblings(&mut theirs, 1, 1, MAX_SIBLINGS);
    assert_eq!(check_added(&theirs, Some(&ours)), Ok(()));
    let mut both = ours.clone();
    both.merge(&theirs);
    assert_eq!(check_added(&both, Some(&ours)), Ok(()));
    assert_eq!(check_added(&both, Some(&theirs)), Ok(()));
}

#[test]
fn a_writer_takes_what_fits_exactly_and_refuses_one_byte_less() {
    let (first, second) = (record(GOOD, one_value(10)), record(crate::support::BAD, one_value(20)));
    let mut exact = RecordsWriter::new();
    exact.push(&first);
    exact.push(&second);
    for (limit, expected) in [(exact.bytes(), true), (exact.bytes() - 1, false)] {
        let mut writer = RecordsWriter::new();
        assert!(writer.push_within(&first, 0), "the first record always fits");
        assert_eq!(writer.push_within(&second, limit), expected);
        assert_eq!(writer.len(), if expected { 2 } else { 1 });
    }
}
