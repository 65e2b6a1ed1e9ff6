//! The parts of a state, and the small types.

use std::collections::BTreeMap;

use causal::{Dot, MAX_COUNTER, RecordId, ReplicaId, Siblings, State, StateError, VersionVector};
use proptest::prelude::*;

use super::history::{cases, peers, save, seen_all, stamp, stranger, text};
use crate::world::replica;

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn every_state_that_a_history_made_is_accepted(history in peers()) {
        for state in &history.states {
            let parts = (state.version().clone(), state.writes().clone(), state.fields().clone());
            prop_assert_eq!(&State::from_parts(parts.0, parts.1, parts.2), &Ok(state.clone()));
        }
    }

    #[test]
    fn every_broken_invariant_is_refused(history in peers(), pick in any::<prop::sample::Index>()) {
        let base = history.state(pick);
        let state = save(&base, stranger(0, 5), &seen_all(&base), &[("title", text("a")), ("score", text("b"))]);
        let (version, writes, fields) = (state.version(), state.writes(), state.fields());
        let check = |version: &VersionVector, writes: &BTreeMap<_, _>, fields: &BTreeMap<_, _>, error: StateError| {
            assert_eq!(State::from_parts(version.clone(), writes.clone(), fields.clone()), Err(error));
        };

        let short = version.iter().filter(|dot| dot.replica != replica(200)).collect::<VersionVector>();
        check(&short, writes, fields, StateError::UncoveredWrite);
        let one_short = short.iter().chain([stranger(0, 4)]).collect();
        check(&one_short, writes, fields, StateError::UncoveredWrite);

        let mut fewer = writes.clone();
        fewer.remove(&stranger(0, 5));
        check(version, &fewer, fields, StateError::UnknownWrite);

        let mut more = writes.clone();
        more.insert(stranger(0, 4), stamp(4));
        check(version, &more, fields, StateError::UnusedWrite);

        let mut empty = fields.clone();
        empty.insert("score".into(), Siblings::new());
        check(version, writes, &empty, StateError::EmptyField);

        let mut zero = (writes.clone(), fields.clone());
        zero.0.insert(stranger(0, 0), stamp(0));
        zero.1.insert("zero".into(), Siblings::from_iter([(stranger(0, 0), text("zero"))]));
        check(version, &zero.0, &zero.1, StateError::CounterOutOfRange(0));

        let mut version = version.clone();
        version.add(stranger(1, MAX_COUNTER));
        prop_assert!(State::from_parts(version.clone(), writes.clone(), fields.clone()).is_ok());
        version.add(stranger(1, MAX_COUNTER + 1));
        check(&version, writes, fields, StateError::CounterOutOfRange(MAX_COUNTER + 1));
    }

    #[test]
    fn a_state_says_what_it_holds(history in peers(), pick in any::<prop::sample::Index>()) {
        let base = history.state(pick);
        prop_assert_eq!(base.is_new(), base.version().is_empty());
        prop_assert_eq!(base.is_purged(), base.fields().is_empty() && !base.version().is_empty());
        let state = save(&base, stranger(0, 5), &seen_all(&base), &[("title", text("a"))]);
        prop_assert!(!state.is_new() && !state.is_purged());
        prop_assert_eq!(state.version().len(), base.version().len() + 1);
        prop_assert_eq!(state.siblings("nowhere").count(), 0);
        let title: Vec<_> = state.siblings("title").collect();
        prop_assert_eq!((title[0].dot, title[0].stamp, title[0].value), (stranger(0, 5), &stamp(5), &text("a")));
    }
}

#[test]
fn counters_end_where_doubles_stop_being_exact() {
    assert_eq!(MAX_COUNTER, 9_007_199_254_740_991);
}

#[test]
fn a_version_never_goes_back() {
    let mut version = VersionVector::new();
    assert!(version.is_empty() && !version.covers(stranger(0, 1)));
    version.add(stranger(0, 0));
    assert!(version.is_empty(), "no write is numbered 0");
    version.add(stranger(0, 3));
    version.add(stranger(0, 2));
    assert_eq!(version.get(stranger(0, 1).replica), 3);
    assert!(version.covers(stranger(0, 3)) && !version.covers(stranger(0, 4)) && !version.covers(stranger(1, 1)));
    let other: VersionVector = [stranger(0, 2), stranger(1, 1)].into_iter().collect();
    assert!(!version.covers_all(&other) && !other.covers_all(&version) && version.covers_all(&version));
    version.join(&other);
    assert!(version.covers_all(&other));
    assert_eq!((version.len(), version.is_empty()), (2, false));
    assert_eq!(version.iter().collect::<Vec<_>>(), [stranger(0, 3), stranger(1, 1)]);
}

#[test]
fn names_are_written_as_uuids() {
    let text = "a0000000-0000-4000-8000-000000000001";
    let id: ReplicaId = text.parse().expect("a UUID");
    assert_eq!((id, id.to_string(), format!("{id:?}")), (replica(1), text.to_owned(), text.to_owned()));
    assert_eq!(format!("{:?}", Dot::new(id, 7)), format!("{text}:7"));
    assert_eq!(format!("{:?}", [Dot::new(id, 7)].into_iter().collect::<VersionVector>()), format!("{{{text}: 7}}"));
    let record: RecordId = text.parse().expect("a UUID");
    assert_eq!((record.0, record.to_string(), format!("{record:?}")), (id.0, text.to_owned(), text.to_owned()));
    assert!("a".parse::<ReplicaId>().is_err() && "a".parse::<RecordId>().is_err());
    assert_eq!(serde_json::to_string(&(id, record)).expect("JSON"), format!("[\"{text}\",\"{text}\"]"));
}
