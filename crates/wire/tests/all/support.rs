//! Records that saves have made, messages that carry them, and what the tests ask of both.

use std::sync::Arc;

use causal::{Dot, Record, RecordId, ReplicaId, Seen, Stamp, State, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use wire::{InvalidRecord, PushHead, PushRequest, RecordsWriter, ShapeError};

/// The ids of the bad and the good record in the messages below.
pub const BAD: &str = "01990000-0000-7000-8000-000000000001";
pub const GOOD: &str = "01990000-0000-7000-8000-000000000002";
pub const EPOCH: &str = "e0000000-0000-4000-8000-000000000000";
pub const REPLICAS: [&str; 2] = ["8c1d0000-0000-4000-8000-000000000001", "f00b0000-0000-4000-8000-000000000002"];

pub fn uuid(text: &str) -> Uuid {
    Uuid::parse_str(text).expect("a UUID in a test")
}

pub fn replica(index: usize) -> ReplicaId {
    ReplicaId(uuid(REPLICAS[index]))
}

pub fn value(text: &str) -> Value {
    Value::parse(text).expect("a value in a test")
}

pub fn stamp(at: u64, by: Option<&str>) -> Stamp {
    Stamp { at, by: by.map(Arc::from) }
}

pub fn record(id: &str, state: State) -> Record {
    Record { id: RecordId(uuid(id)), kind: "inspection".into(), scope: None, state }
}

/// One save that saw everything.
pub fn save(state: &mut State, dot: Dot, stamp: Stamp, set: &[(&str, &str)]) {
    let seen = Seen::from(state.version().clone());
    save_seeing(state, &seen, dot, stamp, set);
}

/// One save that saw what it says.
pub fn save_seeing(state: &mut State, seen: &Seen, dot: Dot, stamp: Stamp, set: &[(&str, &str)]) {
    let set = set.iter().map(|(name, text)| (Arc::from(*name), value(text)));
    state.save(dot, stamp, seen, set).expect("a new counter and a field");
}

pub fn head() -> PushHead {
    PushHead { epoch: EPOCH.into(), replica: replica(0), number: 1, previous: None }
}

pub fn writer<'a>(records: impl IntoIterator<Item = &'a Record>) -> RecordsWriter {
    let mut writer = RecordsWriter::new();
    records.into_iter().for_each(|record| writer.push(record));
    writer
}

/// A record of the wire that breaks no rule.
pub fn valid_json(id: &str) -> Json {
    json!({
        "id": id, "kind": "inspection", "scope": null, "version": [[0, 17], [1, 4]],
        "writes": [[0, 17, 1_763_850_000_123_u64, "person"], [1, 4, 1_763_850_100_456_u64, null]],
        "fields": {"title": [[0, "厨房日检"]], "score": [[0, 92], [1, 90]]}
    })
}

/// A push of one record that breaks no rule.
pub fn valid_push() -> Json {
    push_json(&REPLICAS, vec![valid_json(GOOD)])
}

pub fn push_json(replicas: &[&str], records: Vec<Json>) -> Json {
    json!({"epoch": EPOCH, "replica": REPLICAS[0], "number": 1, "previous": null,
           "replicas": replicas, "records": records})
}

/// Why the first record of a push is refused; the second one must be taken all the same.
#[track_caller]
pub fn refusal(body: &str) -> InvalidRecord {
    let push = PushRequest::decode(body.as_bytes()).expect("the message as a whole has the right shape");
    let [bad, good] = <[_; 2]>::try_from(push.records).expect("both records have an outcome");
    assert_eq!(good.id, GOOD);
    good.record.expect("the record beside it is taken");
    bad.record.expect_err("the record breaks a rule")
}

/// Why a record that was valid before `change` is refused.
#[track_caller]
pub fn refused(change: impl FnOnce(&mut Json)) -> InvalidRecord {
    let mut bad = valid_json(BAD);
    change(&mut bad);
    refusal(&push_json(&REPLICAS, vec![bad, valid_json(GOOD)]).to_string())
}

/// Asserts that a record is still valid after `change`, and gives it.
#[track_caller]
pub fn taken(change: impl FnOnce(&mut Json)) -> Record {
    let mut json = valid_json(GOOD);
    change(&mut json);
    taken_text(&json.to_string())
}

/// Asserts that the JSON text of a record is valid, and gives the record.
#[track_caller]
pub fn taken_text(record: &str) -> Record {
    let push = PushRequest::decode(push_text(&[record]).as_bytes()).expect("a message");
    push.records.into_iter().next().expect("one record").record.expect("a valid record")
}

/// Why the JSON text of a record is refused; a valid record stands beside it.
#[track_caller]
pub fn refused_text(record: &str) -> InvalidRecord {
    refusal(&push_text(&[record, &valid_json(GOOD).to_string()]))
}

/// Why the message is refused as a whole.
#[track_caller]
pub fn refused_whole(body: &str) -> ShapeError {
    PushRequest::decode(body.as_bytes()).expect_err("the message is not of the shape")
}

pub fn push_text(records: &[&str]) -> String {
    let frame = push_json(&REPLICAS, Vec::new()).to_string();
    frame.replace(r#""records":[]"#, &format!(r#""records":[{}]"#, records.join(",")))
}

/// A record with one write in one field, its parts as JSON text.
pub fn record_text(id: &str, counter: &str, at: &str, field: &str, value: &str) -> String {
    format!(
        r#"{{"id":"{id}","kind":"inspection","scope":null,"version":[[0,{counter}]],"writes":[[0,{counter},{at},null]],"fields":{{{field}:[[0,{value}]]}}}}"#
    )
}

const FIELDS: [&str; 4] = ["title", "answers/T01.03/result", "备注 \"a\"\\", "_deleted"];
const VALUES: [&str; 6] = ["null", "92", "\"厨房\\n𠮷\"", r#"[1.50, {"b":[],"a":{}}]"#, " true", "-1e-7"];

/// One step of a history over three replicas.
#[derive(Clone, Debug)]
enum Step {
    Save { on: usize, fields: Vec<(usize, usize)>, sees: bool, by: bool, at: u64 },
    Merge { from: usize, into: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let field = (0..FIELDS.len(), 0..VALUES.len());
    prop_oneof![
        3 => (0..3usize, vec(field, 1..4), any::<bool>(), any::<bool>(), 0..=causal::MAX_COUNTER)
            .prop_map(|(on, fields, sees, by, at)| Step::Save { on, fields, sees, by, at }),
        1 => (0..3usize, 0..3usize).prop_map(|(from, into)| Step::Merge { from, into }),
    ]
}

/// States that saves and merges on three replicas have made.
pub fn reachable_states() -> impl Strategy<Value = Vec<State>> {
    vec(step(), 1..12).prop_map(|steps| {
        let mut states = vec![State::new(); 3];
        for (counter, step) in (1..).zip(steps) {
            match step {
                Step::Save { on, fields, sees, by, at } => {
                    let state = &mut states[on];
                    let seen = if sees { Seen::from(state.version().clone()) } else { Seen::nothing() };
                    let dot = Dot::new(ReplicaId(Uuid::from_u128(on as u128 + 7)), counter);
                    let set: Vec<_> = fields.iter().map(|(name, text)| (FIELDS[*name], VALUES[*text])).collect();
                    save_seeing(state, &seen, dot, stamp(at, by.then_some("张三")), &set);
                }
                Step::Merge { from, into } => {
                    let other = states[from].clone();
                    states[into].merge(&other);
                }
            }
        }
        states
    })
}

/// Records with such states, each under an id of its own.
pub fn reachable_records() -> impl Strategy<Value = Vec<Record>> {
    vec((reachable_states(), any::<bool>()), 0..4).prop_map(|histories| {
        let states = histories.into_iter().flat_map(|(states, scoped)| states.into_iter().map(move |s| (s, scoped)));
        let records = (1_u128..).zip(states).map(|(id, (state, scoped))| Record {
            id: RecordId(Uuid::from_u128(id)),
            kind: "food_sample".into(),
            scope: scoped.then_some(Uuid::from_u128(99)),
            state,
        });
        records.collect()
    })
}
