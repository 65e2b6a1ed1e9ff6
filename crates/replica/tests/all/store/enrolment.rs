//! Becoming a device: for the first time, anew, and not for somebody else.

use causal::Dot;
use replica::{StoreError, SyncError};
use uuid::Uuid;
use wire::{EnrolAnswer, EnrolRequest, Problem, ProblemType};

use crate::support::{Answer, Call, EPOCH, NEXT_EPOCH, Page, Script, Tablet, enrol_answer, id};

fn enrol(tablet: &Tablet, script: &Script) -> Result<EnrolRequest, SyncError> {
    replica::enrol(tablet.store(), script, "https://office.example/", " CODE ", "厨房平板")?;
    match script.calls().pop() {
        Some(Call::Enrol(request)) => Ok(request),
        other => panic!("no enrolment but {other:?}"),
    }
}

/// What a second code of the same organisation gives.
fn anew() -> EnrolAnswer {
    EnrolAnswer { token: "token-new".into(), device: Uuid::from_u128(0xd999), ..enrol_answer(1) }
}

#[test]
fn the_first_enrolment_is_for_the_replica_that_the_store_is() {
    let tablet = Tablet::new();
    tablet.save(id(1), "before");
    let before = tablet.replica();
    let script = Script::new();
    script.enrols(enrol_answer(1));
    let request = enrol(&tablet, &script).expect("enrolled");
    assert_eq!((request.code.as_str(), request.replica), ("CODE", before.0));
    assert_eq!(request.replaces, None);
    assert_eq!(tablet.replica(), before);
    let enrolment = tablet.store().enrolment().expect("the store reads").expect("it is enrolled");
    assert_eq!((enrolment.server.as_str(), enrolment.token.as_str()), ("https://office.example", "token-1"));
    assert_eq!(enrolment.device_name, "厨房平板");
    script.takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(1)], "what was saved before is owed too");
}

#[test]
fn the_same_organisation_anew_keeps_everything_under_a_new_id() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "acknowledged");
    tablet.save_seeing(id(1), Some(&tablet.seen(id(1))), "score", "owed");
    tablet.save(id(2), "rejected");
    let script = Script::new();
    script.push(|sent| Answer::to(sent).silent_on(id(1)).rejecting(id(2), ProblemType::NotAllowed)).echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    tablet.save(id(3), "frozen");
    script.loses_a_push();
    tablet.sync(&script).expect_err("the answer is lost");
    let old = tablet.replica();
    script.enrols(anew());
    let request = enrol(&tablet, &script).expect("enrolled");
    let identity = tablet.identity();
    assert_ne!(identity.replica, old);
    assert_eq!(identity.replica.0, request.replica);
    assert_eq!(request.replaces.as_deref(), Some("token-1"), "the device that it was may end");
    assert_eq!((identity.push_number, identity.pull_first, identity.epoch.as_deref()), (0, true, Some(EPOCH)));
    assert_eq!(tablet.store().enrolment().expect("the store reads").map(|held| held.token), Some("token-new".into()));
    let note = tablet.state(id(1)).siblings("note").map(|sibling| sibling.dot).next();
    let score = tablet.state(id(1)).siblings("score").map(|sibling| sibling.dot).next();
    assert_eq!((note, score), (Some(Dot::new(old, 1)), Some(Dot::new(identity.replica, 2))));
    assert_eq!((tablet.queue(), tablet.rejected()), (vec![id(1), id(2), id(3)], vec![]));
    script.page(Page::of([], "2")).takes();
    tablet.sync(&script).expect("an exchange without faults");
    let sent = script.last_push();
    assert_eq!((sent.number(), sent.request.head.replica, sent.ids().len()), (1, identity.replica, 3));
    assert!(tablet.queue().is_empty());
}

#[test]
fn another_organisation_is_refused_and_nothing_has_changed() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "acknowledged");
    tablet.save(id(1), "frozen");
    let script = Script::new();
    script.loses_a_push();
    tablet.sync(&script).expect_err("the answer is lost");
    let look =
        || (tablet.identity(), tablet.state(id(1)), tablet.queue(), tablet.store().enrolment().expect("it reads"));
    let before = look();
    script.enrols(EnrolAnswer { epoch: NEXT_EPOCH.into(), ..enrol_answer(2) });
    let error = enrol(&tablet, &script).expect_err("the records belong to another organisation");
    assert!(matches!(&error, SyncError::Store(StoreError::OtherOrganisation(name)) if name == "园 1"), "{error:?}");
    assert_eq!(look(), before);
    script.takes().echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    let pushes = script.pushes();
    assert_eq!(pushes[0].body, pushes[1].body, "the frozen push was given up");
}

#[test]
fn a_refused_code_changes_nothing() {
    for tablet in [Tablet::new(), Tablet::enrolled()] {
        tablet.save(id(1), "a");
        let before = (tablet.identity(), tablet.state(id(1)), tablet.store().enrolment().expect("the store reads"));
        let script = Script::new();
        script.refuses_an_enrolment(Problem::new(ProblemType::EnrolRefused));
        let error = enrol(&tablet, &script).expect_err("the code is bad");
        assert!(matches!(error, SyncError::Refused(_)) && !error.is_passing());
        let after = (tablet.identity(), tablet.state(id(1)), tablet.store().enrolment().expect("the store reads"));
        assert_eq!(after, before);
    }
}

#[test]
fn enrolling_anew_with_a_restored_server_refills_it() {
    let tablet = Tablet::enrolled();
    tablet.save_and_sync(id(1), "acknowledged");
    let script = Script::new();
    script.enrols(EnrolAnswer { epoch: NEXT_EPOCH.into(), ..anew() });
    enrol(&tablet, &script).expect("enrolled");
    let identity = tablet.identity();
    assert_eq!((identity.cursor, identity.epoch.as_deref(), tablet.queue()), (None, Some(NEXT_EPOCH), vec![id(1)]));
}

#[test]
fn other_scopes_read_the_feed_from_its_start() {
    let tablet = Tablet::enrolled();
    let script = Script::new();
    script.enrols(EnrolAnswer { scopes: Some(vec![id(7).0]), ..anew() }).page(Page::of([], "1"));
    enrol(&tablet, &script).expect("enrolled");
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.calls().pop(), Some(Call::Pull(None)));
}

#[test]
fn a_push_that_another_device_made_need_not_come_back() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "taken");
    let script = Script::new();
    script.takes().loses_a_pull();
    tablet.sync(&script).expect_err("the answer is lost");
    let fewer = EnrolAnswer { scopes: Some(vec![id(7).0]), ..anew() };
    script.enrols(fewer).page(Page::of([], "1"));
    enrol(&tablet, &script).expect("enrolled");
    let replica = tablet.replica();
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(tablet.replica(), replica);
}

/// A tablet that was enrolled anew after a push was taken, and before the feed had brought it back.
fn enrolled_anew_before_the_echo(script: &Script) -> Tablet {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "taken");
    script.takes().loses_a_pull();
    tablet.sync(script).expect_err("the answer is lost");
    script.enrols(anew());
    enrol(&tablet, script).expect("enrolled");
    tablet
}

#[test]
fn what_the_feed_has_not_brought_back_is_passed_on_by_the_new_device() {
    let script = Script::new();
    let tablet = enrolled_anew_before_the_echo(&script);
    script.page(Page::of([], "1")).takes();
    tablet.sync(&script).expect("an exchange without faults");
    assert_eq!(script.last_push().ids(), [id(1)], "a server that went back has lost it");
    assert!(tablet.queue().is_empty());
}

#[test]
fn what_the_feed_brings_back_to_the_new_device_is_not_sent_again() {
    let script = Script::new();
    let tablet = enrolled_anew_before_the_echo(&script);
    script.echo("1");
    tablet.sync(&script).expect("an exchange without faults");
    assert!(tablet.queue().is_empty());
}
