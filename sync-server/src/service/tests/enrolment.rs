//! Enrolment codes.

use std::sync::atomic::Ordering;

use uuid::Uuid;
use wire::EnrolRequest;

use super::support::*;
use crate::storage::Role;

fn request(code: &str, replica: u128) -> EnrolRequest {
    EnrolRequest { code: code.to_owned(), device_name: "平板".to_owned(), replica: Uuid::from_u128(replica) }
}

fn enrol(server: &Server, code: &str, replica: u128) -> bool {
    block_on(server.hub.enrol(request(code, replica))).expect("the store works").is_some()
}

#[test]
fn a_code_works_once() {
    let server = Server::new();
    let code = server.code(Role::Tablet, None);
    assert!(enrol(&server, &code, 1));
    assert!(!enrol(&server, &code, 2));
    assert!(!enrol(&server, "AAAAA-AAAAA", 3));
}

#[test]
fn a_code_works_until_it_expires() {
    let server = Server::new();
    let (early, late) = (server.code(Role::Tablet, None), server.code(Role::Tablet, None));
    server.clock.0.store(4_999, Ordering::SeqCst);
    assert!(enrol(&server, &early, 1));
    server.clock.0.store(5_000, Ordering::SeqCst);
    assert!(!enrol(&server, &late, 2));
}

#[test]
fn of_many_who_type_one_code_at_once_one_gets_in() {
    let server = Server::new();
    let code = server.code(Role::Tablet, None);
    let entered: usize = std::thread::scope(|threads| {
        let tries: Vec<_> = (1..=8)
            .map(|n| {
                threads.spawn({
                    let (server, code) = (&server, &code);
                    move || enrol(server, code, n)
                })
            })
            .collect();
        tries.into_iter().map(|one| usize::from(one.join().expect("no panic"))).sum()
    });
    assert_eq!(entered, 1);
}

#[test]
fn a_code_carries_role_and_scopes() {
    let server = Server::new();
    let scope = Uuid::from_u128(8);
    let code = server.code(Role::Office, Some(&[scope]));
    let answer = block_on(server.hub.enrol(request(&code, 1))).expect("works").expect("is good");
    assert_eq!(answer.scopes, Some(vec![scope]));
    assert_eq!((answer.organisation.id, answer.epoch), (server.organisation, server.epoch()));
    let device = server.hub.authenticate(&answer.token).expect("works").expect("is good");
    assert_eq!((device.id, device.role, device.scopes), (answer.device, Role::Office, Some(vec![scope])));
}

#[test]
fn a_replica_of_another_device_enrols_and_is_told_with_the_first_push() {
    let server = Server::new();
    let owner = server.tablet();
    let code = server.code(Role::Tablet, None);
    let answer = block_on(server.hub.enrol(EnrolRequest { replica: owner.replica.0, ..request(&code, 1) }));
    let answer = answer.expect("works").expect("is good");
    let row = server.hub.authenticate(&answer.token).expect("works").expect("is good");
    let mut twin = Device { row, ..owner };
    assert_eq!(twin.try_push(&server, &[]).expect_err("not its own"), crate::service::PushRefusal::ReplicaForked);
    twin.rename(&server);
    twin.push(&server, &[]);
}
