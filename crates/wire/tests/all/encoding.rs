//! What was encoded decodes to itself, and a writer is whole whatever it refused.

use causal::{Dot, Record, State, Value};
use proptest::prelude::*;
use wire::{
    Outcome, PullAnswer, PushAnswer, PushRequest, PushResult, RecordsWriter, decode_state, decode_version,
    encode_pull_answer, encode_push_answer, encode_push_request, encode_state, encode_version,
};

use crate::support::{EPOCH, GOOD, head, reachable_records, reachable_states, record, replica, stamp, writer};

/// Asserts equality to the letter: values compare as JSON, so their texts are compared beside.
#[track_caller]
fn assert_same(left: &[Record], right: &[Record]) {
    assert_eq!(left, right);
    let texts = |records: &[Record]| -> Vec<String> {
        let fields = records.iter().flat_map(|record| record.state.fields().values());
        fields.flat_map(|siblings| siblings.values().map(|value| value.as_str().to_owned())).collect()
    };
    // White space around a value belongs to the list it stands in, so it is the one thing that may go.
    let trimmed = |records| texts(records).iter().map(|text| text.trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(trimmed(left), trimmed(right));
}

proptest! {
    #[test]
    fn a_push_decodes_to_what_was_encoded(records in reachable_records()) {
        let push = PushRequest::decode(&encode_push_request(&head(), writer(&records))).expect("a push");
        prop_assert_eq!(push.head, head());
        let decoded: Vec<Record> =
            push.records.into_iter().map(|received| received.record.expect("a valid record")).collect();
        assert_same(&decoded, &records);
    }

    #[test]
    fn an_answer_decodes_to_what_was_encoded(records in reachable_records(), number in 1..1_000_000_u64) {
        let results: Vec<PushResult> = records
            .iter()
            .map(|record| PushResult { id: record.id.to_string(), outcome: Outcome::Merged, problem: None })
            .collect();
        let digest = wire::digest(b"body");
        let answer = PushAnswer::decode(&encode_push_answer(EPOCH, number, digest, &results, writer(&records)));
        let answer = answer.expect("an answer");
        prop_assert_eq!((answer.epoch.as_str(), answer.number, answer.digest), (EPOCH, number, digest));
        prop_assert_eq!(answer.results, results);
        assert_same(&answer.records, &records);
    }

    #[test]
    fn a_page_decodes_to_what_was_encoded(records in reachable_records(), cursor in ".*", more in any::<bool>()) {
        let page = PullAnswer::decode(&encode_pull_answer(EPOCH, writer(&records), &cursor, more)).expect("a page");
        prop_assert_eq!((page.epoch.as_str(), &page.cursor, page.more), (EPOCH, &cursor, more));
        assert_same(&page.records, &records);
    }

    #[test]
    fn a_stored_state_decodes_to_what_was_encoded(states in reachable_states()) {
        for state in states {
            let bytes = encode_state(&state);
            let decoded = decode_state(&bytes).expect("stored bytes");
            prop_assert_eq!(&decoded, &state);
            prop_assert_eq!(encode_state(&decoded), bytes);
            let version = decode_version(&encode_version(state.version())).expect("a stored version");
            prop_assert_eq!(&version, state.version());
        }
    }

    #[test]
    fn a_refused_record_leaves_the_writer_whole(records in reachable_records(), limit in 0..4_000_usize) {
        let (mut within, mut taken) = (RecordsWriter::new(), Vec::new());
        for record in &records {
            let before = within.bytes();
            if within.push_within(record, limit) {
                taken.push(record.clone());
            } else {
                prop_assert_eq!(within.bytes(), before);
            }
            prop_assert_eq!(within.len(), taken.len());
            prop_assert!(taken.len() == 1 || within.bytes() <= limit);
        }
        let size = within.bytes();
        let alone = encode_push_request(&head(), writer(&taken));
        prop_assert_eq!(String::from_utf8(encode_push_request(&head(), within)), String::from_utf8(alone.clone()));
        let frame = encode_push_request(&head(), RecordsWriter::new()).len() - "[][]".len();
        prop_assert!(taken.is_empty() || alone.len() - frame <= size, "the records are larger than bytes() says");
    }
}

#[test]
fn a_writer_is_empty_until_its_first_record() {
    let mut writer = RecordsWriter::new();
    assert_eq!((writer.is_empty(), writer.len()), (true, 0));
    writer.push(&record(GOOD, State::new()));
    assert_eq!((writer.is_empty(), writer.len()), (false, 1));
}

#[test]
fn a_damaged_value_is_sent_as_a_string_of_itself() {
    for text in ["{oops", "", "1 2", "],[", "\"a\nb\"", "\"]}"] {
        let dot = Dot::new(replica(0), 1);
        let fields = [("title".into(), [(dot, Value::from_stored(text))].into())].into();
        let state = State::from_parts([dot].into_iter().collect(), [(dot, stamp(0, None))].into(), fields);
        let damaged = record(GOOD, state.expect("a state"));
        let page = PullAnswer::decode(&encode_pull_answer(EPOCH, writer([&damaged]), "c", false)).expect("a page");
        let sent = page.records[0].state.siblings("title").next().expect("one sibling").value.to_json();
        assert_eq!(sent, serde_json::Value::String(text.into()));
    }
}
