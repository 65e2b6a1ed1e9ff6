//! Purging one record.

use causal::Record;
use uuid::Uuid;

use super::support::*;
use crate::service::HistoryPart;
use crate::service::purge::{Purged, purge};

fn purge_now(server: &Server, id: u128) -> Option<Purged> {
    let mut txn = server.storage.write(server.organisation).expect("a transaction");
    let purged = purge(&mut *txn, Uuid::from_u128(77), 2_000, server.organisation, rid(id)).expect("works");
    txn.commit().expect("a commit");
    purged
}

fn findings(server: &Server) -> Vec<String> {
    server.storage.read().expect("a transaction").verify().expect("works")
}

#[test]
fn a_purge_is_a_change_that_every_reader_gets() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let record = finding(1, tablet.replica, 1, "a");
    tablet.push(&server, std::slice::from_ref(&record));
    let before = tablet.pull(&server, None, 200).cursor;
    assert_eq!(purge_now(&server, 1), Some(Purged::Done { seq: 2 }));
    let page = tablet.pull(&server, Some(&before), 200);
    let mut purged = record;
    purged.state.purge();
    assert_eq!(page.records, [purged]);
    assert_eq!(purge_now(&server, 1), Some(Purged::Already { seq: 2 }), "there is nothing left to take");
    assert_eq!(purge_now(&server, 2), None);
    assert_eq!(findings(&server), Vec::<String>::new());
}

#[test]
fn an_old_copy_merges_to_nothing_and_a_write_that_was_not_seen_comes_back_alone() {
    let server = Server::new();
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    let record = finding(1, tablet.replica, 1, "a");
    tablet.push(&server, std::slice::from_ref(&record));
    purge_now(&server, 1);
    assert_eq!(other.outcome(&server, &record), "unchanged");
    let mut later: Record = record;
    save(&mut later, other.replica, 1, "place", "走廊");
    assert_eq!(other.outcome(&server, &later), "merged", "no fork: the purge took the title");
    let stored = server.stored(1).expect("is there");
    assert_eq!(stored.state.field_names().collect::<Vec<_>>(), ["place"]);
    assert_eq!(purge_now(&server, 1), Some(Purged::Done { seq: 4 }));
    assert_eq!(tablet.outcome(&server, &later), "unchanged", "both purges count");
    assert_eq!(findings(&server), Vec::<String>::new());
}

#[test]
fn the_history_keeps_its_lines_and_loses_its_values() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let mut record = finding(1, tablet.replica, 1, "secret-1");
    tablet.push(&server, std::slice::from_ref(&record));
    save(&mut record, tablet.replica, 2, "title", "secret-2");
    tablet.push(&server, std::slice::from_ref(&record));
    purge_now(&server, 1);
    let history = server.hub.history(&tablet.row, rid(1), HistoryPart::default()).expect("works").expect("is there");
    let history: serde_json::Value = serde_json::from_slice(&history).expect("is JSON");
    assert!(!history.to_string().contains("secret"), "{history}");
    let changes = history["changes"].as_array().expect("a list");
    assert_eq!(changes.len(), 3);
    assert_eq!(changes[1]["fields"]["title"], serde_json::json!({"old": [], "new": [], "by": "王芳", "at": 102}));
    assert_eq!((&changes[2]["device"], &changes[2]["time"]), (&serde_json::Value::Null, &2_000.into()));
}
