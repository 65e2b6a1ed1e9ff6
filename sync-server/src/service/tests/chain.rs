//! The push chain, the epoch, replica ids and what refuses a push whole.

use causal::{Record, ReplicaId};
use uuid::Uuid;
use wire::{MAX_PUSH_RECORDS, PushAnswer};

use super::support::*;
use crate::service::{PushRefusal, Refusal};
use crate::storage::Role;

#[test]
fn a_push_is_applied_and_answered() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let pushed = finding(1, tablet.replica, 1, "地面湿滑");
    let answer = tablet.push(&server, std::slice::from_ref(&pushed));
    assert_eq!((answer.epoch, answer.number), (server.epoch(), 1));
    assert_eq!(Some(answer.digest.to_string()), tablet.previous);
    assert_eq!(answer.records, [], "the server holds what was pushed, and no more");
    assert_eq!(server.stored(1), Some(pushed));
    assert_eq!(server.last_seq(), 1);
}

#[test]
fn the_last_push_again_gets_the_kept_answer_and_moves_nothing() {
    let server = Server::new();
    let (tablet, mut other) = (server.tablet(), server.tablet());
    let mut mine = finding(1, tablet.replica, 1, "a");
    let body = tablet.body(std::slice::from_ref(&mine));
    let first = tablet.send(&server, &body).expect("is taken");
    // Somebody else moves the record on; the kept answer must not show it.
    save(&mut mine, other.replica, 1, "title", "b");
    other.push(&server, &[mine]);
    let place = server.last_seq();
    for _ in 0..3 {
        assert_eq!(tablet.send(&server, &body), Ok(first.clone()));
    }
    assert_eq!(server.last_seq(), place);
}

#[test]
fn a_push_that_does_not_follow_is_refused_and_changes_nothing() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&server, &[finding(1, tablet.replica, 1, "a")]);
    tablet.push(&server, &[finding(2, tablet.replica, 2, "b")]);
    let record = [finding(3, tablet.replica, 3, "c")];
    let check = |number: u64, previous: Option<&str>, expected: PushRefusal| {
        let device = Device { number: number - 1, previous: previous.map(str::to_owned), ..tablet.clone() };
        let body = device.body(&record);
        assert_eq!(device.send(&server, &body), Err(expected), "{number} {previous:?}");
        assert_eq!((server.last_seq(), server.stored(3)), (2, None));
    };
    let last = tablet.previous.as_deref();
    check(2, last, PushRefusal::ReplicaForked);
    check(3, None, PushRefusal::ReplicaForked);
    check(3, Some("00"), PushRefusal::ReplicaForked);
    check(1, None, PushRefusal::OutOfOrder { expected: 3 });
    check(4, last, PushRefusal::OutOfOrder { expected: 3 });
    tablet.push(&server, &record);
}

#[test]
fn the_epoch_is_looked_at_before_the_chain() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.epoch = Uuid::from_u128(5).to_string();
    tablet.number = 6;
    let refused = tablet.try_push(&server, &[]).expect_err("another epoch");
    assert_eq!(refused, PushRefusal::EpochChanged { epoch: server.row().epoch });
}

#[test]
fn a_replica_belongs_to_the_device_that_used_it_first() {
    let server = Server::new();
    let (mut owner, mut twin) = (server.tablet(), server.tablet());
    let own = twin.replica;
    twin.replica = owner.replica;
    assert_eq!(twin.try_push(&server, &[]).expect_err("not its replica"), PushRefusal::ReplicaForked);
    owner.push(&server, &[]);
    // A new id is taken by pushing under it, and from then on is owned.
    owner.rename(&server);
    owner.push(&server, &[]);
    twin.replica = owner.replica;
    assert_eq!(twin.try_push(&server, &[]).expect_err("taken"), PushRefusal::ReplicaForked);
    twin.replica = own;
    twin.push(&server, &[]);
    let txn = server.storage.read().expect("a transaction");
    assert_eq!(txn.replicas(server.organisation, owner.row.id).expect("works").len(), 2);
}

#[test]
fn a_refused_push_takes_no_replica_id() {
    let server = Server::new();
    let (mut first, mut second) = (server.tablet(), server.tablet());
    first.rename(&server);
    first.number = 4;
    assert_eq!(first.try_push(&server, &[]).expect_err("ahead"), PushRefusal::OutOfOrder { expected: 1 });
    second.rename(&server);
    second.replica = first.replica;
    second.push(&server, &[]);
}

#[test]
fn the_same_replica_id_in_two_organisations_is_two_replicas() {
    let server = Server::new();
    let other = Server::over(server.storage.clone(), server.random.clone());
    let (mut here, mut there) = (server.tablet(), other.tablet());
    there.replica = here.replica;
    here.push(&server, &[finding(1, here.replica, 1, "here")]);
    there.push(&other, &[finding(1, there.replica, 1, "there")]);
    assert_ne!(server.stored(1), other.stored(1));
    assert_eq!((server.last_seq(), other.last_seq()), (1, 1));
}

#[test]
fn too_many_records_refuse_the_push_and_free_its_number() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let many = |count: usize| -> Vec<Record> {
        (1..=count).map(|id| finding(id as u128, tablet.replica, id as u64, "x")).collect()
    };
    let (most, one_more) = (many(MAX_PUSH_RECORDS), many(MAX_PUSH_RECORDS + 1));
    assert_eq!(tablet.try_push(&server, &one_more).expect_err("too many"), PushRefusal::TooManyRecords);
    assert_eq!(server.last_seq(), 0);
    let answer = tablet.push(&server, &most);
    assert_eq!((answer.number, answer.results.len()), (1, MAX_PUSH_RECORDS));
    assert_eq!(server.last_seq(), MAX_PUSH_RECORDS as u64);
}

#[test]
fn a_revoked_device_pushes_nothing_even_with_a_push_under_way() {
    let server = Server::new();
    let tablet = server.tablet();
    let mut txn = server.storage.write(server.organisation).expect("a transaction");
    txn.revoke_device(tablet.row.id, 1).expect("works");
    txn.commit().expect("a commit");
    let body = tablet.body(&[finding(1, tablet.replica, 1, "x")]);
    assert_eq!(tablet.send(&server, &body), Err(PushRefusal::Device(Refusal::DeviceRevoked)));
    assert_eq!(server.last_seq(), 0);
}

#[test]
fn a_bad_record_blocks_no_good_one() {
    let server = Server::new();
    let tablet = server.tablet();
    let good = finding(1, tablet.replica, 1, "good");
    let large = finding(2, tablet.replica, 2, &"x".repeat(wire::MAX_VALUE_BYTES));
    let body = String::from_utf8(tablet.body(&[good, large])).expect("is text");
    let body = body.replace(&rid(2).to_string(), "no-uuid");
    let answer = tablet.send(&server, body.as_bytes()).expect("is taken");
    let answer = PushAnswer::decode(&answer).expect("an answer");
    let slugs: Vec<_> =
        answer.results.iter().map(|result| result.problem.as_ref().map(|one| one.urn.as_str())).collect();
    assert_eq!(slugs, [None, Some("urn:rounds:problem:invalid-record")]);
    assert_eq!(answer.results[1].id, "no-uuid");
    assert_eq!(server.last_seq(), 1);
}

#[test]
fn what_a_push_adds_is_limited_and_what_is_there_is_not() {
    let server = Server::new();
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    let large = finding(1, tablet.replica, 1, &"x".repeat(wire::MAX_VALUE_BYTES));
    assert_eq!(tablet.outcome(&server, &large), "limit-exceeded");
    let siblings = |device: &Device, from: u64| {
        let mut record = record(2, "finding", None);
        let nothing = causal::Seen::nothing();
        (from..from + 32).for_each(|n| save_unseen(&mut record, device.replica, n, "title", &n.to_string(), &nothing));
        record
    };
    let (mine, theirs) = (siblings(&tablet, 10), siblings(&other, 10));
    assert_eq!(tablet.outcome(&server, &mine), "merged");
    assert_eq!(other.outcome(&server, &theirs), "merged", "a merge may go beyond what one push may add");
    assert_eq!(server.stored(2).map(|record| record.state.siblings("title").count()), Some(64));
}

#[test]
fn an_answer_brings_what_the_pusher_lacks() {
    let server = Server::new();
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    let mut theirs = record(1, "finding", None);
    save(&mut theirs, other.replica, 1, "place", "走廊");
    other.push(&server, &[theirs.clone()]);
    let mine = finding(1, tablet.replica, 1, "地面湿滑");
    let mut merged = mine.clone();
    merged.state.merge(&theirs.state);
    let answer = tablet.push(&server, &[mine, finding(2, tablet.replica, 2, "x")]);
    assert_eq!(answer.records, [merged]);
}

#[test]
fn an_answer_is_bounded_and_leaves_the_rest_to_the_pull() {
    let server = Server::new();
    let (mut tablet, mut other) = (server.tablet(), server.tablet());
    let value = "x".repeat(wire::MAX_VALUE_BYTES - 2);
    for id in 1..=10u64 {
        let mut big = record(id.into(), "finding", None);
        for n in 0..15 {
            save(&mut big, other.replica, id * 100 + n, &format!("part{n}"), &value);
        }
        assert_eq!(other.outcome(&server, &big), "merged");
    }
    let small: Vec<Record> = (1..=10).map(|id| finding(id, tablet.replica, id as u64, "small")).collect();
    let answer = tablet.push(&server, &small);
    assert_eq!(answer.results.len(), 10);
    assert!((7..=8).contains(&answer.records.len()), "{} records of about a mebibyte each", answer.records.len());
    let page = tablet.pull(&server, None, 1_000);
    assert!((7..=8).contains(&page.records.len()) && page.more, "{}", page.records.len());
    let rest = tablet.pull(&server, Some(&page.cursor), 1_000);
    assert_eq!((page.records.len() + rest.records.len(), rest.more), (10, false));
}

#[test]
fn a_record_that_nobody_wrote_is_not_stored() {
    let server = Server::new();
    let mut tablet = server.tablet();
    assert_eq!(tablet.outcome(&server, &record(1, "finding", None)), "unchanged");
    assert_eq!((server.stored(1), server.last_seq()), (None, 0));
}

#[test]
fn the_office_is_one_device_of_its_organisation_for_ever() {
    let server = Server::new();
    let office = server.hub.office_device(server.organisation).expect("works").expect("is there");
    assert_eq!(server.hub.office_device(server.organisation).expect("works"), Some(office.clone()));
    assert_eq!(server.hub.office_device(Uuid::from_u128(9)).expect("works"), None);
    assert_eq!((office.role, office.scopes.clone(), office.token_hash), (Role::Office, None, None));
    let replica = ReplicaId(Uuid::from_u128(70));
    let mut device = Device { row: office, replica, epoch: server.epoch(), number: 0, previous: None };
    let mut campus = record(1, "campus", None);
    save(&mut campus, replica, 1, "name", "东校区");
    assert_eq!(device.outcome(&server, &campus), "merged");
}
