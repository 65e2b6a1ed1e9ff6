//! Random histories, and the states that they make.

use std::fmt;
use std::rc::Rc;

use causal::{Dot, Seen, Stamp, State, Value, VersionVector};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::world::{Library, Rules, STORES, Step, Store, World, replica};

/// One history: the world at its end, and every state that a store held on the way.
#[derive(Clone)]
pub struct History {
    steps: Vec<Step>,
    pub stores: [Store; STORES],
    pub states: Vec<State>,
    /// The versions of the purges.
    pub purged: VersionVector,
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.steps).finish()
    }
}

impl History {
    pub fn state(&self, pick: prop::sample::Index) -> State {
        pick.get(&self.states).clone()
    }
}

/// How many cases a law is tried on: fewer when somebody only wants to know whether it is tried at all.
pub fn cases(usual: u32) -> ProptestConfig {
    let is_small = std::env::var("CAUSAL_BOUND").is_ok_and(|bound| bound == "small");
    ProptestConfig::with_cases(if is_small { usual * 2 / 5 } else { usual })
}

/// What happens next: which store, which kind of step, which of its kind.
pub type Picks = Vec<(usize, u8, prop::sample::Index)>;

pub fn picks(length: usize) -> impl Strategy<Value = Picks> {
    vec((0..STORES, 0_u8..12, any::<prop::sample::Index>()), 1..length)
}

pub fn run(rules: Rules, at: fn(usize, u64) -> u64, picks: &Picks) -> History {
    let mut library = Library::default();
    let mut world = World { at, ..World::new(rules) };
    let mut done = Vec::new();
    let mut states = vec![State::new()];
    let mut purged = VersionVector::new();
    for (store, kind, pick) in picks {
        let mut steps = world.steps_of(*store);
        let is_wanted = |step: &Step| match step {
            Step::Save { .. } => *kind < 4,
            Step::Delete { .. } | Step::TakeBack { .. } => *kind == 4,
            Step::Deliver { .. } => (5..9).contains(kind),
            Step::Rename { .. } => *kind == 9,
            Step::Clone { .. } => *kind == 10,
            Step::Purge { .. } => *kind == 11,
        };
        steps.retain(is_wanted);
        if steps.is_empty() {
            continue;
        }
        let step = pick.get(&steps);
        done.push(step.clone());
        let before = world.stores.clone().map(|store| store.state);
        world.apply(&mut library, step);
        for (before, store) in before.iter().zip(&world.stores) {
            if !Rc::ptr_eq(before, &store.state) {
                states.push(State::clone(&store.state));
            }
        }
        if let Step::Purge { store } = step {
            purged.join(world.stores[*store].state.version());
        }
    }
    History { steps: done, stores: world.stores, states, purged }
}

fn clock(store: usize, counter: u64) -> u64 {
    1_763_850_000_000 + store as u64 * 1000 + counter
}

/// Three stores that exchange states as they like.
pub fn peers() -> impl Strategy<Value = History> {
    let rules = Rules { fields: 3, purges: 1, ..Rules::peers(usize::MAX) };
    picks(40).prop_map(move |picks| run(rules, clock, &picks))
}

/// A hub and two tablets, with clones and renames.
pub fn protocol() -> impl Strategy<Value = History> {
    let rules = Rules { fields: 2, renames: 8, clones: 2, lost_answers: 4, purges: 0, ..Rules::protocol(usize::MAX) };
    picks(40).prop_map(move |picks| run(rules, clock, &picks))
}

/// A write of somebody who takes no part in any history.
pub fn stranger(number: u8, counter: u64) -> Dot {
    Dot::new(replica(200 + number), counter)
}

pub fn stamp(at: u64) -> Stamp {
    Stamp { at, by: None }
}

pub fn save(state: &State, dot: Dot, seen: &Seen, set: &[(&str, Value)]) -> State {
    let mut saved = state.clone();
    let set = set.iter().map(|(field, value)| ((*field).into(), value.clone()));
    saved.save(dot, stamp(dot.counter), seen, set).expect("a save that is in order");
    saved
}

pub fn merged(a: &State, b: &State) -> State {
    let mut merged = a.clone();
    merged.merge(b);
    merged
}

pub fn seen_all(state: &State) -> Seen {
    state.version().clone().into()
}

pub fn dots_of(state: &State, field: &str) -> Vec<Dot> {
    state.siblings(field).map(|sibling| sibling.dot).collect()
}

pub fn text(text: &str) -> Value {
    Value::from(serde_json::json!(text))
}

/// What some form of some store holds as seen, with the state that the store has.
pub fn form() -> impl Strategy<Value = (State, Seen)> {
    (peers(), 0..STORES, any::<prop::sample::Index>()).prop_map(|(history, store, pick)| {
        let Store { state, forms, .. } = &history.stores[store];
        let forms: Vec<Seen> = forms.values().cloned().collect();
        (State::clone(state), pick.get(&forms).clone())
    })
}
