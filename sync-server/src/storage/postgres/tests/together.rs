//! Several servers on one database, and several organisations in it.

use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::time::Duration;

use causal::RecordId;

use super::super::run;
use super::*;
use crate::storage::conformance::rows::{line, stored};
use crate::storage::testing::road::Road;

#[test]
fn two_servers_write_one_feed_without_a_hole_and_no_reader_sees_less_than_its_end() {
    let Some(scratch) = scratch() else { return };
    let stores = [with_two_organisations(&scratch), scratch.open()];
    std::thread::scope(|threads| {
        for store in &stores {
            for _ in 0..3 {
                threads.spawn(move || (0..20).for_each(|_| _ = step(store, ORG).expect("a place")));
            }
            threads.spawn(move || {
                let mut last = 0;
                while last < 120 {
                    let txn = store.read().expect("a transaction");
                    let end = txn.organisation(ORG).expect("works").expect("is there").last_seq;
                    assert!(end >= last, "a reader goes back from {last} to {end}");
                    assert_eq!(txn.organisation(ORG).expect("works").expect("is there").last_seq, end);
                    assert_eq!(txn.start_at(ORG, end).expect("works").is_some(), end > 0);
                    last = end;
                }
            });
        }
    });
    assert_eq!(stores.each_ref().map(|store| last_seq(store, ORG)), [120, 120]);
}

#[test]
fn an_organisation_waits_for_no_other() {
    let Some(scratch) = scratch() else { return };
    let stores = [with_two_organisations(&scratch), scratch.open()];
    let mut held = stores[0].write(ORG).expect("a transaction");
    held.next_place(ORG, Uuid::from_u128(9)).expect("a place");
    assert_eq!(stores.each_ref().map(|store| step(store, OTHER).expect("a place")), [1, 2]);
    assert_eq!(last_seq(&stores[1], ORG), 0, "what is not committed is seen by nobody");
    // Who comes second reads what the first has written, though it began before that was committed.
    let (begun, beginning) = mpsc::channel();
    std::thread::scope(|threads| {
        let waiting = threads.spawn(|| {
            begun.send(()).expect("somebody waits");
            step(&stores[1], ORG).expect("a place")
        });
        beginning.recv().expect("it begins");
        wait_for_a_lock(&scratch);
        held.commit().expect("a commit");
        assert_eq!(waiting.join().expect("no panic"), 2);
    });
}

/// Waits until somebody waits for a lock.
fn wait_for_a_lock(scratch: &Scratch) {
    let sql = "do $$ begin
        for i in 1..3000 loop
            if exists (select from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock') then return; end if;
            perform pg_stat_clear_snapshot();
            perform pg_sleep(0.01);
        end loop;
        raise 'nobody waits';
    end $$";
    run(&scratch.url(), sql).expect("somebody waits");
}

#[test]
fn an_organisation_is_made_once_by_whoever_comes_first() {
    let Some(scratch) = scratch() else { return };
    let stores = [scratch.open(), scratch.open()];
    let made: Vec<bool> = std::thread::scope(|threads| {
        let making: Vec<_> = (0..8)
            .map(|maker| {
                let store = &stores[maker % 2];
                threads.spawn(move || {
                    write(store, ORG, |txn| match txn.organisation(ORG)? {
                        Some(_) => Ok(false),
                        None => txn.insert_organisation(&organisation(ORG)).map(|()| true),
                    })
                    .expect("a transaction")
                })
            })
            .collect();
        making.into_iter().map(|one| one.join().expect("no panic")).collect()
    });
    assert_eq!(made.iter().filter(|is_first| **is_first).count(), 1, "{made:?}");
}

#[test]
fn each_commit_moves_the_revision_and_a_transaction_that_changes_nothing_does_not() {
    let Some(scratch) = scratch() else { return };
    let stores = [with_two_organisations(&scratch), scratch.open()];
    let revision = || stores[1].revision().expect("a number");
    let before = revision();
    stores[0].write(ORG).expect("a transaction").commit().expect("a commit");
    drop(stores[0].write(ORG).expect("a transaction"));
    assert_eq!(revision(), before);
    step(&stores[0], ORG).expect("a place");
    assert!(revision() > before);
}

#[test]
fn who_waits_too_long_for_a_lock_is_told_that_the_store_is_busy() {
    let Some(scratch) = scratch() else { return };
    let stores = [with_two_organisations(&scratch), scratch.open()];
    let held = stores[0].write(ORG).expect("a transaction");
    let began = std::time::Instant::now();
    let refused = step(&stores[1], ORG).expect_err("it is locked");
    assert!(refused.is_busy(), "{refused:?}");
    assert!(began.elapsed() < Duration::from_secs(20));
    drop(held);
    assert_eq!(step(&stores[1], ORG).expect("a place"), 1);
}

#[test]
fn two_transactions_in_each_others_way_are_both_done_when_they_are_run_again() {
    let Some(scratch) = scratch() else { return };
    let stores = [with_two_organisations(&scratch), scratch.open()];
    // Each holds its organisation and then wants a row that the other has: the clock, and a row lock of the test's own.
    run(&scratch.url(), "create table rounds.knot (id int primary key); insert into rounds.knot values (1), (2)")
        .expect("rows");
    let tie = |store: &Store, of: Uuid, rows: [i32; 2], here: &std::sync::Barrier| {
        let mut tried = 0;
        loop {
            tried += 1;
            let txn = super::super::txn::PostgresTxn::write(&store.storage.connections, of).expect("a transaction");
            let lock = |row: i32| txn.execute("select 1 from knot where id = $1 for update", &[&row]);
            lock(rows[0]).expect("the first is free");
            if tried == 1 {
                here.wait();
            }
            match lock(rows[1]) {
                Ok(_) => return tried,
                Err(error) => assert!(error.is_busy(), "{error:?}"),
            }
        }
    };
    let here = std::sync::Barrier::new(2);
    let tries = std::thread::scope(|threads| {
        let one = threads.spawn(|| tie(&stores[0], ORG, [1, 2], &here));
        let two = threads.spawn(|| tie(&stores[1], OTHER, [2, 1], &here));
        [one.join().expect("no panic"), two.join().expect("no panic")]
    });
    assert!(tries.iter().sum::<i32>() > 2, "one of them was ended by the database: {tries:?}");
}

#[test]
fn a_push_of_a_thousand_records_takes_a_few_questions() {
    let Some(scratch) = scratch() else { return };
    drop(with_two_organisations(&scratch));
    let road = Road::to(&scratch.url());
    let store = scratch.open_at(&road.url());
    let push = || {
        write(&store, ORG, |txn| {
            let ids: Vec<RecordId> = (1..=1_000).map(|id| RecordId(Uuid::from_u128(id))).collect();
            txn.expect_records(ORG, &ids)?;
            for id in 1..=1_000 {
                drop(txn.record(ORG, RecordId(Uuid::from_u128(id)))?);
                let seq = txn.next_place(ORG, Uuid::from_u128(9))?;
                txn.put_record(ORG, &stored(id, None, seq, "x"))?;
                txn.insert_journal(ORG, &line(id, seq))?;
                txn.put_blob_references(ORG, RecordId(Uuid::from_u128(id)), &[wire::BlobId([7; 32])])?;
            }
            Ok(())
        })
        .expect("a push");
    };
    push();
    let before = road.asked.load(Ordering::SeqCst);
    push();
    let asked = road.asked.load(Ordering::SeqCst) - before;
    // A large question comes in several parts.
    assert!(asked < 60, "{asked}");
    assert_eq!(last_seq(&store, ORG), 2_000);
    assert_eq!(store.read().expect("a transaction").verify().expect("works"), Vec::<String>::new());
}
