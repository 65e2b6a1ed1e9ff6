//! Every history within a bound, each step compared with the model.
//!
//! `CAUSAL_BOUND=small` makes the check quick (for runs over many mutants), `long` makes it take minutes (by hand).

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashSet, VecDeque};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::world::{Library, Rules, Step, World};

#[derive(Debug, Default)]
struct Visited {
    worlds: usize,
    steps: usize,
}

enum Bound {
    Small,
    Usual,
    Long,
}

fn bound() -> Bound {
    match std::env::var("CAUSAL_BOUND").as_deref() {
        Err(_) => Bound::Usual,
        Ok("small") => Bound::Small,
        Ok("long") => Bound::Long,
        Ok(other) => panic!("CAUSAL_BOUND is small or long, not {other}"),
    }
}

/// Walks from world to world, each different one once. [`World::apply`] does the comparing.
fn walk(rules: Rules) -> Visited {
    let mut library = Library::default();
    let mut seen = HashSet::new();
    let mut open = VecDeque::from([(World::new(rules), Trail::default())]);
    let mut visited = Visited::default();
    while let Some((world, trail)) = open.pop_front() {
        visited.worlds += 1;
        for step in world.steps() {
            visited.steps += 1;
            let trail = Trail(Some(Rc::new((step.clone(), trail.clone()))));
            let tell = TellTrail(&trail);
            let mut next = world.clone();
            next.apply(&mut library, &step);
            drop(tell);
            if seen.insert(fingerprint(&next)) {
                open.push_back((next, trail));
            }
        }
    }
    visited
}

/// How a world was reached, last step first.
#[derive(Clone, Default)]
struct Trail(Option<Rc<(Step, Trail)>>);

/// Tells the way to the world where a comparison failed.
struct TellTrail<'a>(&'a Trail);

impl Drop for TellTrail<'_> {
    fn drop(&mut self) {
        let mut rest = self.0;
        while let Trail(Some(last)) = rest
            && std::thread::panicking()
        {
            eprintln!("after {:?}", last.0);
            rest = &last.1;
        }
    }
}

/// Two worlds with one fingerprint have the same future. What the crate holds needs no part in it: `World::check` has
/// shown that it follows from what is known.
fn fingerprint(world: &World) -> u128 {
    let mut halves = [0_u64, 1].map(|salt| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        hasher
    });
    for hasher in &mut halves {
        world.left.hash(hasher);
        for store in &world.stores {
            (store.id, store.counter, store.acknowledged, store.is_disowned, &store.known).hash(hasher);
            if world.left.saves > 0 {
                store.forms.keys().for_each(|seen| seen.hash(hasher));
            }
        }
    }
    (u128::from(halves[0].finish()) << 64) | u128::from(halves[1].finish())
}

/// Walks all of `walks`, and expects to have met at least so many different worlds and taken so many steps.
fn check(walks: &[Rules], least: Visited) {
    let mut all = Visited::default();
    for rules in walks {
        let visited = walk(*rules);
        println!("{visited:?} within {rules:?}");
        all.worlds += visited.worlds;
        all.steps += visited.steps;
    }
    assert!(all.worlds >= least.worlds && all.steps >= least.steps, "the check has become empty: {all:?}");
}

#[test]
fn every_small_history_of_peers_agrees_with_the_model() {
    let (two, three) = (Rules { stores: 2, ..Rules::peers(3) }, Rules { fields: 1, purges: 0, ..Rules::peers(3) });
    match bound() {
        Bound::Small => check(&[Rules::peers(2)], Visited { worlds: 8_500, steps: 54_000 }),
        Bound::Usual => check(&[Rules::peers(2), two, three], Visited { worlds: 75_000, steps: 300_000 }),
        Bound::Long => {
            check(&[Rules::peers(3), Rules { saves: 4, ..three }], Visited { worlds: 1_000_000, steps: 8_000_000 })
        }
    }
}

#[test]
fn every_small_history_of_clones_and_renames_agrees_with_the_model() {
    let (renamed_once, answered) =
        (Rules { renames: 1, ..Rules::protocol(2) }, Rules { lost_answers: 0, ..Rules::protocol(2) });
    match bound() {
        Bound::Small => check(&[Rules { renames: 1, ..answered }], Visited { worlds: 9_500, steps: 53_000 }),
        Bound::Usual => check(&[renamed_once, answered], Visited { worlds: 70_000, steps: 380_000 }),
        Bound::Long => {
            check(&[Rules { fields: 2, ..Rules::protocol(2) }], Visited { worlds: 700_000, steps: 4_000_000 })
        }
    }
}
