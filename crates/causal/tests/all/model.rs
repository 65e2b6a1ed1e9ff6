//! The reference: a record is the set of all writes ever made, and a replica is the set of those it knows.
//!
//! No version vector, no merge of fields, nothing of the crate: a write lists the writes that its author had seen.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The field that a deletion sets.
pub const DELETED: &str = "_deleted";

/// A replica, as a small number.
pub type Replica = u8;

/// A write, as its place in the [`Library`].
pub type Id = usize;

/// A set of writes: what a replica knows, or what a person has seen.
pub type Known = BTreeSet<Id>;

/// What a write put into a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// Something of its own, unlike what any other write put anywhere.
    Own,
    /// `null`.
    Null,
    /// The list of the writes that a deletion removes.
    Removes(Known),
}

/// One write, or one purge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Write {
    /// Its replica and counter; none for a purge.
    pub dot: Option<(Replica, u64)>,
    /// Whose hand it was, and the name it had when it was made; this never changes.
    pub made: (usize, Replica, u64),
    /// What it put where. A purge puts nothing anywhere.
    pub sets: BTreeMap<&'static str, Content>,
    /// The writes that its author had seen.
    pub seen: Known,
}

/// All writes of all histories; equal writes have equal ids.
#[derive(Default)]
pub struct Library {
    writes: Vec<Write>,
    ids: HashMap<Write, Id>,
}

impl Library {
    pub fn add(&mut self, write: Write) -> Id {
        if let Some(id) = self.ids.get(&write) {
            return *id;
        }
        self.writes.push(write.clone());
        self.ids.insert(write, self.writes.len() - 1);
        self.writes.len() - 1
    }

    pub fn get(&self, id: Id) -> &Write {
        &self.writes[id]
    }

    /// The writes on `field` that nobody replaced: no known write on the same field had seen them, and no purge.
    pub fn visible(&self, known: &Known, field: &str) -> Known {
        let is_replaced = |id: &Id| {
            known.iter().map(|other| self.get(*other)).any(|other| {
                let concerns_the_field = other.sets.contains_key(field) || other.dot.is_none();
                concerns_the_field && other.seen.contains(id)
            })
        };
        known.iter().filter(|id| self.get(**id).sets.contains_key(field) && !is_replaced(id)).copied().collect()
    }

    /// The fields that anybody ever wrote.
    pub fn fields(&self, known: &Known) -> BTreeSet<&'static str> {
        known.iter().flat_map(|id| self.get(*id).sets.keys().copied()).collect()
    }

    /// The visible writes of all fields but the system's.
    pub fn visible_answers(&self, known: &Known) -> Known {
        let fields = self.fields(known).into_iter().filter(|field| *field != DELETED);
        fields.flat_map(|field| self.visible(known, field)).collect()
    }

    /// Deleted: one visible list holds every visible answer, and no visible `_deleted` is `null`.
    pub fn is_deleted(&self, known: &Known) -> bool {
        let answers = self.visible_answers(known);
        let marks: Vec<&Content> =
            self.visible(known, DELETED).into_iter().map(|id| &self.get(id).sets[DELETED]).collect();
        let holds_all = |mark: &&Content| matches!(mark, Content::Removes(list) if answers.is_subset(list));
        marks.iter().any(holds_all) && !marks.contains(&&Content::Null)
    }

    /// The highest counter of each replica whose writes are known.
    pub fn version(&self, known: &Known) -> BTreeMap<Replica, u64> {
        let mut version = BTreeMap::new();
        for (replica, counter) in known.iter().filter_map(|id| self.get(*id).dot) {
            let highest = version.entry(replica).or_insert(0);
            *highest = counter.max(*highest);
        }
        version
    }

    /// Whether two different known writes have one name; no honest system lets them meet.
    pub fn holds_a_dot_twice(&self, known: &Known) -> bool {
        let dots: Vec<_> = known.iter().filter_map(|id| self.get(*id).dot).collect();
        dots.iter().collect::<BTreeSet<_>>().len() != dots.len()
    }

    /// One save: what the person sets, and `null` for a deletion that the person saw and does not repeat.
    pub fn save(
        &mut self,
        known: &Known,
        seen: &Known,
        dot: (Replica, u64),
        made: (usize, Replica, u64),
        mut sets: BTreeMap<&'static str, Content>,
    ) -> Id {
        let saw_it_deleted = self
            .visible(known, DELETED)
            .into_iter()
            .any(|id| seen.contains(&id) && self.get(id).sets[DELETED] != Content::Null);
        if saw_it_deleted && !sets.contains_key(DELETED) {
            sets.insert(DELETED, Content::Null);
        }
        self.add(Write { dot: Some(dot), made, sets, seen: seen.clone() })
    }

    /// A deletion removes the visible answers that the person saw.
    pub fn deletion(&self, known: &Known, seen: &Known) -> BTreeMap<&'static str, Content> {
        let removes = self.visible_answers(known).intersection(seen).copied().collect();
        BTreeMap::from([(DELETED, Content::Removes(removes))])
    }

    /// A purge has seen all that is known, and puts nothing in its place.
    pub fn purge(&mut self, known: &Known) -> Id {
        self.add(Write { dot: None, made: (0, 0, 0), sets: BTreeMap::new(), seen: known.clone() })
    }

    /// Each of `known` as it is called after `old` gave its writes above `acknowledged` to `new`.
    pub fn new_names(&mut self, known: &Known, old: Replica, acknowledged: u64, new: Replica) -> BTreeMap<Id, Id> {
        let mut names = BTreeMap::new();
        // A write is older than those that saw it, and so has the smaller id: its own new name is known when needed.
        for id in known {
            let mut write = self.get(*id).clone();
            let renamed = |list: &Known| list.iter().map(|id| *names.get(id).unwrap_or(id)).collect::<Known>();
            if let Some((replica, counter)) = write.dot
                && replica == old
                && counter > acknowledged
            {
                write.dot = Some((new, counter));
                write.seen = renamed(&write.seen);
                for content in write.sets.values_mut() {
                    if let Content::Removes(list) = content {
                        *list = renamed(list);
                    }
                }
            }
            let name = self.add(write);
            names.insert(*id, name);
        }
        names
    }
}
