//! Who may read and write what.

use uuid::Uuid;
use wire::PushAnswer;

use super::support::*;
use crate::service::HistoryPart;
use crate::service::Refusal;
use crate::storage::Role;

const EAST: Uuid = Uuid::from_u128(0xEA57);
const WEST: Uuid = Uuid::from_u128(0x3E57);

fn scoped(id: u128, device: &Device, counter: u64, scope: Option<Uuid>) -> causal::Record {
    let mut record = record(id, "finding", scope);
    save(&mut record, device.replica, counter, "title", "x");
    record
}

#[test]
fn a_device_writes_its_scopes_and_the_whole_organisations_records() {
    let server = Server::new();
    let mut tablet = server.enrol(Role::Tablet, Some(&[EAST]));
    let (own, none, foreign) =
        (scoped(1, &tablet, 1, Some(EAST)), scoped(2, &tablet, 2, None), scoped(3, &tablet, 3, Some(WEST)));
    assert_eq!(tablet.outcome(&server, &own), "merged");
    assert_eq!(tablet.outcome(&server, &none), "merged");
    assert_eq!(tablet.outcome(&server, &foreign), "not-allowed");
    assert_eq!(server.stored(3), None);
}

#[test]
fn a_device_reads_its_scopes_and_the_whole_organisations_records() {
    let server = Server::new();
    let (mut all, east) = (server.tablet(), server.enrol(Role::Tablet, Some(&[EAST])));
    let records = [scoped(1, &all, 1, Some(EAST)), scoped(2, &all, 2, Some(WEST)), scoped(3, &all, 3, None)];
    all.push(&server, &records);
    let page = east.pull(&server, None, 200);
    assert_eq!(page.records, [records[0].clone(), records[2].clone()]);
    assert!(!page.more);
    assert_eq!(all.pull(&server, None, 200).records.len(), 3);
    let history = |device: &Device, id| {
        server.hub.history(&device.row, rid(id), HistoryPart::default()).expect("works").is_some()
    };
    assert_eq!([1, 2, 3, 4].map(|id| history(&east, id)), [true, false, true, false]);
    assert_eq!([1, 2, 3, 4].map(|id| history(&all, id)), [true, true, true, false]);
}

#[test]
fn a_page_ends_at_the_end_of_the_feed_though_the_last_records_are_hidden() {
    let server = Server::new();
    let (mut all, east) = (server.tablet(), server.enrol(Role::Tablet, Some(&[EAST])));
    all.push(&server, &[scoped(1, &all, 1, Some(EAST)), scoped(2, &all, 2, Some(WEST))]);
    let page = east.pull(&server, None, 1);
    assert_eq!((page.records.len(), page.more), (1, false));
    assert_eq!(page.cursor, all.pull(&server, None, 200).cursor);
}

#[test]
fn a_stored_record_never_changes_kind_or_scope_and_shows_nothing_to_who_tries() {
    let server = Server::new();
    let mut all = server.tablet();
    let mut east = server.enrol(Role::Tablet, Some(&[EAST]));
    all.push(&server, &[scoped(1, &all, 1, Some(WEST))]);
    let before = server.stored(1);
    let place = server.last_seq();
    let mut other_kind = record(1, "food_sample", Some(WEST));
    save(&mut other_kind, all.replica, 2, "title", "y");
    assert_eq!(all.outcome(&server, &other_kind), "not-allowed");
    assert_eq!(all.outcome(&server, &scoped(1, &all, 3, None)), "not-allowed");
    // The one without the right tries all that it can claim, and each answer is the same.
    let answers = [Some(EAST), Some(WEST), None].map(|scope| {
        let tried = scoped(1, &east, 1, scope);
        let answer = east.push(&server, &[tried]);
        (answer.records, answer.results[0].problem.clone())
    });
    for (records, problem) in &answers {
        assert_eq!(records, &[]);
        assert!(problem.is_some() && *problem == answers[0].1, "{problem:?}");
    }
    assert_eq!((server.stored(1), server.last_seq()), (before, place));
}

#[test]
fn a_tablet_brings_no_new_master_data_and_passes_on_what_is_known() {
    let server = Server::new();
    let (mut office, mut tablet) = (server.office(), server.tablet());
    let kinds = ["campus", "person", "role_grant", "setting", "template_version", "route", "checkpoint", "area"];
    for (n, kind) in (1u64..).zip(kinds) {
        let mut master = record(n.into(), kind, None);
        save(&mut master, office.replica, n, "name", "x");
        assert_eq!(tablet.outcome(&server, &master), "not-allowed", "{kind} of the office, through a tablet");
        assert_eq!(office.outcome(&server, &master), "merged");
        assert_eq!(tablet.outcome(&server, &master), "unchanged");
        let mut changed = master.clone();
        save(&mut changed, tablet.replica, n, "name", "y");
        assert_eq!(tablet.outcome(&server, &changed), "not-allowed", "{kind}");
        assert_eq!(server.stored(n.into()), Some(master));
    }
    let mut pin = record(99, "pin", None);
    save(&mut pin, tablet.replica, 99, "hash", "argon2id");
    assert_eq!(tablet.outcome(&server, &pin), "merged");
}

#[test]
fn a_version_entry_alone_is_news_too() {
    let server = Server::new();
    let (mut office, mut tablet) = (server.office(), server.tablet());
    let mut campus = record(1, "campus", None);
    save(&mut campus, office.replica, 1, "name", "x");
    office.push(&server, &[campus.clone()]);
    let mut version = campus.state.version().clone();
    version.add(causal::Dot::new(tablet.replica, 7));
    campus.state = causal::State::from_parts(version, campus.state.writes().clone(), campus.state.fields().clone())
        .expect("a state");
    assert_eq!(tablet.outcome(&server, &campus), "not-allowed");
    assert_eq!(office.outcome(&server, &campus), "merged");
}

#[test]
fn unknown_kinds_and_fields_are_stored_and_passed_on() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let mut strange = record(1, "never_heard_of_2", None);
    save(&mut strange, tablet.replica, 1, "_system/奇怪", "{\"a\":[1,null]}");
    assert_eq!(tablet.outcome(&server, &strange), "merged");
    assert_eq!(server.tablet().pull(&server, None, 200).records, [strange]);
}

#[test]
fn another_organisations_device_reads_and_writes_nothing_here() {
    let server = Server::new();
    let other = Server::over(server.storage.clone(), server.random.clone());
    let mut here = server.tablet();
    let mut there = other.tablet();
    here.push(&server, &[finding(1, here.replica, 1, "secret")]);
    assert_eq!(there.pull(&other, None, 200).records, []);
    assert_eq!(other.hub.history(&there.row, rid(1), HistoryPart::default()).expect("works"), None);
    let answer: PushAnswer = there.push(&other, &[finding(1, there.replica, 1, "own")]);
    assert_eq!(answer.records, [], "the same id is another record there");
    let cursor = here.pull(&server, None, 200).cursor;
    assert_ne!(there.pull(&other, None, 200).cursor, cursor);
    assert!(matches!(
        there.try_pull(&other, Some(&cursor), 200),
        crate::service::PullOutcome::EpochChanged { epoch, .. } if epoch == other.row().epoch
    ));
}

#[test]
fn tokens_are_told_apart() {
    let server = Server::new();
    let tablet = server.tablet();
    let refused = |token: &str| server.hub.authenticate(token).expect("works").expect_err("no good token");
    for token in ["", "x", &tablet.row.id.to_string()] {
        assert_eq!(refused(token), Refusal::Unauthorised);
    }
}
