//! The feed and its cursors.

use std::sync::Arc;

use uuid::Uuid;

use super::support::*;
use crate::service::PullOutcome;
use crate::storage::sqlite;

#[test]
fn an_empty_feed_gives_an_empty_page_and_a_cursor_that_goes_on() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let page = tablet.pull(&server, None, 200);
    assert_eq!((page.epoch, page.records.len(), page.more), (server.epoch(), 0, false));
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a")]);
    let next = tablet.pull(&server, Some(&page.cursor), 200);
    assert_eq!(next.records.len(), 1);
    let end = tablet.pull(&server, Some(&next.cursor), 200);
    assert_eq!((end.records.len(), end.more, end.cursor), (0, false, next.cursor));
}

#[test]
fn a_limit_pages_through_the_newest_states_in_order() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let mut records: Vec<_> = (1..=5).map(|id| finding(id, tablet.replica, id as u64, "a")).collect();
    tablet.push(&server, &records);
    save(&mut records[1], tablet.replica, 6, "title", "b");
    tablet.push(&server, &records[1..2]);
    let (mut after, mut seen, mut mores) = (None, Vec::new(), Vec::new());
    loop {
        let page = tablet.pull(&server, after.as_deref(), 2);
        seen.extend(page.records.iter().map(|record| record.id.0.as_u128()));
        mores.push(page.more);
        after = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    assert_eq!(seen, [1, 3, 4, 5, 2]);
    assert_eq!(mores, [true, true, false]);
}

#[test]
fn a_page_that_ends_exactly_at_the_end_says_so() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a"), finding(2, tablet.replica, 2, "a")]);
    let page = tablet.pull(&server, None, 2);
    assert_eq!((page.records.len(), page.more), (2, false));
}

#[test]
fn a_text_that_is_no_cursor_is_told_from_one_of_another_feed() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a")]);
    let cursor = tablet.pull(&server, None, 200).cursor;
    for text in ["", "0", "null", &cursor[1..], &cursor.to_lowercase()[2..]] {
        assert_eq!(tablet.try_pull(&server, Some(text), 200), PullOutcome::NotACursor, "{text}");
    }
    server.restore();
    let refused = PullOutcome::EpochChanged { epoch: server.row().epoch, went_back: false };
    assert_eq!(tablet.try_pull(&server, Some(&cursor), 200), refused);
    tablet.pull(&server, None, 200);
}

#[test]
fn a_new_start_of_the_server_keeps_old_cursors() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a")]);
    let cursor = tablet.pull(&server, None, 200).cursor;
    let again = Server::start(server.storage.clone(), server.random.clone(), server.organisation);
    tablet.push(&again, &[finding(2, tablet.replica, 2, "b")]);
    assert_eq!(tablet.pull(&again, Some(&cursor), 200).records.len(), 1);
}

#[test]
fn a_store_put_back_by_copying_files_is_noticed_even_after_it_moved_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (live, copy) = (folder.path().join("live.sqlite3"), folder.path().join("copy.sqlite3"));
    let random = Arc::new(Counting::default());
    let server = Server::over(Arc::new(sqlite::create(&live).expect("a store")), random.clone());
    let mut tablet = server.tablet();
    let mut other = server.tablet();
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a")]);
    let known = tablet.pull(&server, None, 200).cursor;
    sqlite::copy_online(&live, &copy).expect("a copy");
    tablet.push(&server, &[finding(2, tablet.replica, 2, "lost")]);
    let lost = tablet.pull(&server, None, 200).cursor;
    drop(server.hub);

    let copied = Arc::new(sqlite::open(&copy).expect("the copy"));
    let back = Server::start(copied, random, server.organisation);
    let refused = PullOutcome::EpochChanged { epoch: back.row().epoch, went_back: true };
    assert_eq!(tablet.try_pull(&back, Some(&lost), 200), refused, "past the end");
    for n in 1..=3u64 {
        other.push(&back, &[finding(u128::from(10 + n), other.replica, n, "new")]);
    }
    assert!(back.last_seq() > 2);
    assert_eq!(tablet.try_pull(&back, Some(&lost), 200), refused, "another start wrote that place");
    assert_eq!(tablet.pull(&back, Some(&known), 200).records.len(), 3, "what both have is still a place");
}

#[test]
fn a_store_that_goes_back_under_a_running_server_is_noticed_by_every_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let (live, copy) = (folder.path().join("live.sqlite3"), folder.path().join("copy.sqlite3"));
    let server = Server::over(Arc::new(sqlite::create(&live).expect("a store")), Arc::default());
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a")]);
    let known = tablet.pull(&server, None, 200).cursor;
    sqlite::copy_online(&live, &copy).expect("a copy");
    tablet.push(&server, &[finding(2, tablet.replica, 2, "lost")]);
    let lost = tablet.pull(&server, None, 200).cursor;
    // The process goes on: what it writes now stands at the same places.
    let back = rusqlite::Connection::open(&copy).expect("the copy");
    back.backup(rusqlite::MAIN_DB, &live, None).expect("the older state takes the place of the newer one");
    for n in 1..=3u64 {
        other.push(&server, &[finding(u128::from(10 + n), other.replica, n, "new")]);
    }
    let refused = PullOutcome::EpochChanged { epoch: server.row().epoch, went_back: true };
    assert_eq!(tablet.try_pull(&server, Some(&lost), 200), refused);
    assert_eq!(tablet.pull(&server, Some(&known), 200).records.len(), 3);
}

#[test]
fn pushes_of_one_transaction_share_a_start_and_those_of_two_do_not() {
    let server = Server::new();
    let mut tablet = server.tablet();
    for n in 1..=3u64 {
        tablet.push(
            &server,
            &[finding(u128::from(n), tablet.replica, n, "a"), finding(u128::from(9 + n), tablet.replica, n, "b")],
        );
    }
    let txn = server.storage.read().expect("a transaction");
    let starts: Vec<_> = (1..=6).map(|seq| txn.start_at(server.organisation, seq).expect("works")).collect();
    assert!(starts.iter().all(Option::is_some));
    let same: Vec<bool> = starts.windows(2).map(|pair| pair[0] == pair[1]).collect();
    assert_eq!(same, [true, false, true, false, true]);
}

#[test]
fn a_cursor_is_a_place_and_gives_no_rights() {
    let server = Server::new();
    let mut all = server.tablet();
    let east = server.enrol(crate::storage::Role::Tablet, Some(&[Uuid::from_u128(1)]));
    let start = all.pull(&server, None, 200).cursor;
    let mut west = record(1, "finding", Some(Uuid::from_u128(2)));
    save(&mut west, all.replica, 1, "title", "x");
    all.push(&server, &[west]);
    assert_eq!(east.pull(&server, Some(&start), 200).records, []);
    assert_eq!(all.pull(&server, Some(&start), 200).records.len(), 1);
}
