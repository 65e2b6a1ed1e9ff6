//! The one suite that every backend passes; each test is a promise of the traits.

pub(super) mod rows;

use std::sync::{Arc, mpsc};

use causal::{RecordId, ReplicaId};
use uuid::Uuid;

use super::sqlite::SqliteStorage;
use super::*;
use rows::*;

/// One store that is read by one process and written by another.
struct Apart([Arc<dyn Storage>; 2]);

impl Storage for Apart {
    fn read(&self) -> Result<Box<dyn ReadTxn + '_>> {
        self.0[1].read()
    }

    fn write(&self, organisation: Uuid) -> Result<Box<dyn WriteTxn + '_>> {
        self.0[0].write(organisation)
    }

    fn writers(&self) -> usize {
        self.0[0].writers()
    }

    fn revision(&self) -> Result<i64> {
        self.0[1].revision()
    }

    fn beat(&self, at: u64, bytes: usize) -> Result<()> {
        self.0[0].beat(at, bytes)
    }

    fn fold_log(&self) -> Result<()> {
        self.0[0].fold_log()
    }
}

/// `one` is a file, or a database where the tests are given one.
macro_rules! conformance {
    ($($law:ident),* $(,)?) => {
        mod memory { $(#[test] fn $law() { super::$law(&super::SqliteStorage::in_memory().expect("a store")); })* }
        mod one { $(#[test] fn $law() { super::$law(&*super::testing::two_handles()[0]); })* }
        mod apart { $(#[test] fn $law() { super::$law(&super::Apart(super::testing::two_handles())); })* }
    };
}

conformance!(
    organisations_are_kept_in_order,
    a_dropped_transaction_leaves_no_trace,
    a_transaction_changes_nothing_of_another_organisation,
    a_transaction_reads_what_it_has_written,
    news_is_what_a_reader_may_see,
    a_snapshot_does_not_move,
    writers_wait_for_each_other_and_lose_nothing,
    places_are_dense_and_apart_for_each_organisation,
    starts_are_noted_where_they_begin,
    a_record_survives_and_moves_to_its_newest_place,
    the_feed_shows_only_what_the_scopes_allow,
    a_record_of_another_organisation_does_not_exist,
    devices_and_their_replicas_are_found,
    a_chain_holds_the_last_push_only,
    an_enrolment_code_is_found_by_its_hash,
    the_journal_is_kept_in_order,
    accounts_are_replaced_by_name,
    an_account_is_removed_in_its_organisation_alone_and_may_be_added_again,
    a_new_epoch_forgets_chains_and_codes,
    a_blob_is_noted_once_with_all_who_sent_it,
    a_blob_is_named_by_records_of_some_scopes,
    the_clock_offset_is_kept,
    a_beat_leaves_nothing_but_its_time,
    that_a_store_went_back_is_noted_until_the_next_epoch,
    a_blob_that_is_removed_was_never_sent,
    a_healthy_store_verifies,
);

fn organisations_are_kept_in_order(storage: &dyn Storage) {
    assert_eq!(read(storage, |txn| txn.organisations()), []);
    write(storage, OTHER, |txn| txn.insert_organisation(&organisation(OTHER)));
    write(storage, ORG, |txn| txn.insert_organisation(&organisation(ORG)));
    assert_eq!(read(storage, |txn| txn.organisations()), [organisation(OTHER), organisation(ORG)]);
    assert_eq!(read(storage, |txn| txn.organisation(ORG)), Some(organisation(ORG)));
    assert_eq!(read(storage, |txn| txn.organisation(Uuid::from_u128(3))), None);
}

fn a_dropped_transaction_leaves_no_trace(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, None)]);
    let mut txn = storage.write(ORG).expect("a transaction");
    let seq = txn.next_place(ORG, Uuid::from_u128(10)).expect("a place");
    txn.put_record(ORG, &stored(1, None, seq, "other")).expect("a record");
    assert_eq!(txn.record(ORG, RecordId(Uuid::from_u128(1))).expect("works").map(|found| found.seq), Some(2));
    drop(txn);
    assert_eq!(read(storage, |txn| txn.organisation(ORG)).map(|found| found.last_seq), Some(1));
    assert_eq!(read(storage, |txn| txn.record(ORG, RecordId(Uuid::from_u128(1)))), Some(stored(1, None, 1, "x")));
    assert_eq!(write(storage, ORG, |txn| txn.next_place(ORG, Uuid::from_u128(9))), 2);
}

fn a_transaction_changes_nothing_of_another_organisation(storage: &dyn Storage) {
    with_two_organisations(storage);
    type Change = fn(&mut dyn WriteTxn) -> Result<()>;
    let changes: [Change; 6] = [
        |txn| txn.next_place(OTHER, Uuid::from_u128(9)).map(drop),
        |txn| txn.put_record(OTHER, &stored(1, None, 1, "x")),
        |txn| txn.insert_device(&device(51, OTHER)),
        |txn| txn.insert_enrol_code(&code(1, OTHER)),
        |txn| txn.put_account(OTHER, &account("a", "1")),
        |txn| txn.begin_epoch(OTHER, Uuid::from_u128(7)),
    ];
    for change in changes {
        let mut txn = storage.write(ORG).expect("a transaction");
        assert!(change(&mut *txn).is_err());
    }
    assert_eq!(read(storage, |txn| txn.organisation(OTHER)), Some(organisation(OTHER)));
}

fn a_transaction_reads_what_it_has_written(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, None)]);
    let id = |id| RecordId(Uuid::from_u128(id));
    let start = Uuid::from_u128(10);
    write(storage, ORG, |txn| {
        txn.expect_records(ORG, &[id(1), id(2)])?;
        assert_eq!(txn.record(ORG, id(1))?, Some(stored(1, None, 1, "x")));
        assert_eq!(txn.record(ORG, id(2))?, None);
        for (record, scope) in [(2, Some(8)), (1, None), (2, Some(8))] {
            let seq = txn.next_place(ORG, start)?;
            txn.put_record(ORG, &stored(record, scope, seq, "y"))?;
            txn.insert_journal(ORG, &line(record, seq))?;
            txn.put_blob_references(ORG, id(record), &[PHOTO])?;
        }
        assert_eq!(txn.record(ORG, id(2))?, Some(stored(2, Some(8), 4, "y")));
        assert_eq!(txn.organisation(ORG)?.map(|found| found.last_seq), Some(4));
        assert_eq!(txn.organisations()?.iter().map(|found| found.last_seq).collect::<Vec<_>>(), [4, 0]);
        assert_eq!(txn.journal(ORG, id(2))?, [line(2, 2), line(2, 4)]);
        assert_eq!((txn.start_at(ORG, 1)?, txn.start_at(ORG, 3)?), (Some(Uuid::from_u128(9)), Some(start)));
        assert!(txn.is_blob_named(ORG, PHOTO, Some(&[Uuid::from_u128(8)]))?);
        let seq = txn.next_place(ORG, start)?;
        txn.insert_journal(ORG, &line(1, seq))?;
        txn.put_journal_changes(ORG, seq, &[9])?;
        txn.put_record(ORG, &stored(1, None, seq, "z"))
    });
    assert_eq!(feed(storage, 0, None, 9), [(4, 2), (5, 1)]);
    assert_eq!(read(storage, |txn| txn.journal(ORG, id(1))).last().map(|line| line.changes.clone()), Some(vec![9]));
}

fn news_is_what_a_reader_may_see(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, None), (2, Some(8))]);
    let news = |after, scopes: Option<&[u128]>| {
        let scopes = scopes.map(|all| all.iter().copied().map(Uuid::from_u128).collect::<Vec<_>>());
        read(storage, |txn| txn.has_news(ORG, after, scopes.as_deref()))
    };
    assert!(news(0, None) && news(1, None) && !news(2, None));
    assert!(news(0, Some(&[])) && !news(1, Some(&[])) && !news(1, Some(&[9])) && news(1, Some(&[9, 8])));
    assert!(!read(storage, |txn| txn.has_news(OTHER, 0, None)));
}

fn a_snapshot_does_not_move(storage: &dyn Storage) {
    with_two_organisations(storage);
    let (seen, wait_for_seen) = mpsc::channel();
    std::thread::scope(|threads| {
        let writer = threads.spawn(move || {
            wait_for_seen.recv().expect("the reader has begun");
            save(storage, ORG, &[(1, None)]);
        });
        let txn = storage.read().expect("a transaction");
        let before = txn.organisation(ORG).expect("works").expect("is there").last_seq;
        seen.send(()).expect("the writer waits");
        // Long enough for a writer that does not wait to be done.
        std::thread::sleep(std::time::Duration::from_millis(100));
        let after = txn.organisation(ORG).expect("works").expect("is there").last_seq;
        assert_eq!((before, after), (0, 0));
        drop(txn);
        writer.join().expect("the writer is done");
    });
    assert_eq!(feed(storage, 0, None, 9), [(1, 1)]);
}

fn writers_wait_for_each_other_and_lose_nothing(storage: &dyn Storage) {
    with_two_organisations(storage);
    std::thread::scope(|threads| {
        for writer in 0..4u128 {
            threads.spawn(move || (0..10).for_each(|turn| save(storage, ORG, &[(writer * 100 + turn + 1, None)])));
        }
    });
    let places: Vec<u64> = feed(storage, 0, None, 99).into_iter().map(|(seq, _)| seq).collect();
    assert_eq!(places, (1..=40).collect::<Vec<u64>>());
}

fn places_are_dense_and_apart_for_each_organisation(storage: &dyn Storage) {
    with_two_organisations(storage);
    let start = Uuid::from_u128(9);
    let places = |organisation| {
        write(storage, organisation, |txn| {
            Ok([txn.next_place(organisation, start)?, txn.next_place(organisation, start)?])
        })
    };
    assert_eq!(places(ORG), [1, 2]);
    assert_eq!(places(OTHER), [1, 2]);
    assert_eq!(places(ORG), [3, 4]);
    assert_eq!(read(storage, |txn| txn.organisation(ORG)).map(|found| found.last_seq), Some(4));
}

fn starts_are_noted_where_they_begin(storage: &dyn Storage) {
    with_two_organisations(storage);
    let (a, b) = (Uuid::from_u128(10), Uuid::from_u128(11));
    write(storage, ORG, |txn| [a, a, b, a].into_iter().try_for_each(|start| txn.next_place(ORG, start).map(drop)));
    write(storage, OTHER, |txn| txn.next_place(OTHER, b));
    let at = |organisation, seq| read(storage, |txn| txn.start_at(organisation, seq));
    assert_eq!([0, 1, 2, 3, 4].map(|seq| at(ORG, seq)), [None, Some(a), Some(a), Some(b), Some(a)]);
    assert_eq!(at(OTHER, 1), Some(b));
}

fn a_record_survives_and_moves_to_its_newest_place(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, None), (2, Some(8)), (1, None)]);
    let mut newest = stored(1, None, 3, "x");
    assert_eq!(read(storage, |txn| txn.record(ORG, newest.record.id)), Some(newest.clone()));
    assert_eq!(feed(storage, 0, None, 9), [(2, 2), (3, 1)]);
    assert_eq!(feed(storage, 2, None, 9), [(3, 1)]);
    assert_eq!(feed(storage, 0, None, 1), [(2, 2)]);
    newest.purged = newest.record.state.version().clone();
    newest.record.state.purge();
    write(storage, ORG, |txn| txn.put_record(ORG, &newest));
    assert_eq!(read(storage, |txn| txn.record(ORG, newest.record.id)), Some(newest));
}

fn the_feed_shows_only_what_the_scopes_allow(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, None), (2, Some(8)), (3, Some(9))]);
    let scopes = |scopes: &[u128]| scopes.iter().copied().map(Uuid::from_u128).collect::<Vec<_>>();
    assert_eq!(feed(storage, 0, Some(&scopes(&[8])), 9), [(1, 1), (2, 2)]);
    assert_eq!(feed(storage, 0, Some(&scopes(&[9, 8])), 9), [(1, 1), (2, 2), (3, 3)]);
    assert_eq!(feed(storage, 0, Some(&[]), 9), [(1, 1)]);
}

fn a_record_of_another_organisation_does_not_exist(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, OTHER, &[(1, None)]);
    assert_eq!(read(storage, |txn| txn.record(ORG, RecordId(Uuid::from_u128(1)))), None);
    assert_eq!(read(storage, |txn| txn.journal(ORG, RecordId(Uuid::from_u128(1)))), []);
    assert_eq!(feed(storage, 0, None, 9), []);
    save(storage, ORG, &[(1, Some(8))]);
    assert_eq!(read(storage, |txn| txn.record(OTHER, RecordId(Uuid::from_u128(1)))), Some(stored(1, None, 1, "x")));
}

fn devices_and_their_replicas_are_found(storage: &dyn Storage) {
    with_two_organisations(storage);
    let (mut tablet, other) = (device(50, ORG), device(51, OTHER));
    let office = DeviceRow { scopes: None, token_hash: None, role: Role::Office, ..device(52, ORG) };
    let [a, b] = [3, 2].map(|id| ReplicaId(Uuid::from_u128(id)));
    write(storage, ORG, |txn| {
        [&tablet, &office].into_iter().try_for_each(|device| txn.insert_device(device))?;
        txn.bind_replica(ORG, a, tablet.id)?;
        txn.bind_replica(ORG, b, tablet.id)
    });
    write(storage, OTHER, |txn| txn.insert_device(&other).and_then(|()| txn.bind_replica(OTHER, a, other.id)));
    assert_eq!(read(storage, |txn| txn.device_by_token(&[50; 32])), Some(tablet.clone()));
    assert_eq!(read(storage, |txn| txn.device_by_token(&[0; 32])), None);
    assert_eq!(read(storage, |txn| txn.devices(ORG)), [tablet.clone(), office]);
    let owner = |of, replica| read(storage, |txn| txn.replica_owner(of, replica));
    assert_eq!([owner(ORG, a), owner(OTHER, a), owner(OTHER, b)], [Some(tablet.id), Some(other.id), None]);
    assert_eq!(read(storage, |txn| txn.replicas(ORG, tablet.id)), [a, b]);
    write(storage, ORG, |txn| txn.revoke_device(tablet.id, 99).and_then(|()| txn.put_last_seen(tablet.id, 98)));
    write(storage, ORG, |txn| txn.put_owes(tablet.id, 0, 97).and_then(|()| txn.put_owes(tablet.id, 2, 98)));
    (tablet.revoked_at, tablet.last_seen_at) = (Some(99), Some(98));
    (tablet.owes, tablet.owed_none_at) = (Some(2), Some(97));
    assert_eq!(read(storage, |txn| txn.device(tablet.id)), Some(tablet));
}

fn a_chain_holds_the_last_push_only(storage: &dyn Storage) {
    with_two_organisations(storage);
    let replica = ReplicaId(Uuid::from_u128(3));
    let push = |number: u8| ChainRow { number: number.into(), digest: [number; 32], answer: vec![number; 100_000] };
    write(storage, ORG, |txn| txn.put_chain(ORG, replica, &push(1)));
    write(storage, ORG, |txn| txn.put_chain(ORG, replica, &push(2)));
    assert_eq!(read(storage, |txn| txn.chain(ORG, replica)), Some(push(2)));
    assert_eq!(read(storage, |txn| txn.chain(OTHER, replica)), None);
}

fn code(hash: u8, organisation: Uuid) -> EnrolCodeRow {
    EnrolCodeRow { hash: [hash; 32], organisation, role: Role::Office, scopes: None, expires_at: 70, used_at: None }
}

fn an_enrolment_code_is_found_by_its_hash(storage: &dyn Storage) {
    with_two_organisations(storage);
    let scoped = EnrolCodeRow { scopes: Some(vec![Uuid::from_u128(8)]), role: Role::Tablet, ..code(2, OTHER) };
    write(storage, ORG, |txn| txn.insert_enrol_code(&code(1, ORG)));
    write(storage, OTHER, |txn| txn.insert_enrol_code(&scoped));
    assert_eq!(read(storage, |txn| txn.enrol_code(&[1; 32])), Some(code(1, ORG)));
    assert_eq!(read(storage, |txn| txn.enrol_code(&[2; 32])), Some(scoped));
    assert_eq!(read(storage, |txn| txn.enrol_code(&[3; 32])), None);
    write(storage, ORG, |txn| txn.use_enrol_code(&[1; 32], 60));
    assert_eq!(read(storage, |txn| txn.enrol_code(&[1; 32])).and_then(|code| code.used_at), Some(60));
}

fn the_journal_is_kept_in_order(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, None), (2, None), (1, None), (1, None)]);
    let record = RecordId(Uuid::from_u128(1));
    assert_eq!(read(storage, |txn| txn.journal(ORG, record)), [line(1, 1), line(1, 3), line(1, 4)]);
    assert_eq!(read(storage, |txn| txn.refilled(ORG, 0)), [line(2, 2), line(1, 4)]);
    assert_eq!(read(storage, |txn| txn.refilled(ORG, 2)), [line(1, 4)]);
    write(storage, ORG, |txn| txn.put_journal_changes(ORG, 3, &[9, 9]));
    assert_eq!(read(storage, |txn| txn.journal(ORG, record))[1].changes, [9, 9]);
}

fn account(name: &str, hash: &str) -> AccountRow {
    AccountRow {
        name: name.to_owned(),
        password_hash: hash.to_owned(),
        roles: vec!["logi".to_owned(), "admin".to_owned()],
        created_at: 4,
        person: hash.parse().ok().map(Uuid::from_u128),
        must_begin: hash == "3",
        must_change_password: hash == "4",
    }
}

fn accounts_are_replaced_by_name(storage: &dyn Storage) {
    with_two_organisations(storage);
    write(storage, ORG, |txn| {
        txn.put_account(ORG, &account("b", "1"))?;
        txn.put_account(ORG, &account("a", "2"))?;
        txn.put_account(ORG, &account("b", "4"))
    });
    write(storage, OTHER, |txn| txn.put_account(OTHER, &account("a", "3")));
    assert_eq!(read(storage, |txn| txn.accounts(ORG)), [account("a", "2"), account("b", "4")]);
    assert_eq!(read(storage, |txn| txn.accounts(OTHER)), [account("a", "3")]);
}

fn an_account_is_removed_in_its_organisation_alone_and_may_be_added_again(storage: &dyn Storage) {
    with_two_organisations(storage);
    write(storage, OTHER, |txn| txn.put_account(OTHER, &account("a", "3")));
    write(storage, ORG, |txn| {
        txn.put_account(ORG, &account("a", "1"))?;
        txn.put_account(ORG, &account("b", "2"))?;
        txn.remove_account(ORG, "a")?;
        txn.remove_account(ORG, "nobody")
    });
    assert_eq!(read(storage, |txn| txn.accounts(ORG)), [account("b", "2")]);
    assert_eq!(read(storage, |txn| txn.accounts(OTHER)), [account("a", "3")]);
    let again = AccountRow { created_at: 9, ..account("a", "4") };
    write(storage, ORG, |txn| txn.put_account(ORG, &again));
    assert_eq!(read(storage, |txn| txn.accounts(ORG)), [again, account("b", "2")], "nothing is left of the one before");
}

fn a_new_epoch_forgets_chains_and_codes(storage: &dyn Storage) {
    with_two_organisations(storage);
    let replica = ReplicaId(Uuid::from_u128(3));
    let chain = ChainRow { number: 1, digest: [1; 32], answer: vec![] };
    for (of, hash) in [(ORG, 1), (OTHER, 2)] {
        write(storage, of, |txn| {
            txn.put_chain(of, replica, &chain)?;
            txn.insert_enrol_code(&code(hash, of))
        });
    }
    let epoch = Uuid::from_u128(5_000);
    write(storage, ORG, |txn| {
        txn.begin_epoch(ORG, epoch)?;
        txn.set_refill(ORG, Some(7))
    });
    let expected = OrganisationRow { epoch, refill_from: Some(7), ..organisation(ORG) };
    assert_eq!(read(storage, |txn| txn.organisations()), [expected, organisation(OTHER)]);
    assert_eq!(read(storage, |txn| txn.chain(ORG, replica)), None);
    assert_eq!(read(storage, |txn| txn.chain(OTHER, replica)), Some(chain));
    assert_eq!(read(storage, |txn| txn.enrol_code(&[1; 32])).map(|code| code.expires_at), Some(0));
    assert_eq!(read(storage, |txn| txn.enrol_code(&[2; 32])), Some(code(2, OTHER)));
    write(storage, ORG, |txn| txn.set_refill(ORG, None));
    assert_eq!(read(storage, |txn| txn.organisation(ORG)).and_then(|found| found.refill_from), None);
}

const PHOTO: BlobId = BlobId([7; 32]);

fn a_blob_is_noted_once_with_all_who_sent_it(storage: &dyn Storage) {
    with_two_organisations(storage);
    let (tablet, other) = (device(50, ORG), device(51, ORG));
    let row = BlobRow { id: PHOTO, bytes: 9, completed_at: 5 };
    write(storage, ORG, |txn| {
        [&tablet, &other].into_iter().try_for_each(|device| txn.insert_device(device))?;
        txn.put_blob(ORG, &row, Some(tablet.id))?;
        txn.put_blob(ORG, &BlobRow { completed_at: 6, ..row }, Some(tablet.id))?;
        txn.put_blob(ORG, &BlobRow { id: BlobId([1; 32]), ..row }, None)
    });
    assert_eq!(read(storage, |txn| txn.blob(ORG, PHOTO)), Some(row));
    assert_eq!(read(storage, |txn| txn.blobs(ORG)), [BlobRow { id: BlobId([1; 32]), ..row }, row]);
    assert_eq!(read(storage, |txn| txn.blob(OTHER, PHOTO)), None);
    let sent = |id, device| read(storage, |txn| txn.is_blob_uploader(ORG, id, device));
    assert!(sent(PHOTO, tablet.id) && !sent(PHOTO, other.id) && !sent(BlobId([1; 32]), tablet.id));
}

fn a_blob_is_named_by_records_of_some_scopes(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, Some(8)), (2, Some(9)), (3, None)]);
    let record = |id| RecordId(Uuid::from_u128(id));
    let other = BlobId([1; 32]);
    write(storage, ORG, |txn| {
        txn.put_blob_references(ORG, record(1), &[PHOTO, other])?;
        txn.put_blob_references(ORG, record(1), &[PHOTO])?;
        txn.put_blob_references(ORG, record(2), &[PHOTO])?;
        txn.put_blob_references(ORG, record(3), &[])?;
        txn.put_blob(ORG, &BlobRow { id: other, bytes: 0, completed_at: 0 }, None)
    });
    let named = |organisation, id, scopes: Option<&[u128]>| {
        let scopes = scopes.map(|all| all.iter().copied().map(Uuid::from_u128).collect::<Vec<_>>());
        read(storage, |txn| txn.is_blob_named(organisation, id, scopes.as_deref()))
    };
    assert!(named(ORG, PHOTO, None) && named(ORG, PHOTO, Some(&[9])) && named(ORG, other, Some(&[7, 8])));
    assert!(!named(ORG, other, Some(&[9])) && !named(ORG, PHOTO, Some(&[])) && !named(OTHER, PHOTO, None));
    let all = |storage| read(storage, |txn| txn.blob_references(ORG));
    let reference = |blob, record, is_complete| BlobReference { blob, record, is_complete };
    let expected =
        [reference(other, record(1), true), reference(PHOTO, record(1), false), reference(PHOTO, record(2), false)];
    assert_eq!(all(storage), expected);

    write(storage, ORG, |txn| txn.purge_blob_references(ORG, record(1)));
    assert!(!named(ORG, other, None) && !named(ORG, PHOTO, Some(&[8])) && named(ORG, PHOTO, None));
    assert_eq!(all(storage), expected[2..]);
    let purged = [1, 2].map(|of| read(storage, |txn| txn.purged_blobs(ORG, record(of))));
    assert_eq!(purged, [vec![other], vec![]], "another record still names the photo");
    write(storage, ORG, |txn| txn.put_blob_references(ORG, record(1), &[PHOTO]));
    assert!(named(ORG, PHOTO, Some(&[8])), "a write that the purge never saw names it again");
    write(storage, ORG, |txn| txn.put_blob_references(ORG, record(3), &[other]));
    assert!(named(ORG, other, Some(&[])), "records of the whole organisation are everybody's");
}

fn the_clock_offset_is_kept(storage: &dyn Storage) {
    assert_eq!(read(storage, |txn| txn.clock_offset_ms()), 0);
    write(storage, NOBODYS, |txn| txn.set_clock_offset_ms(-5));
    write(storage, NOBODYS, |txn| txn.set_clock_offset_ms(-7));
    assert_eq!(read(storage, |txn| txn.clock_offset_ms()), -7);
}

fn a_beat_leaves_nothing_but_its_time(storage: &dyn Storage) {
    with_two_organisations(storage);
    for (at, bytes) in [(5, 0), (6, 1 << 20), (7, 0)] {
        storage.beat(at, bytes).expect("it is taken");
    }
    assert_eq!(read(storage, |txn| txn.verify()), Vec::<String>::new());
    assert_eq!(read(storage, |txn| txn.organisations()).len(), 2);
}

fn that_a_store_went_back_is_noted_until_the_next_epoch(storage: &dyn Storage) {
    with_two_organisations(storage);
    assert_eq!(read(storage, |txn| txn.went_back_at(ORG)), None);
    write(storage, ORG, |txn| txn.put_went_back(ORG, 9));
    assert_eq!(read(storage, |txn| Ok((txn.went_back_at(ORG)?, txn.went_back_at(OTHER)?))), (Some(9), None));
    write(storage, ORG, |txn| txn.begin_epoch(ORG, Uuid::from_u128(77)));
    assert_eq!(read(storage, |txn| txn.went_back_at(ORG)), None);
}

fn a_blob_that_is_removed_was_never_sent(storage: &dyn Storage) {
    with_two_organisations(storage);
    let sender = device(1, ORG);
    let blob = BlobRow { id: BlobId([7; 32]), bytes: 3, completed_at: 4 };
    write(storage, ORG, |txn| {
        txn.insert_device(&sender)?;
        txn.put_blob(ORG, &blob, Some(sender.id))
    });
    write(storage, OTHER, |txn| txn.put_blob(OTHER, &blob, None));
    write(storage, ORG, |txn| txn.remove_blob(ORG, blob.id));
    assert_eq!(read(storage, |txn| txn.blob(ORG, blob.id)), None);
    assert!(!read(storage, |txn| txn.is_blob_uploader(ORG, blob.id, sender.id)));
    assert_eq!(read(storage, |txn| txn.blob(OTHER, blob.id)), Some(blob));
    write(storage, ORG, |txn| txn.put_blob(ORG, &blob, Some(sender.id)));
    assert!(read(storage, |txn| txn.is_blob_uploader(ORG, blob.id, sender.id)));
}

fn a_healthy_store_verifies(storage: &dyn Storage) {
    with_two_organisations(storage);
    save(storage, ORG, &[(1, None), (2, Some(8)), (1, None)]);
    assert_eq!(read(storage, |txn| txn.verify()), Vec::<String>::new());
    // A record without a line in the journal is what a half-applied change would look like.
    write(storage, ORG, |txn| {
        let seq = txn.next_place(ORG, Uuid::from_u128(9))?;
        txn.put_record(ORG, &stored(1, None, seq, "x"))
    });
    let findings = read(storage, |txn| txn.verify());
    assert!(findings.iter().any(|finding| finding.contains("the journal ends at place 3")), "{findings:?}");
}
