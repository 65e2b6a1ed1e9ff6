//! After a server went back: who refills it with what, and how a silent loss is noticed.

use wire::{Problem, ProblemType};

use crate::support::{Call, EPOCH, NEXT_EPOCH, NOTE, Page, Peer, Script, Tablet, blank, id};

fn epoch_changed() -> Problem {
    Problem::new(ProblemType::EpochChanged).member("epoch", NEXT_EPOCH)
}

fn new_page(records: impl IntoIterator<Item = causal::Record>, cursor: &str) -> Page {
    Page { epoch: NEXT_EPOCH, ..Page::of(records, cursor) }
}

fn theirs(number: u128) -> causal::Record {
    Peer::new(number).writes(&blank(id(number)), NOTE, "theirs")
}

/// A tablet with an acknowledged record 1 of its own, a deleted record 4, and from others record 2, and record 3 purged.
fn tablet_with_history() -> Tablet {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "mine");
    let saved = tablet.save(id(4), "deleted");
    tablet.store().delete(id(4), &saved.version, None).expect("deleted");
    let mut purged = theirs(3);
    purged.state.purge();
    let script = Script::new();
    script.takes().page(Page::of([], "more").and_more());
    for _ in 0..3 {
        tablet.step(&script).expect("an exchange without faults");
    }
    script.page(Page::of([tablet.record(id(4)), theirs(2), purged], "all"));
    tablet.sync(&script).expect("an exchange without faults");
    assert!(tablet.queue().is_empty());
    tablet
}

#[test]
fn after_a_server_went_back_everything_with_a_value_is_queued_and_purged_records_are_not() {
    let tablet = tablet_with_history();
    let script = Script::new();
    script.refuses_a_pull(epoch_changed());
    tablet.step(&script).expect("an alarm is no error");
    assert_eq!(tablet.queue(), [id(1), id(4), id(2)], "all but the purged record 3, oldest first");
    let queue = tablet.store().queue(10).expect("the store reads");
    assert!(queue.iter().all(|entry| entry.relay));
    script.page(new_page([], "1")).takes();
    for _ in 0..3 {
        tablet.step(&script).expect("an exchange without faults");
    }
    let sent = script.last_push();
    assert_eq!(sent.ids(), [id(1), id(4), id(2)]);
    assert_eq!(sent.record(id(2)).state, theirs(2).state, "what others wrote goes out as they wrote it");
    assert!(sent.record(id(4)).state.is_deleted());
    assert!(tablet.queue().is_empty());
    script.page(new_page(sent.records(), "2"));
    tablet.sync(&script).expect("an exchange without faults");
}

#[test]
fn what_the_server_turns_out_to_hold_leaves_the_queue_again() {
    let tablet = tablet_with_history();
    let script = Script::new();
    let newer = Peer::new(7).writes(&theirs(2), NOTE, "newer");
    script.refuses_a_pull(epoch_changed());
    script.page(new_page([newer], "1").and_more()).page(new_page([tablet.record(id(4))], "2")).takes();
    for _ in 0..5 {
        tablet.step(&script).expect("an exchange without faults");
    }
    assert_eq!(script.last_push().ids(), [id(1)]);
    assert_eq!(tablet.notes(id(2)), ["newer"]);
    assert!(tablet.queue().is_empty());
}

#[test]
fn what_the_server_holds_in_an_older_state_stays_queued() {
    let tablet = Tablet::enrolled();
    let old = theirs(2);
    let new = Peer::new(7).writes(&old, "score", "newer");
    let script = Script::new();
    script.page(Page::of([new.clone()], "1"));
    tablet.sync(&script).expect("an exchange without faults");
    script.refuses_a_pull(epoch_changed()).page(new_page([old], "1")).takes();
    for _ in 0..4 {
        tablet.step(&script).expect("an exchange without faults");
    }
    assert_eq!(script.last_push().record(id(2)).state, new.state);
}

#[test]
fn own_writes_that_wait_stay_owed_when_the_server_holds_what_was_relayed() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "acknowledged");
    let acknowledged = tablet.record(id(1));
    tablet.save(id(1), "owed");
    let script = Script::new();
    script.refuses(epoch_changed()).page(new_page([acknowledged], "1"));
    for _ in 0..3 {
        tablet.step(&script).expect("an exchange without faults");
    }
    assert_eq!(tablet.queue(), [id(1)]);
    script.takes();
    tablet.step(&script).expect("frozen");
    tablet.step(&script).expect("answered");
    assert!(tablet.queue().is_empty());
}

#[test]
fn a_page_without_a_restart_queues_nothing() {
    let tablet = tablet_with_history();
    let script = Script::new();
    script.page(Page::of([theirs(5), theirs(6)], "x"));
    tablet.sync(&script).expect("an exchange without faults");
    assert!(tablet.queue().is_empty());
}

/// A tablet whose push was taken, and which has not read the feed since.
fn tablet_before_its_echo() -> Tablet {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "mine");
    let script = Script::new();
    script.takes();
    tablet.step(&script).expect("frozen");
    tablet.step(&script).expect("answered");
    assert!(tablet.queue().is_empty());
    tablet
}

/// The page tells that the server went back.
#[track_caller]
fn expect_went_back(tablet: &Tablet, page: Page) {
    let before = tablet.replica();
    let script = Script::new();
    script.page(page);
    tablet.step(&script).expect("an alarm is no error");
    let identity = tablet.identity();
    assert_ne!(identity.replica, before, "nobody noticed");
    assert_eq!((identity.cursor, identity.epoch.as_deref(), identity.pull_first), (None, Some(EPOCH), true));
    assert!(tablet.queue().contains(&id(1)));
    script.page(Page::of([], "again")).takes();
    for _ in 0..3 {
        tablet.step(&script).expect("an exchange without faults");
    }
    assert_eq!(script.calls()[1], Call::Pull(None));
    assert!(script.last_push().ids().contains(&id(1)));
    assert_eq!(script.last_push().number(), 1);
}

#[track_caller]
fn expect_echoed(tablet: &Tablet, page: Page) {
    let before = tablet.identity();
    let script = Script::new();
    script.page(page);
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!((tablet.replica(), tablet.identity().push_number), (before.replica, before.push_number));
    assert!(tablet.queue().is_empty());
}

#[test]
fn a_feed_that_ends_without_what_a_push_changed_is_a_server_that_went_back() {
    expect_went_back(&tablet_before_its_echo(), Page::of([], "1"));
    expect_went_back(&tablet_before_its_echo(), Page::of([theirs(2)], "1"));
}

#[test]
fn a_feed_that_ends_with_an_older_state_of_what_a_push_changed_is_a_server_that_went_back() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "older");
    let older = tablet.record(id(1));
    tablet.save(id(1), "newer");
    let script = Script::new();
    script.takes();
    tablet.step(&script).expect("frozen");
    tablet.step(&script).expect("answered");
    expect_went_back(&tablet, Page::of([older], "1"));
}

#[test]
fn the_loss_is_noticed_after_the_store_was_opened_anew() {
    let mut tablet = tablet_before_its_echo();
    tablet.reopen("1");
    expect_went_back(&tablet, Page::of([], "1"));
}

#[test]
fn a_feed_that_brings_back_what_a_push_changed_is_no_alarm() {
    let tablet = tablet_before_its_echo();
    let mine = tablet.record(id(1));
    expect_echoed(&tablet, Page::of([mine.clone()], "1"));
    expect_echoed(&tablet, Page::of([], "2"));
    let tablet = tablet_before_its_echo();
    expect_echoed(&tablet, Page::of([Peer::new(1).writes(&mine, NOTE, "newer")], "1"));
    let tablet = tablet_before_its_echo();
    let mut purged = mine;
    purged.state.purge();
    expect_echoed(&tablet, Page::of([purged], "1"));
}

#[test]
fn only_the_end_of_the_feed_tells() {
    let tablet = tablet_before_its_echo();
    let before = tablet.replica();
    let script = Script::new();
    script.page(Page::of([theirs(2)], "1").and_more());
    tablet.step(&script).expect("the feed reads");
    assert_eq!(tablet.replica(), before);
    script.page(Page::of([tablet.record(id(1))], "2"));
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(tablet.replica(), before);
}

#[test]
fn what_the_server_knew_already_need_not_come_back() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "mine");
    let script = Script::new();
    script.push(|sent| crate::support::Answer::to(sent).knowing(id(1))).page(Page::of([], "1"));
    let before = tablet.replica();
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(tablet.replica(), before);
}
