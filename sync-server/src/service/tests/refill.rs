//! What a restored server takes back.

use super::support::*;

#[test]
fn after_a_restore_tablets_bring_back_master_data_that_is_not_their_own() {
    let server = Server::new();
    let (mut office, mut tablet) = (server.office(), server.tablet());
    tablet.push(&server, &[]);
    let mut campus = record(1, "campus", None);
    save(&mut campus, office.replica, 1, "name", "x");
    assert_eq!(tablet.outcome(&server, &campus), "not-allowed");

    server.restore();
    tablet.rename(&server);
    let mut by_tablet = record(2, "campus", None);
    save(&mut by_tablet, tablet.replica, 1, "name", "own");
    assert_eq!(tablet.outcome(&server, &by_tablet), "not-allowed", "a write of its own");
    let mut both = record(3, "campus", None);
    save(&mut both, office.replica, 2, "name", "theirs");
    save(&mut both, tablet.replica, 3, "name", "own");
    assert_eq!(tablet.outcome(&server, &both), "not-allowed", "writes of others, and one of its own");
    assert_eq!(tablet.outcome(&server, &campus), "merged");
    let mut mixed = campus.clone();
    save(&mut mixed, tablet.replica, 2, "name", "y");
    assert_eq!(tablet.outcome(&server, &mixed), "not-allowed", "known writes, and one of its own");

    office.rename(&server);
    save(&mut campus, office.replica, 1, "name", "z");
    let txn = server.storage.read().expect("a transaction");
    let refilled = txn.refilled(server.organisation, 0).expect("works");
    drop(txn);
    assert_eq!(
        refilled.iter().map(|line| (line.record, line.device)).collect::<Vec<_>>(),
        [(rid(1), Some(tablet.row.id))]
    );

    let mut txn = server.storage.write(server.organisation).expect("a transaction");
    txn.set_refill(server.organisation, None).expect("works");
    txn.commit().expect("a commit");
    assert_eq!(tablet.outcome(&server, &campus), "not-allowed", "the refill has ended");
    assert_eq!(office.outcome(&server, &campus), "merged");
}

#[test]
fn an_older_replica_id_of_the_same_device_is_its_own() {
    let server = Server::new();
    let mut tablet = server.tablet();
    let old = tablet.replica;
    tablet.push(&server, &[]);
    server.restore();
    tablet.rename(&server);
    let mut campus = record(1, "campus", None);
    save(&mut campus, old, 1, "name", "x");
    assert_eq!(tablet.outcome(&server, &campus), "not-allowed");
}

#[test]
fn daily_work_of_others_comes_back_and_is_shown_with_who_brought_it() {
    let server = Server::new();
    let (author, mut relay) = (server.tablet(), server.tablet());
    server.restore();
    relay.rename(&server);
    let (theirs, own) = (finding(1, author.replica, 1, "a"), finding(2, relay.replica, 1, "b"));
    assert_eq!(relay.outcome(&server, &theirs), "merged");
    assert_eq!(relay.outcome(&server, &own), "merged");
    let txn = server.storage.read().expect("a transaction");
    let refilled = txn.refilled(server.organisation, 0).expect("works");
    assert_eq!(
        refilled.iter().map(|line| (line.record, line.device)).collect::<Vec<_>>(),
        [(rid(1), Some(relay.row.id))]
    );
}

#[test]
fn a_restored_server_forgets_the_chains() {
    let server = Server::new();
    let mut tablet = server.tablet();
    tablet.push(&server, &[]);
    server.restore();
    assert!(tablet.try_push(&server, &[]).is_err(), "another epoch");
    tablet.rename(&server);
    tablet.push(&server, &[]);
}

#[test]
fn what_had_grown_in_many_pushes_comes_back_in_one() {
    let server = Server::new();
    let mut author = server.tablet();
    author.push(&server, &[]);
    let mut grown = record(1, "note", None);
    for counter in 1..=600 {
        save(&mut grown, author.replica, counter, &format!("field {counter}"), "x");
    }
    assert_eq!(author.outcome(&server, &grown), "limit-exceeded", "more than one push may add");

    server.restore();
    author.rename(&server);
    assert_eq!(author.outcome(&server, &grown), "merged", "what an older id wrote comes back whole");
    let mut fresh = record(2, "note", None);
    for counter in 1..=600 {
        save(&mut fresh, author.replica, counter, &format!("field {counter}"), "x");
    }
    assert_eq!(author.outcome(&server, &fresh), "limit-exceeded", "what is new is bound as ever");
}
