//! What waits, how it is frozen, and when it leaves.

use replica::{SyncError, Syncer};

use crate::support::{Answer, Call, Script, Tablet, id};

#[test]
fn many_saves_of_one_record_leave_one_queued_state() {
    let tablet = Tablet::enrolled();
    for value in ["a", "b", "c"] {
        tablet.save(id(1), value);
    }
    assert_eq!(tablet.queue(), [id(1)]);
    let script = Script::new();
    script.takes().echo("1");
    let outcome = tablet.sync(&script).expect("an exchange without faults");
    assert_eq!((outcome.pushed, script.last_push().ids()), (1, vec![id(1)]));
    assert_eq!(script.last_push().record(id(1)).state, tablet.state(id(1)));
    assert!(tablet.queue().is_empty());
}

#[test]
fn the_queue_goes_out_oldest_first() {
    let tablet = Tablet::enrolled();
    for number in [3, 1, 2] {
        tablet.save(id(number), "a");
    }
    tablet.save(id(3), "b");
    let script = Script::new();
    script.takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(3), id(1), id(2)]);
}

#[test]
fn a_record_saved_again_since_the_freeze_stays_queued_after_the_answer() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "frozen");
    let script = Script::new();
    assert!(tablet.step(&script).expect("frozen"));
    tablet.save(id(1), "later");
    script.takes();
    assert!(tablet.step(&script).expect("answered"));
    assert_eq!(tablet.queue(), [id(1)]);
    script.takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().record(id(1)).state, tablet.state(id(1)));
    assert!(tablet.queue().is_empty());
}

#[test]
fn a_frozen_push_is_the_same_bytes_on_every_retry_whatever_is_saved_and_reopened() {
    let mut tablet = Tablet::enrolled();
    let script = Script::new();
    tablet.save(id(1), "frozen");
    for attempt in 0..4u32 {
        script.loses_a_push();
        let lost = tablet.sync(&script).expect_err("the answer is lost");
        assert!(matches!(lost, SyncError::Unreachable(_)), "{lost}");
        tablet.save(id(1), &format!("later {attempt}"));
        tablet.save(id(2), &format!("later {attempt}"));
        tablet.reopen(if attempt == 2 { "2" } else { "1" });
    }
    let bodies: Vec<Vec<u8>> = script.pushes().into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies.len(), 4);
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    script.takes().takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.pushes()[4].body, bodies[0]);
    assert_eq!(script.last_push().number(), 2);
    assert_eq!(script.last_push().request.head.previous, Some(script.pushes()[4].digest().to_string()));
    assert!(tablet.queue().is_empty());
}

#[test]
fn nothing_is_pulled_while_a_push_waits_for_its_answer() {
    let mut tablet = Tablet::enrolled();
    tablet.save(id(1), "a");
    let script = Script::new();
    // The script fails the test when a pull comes instead.
    for _ in 0..3 {
        script.loses_a_push();
        tablet.sync(&script).expect_err("the answer is lost");
        tablet.reopen("1");
    }
    script.takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    let pulls = script.calls().iter().filter(|call| matches!(call, Call::Pull(_))).count();
    assert_eq!((script.calls().len(), pulls), (5, 1));
}

#[test]
fn an_entry_leaves_only_with_the_stored_answer() {
    let mut tablet = Tablet::enrolled();
    tablet.save(id(1), "a");
    let script = Script::new();
    let syncer = |tablet: &Tablet| Syncer::new(tablet.store(), &script).and_then(|mut syncer| syncer.step());
    syncer(&tablet).expect("frozen");
    assert_eq!(tablet.queue(), [id(1)]);
    tablet.reopen("1");
    assert_eq!(tablet.queue(), [id(1)]);
    script.loses_a_push();
    syncer(&tablet).expect_err("the answer is lost");
    assert_eq!(tablet.queue(), [id(1)]);
    tablet.reopen("1");
    script.takes();
    syncer(&tablet).expect("answered");
    assert!(tablet.queue().is_empty());
    assert_eq!(tablet.identity().push_number, 1);
}

#[test]
fn an_answer_that_cannot_be_stored_changes_nothing_and_is_asked_for_again() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "mine");
    let before = tablet.state(id(1));
    let server = |sent: &crate::support::Sent| {
        let merged = crate::support::Peer::new(1).writes(&sent.record(id(1)), "score", "theirs");
        Answer::to(sent).with(&merged)
    };
    // The transaction fails at its last statement, after everything else was done.
    for (table, event) in [("push_in_flight", "DELETE"), ("identity", "UPDATE OF push_number")] {
        tablet.tamper(&format!(
            "CREATE TRIGGER full BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        ));
        let script = Script::new();
        script.push(server);
        assert!(matches!(tablet.sync(&script), Err(SyncError::Store(_))));
        assert_eq!(tablet.state(id(1)), before, "the merged state was kept without the acknowledgement");
        assert_eq!((tablet.queue(), tablet.identity().push_number), (vec![id(1)], 0));
        tablet.tamper("DROP TRIGGER full");
    }
    let script = Script::new();
    script.push(server).echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().number(), 1);
    assert_ne!(tablet.state(id(1)), before);
    assert!(tablet.queue().is_empty());
}

#[test]
fn merged_states_of_the_answer_and_acknowledgements_commit_together() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "mine");
    tablet.save(id(2), "mine");
    tablet.tamper(
        "CREATE TRIGGER full BEFORE UPDATE OF acknowledged ON record WHEN new.acknowledged > old.acknowledged
         AND (SELECT count(*) FROM record WHERE acknowledged > 0) > 0 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    );
    let script = Script::new();
    script.push(|sent| {
        let merged = crate::support::Peer::new(1).writes(&sent.record(id(1)), "score", "theirs");
        Answer::to(sent).with(&merged)
    });
    let before = tablet.state(id(1));
    assert!(matches!(tablet.sync(&script), Err(SyncError::Store(_))));
    assert_eq!((tablet.state(id(1)), tablet.queue().len()), (before, 2));
}
