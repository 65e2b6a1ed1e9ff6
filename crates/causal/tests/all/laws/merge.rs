//! The join, the purge, and clocks.

use std::collections::BTreeMap;

use causal::{Dot, Siblings, Stamp, State, VersionVector};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

use super::history::{cases, merged, peers, picks, run, save, seen_all, stamp, stranger, text};
use crate::world::{Rules, replica};

/// Three states of one history.
fn three() -> impl Strategy<Value = (State, State, State)> {
    let index = any::<prop::sample::Index>;
    (peers(), index(), index(), index())
        .prop_map(|(history, a, b, c)| (history.state(a), history.state(b), history.state(c)))
}

/// States that are valid but that no history makes, as somebody may send them; one dot has one stamp and one value.
fn valid() -> impl Strategy<Value = State> {
    let fields = btree_map("[fgh]", btree_set((0_u8..3, 1_u64..5), 1..4), 0..4);
    (fields, vec((0_u8..3, 1_u64..6), 0..4)).prop_map(|(fields, covered)| {
        let dot = |(of, counter): (u8, u64)| Dot::new(replica(of), counter);
        let siblings = |name: &str, dots: Vec<Dot>| -> Siblings {
            dots.into_iter().map(|dot| (dot, text(&format!("{name} {dot:?}")))).collect()
        };
        let fields: BTreeMap<_, _> = fields
            .into_iter()
            .map(|(name, dots)| (name.as_str().into(), siblings(&name, dots.into_iter().map(dot).collect())))
            .collect();
        let live = || fields.values().flat_map(Siblings::keys).copied();
        let version: VersionVector = live().chain(covered.into_iter().map(dot)).collect();
        let writes = live().map(|dot| (dot, stamp(dot.counter))).collect();
        State::from_parts(version, writes, fields).expect("valid parts")
    })
}

fn check_monotone(a: &State, b: &State) {
    let merged = merged(a, b);
    assert!(merged.version().covers_all(a.version()) && merged.version().covers_all(b.version()));
    for dot in merged.version().iter() {
        assert_eq!(dot.counter, a.version().get(dot.replica).max(b.version().get(dot.replica)));
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn merge_is_commutative((a, b, _) in three()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
    }

    #[test]
    fn merge_is_associative((a, b, c) in three()) {
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
    }

    #[test]
    fn merge_is_idempotent((a, b, _) in three()) {
        prop_assert_eq!(merged(&a, &a), a.clone());
        prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
    }

    #[test]
    fn merge_is_monotone_in_version((a, b, _) in three()) {
        check_monotone(&a, &b);
    }

    #[test]
    fn merge_is_a_join_even_of_states_that_nobody_saved(a in valid(), b in valid(), c in valid()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
        check_monotone(&a, &b);
        let whole = merged(&a, &b);
        let parts = (whole.version().clone(), whole.writes().clone(), whole.fields().clone());
        prop_assert_eq!(State::from_parts(parts.0, parts.1, parts.2), Ok(whole));
    }

    #[test]
    fn a_new_state_changes_nothing((a, _, _) in three()) {
        prop_assert_eq!(merged(&a, &State::new()), a.clone());
        prop_assert_eq!(merged(&State::new(), &a), a);
    }

    #[test]
    fn a_purge_takes_what_it_saw_and_nothing_else((a, b, _) in three()) {
        let whole = merged(&a, &b);
        let mut purged = whole.clone();
        purged.purge();
        prop_assert_eq!(purged.version(), whole.version());
        prop_assert!(purged.writes().is_empty() && purged.fields().is_empty());
        prop_assert_eq!(purged.is_purged(), !whole.is_new());
        for seen_by_it in [&a, &b, &whole] {
            prop_assert_eq!(merged(&purged, seen_by_it), purged.clone());
        }

        let unseen = stranger(0, 1);
        let late = save(&a, unseen, &seen_all(&State::new()), &[("title", text("late"))]);
        let back = merged(&purged, &late);
        prop_assert_eq!(back.field_names().collect::<Vec<_>>(), ["title"]);
        prop_assert_eq!(back.writes().keys().collect::<Vec<_>>(), [&unseen]);
        prop_assert!(!back.is_purged());
    }

    #[test]
    fn clocks_take_no_part(picks in picks(40)) {
        const TEN_YEARS: u64 = 315_576_000_000;
        let rules = Rules { fields: 3, ..Rules::peers(usize::MAX) };
        let right = run(rules, |_, counter| 2 * TEN_YEARS + counter, &picks);
        let wrong_clock = |store, counter| [1, 3, 2][(store + counter as usize) % 3] * TEN_YEARS - counter;
        let wrong = run(rules, wrong_clock, &picks);
        for (right, wrong) in right.states.iter().zip(&wrong.states) {
            prop_assert_eq!(without_clocks(right), without_clocks(wrong));
        }
        let mirrored = right.states.iter().zip(&wrong.states).rev();
        for ((right_a, wrong_a), (right_b, wrong_b)) in right.states.iter().zip(&wrong.states).zip(mirrored) {
            let (right, wrong) = (merged(right_a, right_b), merged(wrong_a, wrong_b));
            prop_assert_eq!(without_clocks(&right), without_clocks(&wrong));
            prop_assert_eq!(right.is_deleted(), wrong.is_deleted());
        }
    }
}

fn without_clocks(state: &State) -> State {
    let writes = state.writes().iter().map(|(dot, stamp)| (*dot, Stamp { at: 0, by: stamp.by.clone() })).collect();
    State::from_parts(state.version().clone(), writes, state.fields().clone()).expect("the parts of a state")
}
