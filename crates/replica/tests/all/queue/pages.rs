//! The way in: a page's records and its cursor are one thing.

use replica::SyncError;

use crate::support::{Call, NEXT_EPOCH, NOTE, Page, Peer, Script, Tablet, blank, id};

fn theirs(number: u128) -> causal::Record {
    Peer::new(number).writes(&blank(id(number)), NOTE, "theirs")
}

#[test]
fn a_page_and_its_cursor_commit_together() {
    let tablet = Tablet::enrolled();
    let failures = [
        // The second record cannot be stored; then the cursor cannot.
        "CREATE TRIGGER full BEFORE INSERT ON record WHEN (SELECT count(*) FROM record) = 1
         BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        "CREATE TRIGGER full BEFORE UPDATE OF cursor ON identity BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    ];
    for failure in failures {
        tablet.tamper(failure);
        let script = Script::new();
        script.page(Page::of([theirs(1), theirs(2)], "1"));
        assert!(matches!(tablet.sync(&script), Err(SyncError::Store(_))));
        assert!(!tablet.holds(id(1)) && !tablet.holds(id(2)), "records were kept without the cursor");
        assert_eq!(tablet.identity().cursor.as_deref(), Some("0"));
        tablet.tamper("DROP TRIGGER full");
    }
    let script = Script::new();
    script.page(Page::of([theirs(1), theirs(2)], "1"));
    let outcome = tablet.sync(&script).expect("an exchange without faults");
    assert_eq!((outcome.pulled, tablet.identity().cursor.as_deref()), (2, Some("1")));
    assert!(tablet.holds(id(1)) && tablet.holds(id(2)));
}

#[test]
fn every_page_starts_where_the_last_one_ended() {
    let mut tablet = Tablet::enrolled();
    let script = Script::new();
    script.page(Page::of([theirs(1)], "1").and_more()).loses_a_pull();
    tablet.sync(&script).expect_err("the second page is lost");
    assert!(tablet.holds(id(1)));
    assert!(!tablet.identity().reached_end, "the feed goes on");
    tablet.reopen("1");
    script.page(Page::of([theirs(2)], "2").and_more()).page(Page::of([theirs(3)], "3"));
    tablet.sync(&script).expect("an exchange without faults");
    let cursors: Vec<Call> = ["0", "1", "1", "2"].map(|cursor| Call::Pull(Some(cursor.into()))).into();
    assert_eq!(script.calls(), cursors);
    assert!(tablet.identity().reached_end);
    assert!(tablet.queue().is_empty(), "what others wrote is not owed");
}

#[test]
fn a_page_of_another_epoch_is_not_merged() {
    let tablet = Tablet::enrolled();
    let before = tablet.replica();
    let script = Script::new();
    script.page(Page { epoch: NEXT_EPOCH, ..Page::of([theirs(1)], "77") });
    assert!(tablet.step(&script).expect("an alarm is no error"));
    assert!(!tablet.holds(id(1)), "a record of another feed was merged");
    let identity = tablet.identity();
    assert_eq!((identity.epoch.as_deref(), identity.cursor, identity.pull_first), (Some(NEXT_EPOCH), None, true));
    assert_ne!(identity.replica, before);
    script.page(Page { epoch: NEXT_EPOCH, ..Page::of([theirs(1)], "1") });
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.calls()[1], Call::Pull(None));
    assert!(tablet.holds(id(1)));
}

#[test]
fn a_cursor_that_does_not_move_is_no_endless_loop() {
    let tablet = Tablet::enrolled();
    let script = Script::new();
    script.page(Page::of([], "0").and_more());
    let error = tablet.sync(&script).expect_err("no progress");
    assert!(matches!(error, SyncError::Stuck(_)), "{error}");
}

#[test]
fn a_pull_while_a_form_is_open_never_lets_its_save_swallow_what_nobody_looked_at() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "mine");
    let seen = tablet.seen(id(1));
    let theirs = Peer::new(1).writes(&tablet.record(id(1)), NOTE, "theirs");
    let script = Script::new();
    script.page(Page::of([theirs], "1"));
    tablet.sync(&script).expect("an exchange without faults");
    tablet.save_seeing(id(1), Some(&seen), NOTE, "mine again");
    assert_eq!(tablet.notes(id(1)), ["mine again", "theirs"]);
}
