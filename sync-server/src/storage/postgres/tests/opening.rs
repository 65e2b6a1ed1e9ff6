//! Databases that are not what they should be.

use std::sync::Barrier;

use super::super::{Identity, Migrated, create, migrate, open, run};
use super::*;
use crate::storage::StorageError;

fn who() -> Identity {
    Identity { process: Uuid::new_v4(), server: Uuid::new_v4() }
}

fn refusal(url: &str) -> StorageError {
    open(url, None, who()).expect_err("it is no good")
}

#[test]
fn an_empty_a_foreign_an_older_and_a_newer_database_are_told_apart() {
    let Some(scratch) = scratch() else { return };
    let url = scratch.url();
    assert!(matches!(refusal(&url), StorageError::Missing(_)));
    run(&url, "create schema rounds; create table rounds.recipe (id int)").expect("another program's tables");
    assert!(matches!(refusal(&url), StorageError::Foreign(_)));
    assert!(matches!(create(&url, None, who()).expect_err("it is another's"), StorageError::Foreign(_)));
    assert!(matches!(migrate(&url, None).expect_err("it is another's"), StorageError::Foreign(_)));
    run(&url, "drop schema rounds cascade").expect("it goes");

    assert_eq!(migrate(&url, None).expect("tables"), Migrated { from: None, to: 1 });
    assert_eq!(migrate(&url, None).expect("tables"), Migrated { from: Some(1), to: 1 });
    drop(open(&url, None, who()).expect("a store"));
    run(&url, "update rounds.schema_version set version = 0, oldest = 0").expect("an older version");
    assert!(matches!(refusal(&url), StorageError::Older { found: 0, known: 1, by: "migrate" }));
    run(&url, "update rounds.schema_version set version = 9, oldest = 1").expect("a newer version that only adds");
    drop(open(&url, None, who()).expect("an older server goes on beside it"));
    run(&url, "update rounds.schema_version set version = 9, oldest = 9").expect("a newer version that takes away");
    assert!(matches!(refusal(&url), StorageError::Newer { found: 9, known: 1 }));
    assert!(matches!(migrate(&url, None).expect_err("it is newer"), StorageError::Newer { .. }));
}

#[test]
fn two_that_migrate_at_once_make_the_tables_once() {
    let Some(scratch) = scratch() else { return };
    let (url, together) = (scratch.url(), Barrier::new(4));
    let made: Vec<_> = std::thread::scope(|threads| {
        let migrating: Vec<_> = (0..4)
            .map(|_| {
                threads.spawn(|| {
                    together.wait();
                    migrate(&url, None).expect("tables").from
                })
            })
            .collect();
        migrating.into_iter().map(|one| one.join().expect("no panic")).collect()
    });
    assert_eq!(made.iter().filter(|from| from.is_none()).count(), 1, "{made:?}");
}

#[test]
fn a_server_that_a_newer_release_has_overtaken_writes_no_more() {
    let Some(scratch) = scratch() else { return };
    let store = with_two_organisations(&scratch);
    store.beat(0, 0).expect("it is taken");
    run(&scratch.url(), "update rounds.schema_version set version = 9, oldest = 9").expect("a newer version");
    assert!(matches!(store.beat(0, 0), Err(StorageError::Newer { .. })));
    assert!(step(&store, ORG).is_err());
    assert_eq!(last_seq(&store, ORG), 0);
}

#[test]
fn a_wrong_password_is_told_and_printed_by_nothing() {
    let Some(scratch) = scratch() else { return };
    run(&scratch.url(), &format!("grant create on database {} to guarded", scratch.name())).expect("a right");
    let url = |password: &str| scratch.url().replace("rounds@", &format!("guarded:{password}@"));
    let refused = refusal(&url("s3cret"));
    assert!(matches!(refused, StorageError::Unfit(_)), "{refused:?}");
    let said = format!("{refused} {refused:?}");
    assert!(said.contains("password authentication failed") && !said.contains("s3cret"), "{said}");
    let store = create(&url("right"), None, who()).expect("a store");
    assert!(!format!("{store:?}").contains("right"));
}

#[test]
fn a_database_that_is_not_there_is_named_without_its_address() {
    let Some(scratch) = scratch() else { return };
    let refused = refusal(&scratch.url().replace("unit_", "nowhere_")).to_string();
    assert!(refused.contains("does not exist"), "{refused}");
    let refused = refusal("postgres://u:s3cret@127.0.0.1:1/r?sslmode=disable").to_string();
    assert!(refused.contains("no connection") && !refused.contains("s3cret"), "{refused}");
}

#[test]
fn a_server_sees_the_others_that_live() {
    let Some(scratch) = scratch() else { return };
    let (one, two) = (who(), who());
    let first = create(&scratch.url(), None, one).expect("a store");
    let second = open(&scratch.url(), None, two).expect("a store");
    assert_eq!(first.other_servers().expect("works"), Vec::<Uuid>::new());
    first.beat(0, 0).expect("it is taken");
    second.beat(0, 0).expect("it is taken");
    assert_eq!(first.other_servers().expect("works"), [two.server]);
    run(&scratch.url(), "update rounds.server set seen_at = now() - interval '1 minute'").expect("a minute passes");
    assert_eq!(first.other_servers().expect("works"), Vec::<Uuid>::new());
    second.beat(0, 0).expect("it is taken");
    second.sign_off().expect("it ends");
    assert_eq!(first.other_servers().expect("works"), Vec::<Uuid>::new());
}
