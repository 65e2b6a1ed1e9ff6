//! Alarms that the feed raises.

use wire::{Problem, ProblemType};

use super::{Owing, SCORE};
use crate::support::{Call, EPOCH, NEXT_EPOCH, NOTE, Page, Peer, Script, blank, id, texts};

fn stranger() -> causal::Record {
    Peer::new(9).writes(&blank(id(9)), NOTE, "theirs")
}

/// A page with a stranger's record before and the twin's record after it: not even the first is merged.
#[track_caller]
fn check_page(owing: &Owing, twins: causal::Record) {
    let script = Script::new();
    script.page(Page::of([stranger(), twins], "9"));
    owing.pull(&script);
    owing.expect_new_id();
    assert_eq!(owing.tablet.identity().cursor.as_deref(), Some("1"), "the cursor moved without its page");
    owing.expect_fresh_start("2");
}

#[test]
fn a_page_with_more_of_the_own_replica_than_acknowledged_is_a_twin() {
    let owing = Owing::rejected();
    let mut twin = Peer { counter: 1, ..Peer::twin_of(&owing.tablet) };
    // The twin used number 2 too.
    check_page(&owing, twin.writes(&blank(id(1)), SCORE, "the twin's"));
}

#[test]
fn a_page_with_a_record_of_the_own_replica_that_the_store_never_held_is_a_twin() {
    let owing = Owing::rejected();
    let mut twin = Peer::twin_of(&owing.tablet);
    check_page(&owing, twin.writes(&blank(id(5)), NOTE, "the twin's"));
}

#[test]
fn both_writes_of_one_number_are_kept_when_a_twin_is_found() {
    let owing = Owing::rejected();
    let acknowledged = owing.tablet.state(id(1)).siblings(NOTE).map(|sibling| sibling.dot).next().expect("a note");
    let mut twin = Peer { replica: owing.old, counter: 0 };
    let stamps = owing.tablet.state(id(1)).writes().clone();
    let mut record = twin.writes(&blank(id(1)), NOTE, "acknowledged");
    assert_eq!(acknowledged, causal::Dot::new(owing.old, 1));
    assert_eq!(stamps.len(), 2);
    record = twin.writes(&record, SCORE, "the twin's");
    let script = Script::new();
    script.page(Page::of([record.clone()], "2")).page(Page::of([record], "2")).takes();
    owing.tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(texts(&owing.tablet.state(id(1)), SCORE), ["owed", "the twin's"]);
    assert_eq!(texts(&script.last_push().record(id(1)).state, SCORE), ["owed", "the twin's"]);
}

#[test]
fn a_page_with_acknowledged_own_writes_is_no_alarm() {
    let owing = Owing::rejected();
    let mut theirs = owing.tablet.record(id(1));
    theirs.state = causal::State::new();
    let mut own = Peer { replica: owing.old, counter: 0 };
    let theirs = Peer::new(1).writes(&own.writes(&theirs, NOTE, "acknowledged"), NOTE, "theirs");
    let script = Script::new();
    script.page(Page::of([theirs], "2"));
    owing.tablet.step(&script).expect("an exchange without faults");
    assert_eq!(owing.tablet.replica(), owing.old);
    assert_eq!(owing.tablet.notes(id(1)), ["theirs"]);
}

/// The server says that it went back; the store reads the whole feed again.
#[track_caller]
fn check_server_went_back(problem: Problem, epoch: &'static str) {
    let owing = Owing::rejected();
    let script = Script::new();
    script.refuses_a_pull(problem);
    owing.pull(&script);
    owing.expect_new_id();
    let identity = owing.tablet.identity();
    assert_eq!((identity.epoch.as_deref(), identity.cursor), (Some(epoch), None));
    script.page(Page { epoch, ..Page::of([], "1") });
    owing.tablet.step(&script).expect("an exchange without faults");
    assert_eq!(script.calls()[1], Call::Pull(None));
    script.takes();
    owing.tablet.step(&script).expect("frozen");
    owing.tablet.step(&script).expect("answered");
    assert_eq!((script.last_push().number(), script.last_push().request.head.previous), (1, None));
    assert!(owing.tablet.queue().is_empty());
}

#[test]
fn epoch_changed_on_a_pull_is_a_server_that_went_back() {
    check_server_went_back(Problem::new(ProblemType::EpochChanged).member("epoch", NEXT_EPOCH), NEXT_EPOCH);
}

#[test]
fn a_cursor_refused_under_the_same_epoch_is_a_server_that_went_back() {
    check_server_went_back(Problem::new(ProblemType::EpochChanged).member("epoch", EPOCH), EPOCH);
}
