//! `forked-write` raises the alarm once for each record; what the server still refuses then is rejected like any other.

use wire::{Problem, ProblemType};

use super::Owing;
use crate::support::{Answer, NOTE, Page, Peer, Script, Tablet, blank, id};

#[test]
fn the_second_forked_write_of_a_record_is_just_rejected() {
    let owing = Owing::new();
    let script = Script::new();
    let forked = |sent: &crate::support::Sent| Answer::to(sent).rejecting(id(1), ProblemType::ForkedWrite);
    script.push(forked).page(Page::of([], "1")).push(forked);
    owing.tablet.sync(&script).expect("an exchange without faults");
    let heads: Vec<_> = script.pushes().into_iter().map(|sent| sent.request.head).collect();
    assert_eq!(heads[0].replica, owing.old);
    assert_eq!((heads[1].replica, heads[1].number), (owing.tablet.replica(), 1));
    assert_ne!(heads[1].replica, owing.old);
    assert_eq!((owing.tablet.queue(), owing.tablet.rejected()), (vec![id(1)], vec![id(1)]));
    // Tried again after a save, it is still no second alarm.
    owing.tablet.save(id(1), "again");
    script.push(forked).echo("3");
    owing.tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(owing.tablet.replica(), heads[1].replica);
    assert_eq!(owing.tablet.rejected(), [id(1)]);
}

#[test]
fn another_record_raises_an_alarm_of_its_own() {
    let owing = Owing::new();
    let script = Script::new();
    let forked = |number: u128| {
        move |sent: &crate::support::Sent| Answer::to(sent).rejecting(id(number), ProblemType::ForkedWrite)
    };
    script.push(forked(1)).page(Page::of([], "1")).push(forked(2)).page(Page::of([], "2")).takes();
    owing.tablet.sync(&script).expect("an exchange without faults");
    let mut replicas: Vec<_> = script.pushes().into_iter().map(|sent| sent.request.head.replica).collect();
    replicas.dedup();
    assert_eq!(replicas.len(), 3);
    assert!(owing.tablet.queue().is_empty());
}

#[test]
fn a_record_that_was_taken_since_may_raise_the_alarm_anew() {
    let owing = Owing::new();
    let script = Script::new();
    let forked = |sent: &crate::support::Sent| Answer::to(sent).rejecting(id(1), ProblemType::ForkedWrite);
    script.push(forked).page(Page::of([], "1")).takes();
    owing.tablet.sync(&script).expect("an exchange without faults");
    let second = owing.tablet.replica();
    owing.tablet.save(id(1), "again");
    script.push(forked).echo("3").takes();
    owing.tablet.sync(&script).expect("an exchange without faults");
    assert_ne!(owing.tablet.replica(), second);
}

#[test]
fn forked_write_on_a_record_that_is_only_passed_on_is_no_alarm() {
    let tablet = Tablet::enrolled();
    let theirs = Peer::new(1).writes(&blank(id(1)), NOTE, "theirs");
    let script = Script::new();
    script.page(Page::of([theirs], "1"));
    tablet.sync(&script).expect("an exchange without faults");
    script.refuses_a_pull(Problem::new(ProblemType::EpochChanged).member("epoch", crate::support::EPOCH));
    script.page(Page::of([], "2"));
    script.push(|sent| Answer::to(sent).rejecting(id(1), ProblemType::ForkedWrite));
    for _ in 0..2 {
        tablet.step(&script).expect("an exchange without faults");
    }
    let new = tablet.replica();
    for _ in 0..2 {
        tablet.step(&script).expect("an exchange without faults");
    }
    assert_eq!((tablet.replica(), tablet.rejected()), (new, vec![id(1)]));
}
