//! What must hold whatever happens in whichever order.

use causal::{Record, Seen};
use proptest::prelude::*;

use super::support::*;
use crate::storage::testing;

/// One save of one of three tablets: which tablet, record, field, and whether it sees the record's newest state.
type Step = (usize, u128, usize, bool);

const FIELDS: [&str; 3] = ["title", "place", "note"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..3usize, 1..4u128, 0..3usize, any::<bool>()), 1..25)
}

/// The bodies that three tablets push, each in the order of its chain; tablets see only their own saves.
fn bodies(devices: &mut [Device], steps: &[Step]) -> Vec<Vec<Vec<u8>>> {
    let mut bodies = vec![Vec::new(); devices.len()];
    let mut local: Vec<std::collections::BTreeMap<u128, Record>> = vec![Default::default(); devices.len()];
    for (counter, (tablet, id, field, has_seen)) in (1u64..).zip(steps) {
        let device = &mut devices[*tablet];
        let record = local[*tablet].entry(*id).or_insert_with(|| record(*id, "finding", None));
        let seen = if *has_seen { record.state.version().clone().into() } else { Seen::nothing() };
        save_unseen(record, device.replica, counter, FIELDS[*field], &counter.to_string(), &seen);
        let body = device.body(std::slice::from_ref(record));
        device.number += 1;
        device.previous = Some(wire::digest(&body).to_string());
        bodies[*tablet].push(body);
    }
    bodies
}

fn states(server: &Server) -> Vec<Option<Record>> {
    (1..4).map(|id| server.stored(id)).collect()
}

/// Pushes each tablet's bodies in order, and interleaves the tablets by `turns`; some pushes are sent twice.
fn play(server: &Server, devices: &[Device], bodies: &[Vec<Vec<u8>>], turns: &[usize]) {
    let mut next = vec![0; bodies.len()];
    let rest = (0..bodies.len()).flat_map(|tablet| std::iter::repeat_n(tablet, bodies[tablet].len()));
    for turn in turns.iter().copied().chain(rest) {
        let Some(body) = bodies[turn].get(next[turn]) else { continue };
        next[turn] += 1;
        let answer = devices[turn].send(server, body).expect("the chain is right");
        let place = server.last_seq();
        assert_eq!(devices[turn].send(server, body), Ok(answer), "the kept answer");
        assert_eq!(server.last_seq(), place, "a replay moves nothing");
    }
}

/// Each case makes two stores, and a database takes a second for one.
fn cases() -> u32 {
    if testing::server().is_some() { 12 } else { 48 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn the_same_pushes_in_any_interleaving_end_in_the_same_states(
        steps in steps(),
        turns in prop::collection::vec(0..3usize, 0..30),
    ) {
        let (one, other) = (Server::new(), Server::new());
        let mut devices: Vec<Device> = (0..3).map(|_| one.tablet()).collect();
        // Both servers count the same randomness, so the same devices exist on both.
        let twins: Vec<Device> = (0..3).map(|_| other.tablet()).collect();
        prop_assert_eq!(one.epoch(), other.epoch());
        let bodies = bodies(&mut devices, &steps);
        play(&one, &devices, &bodies, &[]);
        play(&other, &twins, &bodies, &turns);
        prop_assert_eq!(states(&one), states(&other));
        prop_assert_eq!(one.last_seq(), steps.len() as u64);
        for server in [&one, &other] {
            prop_assert_eq!(server.storage.read().expect("a transaction").verify().expect("works"), Vec::<String>::new());
        }
    }
}
