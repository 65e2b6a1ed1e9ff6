//! A change of id: nothing of either twin is lost.

use std::collections::{BTreeMap, BTreeSet};

use causal::{DELETED_FIELD, Dot, Stamp, State, Value};
use proptest::collection::vec;
use proptest::prelude::*;

use super::history::{cases, merged, peers, save, seen_all, stranger, text};
use crate::world::{STORES, Store, replica};

/// All live values: field, write, stamp, value. A deletion's list is left out, as its text changes with the names.
fn values(state: &State) -> BTreeMap<(String, Dot), (Stamp, Option<Value>)> {
    let of_field = |name: &str| {
        let value = |value: &Value| (name != DELETED_FIELD).then(|| value.clone());
        state
            .siblings(name)
            .map(|it| ((name.to_owned(), it.dot), (it.stamp.clone(), value(it.value))))
            .collect::<Vec<_>>()
    };
    state.field_names().flat_map(of_field).collect()
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_renamed_replica_loses_no_write_of_its_twin(
        history in peers(),
        place in 0..STORES,
        acknowledged in any::<prop::sample::Index>(),
        twin_saves in vec((prop::sample::select(vec!["title", "score", "new"]), any::<bool>()), 0..4),
    ) {
        let Store { id, state, counter, .. } = &history.stores[place];
        let (old, new) = (replica(*id), stranger(0, 1).replica);
        let own = state.version().get(old);
        let acknowledged = acknowledged.index(own as usize + 1) as u64;
        let mut twin = State::clone(state);
        for (place, (field, saw_all)) in twin_saves.iter().enumerate() {
            let seen = if *saw_all { seen_all(&twin) } else { Default::default() };
            twin = save(&twin, Dot::new(old, counter + 1 + place as u64), &seen, &[(field, text("the twin's"))]);
        }
        let mut renamed = State::clone(state);
        prop_assert_eq!(renamed.move_own(old, acknowledged, new), own > acknowledged);
        let both = merged(&renamed, &twin);
        prop_assert_eq!(&both, &merged(&twin, &renamed));

        let (before, after, all) = (values(state), values(&renamed), values(&both));
        let is_moved = |dot: Dot| dot.replica == old && dot.counter > acknowledged;
        let moved = |dot: Dot| if is_moved(dot) { Dot::new(new, dot.counter) } else { dot };
        let expected: BTreeMap<_, _> =
            before.iter().map(|((name, dot), value)| ((name.clone(), moved(*dot)), value.clone())).collect();
        prop_assert_eq!(&after, &expected, "the values and stamps stay as they are");
        for (key, value) in values(&twin) {
            prop_assert_eq!(all.get(&key), Some(&value), "a write of the twin");
        }
        for (key, value) in after.into_iter().filter(|((_, dot), _)| dot.replica == new) {
            prop_assert_eq!(all.get(&key), Some(&value), "a write that moved");
        }
        prop_assert_eq!(renamed.version().get(old), own.min(acknowledged));
        prop_assert_eq!(renamed.version().get(new), if own > acknowledged { own } else { 0 });
    }

    #[test]
    fn a_second_rename_moves_nothing(history in peers(), place in 0..STORES, acknowledged in 0_u64..4) {
        let Store { id, state, .. } = &history.stores[place];
        let mut renamed = State::clone(state);
        renamed.move_own(replica(*id), acknowledged, stranger(0, 1).replica);
        let once = renamed.clone();
        prop_assert!(!renamed.move_own(replica(*id), acknowledged, stranger(0, 1).replica));
        prop_assert_eq!(renamed, once);
    }
}

/// Only a deletion that moves is written anew: somebody else's list is that person's write, and stays as it is.
#[test]
fn a_deletion_by_somebody_else_is_not_rewritten() {
    let (old, new) = (stranger(0, 1).replica, stranger(1, 1).replica);
    let own = save(&State::new(), Dot::new(old, 1), &Default::default(), &[("title", text("a"))]);
    let list = own.deletion_of(&seen_all(&own));
    let mut state = save(&own, stranger(2, 1), &seen_all(&own), &[(DELETED_FIELD, list.clone())]);
    state.move_own(old, 0, new);
    assert_eq!(state.siblings(DELETED_FIELD).map(|it| it.value.clone()).collect::<Vec<_>>(), [list]);
    assert_eq!(state.writes_the_deletion_missed(), BTreeSet::from([Dot::new(new, 1)]));
}

/// A list that this version cannot read moves unread.
#[test]
fn a_mark_that_is_no_list_moves_as_it_is() {
    let (old, new) = (stranger(0, 1).replica, stranger(1, 1).replica);
    let mut state = save(&State::new(), Dot::new(old, 1), &Default::default(), &[(DELETED_FIELD, text("later"))]);
    assert!(state.move_own(old, 0, new));
    assert_eq!(
        state.siblings(DELETED_FIELD).map(|it| (it.dot, it.value.clone())).collect::<Vec<_>>(),
        [(Dot::new(new, 1), text("later"))]
    );
}

/// An ordinary field may hold what looks like a list of writes; it is a person's value and is not touched.
#[test]
fn a_list_in_another_field_is_not_rewritten() {
    let (old, new) = (stranger(0, 1).replica, stranger(1, 1).replica);
    let list = Value::from(serde_json::json!([[old.to_string(), 1]]));
    let mut state = save(&State::new(), Dot::new(old, 1), &Default::default(), &[("title", list.clone())]);
    state.move_own(old, 0, new);
    assert_eq!(state.siblings("title").map(|it| it.value.clone()).collect::<Vec<_>>(), [list]);
}
