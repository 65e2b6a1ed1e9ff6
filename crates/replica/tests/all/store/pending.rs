//! Findings that wait for the undo of their answer to end.

use replica::{Beside, HeldFinding, PendingFinding, Save, Store, StoreError};

use crate::support::{NOTE, Tablet, id, text};

fn pending(place: &str, item: &str, due: u64) -> PendingFinding {
    PendingFinding { record: id(1), place: place.to_owned(), item: item.to_owned(), due, failed_again: false }
}

fn answer() -> Save {
    Save { id: Some(id(1)), kind: "inspection".into(), set: vec![(NOTE.into(), text("a"))], ..Save::default() }
}

fn wait(store: &Store, waiting: &[PendingFinding]) {
    let beside = Beside { waiting: waiting.to_vec(), ..Beside::default() };
    store.save_beside(vec![answer()], |_| beside).expect("it is saved");
}

fn due(store: &Store, now: u64) -> Vec<HeldFinding> {
    store.due_findings(now, now + 5_000).expect("the store reads")
}

fn items(held: &[HeldFinding]) -> Vec<(&str, &str)> {
    held.iter().map(|held| (held.pending.place.as_str(), held.pending.item.as_str())).collect()
}

#[test]
fn what_waits_is_found_by_its_time_and_by_its_place() {
    let tablet = Tablet::new();
    let store = tablet.store();
    wait(store, &[pending("", "a", 100), pending("visits/3/", "a", 200), pending("visits/3/", "b", 4_000)]);
    assert_eq!(items(&due(store, 99)), []);
    assert_eq!(items(&due(store, 100)), [("", "a")]);
    assert_eq!(items(&due(store, 200)), [("", "a"), ("visits/3/", "a")]);
    // The clock was set back by more than anything ever waits.
    assert_eq!(items(&store.due_findings(0, 3_000).expect("the store reads")), [("visits/3/", "b")]);
    let of = |place: &str| store.pending_findings(id(1), place).expect("the store reads");
    assert_eq!(items(&of("visits/3/")), [("visits/3/", "a"), ("visits/3/", "b")]);
    assert_eq!((of("visits/4/"), store.pending_findings(id(2), "").expect("the store reads")), (vec![], vec![]));
}

#[test]
fn of_several_windows_that_settle_a_finding_one_does() {
    let tablet = Tablet::new();
    wait(tablet.store(), &[pending("", "a", 100)]);
    let (first, second) = (due(tablet.store(), 100), due(&tablet.another_window(), 100));
    assert!(tablet.store().save_ending(&first[0], vec![answer()]).expect("it is done").is_some());
    let version = tablet.seen(id(1));
    assert!(tablet.another_window().save_ending(&second[0], vec![answer()]).expect("nothing to do").is_none());
    assert_eq!(tablet.seen(id(1)), version);
    assert_eq!(due(tablet.store(), 100), []);
}

#[test]
fn who_settles_an_earlier_answer_leaves_the_later_one_its_time() {
    let tablet = Tablet::new();
    let store = tablet.store();
    wait(store, &[PendingFinding { failed_again: true, ..pending("", "a", 100) }]);
    let earlier = due(store, 100);
    // At the same moment: it is the write that tells the two apart, and not the time.
    wait(store, &[pending("", "a", 100)]);
    assert!(store.save_ending(&earlier[0], vec![answer()]).expect("nothing to do").is_none());
    let later = due(store, 100);
    assert_eq!(later.len(), 1, "one item waits once");
    assert!(later[0].pending.failed_again, "what it failed by is not forgotten");
    store.save_beside(vec![answer()], |_| Beside { ended: later, ..Beside::default() }).expect("it is saved");
    assert_eq!(due(store, 100), []);
}

#[test]
fn a_finding_stays_owed_when_it_cannot_be_saved_and_an_answer_that_is_refused_owes_none() {
    let tablet = Tablet::new();
    let store = tablet.store();
    wait(store, &[pending("", "a", 100)]);
    let refused = || Save { only_if: Some(String::new()), ..answer() };
    let error = store.save_ending(&due(store, 100)[0], vec![refused()]).expect_err("it has changed");
    assert!(matches!(error, StoreError::Changed(_)), "{error}");
    let beside = Beside { waiting: vec![pending("", "b", 100)], ..Beside::default() };
    store.save_beside(vec![refused()], |_| beside).expect_err("it has changed");
    assert_eq!(items(&due(store, 100)), [("", "a")]);
}
