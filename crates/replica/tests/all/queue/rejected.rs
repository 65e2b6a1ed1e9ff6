//! A rejected record: it stays, it blocks nobody, and it is tried again when something has changed.

use wire::ProblemType;

use crate::support::{Answer, NOTE, Page, Peer, Script, Tablet, blank, id};

/// A tablet with record 1 rejected, and record 2 taken in the same push.
fn tablet_with_a_rejected_record() -> Tablet {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "bad");
    tablet.save(id(2), "good");
    let script = Script::new();
    script.push(|sent| Answer::to(sent).rejecting(id(1), ProblemType::NotAllowed)).echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    tablet
}

/// Nothing is sent: the script expects no push.
#[track_caller]
fn expect_not_tried(tablet: &Tablet) {
    let script = Script::new();
    script.echo("quiet");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(tablet.rejected(), [id(1)]);
}

#[track_caller]
fn expect_tried(tablet: &Tablet) {
    assert!(tablet.rejected().is_empty(), "it is still marked");
    let script = Script::new();
    script.takes().echo("tried");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(1)]);
    assert!(tablet.queue().is_empty());
}

#[test]
fn a_rejected_record_stays_is_named_and_does_not_block_the_rest() {
    let tablet = tablet_with_a_rejected_record();
    let queue = tablet.store().queue(10).expect("the store reads");
    assert_eq!(queue.len(), 1);
    assert_eq!(queue[0].id, id(1));
    let problem = queue[0].rejected.clone().expect("it says why");
    assert_eq!(problem.kind(), Some(ProblemType::NotAllowed));
    assert_eq!(tablet.store().queue_counts().expect("the store reads"), (1, 1));
    assert_eq!(tablet.notes(id(1)), ["bad"]);
    tablet.save(id(3), "later");
    let script = Script::new();
    script.takes().echo("2");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(3)]);
    assert_eq!(tablet.queue(), [id(1)]);
}

#[test]
fn a_rejected_record_is_tried_again_after_a_save() {
    let tablet = tablet_with_a_rejected_record();
    tablet.save(id(1), "better");
    expect_tried(&tablet);
}

#[test]
fn a_rejected_record_is_tried_again_after_a_pull_that_changes_it() {
    let tablet = tablet_with_a_rejected_record();
    let theirs = Peer::new(1).writes(&blank(id(1)), "score", "theirs");
    let script = Script::new();
    script.page(Page::of([theirs], "2").and_more()).takes().echo("3");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(1)]);
    assert!(tablet.queue().is_empty());
}

#[test]
fn a_rejected_record_is_tried_again_after_another_app_version_opened_the_store() {
    let mut tablet = tablet_with_a_rejected_record();
    tablet.reopen("2");
    expect_tried(&tablet);
}

#[test]
fn a_rejected_record_is_tried_again_when_a_person_asks() {
    let tablet = tablet_with_a_rejected_record();
    tablet.store().retry_rejected().expect("the store writes");
    expect_tried(&tablet);
}

#[test]
fn a_rejected_record_is_not_tried_again_otherwise() {
    let mut tablet = tablet_with_a_rejected_record();
    expect_not_tried(&tablet);
    tablet.reopen("1");
    expect_not_tried(&tablet);
    tablet.clock.advance(86_400_000);
    expect_not_tried(&tablet);
    // Pages that bring another record, or this one as it was before the save, change nothing in it.
    let script = Script::new();
    script.page(Page::of([Peer::new(1).writes(&blank(id(9)), NOTE, "theirs")], "2"));
    tablet.sync(&script).expect("an exchange without faults");
    expect_not_tried(&tablet);
    let theirs = Peer::new(2).writes(&blank(id(1)), "score", "theirs");
    let script = Script::new();
    script.page(Page::of([theirs.clone()], "3"));
    script.push(|sent| Answer::to(sent).rejecting(id(1), ProblemType::NotAllowed));
    tablet.sync(&script).expect("an exchange without faults");
    expect_not_tried(&tablet);
    let script = Script::new();
    script.page(Page::of([theirs], "5"));
    tablet.sync(&script).expect("an exchange without faults");
    expect_not_tried(&tablet);
    tablet.save(id(2), "another record");
    let script = Script::new();
    script.takes().echo("6");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(2)]);
    expect_not_tried(&tablet);
}

#[test]
fn a_record_saved_again_while_its_rejection_was_on_the_way_goes_out_again() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "bad");
    let script = Script::new();
    tablet.step(&script).expect("frozen");
    tablet.save(id(1), "better");
    script.push(|sent| Answer::to(sent).rejecting(id(1), ProblemType::NotAllowed));
    tablet.step(&script).expect("answered");
    expect_tried(&tablet);
}
