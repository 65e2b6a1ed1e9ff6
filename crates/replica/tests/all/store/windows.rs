//! Several processes over one file: all may save, one syncs.

use replica::{SyncError, SyncLock, sync_once};

use crate::support::{Script, Tablet, enrol_answer, id};

#[test]
fn one_window_at_a_time_syncs_and_the_other_goes_on_saving() {
    let tablet = Tablet::enrolled();
    let other = tablet.another_window();
    let lock = SyncLock::try_take(&other).expect("the lock opens").expect("nobody syncs");
    tablet.save(id(1), "while the other syncs");
    let nobody = Script::new();
    let error = sync_once(tablet.store(), &nobody).expect_err("the other one syncs");
    assert!(matches!(error, SyncError::Busy) && error.is_passing());
    let error = replica::enrol(tablet.store(), &nobody, "https://a", "CODE", "平板").expect_err("the other one syncs");
    assert!(matches!(error, SyncError::Busy));
    assert!(SyncLock::try_take(tablet.store()).expect("the lock opens").is_none());
    assert!(nobody.calls().is_empty());
    drop(lock);
    let script = Script::new();
    script.takes().echo("1");
    sync_once(&other, &script).expect("the lock is free");
    assert_eq!(script.last_push().ids(), [id(1)]);
    assert!(tablet.queue().is_empty(), "one window does not see what the other has done");
}

#[test]
fn the_lock_is_given_back_after_an_exchange_that_failed() {
    let tablet = Tablet::enrolled();
    let script = Script::new();
    script.loses_a_pull();
    tablet.sync(&script).expect_err("the answer is lost");
    assert!(SyncLock::try_take(tablet.store()).expect("the lock opens").is_some());
}

#[test]
fn one_window_reads_what_the_other_has_saved() {
    let tablet = Tablet::new();
    let other = tablet.another_window();
    assert!(other.get(id(1)).expect("the store reads").is_none());
    tablet.save(id(1), "a");
    let reading = other.get(id(1)).expect("the store reads").expect("it was saved");
    assert_eq!(reading.record.state, tablet.state(id(1)));
}

#[test]
fn a_push_frozen_by_one_window_is_sent_as_it_is_by_the_other() {
    let tablet = Tablet::enrolled();
    tablet.save(id(1), "a");
    let script = Script::new();
    script.loses_a_push();
    tablet.sync(&script).expect_err("the answer is lost");
    tablet.save(id(1), "b");
    script.takes().takes().echo("1");
    sync_once(&tablet.another_window(), &script).expect("an exchange without faults");
    assert_eq!(script.pushes()[1].body, script.pushes()[0].body);
    assert!(tablet.queue().is_empty());
}

#[test]
fn nobody_syncs_before_the_store_is_enrolled() {
    let tablet = Tablet::new();
    let script = Script::new();
    assert!(matches!(tablet.sync(&script), Err(SyncError::NotEnrolled)));
    script.enrols(enrol_answer(1)).echo("1");
    replica::enrol(tablet.store(), &script, "https://office.example", "CODE", "平板").expect("enrolled");
    tablet.sync(&script).expect("an exchange without faults");
}
