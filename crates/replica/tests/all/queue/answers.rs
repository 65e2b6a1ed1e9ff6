//! Answers that are none, and answers that say too little.

use replica::SyncError;
use wire::{ProblemType, digest};

use crate::support::{Answer, Peer, Script, Sent, Tablet, blank, id};

/// An answer to another push is no answer: the same bytes go out again, and nothing of it is stored.
#[track_caller]
fn check_no_answer(reply: fn(&Sent) -> Answer) {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "a");
    let before = tablet.state(id(1));
    let script = Script::new();
    script.push(reply);
    let error = tablet.sync(&script).expect_err("it is no answer");
    assert!(matches!(error, SyncError::Unreachable(_)) && error.is_passing(), "{error}");
    assert!(!tablet.holds(id(9)), "something of it was stored");
    assert_eq!((tablet.queue(), tablet.state(id(1)), tablet.identity().push_number), (vec![id(1)], before, 0));
    let again = Script::new();
    again.takes().echo("1");
    tablet.sync(&again).expect("an exchange without faults");
    assert_eq!(again.pushes()[0].body, script.pushes()[0].body);
}

fn with_news(answer: Answer) -> Answer {
    answer.with(&Peer::new(1).writes(&blank(id(9)), "note", "theirs"))
}

#[test]
fn an_answer_with_another_number_counts_as_no_answer() {
    check_no_answer(|sent| with_news(Answer { number: sent.number() + 1, ..Answer::to(sent) }));
}

#[test]
fn an_answer_with_another_digest_counts_as_no_answer() {
    check_no_answer(|sent| with_news(Answer { digest: digest(b"another body"), ..Answer::to(sent) }));
}

#[test]
fn a_record_that_the_answer_does_not_name_is_kept() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "named");
    tablet.save(id(2), "unnamed");
    let script = Script::new();
    script.push(|sent| Answer::to(sent).silent_on(id(2))).echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!((tablet.queue(), tablet.rejected()), (vec![id(2)], vec![id(2)]));
    assert_eq!(tablet.notes(id(2)), ["unnamed"]);
}

#[test]
fn an_answer_that_names_a_record_that_was_not_sent_acknowledges_nothing() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "sent");
    let script = Script::new();
    tablet.step(&script).expect("frozen");
    tablet.save(id(2), "saved since");
    script.push(|sent| Answer::to(sent).naming(id(2)));
    tablet.step(&script).expect("answered");
    assert_eq!(tablet.queue(), [id(2)]);
}

#[test]
fn what_comes_back_with_the_answer_is_merged() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "mine");
    let script = Script::new();
    script.push(|sent| Answer::to(sent).with(&Peer::new(1).writes(&sent.record(id(1)), "score", "theirs"))).echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(crate::support::texts(&tablet.state(id(1)), "score"), ["theirs"]);
    assert!(tablet.queue().is_empty(), "what others wrote is not owed");
}

#[test]
fn a_record_that_the_server_knew_already_leaves_the_queue() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "a");
    tablet.save(id(2), "b");
    let script = Script::new();
    let reply = |sent: &Sent| Answer::to(sent).knowing(id(1)).rejecting(id(2), ProblemType::NotAllowed);
    script.push(reply).echo("1");
    let outcome = tablet.sync(&script).expect("an exchange without faults");
    assert_eq!((outcome.pushed, tablet.queue()), (1, vec![id(2)]));
}
