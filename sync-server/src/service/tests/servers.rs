//! Two servers on one store: neither keeps anything of an organisation between two transactions.

use std::sync::Arc;

use super::support::*;
use crate::service::{PullOutcome, PushRefusal, Refusal};
use crate::storage::testing;

/// Two servers over one store with one organisation.
fn pair() -> [Server; 2] {
    let [here, there] = testing::two_handles();
    let first = Server::over(here, Arc::default());
    let second = Server::start(there, first.random.clone(), first.organisation);
    [first, second]
}

#[test]
fn a_tablet_may_go_from_one_server_to_the_other_with_each_message() {
    let servers = pair();
    let mut tablet = servers[0].tablet();
    let body = tablet.body(&[finding(1, tablet.replica, 1, "a")]);
    let answer = tablet.send(&servers[1], &body).expect("it is taken");
    assert_eq!(tablet.send(&servers[0], &body), Ok(answer), "the kept answer, from either");
    tablet.number = 1;
    tablet.previous = Some(wire::digest(&body).to_string());
    let cursor = tablet.pull(&servers[0], None, 200).cursor;
    tablet.push(&servers[0], &[finding(2, tablet.replica, 2, "b")]);
    assert_eq!(tablet.pull(&servers[1], Some(&cursor), 200).records.len(), 1);
}

#[test]
fn what_one_server_decides_holds_at_the_other_at_once() {
    let servers = pair();
    let mut tablet = servers[0].tablet();
    tablet.push(&servers[1], &[finding(1, tablet.replica, 1, "a")]);
    let cursor = tablet.pull(&servers[1], None, 200).cursor;
    servers[0].restore();
    let epoch = servers[1].row().epoch;
    let changed = PullOutcome::EpochChanged { epoch, went_back: false };
    assert_eq!(tablet.try_pull(&servers[1], Some(&cursor), 200), changed);
    let body = tablet.body(&[]);
    assert_eq!(tablet.send(&servers[1], &body), Err(PushRefusal::EpochChanged { epoch }));
    assert!(servers[0].hub.revoke_device(servers[0].organisation, tablet.row.id).expect("works"));
    assert_eq!(tablet.send(&servers[1], &body), Err(PushRefusal::Device(Refusal::DeviceRevoked)));
}

#[test]
fn tablets_that_change_servers_at_random_lose_nothing_and_leave_no_hole() {
    const PUSHES: u64 = 25;
    let servers = &pair();
    let tablets: Vec<Device> = (0..4).map(|_| servers[0].tablet()).collect();
    std::thread::scope(|threads| {
        for (number, mut tablet) in (0u64..).zip(tablets) {
            threads.spawn(move || {
                let mut turn = number;
                for counter in 1..=PUSHES {
                    turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    let server = &servers[usize::from(turn >> 63 == 1)];
                    let id = u128::from(number * 1_000 + counter);
                    tablet.push(server, &[finding(id, tablet.replica, counter, "x")]);
                    let known = tablet.pull(&servers[usize::from(turn >> 62 & 1 == 1)], None, 1_000).records;
                    assert!(known.len() >= usize::try_from(counter).expect("a small number"));
                }
            });
        }
    });
    assert_eq!([servers[0].last_seq(), servers[1].last_seq()], [4 * PUSHES; 2]);
    let findings = servers[0].storage.read().expect("a transaction").verify().expect("works");
    assert_eq!(findings, Vec::<String>::new());
}
