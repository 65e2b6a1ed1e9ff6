//! What a person had seen, and what they had deleted, means the same under the new id.

use causal::Dot;
use replica::Save;
use wire::{Problem, ProblemType};

use super::{Owing, SCORE};
use crate::support::{NOTE, Page, Peer, Script, Tablet, id, text, texts};

/// Makes the store take a new id.
fn fork(tablet: &Tablet) {
    let before = tablet.replica();
    let script = Script::new();
    // A store that has just taken an id reads the feed first.
    if tablet.identity().pull_first {
        script.page(Page::of([], "0"));
        tablet.step(&script).expect("the feed reads");
    }
    script.refuses(Problem::new(ProblemType::ReplicaForked));
    tablet.step(&script).expect("frozen");
    tablet.step(&script).expect("an alarm is no error");
    assert_ne!(tablet.replica(), before);
}

#[test]
fn what_was_seen_before_a_new_id_is_replaced_by_a_save_after_it() {
    let owing = Owing::new();
    fork(&owing.tablet);
    owing.tablet.save_seeing(id(1), Some(&owing.seen), SCORE, "after");
    owing.tablet.save_seeing(id(1), Some(&owing.seen), NOTE, "after");
    assert_eq!(texts(&owing.tablet.state(id(1)), SCORE), ["after"]);
    assert_eq!(owing.tablet.notes(id(1)), ["after"]);
}

#[test]
fn what_was_seen_before_two_new_ids_is_replaced_by_a_save_after_them() {
    let owing = Owing::new();
    fork(&owing.tablet);
    fork(&owing.tablet);
    owing.tablet.save_seeing(id(1), Some(&owing.seen), SCORE, "after");
    assert_eq!(texts(&owing.tablet.state(id(1)), SCORE), ["after"]);
}

#[test]
fn a_write_acknowledged_between_two_new_ids_is_still_what_was_seen() {
    let owing = Owing::new();
    fork(&owing.tablet);
    let between = owing.tablet.replica();
    let script = Script::new();
    script.page(Page::of([], "2")).takes();
    owing.tablet.sync(&script).expect("an exchange without faults");
    owing.tablet.save(id(2), "owed again");
    fork(&owing.tablet);
    let score = owing.tablet.state(id(1)).siblings(SCORE).map(|sibling| sibling.dot).collect::<Vec<_>>();
    assert_eq!(score, [Dot::new(between, 2)], "an acknowledged write moved");
    owing.tablet.save_seeing(id(1), Some(&owing.seen), SCORE, "after");
    assert_eq!(texts(&owing.tablet.state(id(1)), SCORE), ["after"]);
}

#[test]
fn a_form_that_has_saved_before_a_new_id_still_knows_its_own_save() {
    let tablet = Tablet::enrolled();
    let first = tablet.save_seeing(id(1), None, NOTE, "first");
    // Another window saves between; the form has not seen it.
    tablet.save_seeing(id(1), None, NOTE, "another window's");
    let second = tablet.save_seeing(id(1), Some(&first.version), SCORE, "second");
    fork(&tablet);
    fork(&tablet);
    tablet.save_seeing(id(1), Some(&second.version), NOTE, "third");
    tablet.save_seeing(id(1), Some(&second.version), SCORE, "third");
    assert_eq!(tablet.notes(id(1)), ["another window's", "third"]);
    assert_eq!(texts(&tablet.state(id(1)), SCORE), ["third"]);
}

#[test]
fn what_was_seen_before_a_new_id_never_covers_the_twins_write_of_the_same_number() {
    let owing = Owing::new();
    let mut twin = Peer { replica: owing.old, counter: 1 };
    let mut twins = owing.tablet.record(id(1));
    fork(&owing.tablet);
    twins.state = causal::State::new();
    let twins = twin.writes(&twins, SCORE, "the twin's");
    let script = Script::new();
    script.page(Page::of([twins], "2"));
    owing.tablet.step(&script).expect("the feed reads");
    owing.tablet.save_seeing(id(1), Some(&owing.seen), SCORE, "after");
    assert_eq!(texts(&owing.tablet.state(id(1)), SCORE), ["after", "the twin's"]);
}

#[test]
fn what_was_seen_of_the_twin_after_a_new_id_is_not_read_as_own_writes() {
    let owing = Owing::new();
    let mut twin = Peer { replica: owing.old, counter: 1 };
    let twins = twin.writes(&crate::support::blank(id(1)), SCORE, "the twin's");
    fork(&owing.tablet);
    let script = Script::new();
    script.page(Page::of([twins], "2"));
    owing.tablet.step(&script).expect("the feed reads");
    assert_eq!(texts(&owing.tablet.state(id(1)), SCORE), ["owed", "the twin's"]);
    owing.tablet.save_seeing(id(1), Some(&owing.tablet.seen(id(1))), SCORE, "after");
    assert_eq!(texts(&owing.tablet.state(id(1)), SCORE), ["after"]);
}

#[test]
fn a_deletion_in_force_stays_in_force_under_a_new_id() {
    let owing = Owing::new();
    owing.tablet.store().delete(id(1), &owing.seen, None).expect("deleted");
    let new = owing.tablet.save(id(3), "never sent");
    owing.tablet.store().delete(id(3), &new.version, None).expect("deleted");
    for _ in 0..2 {
        fork(&owing.tablet);
        for number in [1, 3] {
            assert!(owing.tablet.state(id(number)).is_deleted(), "record {number} came back");
            assert!(owing.tablet.store().find_one(id(number)).expect("the store reads").is_none());
        }
    }
    let listed = owing.tablet.store().list("inspection", None, 10).expect("the store reads");
    assert_eq!(listed.iter().map(|reading| reading.record.id).collect::<Vec<_>>(), [id(2)]);
}

#[test]
fn a_deletion_after_a_new_id_takes_what_was_seen_before_it() {
    let owing = Owing::new();
    fork(&owing.tablet);
    owing.tablet.store().delete(id(1), &owing.seen, None).expect("deleted");
    assert!(owing.tablet.state(id(1)).is_deleted());
}

#[test]
fn a_deletion_taken_back_stays_taken_back_under_a_new_id() {
    let owing = Owing::new();
    let deleted = owing.tablet.store().delete(id(1), &owing.seen, None).expect("deleted");
    let set = vec![(NOTE.to_owned(), text("back"))];
    let save = Save { id: Some(id(1)), kind: "inspection".into(), seen: Some(deleted.version), set, ..Save::default() };
    owing.tablet.store().save(save).expect("a save");
    assert!(!owing.tablet.state(id(1)).is_deleted());
    fork(&owing.tablet);
    assert!(!owing.tablet.state(id(1)).is_deleted());
    assert_eq!(owing.tablet.notes(id(1)), ["back"]);
}
