//! Alarms that the answer to a push raises.

use wire::{Problem, ProblemType};

use super::{Owing, SCORE};
use crate::support::{Answer, Call, NEXT_EPOCH, Page, Peer, Script, Tablet, blank, id};

fn stranger() -> causal::Record {
    Peer::new(9).writes(&blank(id(9)), "note", "theirs")
}

/// The push is refused with `problem`; the store is a new replica of the same feed.
#[track_caller]
fn check_twin(problem: Problem) {
    let owing = Owing::new();
    let script = Script::new();
    script.refuses(problem);
    owing.send(&script);
    owing.expect_new_id();
    assert_eq!(owing.tablet.identity().cursor.as_deref(), Some("after acknowledged"));
    owing.expect_fresh_start("2");
}

/// The push is refused with `problem`; the store is a new replica, and reads the whole feed again before it pushes.
#[track_caller]
fn check_server_went_back(problem: Problem, epoch: &str) {
    let owing = Owing::new();
    let script = Script::new();
    script.refuses(problem);
    owing.send(&script);
    owing.expect_new_id();
    let identity = owing.tablet.identity();
    assert_eq!((identity.epoch.as_deref(), identity.cursor), (Some(epoch), None));
    let relayed = owing.tablet.store().queue(9).expect("the store reads");
    assert!(relayed.iter().all(|entry| entry.relay));
    let epoch = if epoch == NEXT_EPOCH { NEXT_EPOCH } else { crate::support::EPOCH };
    script.page(Page { epoch, ..Page::of([], "1") }).takes();
    for _ in 0..3 {
        owing.tablet.step(&script).expect("an exchange without faults");
    }
    assert_eq!(script.calls()[1], Call::Pull(None));
    let head = script.last_push().request.head;
    assert_eq!((head.number, head.previous, &*head.epoch), (1, None, epoch));
    assert_eq!(head.replica, owing.tablet.replica());
}

#[test]
fn replica_forked_is_answered_by_a_new_id() {
    check_twin(Problem::new(ProblemType::ReplicaForked));
}

#[test]
fn push_out_of_order_that_expects_more_is_a_twin() {
    check_twin(Problem::new(ProblemType::PushOutOfOrder).member("expected", 7));
}

#[test]
fn push_out_of_order_that_does_not_say_what_it_expects_is_a_twin() {
    check_twin(Problem::new(ProblemType::PushOutOfOrder));
}

#[test]
fn push_out_of_order_that_expects_less_is_a_server_that_went_back() {
    let problem = Problem::new(ProblemType::PushOutOfOrder).member("expected", 1);
    check_server_went_back(problem, crate::support::EPOCH);
}

#[test]
fn epoch_changed_on_a_push_is_a_server_that_went_back() {
    let problem = Problem::new(ProblemType::EpochChanged).member("epoch", NEXT_EPOCH);
    check_server_went_back(problem, NEXT_EPOCH);
}

/// The answer is `reply`; nothing of it is stored, and the store is a new replica.
#[track_caller]
fn check_answer(reply: impl FnOnce(&crate::support::Sent, Peer) -> Answer + Send + 'static) {
    let owing = Owing::new();
    let twin = Peer::twin_of(&owing.tablet);
    let script = Script::new();
    script.push(move |sent| reply(sent, twin).with(&stranger()));
    owing.send(&script);
    owing.expect_new_id();
    owing.expect_fresh_start("2");
}

#[test]
fn an_answer_that_holds_more_of_the_own_replica_than_was_sent_is_a_twin() {
    check_answer(|sent, mut twin| Answer::to(sent).with(&twin.writes(&sent.record(id(1)), "other", "the twin's")));
}

#[test]
fn an_answer_with_own_writes_of_a_record_that_was_not_sent_is_a_twin() {
    check_answer(|sent, mut twin| Answer::to(sent).with(&twin.writes(&blank(id(5)), "note", "the twin's")));
}

#[test]
fn an_answer_that_lacks_a_first_time_write_is_a_twin() {
    check_answer(|sent, twin| {
        // The server had taken write 2 of record 1 from the twin, on another field.
        let mut twin = Peer { counter: 1, ..twin };
        let mut acknowledged = sent.record(id(1));
        let mut fields = acknowledged.state.fields().clone();
        fields.remove(SCORE);
        let mut writes = acknowledged.state.writes().clone();
        writes.retain(|dot, _| dot.counter == 1);
        let version = writes.keys().copied().collect();
        acknowledged.state = causal::State::from_parts(version, writes, fields).expect("a state of one write");
        Answer::to(sent).with(&twin.writes(&acknowledged, "other", "the twin's"))
    });
}

#[test]
fn forked_write_on_a_record_with_own_unacknowledged_writes_is_a_twin() {
    check_answer(|sent, _| Answer::to(sent).rejecting(id(1), ProblemType::ForkedWrite));
}

#[test]
fn an_answer_in_which_others_replaced_acknowledged_writes_is_no_alarm() {
    let owing = Owing::new();
    let script = Script::new();
    script.push(|sent| Answer::to(sent).with(&Peer::new(1).writes(&sent.record(id(1)), "note", "theirs"))).echo("1");
    owing.tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(owing.tablet.replica(), owing.old);
    assert_eq!(owing.tablet.notes(id(1)), ["theirs"]);
}

#[test]
fn a_save_made_while_the_alarm_was_on_the_way_moves_too() {
    let owing = Owing::new();
    let script = Script::new();
    owing.tablet.step(&script).expect("frozen");
    owing.tablet.save(id(1), "since");
    script.refuses(Problem::new(ProblemType::ReplicaForked));
    owing.tablet.step(&script).expect("an alarm is no error");
    let new = owing.tablet.replica();
    let since = owing.tablet.state(id(1)).siblings("note").map(|sibling| sibling.dot).collect::<Vec<_>>();
    assert_eq!(since, [causal::Dot::new(new, 4)]);
}

#[test]
fn a_server_that_never_stops_raising_alarms_is_given_up() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "a");
    let script = Script::new();
    for round in 0..9 {
        script.refuses(Problem::new(ProblemType::ReplicaForked));
        if round < 8 {
            script.page(Page::of([], &format!("{round}")));
        }
    }
    let error = tablet.sync(&script).expect_err("it gives up");
    assert!(matches!(error, replica::SyncError::Stuck(_)), "{error}");
    assert_eq!(tablet.queue(), [id(1)]);
}
