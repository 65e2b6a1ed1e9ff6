//! Random weeks with everything that can go wrong, from seeds.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rounds_tests::Fault;

use crate::world::{FIELDS, Memory, World};

const TEN_YEARS_MS: i64 = 315_360_000_000;

/// Which disasters a week knows.
///
/// A server whose folder is put back in silence, while two stores use one replica id, has no way to tell their writes
/// apart, and no protocol can: such weeks have the one or the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Week {
    /// Stores are cloned and put back from copies, and the server is restored as the manual says.
    Twins,
    /// The server's folder is put back in silence, and written to by whoever comes first.
    SilentServer,
}

fn live_a_week(week: Week, seed: u64, events: usize) {
    let mut random = StdRng::seed_from_u64(seed);
    let mut world = World::new(seed);
    for skew in [0, TEN_YEARS_MS, -TEN_YEARS_MS] {
        world.add_tablet(skew);
    }
    for _ in 0..3 {
        world.new_record();
    }
    for _ in 0..events {
        world.clock.advance(random.random_range(0..3_600_000));
        something_happens(week, &mut world, &mut random);
    }
    assert!(world.ledger.len() > 0, "a week in which nobody saved proves nothing");
    world.settle_and_judge();
}

fn something_happens(week: Week, world: &mut World, random: &mut StdRng) {
    let tablet = random.random_range(0..world.tablets.len());
    match random.random_range(0..100) {
        0..35 => somebody_saves(world, random, tablet),
        35..70 => {
            // An unlucky step is one more thing that happens; the exchange goes on another time.
            let _ = world.step(tablet, any_fault(random));
        }
        70..80 => drop(world.sync(tablet)),
        80..85 => world.crash(tablet),
        85..88 if week == Week::Twins && world.tablets.len() < 6 => drop(world.clone_tablet(tablet)),
        88..91 if week == Week::Twins => world.copy_tablet(tablet),
        91..93 if week == Week::Twins => world.restore_tablet(tablet),
        93..95 => world.copy_server(),
        95..97 => world.put_server_back(week == Week::Twins),
        97..98 if world.records.len() < 6 => drop(world.new_record()),
        _ => {
            world.stop_server();
            world.start_server();
        }
    }
}

fn somebody_saves(world: &mut World, random: &mut StdRng, tablet: usize) {
    let record = world.records[random.random_range(0..world.records.len())];
    let old = world.tablets[tablet].memories.len();
    let mut memory = match random.random_range(0..10) {
        0..6 => world.read(tablet, record),
        6..9 if old > 0 => world.tablets[tablet].memories[random.random_range(0..old)].clone(),
        _ => Memory { record, seen: None, values: Default::default() },
    };
    for _ in 0..random.random_range(1..3) {
        let field = FIELDS[random.random_range(0..FIELDS.len())];
        world.save(tablet, &mut memory, field);
    }
    world.tablets[tablet].memories.push(memory);
}

fn any_fault(random: &mut StdRng) -> Fault {
    [Fault::None, Fault::None, Fault::LostRequest, Fault::LostAnswer][random.random_range(0..4)]
}

fn live_weeks(week: Week, known_seeds: &[u64]) {
    let weeks: u64 = std::env::var("ROUNDS_WEEKS").ok().and_then(|weeks| weeks.parse().ok()).unwrap_or(60);
    let first: u64 = std::env::var("ROUNDS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    for seed in known_seeds.iter().copied().chain(first..first + weeks) {
        if std::panic::catch_unwind(|| live_a_week(week, seed, 120)).is_err() {
            panic!("{week:?}: seed {seed} has lost something; run it alone with ROUNDS_SEED={seed} ROUNDS_WEEKS=1");
        }
    }
}

#[test]
fn nothing_saved_is_lost_in_a_week_with_twins_and_restores() {
    live_weeks(Week::Twins, &[]);
}

#[test]
fn nothing_saved_is_lost_in_a_week_with_a_server_put_back_in_silence() {
    live_weeks(Week::SilentServer, &[1040, 1053]);
}
