//! Two servers on one database while connections are cut, servers killed, and the database crashes.
//!
//! A crash ends the work of everybody on that PostgreSQL, so these rounds are run where nobody else is on it, as
//! `cargo xtask postgres` does.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use causal::RecordId;
use wire::PullAnswer;

use super::support::*;
use crate::service::{HubError, PreparedPush, PullOutcome};
use crate::storage::Storage;
use crate::storage::testing::Scratch;
use crate::storage::testing::road::{Cut, Road};

/// Says that nobody else is on the PostgreSQL of these tests.
const ALONE: &str = "ROUNDS_TEST_DATABASE_ALONE";
/// How many rounds there are, and which comes first.
const ROUNDS: (&str, u64) = ("ROUNDS_SHAKES", 20);
const SEED: (&str, u64) = ("ROUNDS_SEED", 1);

const TABLETS: u64 = 4;
const PUSHES: u64 = 15;
/// How long a tablet asks for one thing at most.
const PATIENCE: Duration = Duration::from_secs(60);

/// Small numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides).expect("a small number")
    }
}

/// A server, and its own road to the database.
struct Stand {
    server: Server,
    road: Road,
}

struct World {
    scratch: Scratch,
    stands: [RwLock<Arc<Stand>>; 2],
}

impl World {
    fn new() -> Self {
        let scratch = Scratch::new();
        let road = Road::to(&scratch.url());
        let first = Stand { server: Server::over(Arc::new(scratch.open_at(&road.url())), Arc::default()), road };
        let second = another(&scratch, &first.server);
        Self { scratch, stands: [first, second].map(|stand| RwLock::new(Arc::new(stand))) }
    }

    fn stand(&self, which: usize) -> Arc<Stand> {
        self.stands[which].read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Does one of the things that happen to servers and databases.
    fn shake(&self, dice: &mut Dice) -> &'static str {
        let which = dice.below(2);
        match dice.below(5) {
            0 => self.stand(which).road.cut_at_commit(Cut::Question),
            1 => self.stand(which).road.cut_at_commit(Cut::Answer),
            2 => return self.kill(which),
            3 => return self.end_connections(),
            _ => return self.crash(),
        }
        "a commit or its answer is lost"
    }

    /// A server is gone from one moment to the next, and another takes its place.
    fn kill(&self, which: usize) -> &'static str {
        let before = self.stand(which);
        before.road.sever();
        let next = Arc::new(another(&self.scratch, &before.server));
        *self.stands[which].write().unwrap_or_else(PoisonError::into_inner) = next;
        "a server is killed"
    }

    fn end_connections(&self) -> &'static str {
        let sql = "do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid(); end $$";
        self.scratch.run(sql).expect("they end");
        "all connections are ended"
    }

    /// A process of the database is killed, by which all of it starts anew from its log.
    fn crash(&self) -> &'static str {
        let sql = "copy (select pg_backend_pid()) to program 'read pid; kill -KILL $pid'";
        assert!(self.scratch.run(sql).is_err(), "who asks for it is killed");
        let until = Instant::now() + PATIENCE;
        while self.scratch.run("select").is_err() {
            assert!(Instant::now() < until, "the database does not come back");
            std::thread::yield_now();
        }
        "the database crashes"
    }
}

/// A further server on the database of `server`.
fn another(scratch: &Scratch, server: &Server) -> Stand {
    let road = Road::to(&scratch.url());
    let storage = Arc::new(scratch.open_at(&road.url()));
    Stand { server: Server::start(storage, server.random.clone(), server.organisation), road }
}

/// A tablet that asks now this server and now that one, and again until it is answered.
struct Roamer<'a> {
    world: &'a World,
    device: Device,
    dice: Dice,
    cursor: Option<String>,
    known: BTreeSet<RecordId>,
}

impl Roamer<'_> {
    fn until_answered<T>(&mut self, ask: impl Fn(&Device, &Server) -> Result<T, HubError>) -> T {
        let until = Instant::now() + PATIENCE;
        loop {
            let stand = self.world.stand(self.dice.below(2));
            match ask(&self.device, &stand.server) {
                Ok(answer) => return answer,
                Err(error) => assert!(Instant::now() < until, "no server answers: {error}"),
            }
            std::thread::yield_now();
        }
    }

    fn push(&mut self, id: u128, counter: u64) {
        let body = self.device.body(&[finding(id, self.device.replica, counter, "x")]);
        self.until_answered(|device, server| {
            server.hub.push_blocking(&device.row, PreparedPush::decode(&body).expect("the shape is right"))
        })
        .expect("nothing speaks against it");
        self.device.number += 1;
        self.device.previous = Some(wire::digest(&body).to_string());
    }

    fn pull(&mut self) {
        loop {
            let after = self.cursor.clone();
            let page = match self.until_answered(|device, server| server.hub.pull(&device.row, after.as_deref(), 7)) {
                PullOutcome::Page(body) => PullAnswer::decode(&body).expect("the page is one"),
                refused => panic!("the feed did not go back: {refused:?}"),
            };
            self.cursor = Some(page.cursor);
            self.known.extend(page.records.iter().map(|record| record.id));
            if !page.more {
                return;
            }
        }
    }

    /// Saves, sends and reads; tells of each save that was acknowledged.
    fn walk(mut self, number: u64, saved: &Sender<RecordId>) -> Self {
        for counter in 1..=PUSHES {
            let id = u128::from(number * 1_000 + counter);
            self.push(id, counter);
            self.pull();
            assert!(self.known.contains(&rid(id)), "who reads after a save reads it, at whichever server");
            saved.send(rid(id)).expect("the round goes on");
        }
        self
    }
}

/// Shakes servers and database between the saves, until there are no more; gives all that was acknowledged.
fn shake_between(world: &World, dice: &mut Dice, saved: &Receiver<RecordId>) -> BTreeSet<RecordId> {
    let mut acknowledged = BTreeSet::new();
    loop {
        for _ in 0..=dice.below(10) {
            match saved.recv() {
                Ok(id) => _ = acknowledged.insert(id),
                Err(_) => return acknowledged,
            }
        }
        println!("  after {}: {}", acknowledged.len(), world.shake(dice));
    }
}

fn round(seed: u64) {
    let world = World::new();
    let mut dice = Dice(seed);
    let (save, saved) = channel();
    let device = || world.stand(0).server.tablet();
    let tablets: Vec<Device> = (0..TABLETS).map(|_| device()).collect();
    let (acknowledged, tablets) = std::thread::scope(|threads| {
        let walks = (0..).zip(tablets).map(|(number, device)| {
            let dice = Dice(seed.wrapping_mul(100) + number);
            let roamer = Roamer { world: &world, device, dice, cursor: None, known: BTreeSet::new() };
            let save = save.clone();
            threads.spawn(move || roamer.walk(number, &save))
        });
        let walks: Vec<_> = walks.collect();
        drop(save);
        let acknowledged = shake_between(&world, &mut dice, &saved);
        (acknowledged, walks.into_iter().map(|walk| walk.join().expect("no panic")).collect::<Vec<_>>())
    });
    assert_eq!(acknowledged.len() as u64, TABLETS * PUSHES);
    for mut tablet in tablets {
        tablet.pull();
        assert_eq!(tablet.known, acknowledged, "nobody has missed anything, and nothing else is there");
    }
    let storage = world.scratch.open();
    let txn = storage.read().expect("a transaction");
    let organisation = txn.organisations().expect("works").remove(0);
    assert_eq!(organisation.last_seq, TABLETS * PUSHES, "each save has one place in the feed");
    assert_eq!(txn.verify().expect("works"), Vec::<String>::new());
}

#[test]
fn two_servers_lose_nothing_that_they_acknowledged_and_leave_no_hole() {
    if std::env::var_os(ALONE).is_none() {
        return;
    }
    let number = |(name, usual): (&str, u64)| std::env::var(name).map_or(usual, |text| text.parse().expect("a number"));
    let first = number(SEED);
    for seed in first..first + number(ROUNDS) {
        println!("ROUNDS_SEED={seed}");
        round(seed);
    }
}
