//! Bytes that nobody meant well: decoding answers, and never panics.

use causal::Record;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use wire::{
    EnrolAnswer, EnrolRequest, Outcome, Problem, ProblemType, PullAnswer, PushAnswer, PushRequest, PushResult,
    decode_state, decode_version, encode_pull_answer, encode_push_answer, encode_push_request, encode_state,
    encode_version,
};

use crate::support::{EPOCH, GOOD, head, reachable_records, writer};

/// Hands the bytes to every decoder there is.
fn decode_all(bytes: &[u8]) {
    let _ = PushRequest::decode(bytes);
    let _ = PushAnswer::decode(bytes);
    let _ = PullAnswer::decode(bytes);
    let _ = EnrolRequest::decode(bytes);
    let _ = EnrolAnswer::decode(bytes);
    let _ = Problem::decode(bytes);
    decode_stored(bytes);
    // A checksum keeps damage away from what comes behind it; the layout without one does not.
    decode_stored(&[&[1], bytes.get(5..).unwrap_or_default()].concat());
}

fn decode_stored(bytes: &[u8]) {
    let _ = decode_version(bytes);
    if let Ok(state) = decode_state(bytes) {
        let damaged = Record { state, ..crate::support::record(GOOD, causal::State::new()) };
        encode_push_request(&head(), writer([&damaged]));
        let again = decode_state(&encode_state(&damaged.state)).expect("what was decoded encodes again");
        assert_eq!(again.version(), damaged.state.version());
    }
}

/// One valid message of every kind, and the stored bytes.
fn valid_bytes(records: &[Record]) -> Vec<Vec<u8>> {
    let problem = Problem::new(ProblemType::PushOutOfOrder).detail("behind").member("expected", 7);
    let results = vec![PushResult { id: GOOD.into(), outcome: Outcome::Rejected, problem: Some(problem.clone()) }];
    let push = encode_push_request(&head(), writer(records));
    let digest = wire::digest(&push);
    let enrol = format!(r#"{{"code":"a","device_name":"b","replica":"{GOOD}"}}"#);
    let enrolled = format!(
        r#"{{"token":"t","device":"{GOOD}","organisation":{{"id":"{GOOD}","name":"n"}},"scopes":null,"epoch":"{EPOCH}"}}"#
    );
    let stored =
        records.iter().flat_map(|record| [encode_state(&record.state), encode_version(record.state.version())]);
    let messages = [
        push,
        encode_push_answer(EPOCH, 1, digest, &results, writer(records)),
        encode_pull_answer(EPOCH, writer(records), "cursor", true),
        problem.encode(),
        enrol.into_bytes(),
        enrolled.into_bytes(),
    ];
    messages.into_iter().chain(stored).collect()
}

#[derive(Clone, Debug)]
enum Damage {
    Cut(Index),
    Replace(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Double(Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let telling = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        Just(b"9007199254740992".to_vec()),
        Just(b"\\ud800".to_vec()),
        Just(b"[[[".to_vec()),
        Just(b"null".to_vec()),
        Just(vec![0xff; 9]),
    ];
    prop_oneof![
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        (any::<Index>(), telling).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (any::<Index>(), 1..20usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        (any::<Index>(), 1..40usize).prop_map(|(at, count)| Damage::Double(at, count)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let (Damage::Cut(at)
    | Damage::Replace(at, _)
    | Damage::Insert(at, _)
    | Damage::Remove(at, _)
    | Damage::Double(at, _)) = damage;
    if bytes.is_empty() {
        return;
    }
    let at = at.index(bytes.len());
    let range = |count: &usize| at..(at + count).min(bytes.len());
    match damage {
        Damage::Cut(_) => bytes.truncate(at),
        Damage::Replace(_, byte) => bytes[at] = *byte,
        Damage::Insert(_, insert) => drop(bytes.splice(at..at, insert.iter().copied())),
        Damage::Remove(_, count) => drop(bytes.drain(range(count))),
        Damage::Double(_, count) => {
            let piece = bytes[range(count)].to_vec();
            bytes.splice(at..at, piece);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_decode_without_a_panic(bytes in vec(any::<u8>(), 0..300)) {
        decode_all(&bytes);
        decode_all(&[&[1], bytes.as_slice()].concat());
    }

    #[test]
    fn damaged_messages_decode_without_a_panic(
        records in reachable_records(),
        damages in vec(damage(), 1..4),
        which in any::<Index>(),
    ) {
        let mut messages = valid_bytes(&records);
        let mut bytes = messages.swap_remove(which.index(messages.len()));
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        decode_all(&bytes);
    }

    #[test]
    fn a_message_cut_anywhere_is_refused(records in reachable_records(), at in any::<Index>()) {
        for bytes in valid_bytes(&records) {
            let cut = &bytes[..at.index(bytes.len())];
            prop_assert!(PushRequest::decode(cut).is_err());
            prop_assert!(PushAnswer::decode(cut).is_err());
            prop_assert!(PullAnswer::decode(cut).is_err());
            prop_assert!(EnrolRequest::decode(cut).is_err());
            prop_assert!(EnrolAnswer::decode(cut).is_err());
            prop_assert!(Problem::decode(cut).is_none());
        }
        for record in records {
            let (state, version) = (encode_state(&record.state), encode_version(record.state.version()));
            prop_assert!(decode_state(&state[..at.index(state.len())]).is_err());
            prop_assert!(decode_version(&version[..at.index(version.len())]).is_err());
        }
    }

    #[test]
    fn one_flipped_bit_in_stored_bytes_is_noticed(records in reachable_records(), at: Index, bit in 0..8u8) {
        for record in records {
            let mut state = encode_state(&record.state);
            let byte = at.index(state.len());
            state[byte] ^= 1 << bit;
            prop_assert!(decode_state(&state).is_err());
            let mut version = encode_version(record.state.version());
            let byte = at.index(version.len());
            version[byte] ^= 1 << bit;
            prop_assert!(decode_version(&version).is_err());
        }
    }

    #[test]
    fn stored_bytes_with_a_tail_are_refused(records in reachable_records(), tail in vec(any::<u8>(), 1..8)) {
        for record in records {
            let state = [encode_state(&record.state), tail.clone()].concat();
            prop_assert!(decode_state(&state).is_err());
            let version = [encode_version(record.state.version()), tail.clone()].concat();
            prop_assert!(decode_version(&version).is_err());
        }
    }
}

#[test]
fn stored_bytes_of_another_layout_are_refused() {
    for bytes in [&[][..], &[0], &[3, 0, 0, 0, 0], &[0xff; 40]] {
        assert!(matches!(decode_state(bytes), Err(wire::StoredError::UnknownLayout)));
        assert!(matches!(decode_version(bytes), Err(wire::StoredError::UnknownLayout)));
    }
}

#[test]
fn a_stored_counter_of_zero_is_damage() {
    let version = [&[1, 1][..], &[7; 16], &[0]].concat();
    assert!(matches!(decode_version(&version), Err(wire::StoredError::Damaged(_))));
}

#[test]
fn only_problems_of_this_server_are_problems() {
    let ours = br#"{"type":"urn:rounds:problem:of-a-later-version","title":"t","more":[1]}"#;
    let problem = Problem::decode(ours).expect("a problem whose slug is new");
    assert_eq!((problem.kind(), problem.status, problem.members.len()), (None, None, 1));
    for other in [&b"<html>"[..], b"{}", br#"{"type":"about:blank","title":"t"}"#, br#"{"type":1,"title":"t"}"#] {
        assert!(Problem::decode(other).is_none());
    }
}
