//! Three stores that run the crate and the model side by side, step by step.
//!
//! Store 0 is the hub. What may happen follows the contract of the real system: in [`Rules::protocol`] a store that its
//! hub no longer recognises, or that would be told of its own writes from outside, must change its id before anything
//! is merged, and a hand-off to a peer changes the id first when unacknowledged writes would go along.

use std::collections::{BTreeMap, HashMap};
use std::ops::{Deref, DerefMut};
use std::rc::Rc;
use std::sync::Arc;

use causal::{DELETED_FIELD, Dot, Fork, ReplicaId, Seen, State, Value, VersionVector};
use uuid::Uuid;

use self::compare::{Expected, own_value, stamp};
use crate::model::{self, Content, DELETED, Known, Replica};

mod compare;

/// The model's writes, and what follows from knowing some of them, worked out once.
#[derive(Default)]
pub struct Library {
    model: model::Library,
    expected: HashMap<Known, Rc<Expected>>,
}

impl Deref for Library {
    type Target = model::Library;

    fn deref(&self) -> &model::Library {
        &self.model
    }
}

impl DerefMut for Library {
    fn deref_mut(&mut self) -> &mut model::Library {
        &mut self.model
    }
}

/// How much of what may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    pub saves: usize,
    pub purges: usize,
    pub clones: usize,
    pub renames: usize,
    pub lost_answers: usize,
    pub stores: usize,
    /// The fields that saves set, in any combination.
    pub fields: usize,
    /// Whether any store may hand anything to any other at any time.
    pub are_peers: bool,
}

impl Rules {
    /// Three stores that exchange states as they like; every id stays with its store.
    pub fn peers(saves: usize) -> Self {
        Self { saves, purges: 1, clones: 0, renames: 0, lost_answers: 0, stores: 3, fields: 2, are_peers: true }
    }

    /// A hub and two tablets, one of which may be a clone of the other.
    pub fn protocol(saves: usize) -> Self {
        Self { saves, purges: 0, clones: 1, renames: 2, lost_answers: 1, stores: 3, fields: 1, are_peers: false }
    }
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
    Save {
        store: usize,
        seen: Known,
        sets: Vec<&'static str>,
    },
    Delete {
        store: usize,
        seen: Known,
    },
    /// Somebody takes a deletion back and writes nothing else.
    TakeBack {
        store: usize,
        seen: Known,
    },
    Deliver {
        from: usize,
        to: usize,
        is_answered: bool,
    },
    Rename {
        store: usize,
    },
    /// `saved_elsewhere`: the clone has since used one counter on some other record.
    Clone {
        from: usize,
        to: usize,
        saved_elsewhere: bool,
    },
    Purge {
        store: usize,
    },
}

pub const STORES: usize = 3;
const FIELDS: [&str; 3] = ["title", "answers/T01.03/result", "score"];

/// One installation.
#[derive(Clone, Debug)]
pub struct Store {
    pub id: Replica,
    pub counter: u64,
    pub acknowledged: u64,
    /// Whether the hub has accepted a push under this id that this store did not make.
    pub is_disowned: bool,
    pub state: Rc<State>,
    pub known: Known,
    /// Everything that some form of this store may hold as seen.
    pub forms: Rc<BTreeMap<Known, Seen>>,
}

#[derive(Clone)]
pub struct World {
    pub left: Rules,
    pub stores: [Store; STORES],
    pub at: fn(usize, u64) -> u64,
}

pub fn replica(number: Replica) -> ReplicaId {
    ReplicaId(Uuid::from_u128(0xa000_0000_0000_4000_8000_0000_0000_0000 | u128::from(number)))
}

fn field_sets(fields: usize) -> Vec<Vec<&'static str>> {
    let chosen = |set: usize| (0..fields).filter(|field| set & (1 << field) != 0).map(|field| FIELDS[field]).collect();
    (1..1 << fields).map(chosen).collect()
}

impl World {
    pub fn new(rules: Rules) -> Self {
        let store = |id: usize| Store {
            id: id as Replica,
            counter: 0,
            acknowledged: 0,
            is_disowned: false,
            state: Rc::default(),
            known: Known::new(),
            forms: Rc::new(BTreeMap::from([(Known::new(), Seen::nothing())])),
        };
        Self { left: rules, stores: [store(0), store(1), store(2)], at: |store, counter| store as u64 * 1000 + counter }
    }

    /// Everything that may happen next.
    pub fn steps(&self) -> Vec<Step> {
        self.stores_that_differ().flat_map(|store| self.steps_of(store)).collect()
    }

    /// Everything that may happen next by the hand of `store`.
    pub fn steps_of(&self, store: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let forms = self.stores[store].forms.keys().filter(|_| self.left.saves > 0);
        for seen in forms {
            let sets = field_sets(self.left.fields).into_iter();
            steps.extend(sets.map(|sets| Step::Save { store, seen: seen.clone(), sets }));
            steps.push(Step::Delete { store, seen: seen.clone() });
            if self.stores[store].state.siblings(DELETED_FIELD).next().is_some() {
                steps.push(Step::TakeBack { store, seen: seen.clone() });
            }
        }
        if self.left.purges > 0 && !self.stores[store].known.is_empty() {
            steps.push(Step::Purge { store });
        }
        if self.left.renames > 0 && store > 0 && self.may_rename(store) {
            steps.push(Step::Rename { store });
        }
        for other in (0..self.left.stores).filter(|other| *other != store) {
            self.add_deliveries(store, other, &mut steps);
            let is_unused = self.stores[other].counter == 0;
            if self.left.clones > 0 && store > 0 && other > 0 && self.stores[store].counter > 0 && is_unused {
                let clone = |saved_elsewhere| Step::Clone { from: store, to: other, saved_elsewhere };
                steps.extend([clone(false), clone(true)]);
            }
        }
        steps
    }

    /// Stores to which nothing has happened yet are alike but for their names, so only the first of them acts.
    fn stores_that_differ(&self) -> impl Iterator<Item = usize> + '_ {
        let is_blank = |store: &usize| self.stores[*store].counter == 0 && self.stores[*store].known.is_empty();
        let first_peer = usize::from(!self.left.are_peers);
        let first_blank = (first_peer..self.left.stores).find(is_blank);
        (0..self.left.stores)
            .filter(move |store| !is_blank(store) || *store < first_peer || Some(*store) == first_blank)
    }

    fn may_rename(&self, store: usize) -> bool {
        self.stores[store].is_disowned || self.has_unacknowledged(store)
    }

    fn has_unacknowledged(&self, store: usize) -> bool {
        let Store { id, acknowledged, state, .. } = &self.stores[store];
        state.version().get(replica(*id)) > *acknowledged
    }

    /// Whether `from`'s state knows more of `to`'s own writes than the hub acknowledged to it.
    fn raises_the_alarm(&self, from: usize, to: usize) -> bool {
        self.stores[from].state.version().get(replica(self.stores[to].id)) > self.stores[to].acknowledged
    }

    fn add_deliveries(&self, from: usize, to: usize, steps: &mut Vec<Step>) {
        let deliver = |is_answered| Step::Deliver { from, to, is_answered };
        if self.stores[from].known.is_empty() {
        } else if self.left.are_peers {
            steps.push(deliver(true));
        } else if to == 0 {
            let is_push = !self.stores[from].is_disowned;
            steps.extend(
                [true, false]
                    .into_iter()
                    .filter(|answered| is_push && (*answered || self.left.lost_answers > 0))
                    .map(deliver),
            );
        } else if !self.raises_the_alarm(from, to) && (from == 0 || !self.has_unacknowledged(from)) {
            steps.push(deliver(true));
        }
    }

    /// Lets `step` happen, in the crate and in the model, and compares the two.
    pub fn apply(&mut self, library: &mut Library, step: &Step) {
        match step {
            Step::Save { store, seen, sets } => {
                let sets = sets.iter().map(|field| (*field, Content::Own)).collect();
                self.save(library, *store, seen, sets);
                self.check(library, *store);
            }
            Step::Delete { store, seen } => {
                let sets = library.deletion(&self.stores[*store].known, seen);
                self.save(library, *store, seen, sets);
                self.check(library, *store);
            }
            Step::TakeBack { store, seen } => {
                self.save(library, *store, seen, BTreeMap::from([(DELETED, Content::Null)]));
                self.check(library, *store);
            }
            Step::Deliver { from, to, is_answered } => {
                self.deliver(library, *from, *to, *is_answered);
                self.check(library, *to);
            }
            Step::Rename { store } => {
                self.rename(library, *store);
                self.check(library, *store);
            }
            Step::Clone { from, to, saved_elsewhere } => {
                self.left.clones -= 1;
                self.stores[*to] = self.stores[*from].clone();
                self.stores[*to].counter += u64::from(*saved_elsewhere);
            }
            Step::Purge { store } => {
                self.left.purges -= 1;
                let Store { state, known, .. } = &mut self.stores[*store];
                Rc::make_mut(state).purge();
                known.insert(library.purge(known));
                self.read(*store);
                self.check(library, *store);
            }
        }
    }

    fn save(&mut self, library: &mut Library, place: usize, seen: &Known, sets: BTreeMap<&'static str, Content>) {
        self.left.saves -= 1;
        let at = self.at;
        let store = &mut self.stores[place];
        store.counter += 1;
        let made = (place, store.id, store.counter);
        let form = store.forms[seen].to_string().parse::<Seen>().expect("a seen survives its text");
        for id in &store.known {
            if let Some((of, counter)) = library.get(*id).dot {
                assert_eq!(form.covers(Dot::new(replica(of), counter)), seen.contains(id), "{form:?} and {seen:?}");
            }
        }
        let set: Vec<(Arc<str>, Value)> = sets
            .iter()
            .map(|(field, content)| match content {
                Content::Own => (Arc::from(*field), own_value(made, field)),
                Content::Null => (Arc::from(DELETED_FIELD), Value::null()),
                Content::Removes(_) => (Arc::from(DELETED_FIELD), store.state.deletion_of(&form)),
            })
            .collect();
        let dot = Dot::new(replica(store.id), store.counter);
        let stamp = stamp(place, at(place, store.counter));
        Rc::make_mut(&mut store.state).save(dot, stamp, &form, set).expect("the counter is new");
        let write = library.save(&store.known, seen, (store.id, store.counter), made, sets);
        store.known.insert(write);
        let (mut seen, mut form) = (seen.clone(), form);
        seen.insert(write);
        form.add_dot(dot);
        Rc::make_mut(&mut store.forms).entry(seen).or_insert(form);
        self.read(place);
    }

    /// A window opens and reads the record as it is now.
    fn read(&mut self, place: usize) {
        let Store { state, known, forms, .. } = &mut self.stores[place];
        Rc::make_mut(forms).entry(known.clone()).or_insert_with(|| state.version().clone().into());
    }

    fn deliver(&mut self, library: &Library, from: usize, to: usize, is_answered: bool) {
        let sender = self.stores[from].clone();
        assert_eq!(self.fork_between(library, from, to), None, "an honest state is called forked");
        let receiver = &mut self.stores[to];
        Rc::make_mut(&mut receiver.state).merge(&sender.state);
        receiver.known.extend(&sender.known);
        self.read(to);
        if self.left.are_peers || to != 0 {
            return;
        }
        self.left.lost_answers -= usize::from(!is_answered);
        for (place, store) in self.stores.iter_mut().enumerate() {
            if is_answered && place == from {
                store.acknowledged = store.state.version().get(replica(store.id));
            }
            store.is_disowned |= place != from && store.id == sender.id;
        }
    }

    pub fn fork_between(&self, library: &Library, a: usize, b: usize) -> Option<Fork> {
        let known = self.stores[a].known.union(&self.stores[b].known);
        let purges = known.map(|id| library.get(*id)).filter(|write| write.dot.is_none());
        let purged_writes = purges.flat_map(|purge| &purge.seen).filter_map(|id| library.get(*id).dot);
        let purged: VersionVector = purged_writes.map(|(of, counter)| Dot::new(replica(of), counter)).collect();
        let (a, b) = (&self.stores[a].state, &self.stores[b].state);
        let found = a.fork_against(b, &purged);
        assert_eq!(
            found.is_some(),
            b.fork_against(a, &purged).is_some(),
            "a fork shows from both sides or from neither"
        );
        found
    }

    fn rename(&mut self, library: &mut Library, place: usize) {
        self.left.renames -= 1;
        // Nobody had this name before, as `left.renames` never has one value twice.
        let new = (10 * (self.left.renames + 1) + place) as Replica;
        let store = &mut self.stores[place];
        let (old, acknowledged) = (store.id, store.acknowledged);
        Rc::make_mut(&mut store.state).move_own(replica(old), acknowledged, replica(new));
        let names = library.new_names(&store.known, old, acknowledged, new);
        let renamed = |list: &Known| list.iter().map(|id| names[id]).collect::<Known>();
        let forms = store.forms.iter().map(|(seen, form)| {
            let mut form = form.clone();
            form.move_own(replica(old), acknowledged, replica(new));
            (renamed(seen), form)
        });
        store.forms = Rc::new(forms.collect());
        store.known = renamed(&store.known);
        (store.id, store.acknowledged, store.is_disowned) = (new, 0, false);
    }
}
