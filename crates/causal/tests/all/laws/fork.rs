//! Telling honest states from forged and forked ones.

use std::collections::{BTreeMap, BTreeSet};

use causal::{Dot, Fork, Seen, Siblings, Stamp, State, VersionVector};
use proptest::prelude::*;

use super::history::{History, cases, merged, peers, protocol, save, seen_all, stranger, text};

/// A state with something in it, and one of its siblings.
fn sibling() -> impl Strategy<Value = (State, std::sync::Arc<str>, Dot)> {
    let all = |history: History| {
        let siblings = |state: &State| {
            let of_field = |(name, siblings): (&std::sync::Arc<str>, &Siblings)| {
                siblings.keys().map(|dot| (name.clone(), *dot)).collect::<Vec<_>>()
            };
            state.fields().iter().flat_map(of_field).map(|(name, dot)| (state.clone(), name, dot)).collect::<Vec<_>>()
        };
        history.states.iter().flat_map(siblings).collect::<Vec<_>>()
    };
    peers()
        .prop_map(all)
        .prop_filter("a history without a value", |all| !all.is_empty())
        .prop_flat_map(proptest::sample::select)
}

fn with(state: &State, writes: BTreeMap<Dot, Stamp>, fields: BTreeMap<std::sync::Arc<str>, Siblings>) -> State {
    State::from_parts(state.version().clone(), writes, fields).expect("a forgery that passes for valid")
}

fn check_forged(honest: &State, forged: &State, expected: &Fork) {
    let nothing = VersionVector::new();
    assert_eq!(honest.fork_against(forged, &nothing).as_ref(), Some(expected));
    assert_eq!(forged.fork_against(honest, &nothing).as_ref(), Some(expected));
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn states_that_saves_made_are_never_called_forked(history in peers()) {
        for a in &history.states {
            for b in &history.states {
                prop_assert_eq!(a.fork_against(b, &history.purged), None, "{:?} and {:?}", a, b);
            }
        }
    }

    /// The comparing is done while the history runs: at every hand-over neither side may be called forked.
    #[test]
    fn clones_that_changed_their_id_in_time_are_never_called_forked(history in protocol()) {
        let hub = &history.stores[0];
        for store in &history.stores[1..] {
            let knows_too_much = hub.state.version().get(crate::world::replica(store.id)) > store.acknowledged;
            if !store.is_disowned && !knows_too_much {
                prop_assert_eq!(hub.state.fork_against(&store.state, &VersionVector::new()), None);
                prop_assert_eq!(store.state.fork_against(&hub.state, &VersionVector::new()), None);
            }
        }
    }

    #[test]
    fn another_stamp_is_called_forked((honest, _, dot) in sibling(), is_later in any::<bool>()) {
        let mut writes = honest.writes().clone();
        let stamp = writes.get_mut(&dot).expect("a live write has a stamp");
        if is_later { stamp.at += 1 } else { stamp.by = None }
        check_forged(&honest, &with(&honest, writes, honest.fields().clone()), &Fork::Stamp(dot));
    }

    #[test]
    fn another_value_is_called_forked((honest, name, dot) in sibling()) {
        let mut fields = honest.fields().clone();
        fields.get_mut(&name).expect("the field").insert(dot, text("forged"));
        check_forged(&honest, &with(&honest, honest.writes().clone(), fields), &Fork::Value(name, dot));
    }

    #[test]
    fn a_sibling_that_vanished_is_called_forked((honest, name, dot) in sibling()) {
        let mut fields = honest.fields().clone();
        fields.get_mut(&name).expect("the field").retain(|held, _| *held != dot);
        fields.retain(|_, siblings| !siblings.is_empty());
        let live: BTreeSet<Dot> = fields.values().flat_map(|siblings| siblings.keys().copied()).collect();
        let writes = honest.writes().clone().into_iter().filter(|(dot, _)| live.contains(dot)).collect();
        let forged = with(&honest, writes, fields);
        check_forged(&honest, &forged, &Fork::Vanished(name.clone(), dot));

        let purged: VersionVector = [dot].into_iter().collect();
        prop_assert_eq!(honest.fork_against(&forged, &purged), None, "what a purge took did not vanish");
        prop_assert_eq!(forged.fork_against(&honest, &purged), None);
        let purged: VersionVector = [Dot::new(dot.replica, dot.counter - 1)].into_iter().collect();
        prop_assert!(honest.fork_against(&forged, &purged).is_some(), "a purge of older writes excuses nothing");

        // A write in another field is no excuse (a save also takes a deletion back); one in the same field is, as long
        // as the honest side has not seen it.
        let elsewhere = save(&forged, stranger(0, 1), &seen_all(&forged), &[("elsewhere", text("new"))]);
        let is_excused = elsewhere.fork_against(&honest, &VersionVector::new()).is_none();
        prop_assert_eq!(is_excused, elsewhere.siblings(&name).any(|it| it.dot == stranger(0, 1)));
        let replaced = save(&forged, stranger(0, 1), &seen_all(&forged), &[(&*name, text("new"))]);
        prop_assert_eq!(honest.fork_against(&replaced, &VersionVector::new()), None);
        prop_assert_eq!(replaced.fork_against(&honest, &VersionVector::new()), None);
    }

    #[test]
    fn twins_that_used_one_number_twice_are_called_forked(history in peers(), pick in any::<prop::sample::Index>()) {
        let base = history.state(pick);
        let one = save(&base, stranger(0, 1), &seen_all(&base), &[("title", text("one"))]);
        let other = save(&base, stranger(0, 1), &seen_all(&base), &[("title", text("other"))]);
        check_forged(&one, &other, &Fork::Value("title".into(), stranger(0, 1)));
        let later = save(&base, stranger(0, 2), &seen_all(&base), &[("title", text("other"))]);
        prop_assert_eq!(one.fork_against(&later, &VersionVector::new()), None, "numbers alone do not show every fork");
        let elsewhere = save(&base, stranger(0, 2), &seen_all(&base), &[("score", text("other"))]);
        let nothing = VersionVector::new();
        for found in [one.fork_against(&elsewhere, &nothing), elsewhere.fork_against(&one, &nothing)] {
            prop_assert!(matches!(&found, Some(Fork::Vanished(name, _)) if &**name == "title"), "{:?}", found);
        }
        prop_assert!(merged(&one, &elsewhere).siblings("title").all(|it| it.dot != stranger(0, 1)), "why it matters");
    }
}

/// Why a store changes its id before it merges anything that has seen a moved write: nothing is lost when it comes too
/// late, but the store holds a replacement and no longer knows what it replaced.
#[test]
fn a_rename_that_comes_too_late_makes_honest_states_look_forked() {
    let old = save(&State::new(), stranger(0, 1), &Seen::nothing(), &[("title", text("old"))]);
    let replaced = save(&old, stranger(1, 1), &seen_all(&old), &[("title", text("new"))]);
    let mut renamed = merged(&old, &replaced);
    renamed.move_own(stranger(0, 1).replica, 0, stranger(2, 1).replica);
    let both = merged(&renamed, &old);
    let shown: Vec<_> = both.siblings("title").map(|it| it.value.clone()).collect();
    assert_eq!(shown, [text("old"), text("new")], "a replaced value may come back, none may be lost");
    let found = both.fork_against(&replaced, &VersionVector::new());
    assert_eq!(found, Some(Fork::Vanished("title".into(), stranger(0, 1))));
}
