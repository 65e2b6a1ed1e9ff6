//! What a form holds as seen: its text, and its life through a change of id.

use causal::{Dot, MAX_COUNTER, Seen, VersionVector};
use proptest::collection::vec;
use proptest::prelude::*;

use super::history::{cases, form, stranger};
use crate::world::replica;

fn dot() -> impl Strategy<Value = Dot> {
    let counter = prop_oneof![1_u64..9, Just(MAX_COUNTER)];
    (0_u8..4, counter).prop_map(|(of, counter)| Dot::new(replica(of), counter))
}

/// Any vector with any single dots beside it.
fn seen() -> impl Strategy<Value = Seen> {
    (vec(dot(), 0..4), vec(dot(), 0..4)).prop_map(|(vector, dots)| {
        let mut seen = Seen::from(vector.into_iter().collect::<VersionVector>());
        dots.into_iter().for_each(|dot| seen.add_dot(dot));
        seen
    })
}

fn all_dots() -> impl Iterator<Item = Dot> {
    (0..4)
        .flat_map(|of| (1..10).chain([MAX_COUNTER - 1, MAX_COUNTER]).map(move |counter| Dot::new(replica(of), counter)))
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn seen_survives_its_text(seen in seen()) {
        prop_assert_eq!(seen.to_string().parse::<Seen>(), Ok(seen));
    }

    #[test]
    fn what_forms_hold_survives_its_text((_, seen) in form()) {
        prop_assert_eq!(seen.to_string().parse::<Seen>(), Ok(seen));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), like in "[0-9a-f:,+]{0,80}") {
        for text in [text, like] {
            if let Ok(seen) = text.parse::<Seen>() {
                prop_assert_eq!(seen.to_string().parse::<Seen>(), Ok(seen));
            }
        }
    }

    #[test]
    fn a_damaged_text_is_read_or_refused(
        seen in seen(),
        at in any::<prop::sample::Index>(),
        with in any::<Option<char>>(),
    ) {
        let mut text: Vec<char> = seen.to_string().chars().collect();
        if !text.is_empty() {
            text.splice(at.index(text.len()).., with);
        }
        let _ = text.into_iter().collect::<String>().parse::<Seen>();
    }

    #[test]
    fn a_dot_is_seen_alone(seen in seen(), added in dot()) {
        let mut more = seen.clone();
        more.add_dot(added);
        for dot in all_dots() {
            prop_assert_eq!(more.covers(dot), seen.covers(dot) || dot == added);
        }
        more.add_dot(added);
        prop_assert_eq!(more.covers(added), true);
    }

    #[test]
    fn a_seen_handed_out_before_a_rename_still_covers_the_same_writes(
        (state, seen) in form(),
        any_seen in seen(),
        of in 0_u8..3,
        acknowledged in 0_u64..12,
    ) {
        let (old, new) = (replica(of), stranger(0, 1).replica);
        let moved = |dot: Dot| {
            let is_moved = dot.replica == old && dot.counter > acknowledged;
            if is_moved { Dot::new(new, dot.counter) } else { dot }
        };
        let live: Vec<Dot> = state.writes().keys().copied().collect();
        for (seen, dots) in [(seen, live), (any_seen, all_dots().collect())] {
            let mut read_again = seen.clone();
            read_again.move_own(old, acknowledged, new);
            for dot in dots {
                prop_assert_eq!(seen.covers(dot), read_again.covers(moved(dot)), "{:?}", dot);
                if moved(dot) != dot {
                    prop_assert!(!read_again.covers(dot), "the twin's write of that number was not seen");
                }
            }
            let once = read_again.clone();
            read_again.move_own(old, acknowledged, new);
            prop_assert_eq!(once, read_again);
        }
    }
}

#[test]
fn a_text_that_no_read_has_given_is_refused() {
    let id = replica(1).0.simple();
    for text in [
        "x".to_owned(),
        "1".to_owned(),
        format!("{id}"),
        format!("{id}:"),
        format!("{id}:0"),
        format!("{id}:-1"),
        format!("{id}:{}", MAX_COUNTER + 1),
        format!("{id}:1+{id}:x"),
        format!("{id}:1,{id}"),
        ":1".to_owned(),
    ] {
        assert!(text.parse::<Seen>().is_err(), "{text}");
    }
    assert_eq!("".parse::<Seen>(), Ok(Seen::nothing()));
    assert!(
        format!("{id}:{MAX_COUNTER}").parse::<Seen>().is_ok_and(|seen| seen.covers(Dot::new(replica(1), MAX_COUNTER)))
    );
}

#[test]
fn the_text_is_short_and_the_same_everywhere() {
    let mut seen =
        Seen::from([Dot::new(replica(1), 7), Dot::new(replica(2), 1)].into_iter().collect::<VersionVector>());
    assert_eq!(seen.to_string(), "a0000000000040008000000000000001:7,a0000000000040008000000000000002:1");
    seen.add_dot(Dot::new(replica(1), 9));
    seen.add_dot(Dot::new(replica(1), 6));
    assert_eq!(
        seen.to_string(),
        "a0000000000040008000000000000001:7,a0000000000040008000000000000002:1+a0000000000040008000000000000001:9"
    );
}

#[test]
fn a_seen_mentions_whose_writes_it_holds_in_the_vector_or_alone() {
    let [ours, theirs, nobodys] = [1, 2, 3].map(replica);
    let mut seen = Seen::from(VersionVector::from_iter([Dot::new(ours, 4)]));
    assert!(seen.mentions(ours) && !seen.mentions(theirs));
    seen.add_dot(Dot::new(theirs, 1));
    assert!(seen.mentions(ours) && seen.mentions(theirs) && !seen.mentions(nobodys));
    assert!(!Seen::nothing().mentions(ours));
}
