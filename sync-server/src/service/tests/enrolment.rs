//! Enrolment codes.

use std::sync::atomic::Ordering;

use uuid::Uuid;
use wire::EnrolRequest;

use super::support::*;
use crate::storage::Role;

fn request(code: &str, replica: u128) -> EnrolRequest {
    let replica = Uuid::from_u128(replica);
    EnrolRequest { code: code.to_owned(), device_name: "平板".to_owned(), replica, replaces: None }
}

fn enrol(server: &Server, code: &str, replica: u128) -> bool {
    server.hub.enrol_blocking(request(code, replica)).expect("the store works").is_some()
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
    let answer = server.hub.enrol_blocking(request(&code, 1)).expect("works").expect("is good");
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
    let answer = server.hub.enrol_blocking(EnrolRequest { replica: owner.replica.0, ..request(&code, 1) });
    let answer = answer.expect("works").expect("is good");
    let row = server.hub.authenticate(&answer.token).expect("works").expect("is good");
    let mut twin = Device { row, ..owner };
    assert_eq!(twin.try_push(&server, &[]).expect_err("not its own"), crate::service::PushRefusal::ReplicaForked);
    twin.rename(&server);
    twin.push(&server, &[]);
}

#[test]
fn a_tablet_that_enrols_anew_ends_the_token_that_it_had() {
    let server = Server::new();
    let enrolled = |replica, replaces: Option<String>| {
        let request = EnrolRequest { replaces, ..request(&server.code(Role::Tablet, None), replica) };
        server.hub.enrol_blocking(request).expect("works").expect("is good").token
    };
    let is_served = |token: &str| server.hub.authenticate(token).expect("works").is_ok();
    let (first, other) = (enrolled(1, None), enrolled(2, None));
    let second = enrolled(3, Some(first.clone()));
    assert_eq!([&first, &second, &other].map(|token| is_served(token)), [false, true, true]);
    // A token of nobody, or one that has ended, is in nobody's way.
    let third = enrolled(4, Some("unheard of".to_owned()));
    let fourth = enrolled(5, Some(first));
    assert!(is_served(&third) && is_served(&fourth));
}

#[test]
fn a_token_of_another_organisation_is_left_alone() {
    let server = Server::new();
    let token = |server: &Server, replaces: Option<String>| {
        let request = EnrolRequest { replaces, ..request(&server.code(Role::Tablet, None), 1) };
        server.hub.enrol_blocking(request).expect("works").expect("is good").token
    };
    let neighbour = Server::over(server.storage.clone(), server.random.clone());
    let theirs = token(&neighbour, None);
    token(&server, Some(theirs.clone()));
    assert!(neighbour.hub.authenticate(&theirs).expect("works").is_ok());
}
