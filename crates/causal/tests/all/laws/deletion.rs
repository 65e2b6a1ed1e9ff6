//! Deletion removes what was seen, and nothing that was not.

use std::collections::BTreeSet;

use causal::{DELETED_FIELD, Dot, Seen, State, Value};
use proptest::prelude::*;

use super::history::{cases, dots_of, form, merged, peers, save, seen_all, stranger, text};

/// A record that somebody can see, in whatever shape a history left it.
fn visible() -> impl Strategy<Value = State> {
    (peers(), any::<prop::sample::Index>()).prop_map(|(history, pick)| {
        let base = history.state(pick);
        save(&base, stranger(50, 1), &seen_all(&base), &[("title", text("here")), (DELETED_FIELD, Value::null())])
    })
}

fn field() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["title", "new"])
}

fn delete(state: &State, dot: Dot, seen: &Seen) -> State {
    save(state, dot, seen, &[(DELETED_FIELD, state.deletion_of(seen))])
}

fn answers(state: &State) -> BTreeSet<Dot> {
    let names = state.field_names().filter(|name| *name != DELETED_FIELD);
    names.flat_map(|name| dots_of(state, name)).collect()
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_deletion_lists_the_live_writes_that_were_seen((state, seen) in form()) {
        let seen_answers = answers(&state).into_iter().filter(|dot| seen.covers(*dot));
        let list: Vec<_> = seen_answers.map(|dot| serde_json::json!([dot.replica.to_string(), dot.counter])).collect();
        prop_assert_eq!(state.deletion_of(&seen), Value::from(serde_json::json!(list)));
    }

    #[test]
    fn a_deletion_that_saw_everything_deletes_and_keeps_the_fields(state in visible()) {
        prop_assert!(!state.is_deleted() && !state.has_deletion_conflict());
        let deleted = delete(&state, stranger(0, 1), &seen_all(&state));
        prop_assert!(deleted.is_deleted() && !deleted.has_deletion_conflict());
        prop_assert!(deleted.writes_the_deletion_missed().is_empty());
        prop_assert_eq!(answers(&deleted), answers(&state));
    }

    #[test]
    fn an_unseen_write_keeps_the_record_visible(state in visible(), field in field()) {
        let deleted = delete(&state, stranger(0, 1), &seen_all(&state));
        let written = save(&state, stranger(1, 1), &seen_all(&state), &[(field, text("unseen"))]);
        let both = merged(&deleted, &written);
        prop_assert!(!both.is_deleted() && both.has_deletion_conflict());
        prop_assert_eq!(both.writes_the_deletion_missed(), BTreeSet::from([stranger(1, 1)]));

        let again = delete(&both, stranger(0, 2), &seen_all(&both));
        prop_assert!(again.is_deleted() && !again.has_deletion_conflict());
    }

    #[test]
    fn a_save_that_saw_the_deletion_takes_it_back(state in visible(), field in field()) {
        let deleted = delete(&state, stranger(0, 1), &seen_all(&state));
        let back = save(&deleted, stranger(1, 1), &seen_all(&deleted), &[(field, text("back"))]);
        for state in [&back, &merged(&back, &deleted), &merged(&deleted, &back)] {
            prop_assert!(!state.is_deleted() && !state.has_deletion_conflict());
            let marks: Vec<_> = state.siblings(DELETED_FIELD).map(|it| (it.dot, it.value.is_null())).collect();
            prop_assert_eq!(marks, [(stranger(1, 1), true)]);
        }
        // Somebody who did not see it taken back deletes the same record: the conflict is shown, nothing is hidden.
        let other = delete(&state, stranger(2, 1), &seen_all(&state));
        let both = merged(&back, &other);
        prop_assert!(!both.is_deleted() && both.has_deletion_conflict());
    }

    #[test]
    fn a_take_back_shows_the_record_beside_any_concurrent_deletion(state in visible()) {
        let deleted = delete(&state, stranger(0, 1), &seen_all(&state));
        let back = save(&deleted, stranger(1, 1), &seen_all(&deleted), &[(DELETED_FIELD, Value::null())]);
        prop_assert!(!back.is_deleted() && !back.has_deletion_conflict());
        let both = merged(&back, &delete(&state, stranger(2, 1), &seen_all(&state)));
        prop_assert!(!both.is_deleted() && both.has_deletion_conflict());
        prop_assert!(both.writes_the_deletion_missed().is_empty(), "nobody wrote: somebody wants it to stay");
    }

    #[test]
    fn a_deletion_taken_back_is_not_written_again(state in visible()) {
        let deleted = delete(&state, stranger(0, 1), &seen_all(&state));
        let back = save(&deleted, stranger(1, 1), &seen_all(&deleted), &[("title", text("back"))]);
        let later = save(&back, stranger(1, 2), &seen_all(&back), &[("title", text("later"))]);
        prop_assert_eq!(dots_of(&later, DELETED_FIELD), [stranger(1, 1)]);
    }

    #[test]
    fn concurrent_deletions_that_covered_everything_stay(state in visible()) {
        let one = delete(&state, stranger(0, 1), &seen_all(&state));
        let other = delete(&state, stranger(1, 1), &seen_all(&state));
        let both = merged(&one, &other);
        prop_assert!(both.is_deleted());
        prop_assert_eq!(dots_of(&both, DELETED_FIELD), [stranger(0, 1), stranger(1, 1)]);
    }

    #[test]
    fn a_deletion_that_saw_less_beside_one_that_saw_all_changes_nothing((state, seen) in form(), visible in visible()) {
        for (state, seen) in [(state, seen), (visible, Seen::nothing())] {
            let all = delete(&state, stranger(0, 1), &seen_all(&state));
            let less = delete(&state, stranger(1, 1), &seen);
            if all.is_deleted() {
                prop_assert!(merged(&all, &less).is_deleted());
            }
        }
    }

    #[test]
    fn a_rename_keeps_a_deletion_in_force(state in visible(), saves in 1_u64..4, acknowledged in 0_u64..6) {
        let (old, new) = (stranger(0, 1).replica, stranger(1, 1).replica);
        let mut own = state;
        for counter in 1..=saves {
            own = save(&own, Dot::new(old, counter), &Seen::nothing(), &[("title", text(&counter.to_string()))]);
        }
        let seen = seen_all(&own);
        let mut deleted = delete(&own, Dot::new(old, saves + 1), &seen);
        prop_assert!(deleted.is_deleted());
        prop_assert_eq!(deleted.move_own(old, acknowledged, new), acknowledged <= saves);
        prop_assert!(deleted.is_deleted());
        let twin = save(&own, Dot::new(old, saves + 1), &seen, &[("title", text("the twin's"))]);
        if acknowledged <= saves {
            let both = merged(&deleted, &twin);
            prop_assert!(!both.is_deleted() && both.writes_the_deletion_missed().contains(&Dot::new(old, saves + 1)));
        }
    }
}

fn deleted_by(list: &str) -> State {
    let state = save(&State::new(), stranger(0, 1), &Seen::nothing(), &[("title", text("a"))]);
    let list = list.replace("ID", &stranger(0, 1).replica.to_string());
    save(&state, stranger(0, 2), &Seen::nothing(), &[(DELETED_FIELD, Value::parse(&list).expect("a value"))])
}

#[test]
fn a_list_is_read_by_meaning() {
    assert!(deleted_by(r#"[["ID",1]]"#).is_deleted());
    assert!(deleted_by(r#"[ ["ID", 1.0], ["ID", 7] ]"#).is_deleted());
}

#[test]
fn what_is_no_list_of_writes_deletes_nothing() {
    for mark in [
        "true",
        "[]",
        "{}",
        "\"ID\"",
        r#"[["ID",2]]"#,
        r#"[["ID"]]"#,
        r#"[["ID",1,1]]"#,
        r#"[["ID",1],1]"#,
        r#"[["ID",-1]]"#,
        r#"[["ID",1.5]]"#,
        r#"[["x",1]]"#,
        r#"[[1,"ID"]]"#,
    ] {
        let state = deleted_by(mark);
        assert!(!state.is_deleted(), "{mark}");
        assert!(state.has_deletion_conflict(), "{mark}");
        assert_eq!(state.writes_the_deletion_missed(), BTreeSet::from([stranger(0, 1)]), "{mark}");
    }
    assert!(!deleted_by("null").has_deletion_conflict());
}
