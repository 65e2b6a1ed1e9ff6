//! What a save replaces, and what is a conflict.

use std::collections::BTreeSet;

use causal::{DELETED_FIELD, Dot, MAX_COUNTER, SaveError, Seen, State, Value};
use proptest::collection::vec;
use proptest::prelude::*;

use super::history::{cases, dots_of, form, merged, peers, save, seen_all, stamp, stranger, text};

const FIELDS: [&str; 4] = ["title", "answers/T01.03/result", "score", "never before"];

fn fields() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::sample::subsequence(FIELDS.to_vec(), 1..=FIELDS.len())
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_save_replaces_exactly_what_it_saw((before, seen) in form(), set in fields()) {
        let dot = stranger(0, 7);
        let values: Vec<_> = set.iter().map(|field| (*field, text(field))).collect();
        let after = save(&before, dot, &seen, &values);

        let saw_it_deleted = before.siblings(DELETED_FIELD).any(|it| seen.covers(it.dot) && !it.value.is_null());
        let names: BTreeSet<&str> = before.field_names().chain(after.field_names()).collect();
        for name in names {
            let is_set = set.contains(&name) || (name == DELETED_FIELD && saw_it_deleted);
            let kept = before.siblings(name).filter(|it| !is_set || !seen.covers(it.dot)).map(|it| (it.dot, it.value));
            let (value, null) = (text(name), Value::null());
            let added = is_set.then_some((dot, if name == DELETED_FIELD { &null } else { &value }));
            let mut expected: Vec<(Dot, &Value)> = kept.chain(added).collect();
            expected.sort_by_key(|(dot, _)| *dot);
            prop_assert_eq!(after.siblings(name).map(|it| (it.dot, it.value)).collect::<Vec<_>>(), expected);
        }

        let mut version = before.version().clone();
        version.add(dot);
        prop_assert_eq!(after.version(), &version);
        for (live, its_stamp) in after.writes() {
            prop_assert_eq!(its_stamp, if *live == dot { &after.writes()[&dot] } else { &before.writes()[live] });
        }
        prop_assert_eq!(&after.writes()[&dot], &stamp(7));
        prop_assert_eq!(after.writes().keys().copied().collect::<BTreeSet<_>>(), live(&after));
    }

    #[test]
    fn a_save_that_is_out_of_order_changes_nothing((before, seen) in form(), back in 0_u64..3) {
        let mut state = before.clone();
        let set = || [("title".into(), text("no"))];
        for newest in before.version().iter() {
            let used = newest.counter.saturating_sub(back);
            let dot = Dot::new(newest.replica, used);
            prop_assert_eq!(state.save(dot, stamp(1), &seen, set()), Err(SaveError::CounterUsed(used)));
        }
        for wrong in [0, MAX_COUNTER + 1, u64::MAX] {
            prop_assert_eq!(state.save(stranger(0, wrong), stamp(1), &seen, set()), Err(SaveError::CounterUsed(wrong)));
        }
        prop_assert_eq!(state.save(stranger(0, 1), stamp(1), &seen, []), Err(SaveError::NothingSet));
        prop_assert_eq!(&state, &before);
        prop_assert_eq!(state.save(stranger(0, MAX_COUNTER), stamp(1), &seen, set()), Ok(()));
    }

    #[test]
    fn edits_to_different_fields_never_conflict(
        history in peers(),
        pick in any::<prop::sample::Index>(),
        fields in fields(),
    ) {
        let base = history.state(pick);
        let edit = |place: usize, field: &'static str| {
            save(&base, stranger(place as u8, 1), &seen_all(&base), &[(field, text(field))])
        };
        let edits = fields.iter().enumerate().map(|(place, field)| edit(place, field));
        let all = edits.fold(base.clone(), |all, edit| merged(&all, &edit));
        for (place, field) in fields.iter().enumerate() {
            prop_assert_eq!(dots_of(&all, field), [stranger(place as u8, 1)]);
        }
        for untouched in base.field_names().filter(|name| *name != DELETED_FIELD && !fields.contains(name)) {
            prop_assert_eq!(dots_of(&all, untouched), dots_of(&base, untouched));
        }
    }

    #[test]
    fn concurrent_different_values_always_conflict_and_a_resolution_clears_what_it_saw(
        history in peers(),
        pick in any::<prop::sample::Index>(),
        order in vec(0_u8..5, 1..8),
        field in prop::sample::select(FIELDS.to_vec()),
    ) {
        let base = history.state(pick);
        let edit = |number: u8| {
            save(&base, stranger(number, 1), &seen_all(&base), &[(field, text(&number.to_string()))])
        };
        let late = edit(9);
        let conflict = order.iter().fold(base.clone(), |all, number| merged(&all, &edit(*number)));
        let writers: BTreeSet<u8> = order.into_iter().collect();
        let expected: Vec<(Dot, Value)> =
            writers.iter().map(|number| (stranger(*number, 1), text(&number.to_string()))).collect();
        prop_assert_eq!(conflict.siblings(field).map(|it| (it.dot, it.value.clone())).collect::<Vec<_>>(), expected);

        let resolve = |state: &State| save(state, stranger(10, 1), &seen_all(&conflict), &[(field, text("settled"))]);
        let resolution = resolve(&conflict);
        let late_first = resolve(&merged(&conflict, &late));
        for resolved in [merged(&resolution, &conflict), resolution.clone(), merged(&base, &resolution)] {
            prop_assert_eq!(dots_of(&resolved, field), [stranger(10, 1)]);
        }
        for disputed in [late_first, merged(&resolution, &late), merged(&late, &resolution)] {
            prop_assert_eq!(dots_of(&disputed, field), [stranger(9, 1), stranger(10, 1)]);
        }
    }

    #[test]
    fn two_forms_of_one_tablet_conflict_until_one_sees_the_other((before, _) in form()) {
        let opened = seen_all(&before);
        let first = save(&before, stranger(0, 1), &opened, &[("title", text("first"))]);
        let mut second_form = opened.clone();
        let second = save(&first, stranger(0, 2), &second_form, &[("title", text("second"))]);
        second_form.add_dot(stranger(0, 2));
        prop_assert_eq!(dots_of(&second, "title"), [stranger(0, 1), stranger(0, 2)]);
        let third = save(&second, stranger(0, 3), &second_form, &[("title", text("third"))]);
        prop_assert_eq!(dots_of(&third, "title"), [stranger(0, 1), stranger(0, 3)]);
        let settled = save(&third, stranger(0, 4), &seen_all(&third), &[("title", text("settled"))]);
        prop_assert_eq!(dots_of(&settled, "title"), [stranger(0, 4)]);
    }
}

fn live(state: &State) -> BTreeSet<Dot> {
    state.fields().values().flat_map(|siblings| siblings.keys().copied()).collect()
}

#[test]
fn a_field_that_is_set_twice_in_one_save_keeps_the_last_value() {
    let state = save(&State::new(), stranger(0, 1), &Seen::nothing(), &[("title", text("a")), ("title", text("b"))]);
    assert_eq!(state.siblings("title").map(|it| it.value.clone()).collect::<Vec<_>>(), [text("b")]);
}
