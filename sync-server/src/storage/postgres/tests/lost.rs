//! Connections that are lost, at the worst moments.

use std::sync::atomic::Ordering;

use super::super::run;
use super::*;
use crate::storage::StorageError;
use crate::storage::testing::road::{Cut, Road};

/// Ends all connections to a database but the one that says so, as a restart does.
fn cut_all(scratch: &Scratch) {
    let sql = "do $$ begin
        perform pg_terminate_backend(pid, 5000) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid();
    end $$";
    run(&scratch.url(), sql).expect("they end");
}

#[test]
fn a_store_goes_on_after_its_connections_were_cut() {
    let Some(scratch) = scratch() else { return };
    let store = with_two_organisations(&scratch);
    assert_eq!(step(&store, ORG).expect("a place"), 1);
    store.beat(0, 0).expect("it is taken");
    cut_all(&scratch);
    assert_eq!(last_seq(&store, ORG), 1, "who reads notices nothing");
    assert!(store.revision().is_ok() || store.revision().is_ok());
    assert!(store.beat(0, 0).is_ok() || store.beat(0, 0).is_ok());
    let written = step(&store, ORG).or_else(|error| if error.is_busy() { step(&store, ORG) } else { Err(error) });
    assert_eq!(written.expect("a place"), 2);
}

#[test]
fn a_write_that_is_cut_before_its_commit_has_changed_nothing_and_may_be_run_again() {
    let Some(scratch) = scratch() else { return };
    let store = with_two_organisations(&scratch);
    let mut txn = store.write(ORG).expect("a transaction");
    txn.next_place(ORG, Uuid::from_u128(9)).expect("a place");
    cut_all(&scratch);
    let refused = txn.commit().expect_err("its connection is gone");
    assert!(refused.is_busy(), "{refused:?}");
    assert_eq!(last_seq(&store, ORG), 0);
    assert_eq!(step(&store, ORG).expect("a place"), 1);
}

#[test]
fn a_commit_whose_answer_is_lost_is_found_to_be_done() {
    let Some(scratch) = scratch() else { return };
    drop(with_two_organisations(&scratch));
    let road = Road::to(&scratch.url());
    let store = scratch.open_at(&road.url());
    road.cut_at_commit(Cut::Answer);
    assert_eq!(step(&store, ORG).expect("it is found out"), 1);
    assert_eq!(road.cuts.load(Ordering::SeqCst), 1, "the answer was lost");
    assert_eq!(last_seq(&store, ORG), 1);
    assert_eq!(step(&store, ORG).expect("a place"), 2);
}

#[test]
fn a_commit_that_never_arrived_is_found_to_be_undone_and_may_be_run_again() {
    let Some(scratch) = scratch() else { return };
    drop(with_two_organisations(&scratch));
    let road = Road::to(&scratch.url());
    let store = scratch.open_at(&road.url());
    road.cut_at_commit(Cut::Question);
    let refused = step(&store, ORG).expect_err("it did not arrive");
    assert!(refused.is_busy(), "{refused:?}");
    assert_eq!(road.cuts.load(Ordering::SeqCst), 1);
    assert_eq!(last_seq(&store, ORG), 0);
    assert_eq!(step(&store, ORG).expect("a place"), 1);
}

#[test]
fn a_commit_of_which_nothing_can_be_found_out_is_said_to_be_unknown() {
    let Some(scratch) = scratch() else { return };
    drop(with_two_organisations(&scratch));
    let road = Road::to(&scratch.url());
    let store = scratch.open_at(&road.url());
    road.cut_at_commit(Cut::AnswerAndRoad);
    let refused = step(&store, ORG).expect_err("nobody can tell");
    assert!(matches!(refused, StorageError::Unknown(_)), "{refused:?}");
    road.open();
    assert_eq!(last_seq(&store, ORG), 1, "it was done all the same");
}

#[test]
fn an_organisation_that_was_made_while_the_answer_was_lost_is_not_made_twice() {
    let Some(scratch) = scratch() else { return };
    let road = Road::to(&scratch.url());
    let store = scratch.open_at(&road.url());
    road.cut_at_commit(Cut::Answer);
    write(&store, ORG, |txn| txn.insert_organisation(&organisation(ORG))).expect("it is found out");
    assert_eq!(store.read().expect("a transaction").organisations().expect("works"), [organisation(ORG)]);
}
