//! Comparing one store with the model.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use causal::{Dot, Siblings, Stamp, State, Value};

use super::{Library, Store, World, replica};
use crate::model::{Content, Id, Known, Replica};

impl World {
    /// Compares what the crate holds in one store with what the model says.
    pub(super) fn check(&self, library: &mut Library, place: usize) {
        let Store { state, known, .. } = &self.stores[place];
        let expected = library.expected.get(known).cloned();
        let expected = expected.unwrap_or_else(|| {
            let expected = Rc::new(self.expected(library, known));
            library.expected.insert(known.clone(), expected.clone());
            expected
        });
        assert!(
            state.version().iter().eq(expected.version.iter().copied()),
            "the version of {state:?} in store {place}"
        );
        assert_eq!(state.fields(), &expected.fields, "the siblings in store {place}");
        assert_eq!(
            state.writes(),
            &expected.writes,
            "every live write has its stamp in store {place}, and no other has"
        );
        assert_eq!(state.is_deleted(), expected.is_deleted, "whether {state:?} in store {place} is deleted");
    }

    fn expected(&self, library: &Library, known: &Known) -> Expected {
        assert!(!library.holds_a_dot_twice(known), "two writes under one dot met");
        let version = library.version(known).into_iter().map(|(of, counter)| Dot::new(replica(of), counter)).collect();
        let mut expected = Expected { version, is_deleted: library.is_deleted(known), ..Expected::default() };
        for field in library.fields(known) {
            let visible = library.visible(known, field);
            let siblings = visible.iter().map(|id| expected_sibling(library, *id, field)).collect::<Siblings>();
            if !siblings.is_empty() {
                expected.fields.insert(field.into(), siblings);
            }
            for id in visible {
                let (store, _, counter) = library.get(id).made;
                expected.writes.insert(dot_of(library, id), stamp(store, (self.at)(store, counter)));
            }
        }
        let Expected { version, writes, fields, .. } = &expected;
        let again = State::from_parts(version.iter().copied().collect(), writes.clone(), fields.clone());
        assert!(again.is_ok(), "what saves can make is refused: {again:?}");
        expected
    }
}

/// What a store that knows certain writes must hold.
#[derive(Debug, Default)]
pub struct Expected {
    version: Vec<Dot>,
    writes: BTreeMap<Dot, Stamp>,
    fields: BTreeMap<Arc<str>, Siblings>,
    is_deleted: bool,
}

fn expected_sibling(library: &Library, id: Id, field: &str) -> (Dot, Value) {
    let write = library.get(id);
    let value = match &write.sets[field] {
        Content::Own => own_value(write.made, field),
        Content::Null => Value::null(),
        Content::Removes(list) => {
            let dots = list.iter().map(|id| dot_of(library, *id)).collect::<BTreeSet<_>>().into_iter();
            let list: Vec<_> = dots.map(|dot| serde_json::json!([dot.replica, dot.counter])).collect();
            Value::from(serde_json::Value::from(list))
        }
    };
    (dot_of(library, id), value)
}

pub(super) fn stamp(store: usize, at: u64) -> Stamp {
    Stamp { at, by: Some(format!("person {store}").into()) }
}

pub(super) fn own_value((store, id, counter): (usize, Replica, u64), field: &str) -> Value {
    Value::from(serde_json::json!(format!("{field} by store {store} as {id}:{counter}")))
}

fn dot_of(library: &Library, id: Id) -> Dot {
    let (of, counter) = library.get(id).dot.expect("a purge is nobody's sibling");
    Dot::new(replica(of), counter)
}
