//! A server that refuses the exchange, refuses a push whole, or does not answer.

use causal::RecordId;
use replica::SyncError;
use wire::{Problem, ProblemType};

use crate::support::{Answer, Script, Sent, Tablet, id};

fn refused(kind: ProblemType) -> Problem {
    Problem::new(kind)
}

/// The exchange stops, says why, and keeps everything for the time when a person has acted.
#[track_caller]
fn check_stop(kind: ProblemType, at_the_pull: bool) {
    let tablet = Tablet::enrolled();
    let script = Script::new();
    if at_the_pull {
        script.refuses_a_pull(refused(kind));
    } else {
        tablet.save(id(1), "a");
        script.refuses(refused(kind));
    }
    let error = tablet.sync(&script).expect_err("the server refuses");
    assert!(matches!(error, SyncError::Refused(_)) && !error.is_passing(), "{error}");
    let report = tablet.store().sync_report().expect("the store reads");
    assert_eq!(report.last_problem.and_then(|problem| problem.kind()), Some(kind));
    tablet.save(id(1), "b");
    assert_eq!((tablet.queue(), tablet.rejected()), (vec![id(1)], vec![]));
    assert_eq!(tablet.store().enrolment().expect("the store reads").map(|held| held.token), Some("token-1".into()));
    let again = Script::new();
    again.takes();
    if !at_the_pull {
        again.takes();
    }
    again.echo("1");
    tablet.sync(&again).expect("the office has acted");
    if !at_the_pull {
        assert_eq!(again.pushes()[0].body, script.pushes()[0].body);
    }
    let report = tablet.store().sync_report().expect("the store reads");
    assert_eq!((report.last_problem, tablet.identity().reached_end), (None, true));
}

#[test]
fn a_revoked_or_unknown_device_stops_keeps_its_queue_and_says_so() {
    for kind in [ProblemType::Unauthorised, ProblemType::DeviceRevoked] {
        assert_eq!(kind.status(), 401);
        check_stop(kind, false);
        check_stop(kind, true);
    }
}

#[test]
fn a_forbidden_device_stops_keeps_its_queue_and_says_so() {
    assert_eq!(ProblemType::NotAllowed.status(), 403);
    check_stop(ProblemType::NotAllowed, false);
    check_stop(ProblemType::NotAllowed, true);
}

/// A push that carries the bad record is refused whole; in the end that one is rejected alone, and the rest is out.
#[track_caller]
fn check_split(kind: ProblemType, records: u128, bad: u128) {
    let tablet = Tablet::enrolled();
    (1..=records).for_each(|number| drop(tablet.save(id(number), "a")));
    let script = Script::new();
    let judge =
        move |sent: &Sent| if sent.ids().contains(&id(bad)) { Err(refused(kind)) } else { Ok(Answer::to(sent)) };
    script.judges(judge).echo("1");
    let outcome = tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(u128::from(outcome.pushed), records - 1);
    assert_eq!((tablet.queue(), tablet.rejected()), (vec![id(bad)], vec![id(bad)]), "{records} records, {bad} is bad");
    let queue = tablet.store().queue(1).expect("the store reads");
    assert_eq!(queue[0].rejected.as_ref().and_then(Problem::kind), Some(kind));
    expect_no_number_was_consumed(&script.pushes(), id(bad));
    let alone = script.pushes().into_iter().filter(|sent| sent.ids() == [id(bad)]).count();
    assert_eq!(alone, 1, "the bad record was tried alone once");
}

/// A refused push leaves its number, and its place in the chain, to the next.
#[track_caller]
fn expect_no_number_was_consumed(pushes: &[Sent], bad: RecordId) {
    let (mut number, mut previous) = (1, None);
    for sent in pushes {
        assert_eq!((sent.number(), &sent.request.head.previous), (number, &previous));
        if !sent.ids().contains(&bad) {
            number += 1;
            previous = Some(sent.digest().to_string());
        }
    }
}

#[test]
fn a_push_over_a_limit_is_split_until_the_bad_record_is_alone() {
    for (records, bad) in [(1, 1), (2, 1), (2, 2), (7, 1), (7, 4), (7, 7), (16, 9)] {
        check_split(ProblemType::LimitExceeded, records, bad);
    }
}

#[test]
fn a_push_that_is_refused_as_malformed_is_split_until_the_bad_record_is_alone() {
    for (records, bad) in [(2, 1), (5, 3), (8, 8)] {
        check_split(ProblemType::BadRequest, records, bad);
    }
}

#[test]
fn what_no_record_can_be_guilty_of_rejects_none_and_is_tried_again_by_itself() {
    for kind in [ProblemType::BadRequest, ProblemType::UnsupportedEncoding] {
        let tablet = Tablet::enrolled();
        (1..=60).for_each(|number| drop(tablet.save(id(number), "a")));
        let script = Script::new();
        script.judges(move |_| Err(refused(kind).detail("the body is not UTF-8")));
        let error = tablet.sync(&script).expect_err("nothing passes");
        assert!(matches!(error, SyncError::RoadGarbles(_)) && error.is_passing(), "{error}");
        assert!(script.pushes().len() < 20, "it is not asked for each of them");
        let report = tablet.store().sync_report().expect("the store reads");
        assert_eq!(report.last_problem.expect("it says why").urn, "urn:rounds:problem:road-garbles");
        script.takes_out();
        let again = Script::new();
        again.judges(|sent| Ok(Answer::to(sent))).echo("1");
        assert_eq!(tablet.sync(&again).expect("the road is mended").pushed, 60);
        assert_eq!((tablet.queue(), tablet.rejected()), (vec![], vec![]));
    }
}

#[test]
fn a_push_over_a_limit_as_a_whole_is_sent_in_parts() {
    let tablet = Tablet::enrolled();
    (1..=9).for_each(|number| drop(tablet.save(id(number), "a")));
    let script = Script::new();
    let judge = |sent: &Sent| {
        if sent.ids().len() > 3 { Err(refused(ProblemType::LimitExceeded)) } else { Ok(Answer::to(sent)) }
    };
    script.judges(judge).echo("1");
    assert_eq!(tablet.sync(&script).expect("an exchange without faults").pushed, 9);
    assert!(tablet.queue().is_empty());
}

#[test]
fn a_record_saved_again_while_it_was_refused_alone_goes_out_again() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "too large");
    let script = Script::new();
    tablet.step(&script).expect("frozen");
    tablet.save(id(1), "smaller");
    script.refuses(refused(ProblemType::LimitExceeded));
    tablet.step(&script).expect("refused");
    assert!(tablet.rejected().is_empty(), "the state that was refused is not the one that waits");
    script.takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().number(), 1);
    assert!(tablet.queue().is_empty());
}

/// Everything is kept, the frozen push too, and waiting helps.
#[track_caller]
fn check_passing(expect: fn(&Script) -> &Script) {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "a");
    let script = Script::new();
    expect(&script);
    let error = tablet.sync(&script).expect_err("the exchange is not carried out");
    assert!(error.is_passing(), "{error}");
    assert_eq!((tablet.queue(), tablet.rejected(), tablet.notes(id(1))), (vec![id(1)], vec![], vec!["a".into()]));
    let again = Script::new();
    again.takes().echo("1");
    tablet.sync(&again).expect("the server is back");
    assert_eq!(again.pushes()[0].body, script.pushes()[0].body);
}

#[test]
fn a_busy_or_silent_server_loses_nothing_and_is_asked_again() {
    check_passing(|script| script.refuses(refused(ProblemType::TooManyRequests)));
    check_passing(|script| script.refuses(refused(ProblemType::Unavailable)));
    check_passing(|script| script.loses_a_push());
}

#[test]
fn a_busy_or_silent_feed_is_read_on_from_the_same_place() {
    type Expect = fn(&Script) -> &Script;
    let expects: [Expect; 3] = [
        |script| script.refuses_a_pull(refused(ProblemType::TooManyRequests)),
        |script| script.refuses_a_pull(refused(ProblemType::Unavailable)),
        |script| script.loses_a_pull(),
    ];
    for expect in expects {
        let tablet = Tablet::enrolled();
        let script = Script::new();
        expect(&script);
        assert!(tablet.sync(&script).expect_err("the exchange is not carried out").is_passing());
        assert_eq!(tablet.identity().cursor.as_deref(), Some("0"));
        script.echo("1");
        tablet.sync(&script).expect("the server is back");
        assert_eq!(script.calls()[0], script.calls()[1]);
    }
}
