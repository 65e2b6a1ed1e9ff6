//! The counter: one number for each save, never used twice.

use std::collections::BTreeSet;

use causal::Dot;
use replica::{Save, Store, StoreError};

use crate::support::{NOTE, Tablet, id, text};

fn save_in(store: &Store, number: u128, value: &str) -> Result<Dot, StoreError> {
    let set = vec![(NOTE.to_owned(), text(value))];
    let save = Save { id: Some(id(number)), kind: "inspection".into(), set, ..Save::default() };
    store.save(save).map(|saved| saved.dot)
}

#[track_caller]
fn expect_once_each(dots: &[Dot]) {
    let different: BTreeSet<Dot> = dots.iter().copied().collect();
    assert_eq!(different.len(), dots.len(), "a counter was used twice");
    let replicas: BTreeSet<_> = dots.iter().map(|dot| dot.replica).collect();
    assert_eq!(replicas.len(), 1);
}

#[test]
fn two_windows_that_save_in_turn_never_use_a_counter_twice() {
    let mut tablet = Tablet::new();
    let mut dots = Vec::new();
    for round in 0..3 {
        let other = tablet.another_window();
        for number in 0..10 {
            dots.push(save_in(tablet.store(), number, "a").expect("a save"));
            dots.push(save_in(&other, number, "b").expect("a save"));
        }
        drop(other);
        tablet.reopen(&round.to_string());
    }
    expect_once_each(&dots);
    assert_eq!(tablet.identity().counter, 60);
}

#[test]
fn threads_of_two_windows_never_use_a_counter_twice() {
    let tablet = Tablet::new();
    let other = tablet.another_window();
    let windows = [tablet.store(), &other];
    let save_many = |thread: usize| {
        let store = windows[thread % 2];
        (0..15).map(|_| save_in(store, 1 + (thread % 3) as u128, "a").expect("a save")).collect::<Vec<Dot>>()
    };
    let dots: Vec<Dot> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|thread| scope.spawn(move || save_many(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no thread fails")).collect()
    });
    assert_eq!(dots.len(), 90);
    expect_once_each(&dots);
    let held: usize = (1..4).map(|number| tablet.state(id(number)).siblings(NOTE).count()).sum();
    assert_eq!(held, 90, "a save that nobody had seen was replaced");
}

#[test]
fn a_failed_save_leaves_no_trace_and_the_counter_goes_on() {
    let tablet = Tablet::new();
    let mut dots = vec![save_in(tablet.store(), 1, "a").expect("a save")];
    let before = tablet.state(id(1));
    // The save fails after the counter was taken and the record was written.
    tablet.tamper("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    for number in [1, 2] {
        assert!(matches!(save_in(tablet.store(), number, "lost"), Err(StoreError::Database(_))));
    }
    tablet.tamper("DROP TRIGGER full");
    assert_eq!((tablet.state(id(1)), tablet.holds(id(2)), tablet.queue()), (before, false, vec![id(1)]));
    assert!(save_in(tablet.store(), 1, &"x".repeat(70_000)).is_err(), "too large");
    dots.push(save_in(tablet.store(), 1, "b").expect("a save"));
    dots.push(save_in(&tablet.another_window(), 2, "c").expect("a save"));
    expect_once_each(&dots);
    assert!(tablet.store().search("lost", &[], 10).expect("the store searches").records.is_empty());
}

#[test]
fn several_saves_are_all_made_or_none_is() {
    let tablet = Tablet::new();
    let save = |number: u128, kind: &str| Save {
        id: Some(id(number)),
        kind: kind.into(),
        set: vec![(NOTE.into(), text("a"))],
        ..Save::default()
    };
    let refused = tablet.store().save_all(vec![save(1, "inspection"), save(2, "No Kind")]);
    assert!(matches!(refused, Err(StoreError::BadKind)));
    assert!(!tablet.holds(id(1)) && tablet.queue().is_empty());
    let saved = tablet.store().save_all(vec![save(1, "inspection"), save(2, "meal")]).expect("both are good");
    expect_once_each(&saved.iter().map(|saved| saved.dot).collect::<Vec<_>>());
    assert_eq!(tablet.queue(), [id(1), id(2)]);
}
