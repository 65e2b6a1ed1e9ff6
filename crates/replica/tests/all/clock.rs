//! The time that a store relies on: who vouches for it, and that all processes know.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use causal::State;
use domain::checked_time::{Boot, ClockState, ServerTime, Steady, VouchError};
use domain::time::UtcMillis;
use replica::{Clock, Ports, Save, Store};
use tempfile::TempDir;
use uuid::Uuid;

use super::support::{NOTE, START_MS, SeededEntropy, id, scratch_folder, text};

/// 2016-01-01.
const DEAD_BATTERY_MS: u64 = 1_451_606_400_000;
const HOUR_MS: u64 = 3_600_000;

/// A machine whose clocks the test moves each for itself.
#[derive(Clone)]
struct Machine {
    wall: Arc<AtomicU64>,
    steady: Arc<Mutex<Steady>>,
}

impl Machine {
    fn started_in(wall: u64) -> Self {
        let steady = Steady { boot: Boot(Uuid::from_u128(1)), ms: 9_000 };
        Self { wall: Arc::new(AtomicU64::new(wall)), steady: Arc::new(Mutex::new(steady)) }
    }

    fn passes(&self, ms: u64) {
        self.wall.fetch_add(ms, Ordering::Relaxed);
        self.steady.lock().expect("no panic").ms += ms;
    }

    fn is_set_to(&self, wall: u64) {
        self.wall.store(wall, Ordering::Relaxed);
    }

    fn restarts_in(&self, wall: u64) {
        self.is_set_to(wall);
        *self.steady.lock().expect("no panic") = Steady { boot: Boot(Uuid::from_u128(2)), ms: 1_000 };
    }
}

impl Clock for Machine {
    fn now_ms(&self) -> u64 {
        self.wall.load(Ordering::Relaxed)
    }

    fn steady(&self) -> Steady {
        *self.steady.lock().expect("no panic")
    }
}

fn open(folder: &TempDir, machine: &Machine) -> Store {
    let ports = Ports { clock: Arc::new(machine.clone()), entropy: Arc::new(SeededEntropy::new(7)) };
    Store::open(folder.path(), ports, "1").expect("the store opens")
}

fn told(ms: u64) -> ServerTime {
    ServerTime { time: UtcMillis::from_stamp(ms), round_trip_ms: 40 }
}

fn now(store: &Store) -> (u64, ClockState) {
    let time = store.time();
    (u64::try_from(time.now.0).expect("after 1970"), time.state)
}

fn stamp_of(state: &State) -> u64 {
    state.writes().values().next().expect("a write").at
}

#[test]
fn what_one_process_hears_of_the_time_all_of_them_rely_on() {
    let (folder, machine) = (scratch_folder(), Machine::started_in(DEAD_BATTERY_MS));
    let (one, other) = (open(&folder, &machine), open(&folder, &machine));
    assert_eq!(now(&other), (DEAD_BATTERY_MS, ClockState::None));
    one.hear_server_time(told(START_MS)).expect("written");
    machine.passes(HOUR_MS);
    assert_eq!(now(&other), (START_MS + HOUR_MS, ClockState::Server));
    let saved = other
        .save(Save { kind: "inspection".into(), set: vec![(NOTE.into(), text("a"))], ..Save::default() })
        .expect("saved");
    let record = other.get(saved.id).expect("it reads").expect("a record").record;
    assert_eq!(stamp_of(&record.state), START_MS + HOUR_MS, "stamps carry the time and not the wall clock");
    assert_eq!(saved.id.0.get_timestamp().map(|at| at.to_unix().0), Some((START_MS + HOUR_MS) / 1_000));
}

#[test]
fn a_start_of_the_machine_asks_anew_and_a_person_can_answer() {
    let (folder, machine) = (scratch_folder(), Machine::started_in(START_MS));
    let store = open(&folder, &machine);
    store.hear_server_time(told(START_MS)).expect("written");
    machine.restarts_in(DEAD_BATTERY_MS);
    assert_eq!(now(&store), (DEAD_BATTERY_MS, ClockState::None));
    let yesterday = UtcMillis::from_stamp(START_MS - 24 * HOUR_MS);
    let refused = store.vouch_for_time(yesterday).expect("it reads");
    assert_eq!(refused, Err(VouchError::TooEarly(UtcMillis::from_stamp(START_MS))));
    store.vouch_for_time(UtcMillis::from_stamp(START_MS + HOUR_MS)).expect("written").expect("taken");
    machine.passes(HOUR_MS);
    assert_eq!(now(&open(&folder, &machine)), (START_MS + 2 * HOUR_MS, ClockState::Person));
}

#[test]
fn a_save_of_2031_lifts_nothing_that_is_known_of_the_time() {
    let (folder, machine) = (scratch_folder(), Machine::started_in(START_MS));
    let store = open(&folder, &machine);
    store.hear_server_time(told(START_MS)).expect("written");
    machine.is_set_to(START_MS + 5 * 365 * 24 * HOUR_MS);
    let save =
        Save { id: Some(id(1)), kind: "inspection".into(), set: vec![(NOTE.into(), text("a"))], ..Save::default() };
    store.save(save).expect("saved");
    assert_eq!(store.time().latest_server, Some(UtcMillis::from_stamp(START_MS)));
    assert_eq!(store.time().state, ClockState::None);
    store.hear_server_time(told(START_MS)).expect("written");
    assert_eq!(now(&store), (START_MS, ClockState::Server));
}
