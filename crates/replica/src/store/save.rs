//! A person's save.

use std::collections::BTreeSet;
use std::sync::Arc;

use causal::{DELETED_FIELD, Dot, Record, RecordId, ReplicaId, Seen, Stamp, State, Value};
use rusqlite::Transaction;
use uuid::Uuid;
use wire::LimitExceeded;

use super::records::Row;
use super::{Store, StoreError, identity, outbox, report};

/// What a save asks for.
#[derive(Clone, Debug, Default)]
pub struct Save {
    /// The record; a new one when there is none.
    pub id: Option<RecordId>,
    /// Its kind, in snake case.
    pub kind: String,
    /// Its campus; left out on a record that is there, it stays what it is.
    pub scope: Option<Uuid>,
    /// What the person had seen, as a read or an earlier save gave it; left out, nothing.
    pub seen: Option<String>,
    /// The fields to set.
    pub set: Vec<(String, Value)>,
    /// Who saves.
    pub by: Option<Arc<str>>,
}

/// What a save gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The record.
    pub id: RecordId,
    /// What its author has seen now: what they had seen before, and this write alone.
    pub version: String,
    /// The write.
    pub dot: Dot,
}

impl Store {
    /// Saves one record.
    ///
    /// # Errors
    /// [`StoreError`]; nothing has changed then.
    pub fn save(&self, save: Save) -> Result<Saved, StoreError> {
        let now = self.now_ms();
        self.write(|txn| self.save_in(txn, save, now))
    }

    /// Saves several records, all or none, in order.
    ///
    /// # Errors
    /// The first that cannot be saved; nothing has changed then.
    pub fn save_all(&self, saves: Vec<Save>) -> Result<Vec<Saved>, StoreError> {
        let now = self.now_ms();
        self.write(|txn| saves.into_iter().map(|save| self.save_in(txn, save, now)).collect())
    }

    /// Saves several records and changes settings of this device, all or none.
    ///
    /// So what the device means to do later, such as a finding that waits for its undo to end, is never apart from the
    /// answer it follows from.
    /// `settings` gets what the saves gave; a setting without a value is removed.
    ///
    /// # Errors
    /// The first that cannot be saved; nothing has changed then.
    pub fn save_with_settings(
        &self,
        saves: Vec<Save>,
        settings: impl FnOnce(&[Saved]) -> Vec<(String, Option<serde_json::Value>)>,
    ) -> Result<Vec<Saved>, StoreError> {
        let now = self.now_ms();
        self.write(|txn| {
            let saved: Vec<Saved> =
                saves.into_iter().map(|save| self.save_in(txn, save, now)).collect::<Result<_, _>>()?;
            for (name, value) in settings(&saved) {
                report::put_device_setting(txn, &name, value.as_ref())?;
            }
            Ok(saved)
        })
    }

    /// Deletes what was `seen` of a record; a write that was not seen keeps the record visible.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Seen`]; nothing has changed then.
    pub fn delete(&self, id: RecordId, seen: &str, by: Option<Arc<str>>) -> Result<Saved, StoreError> {
        let now = self.now_ms();
        let mut seen: Seen = seen.parse()?;
        self.write(|txn| {
            let mut held = Row::load(txn, id)?.ok_or(StoreError::NotFound(id))?;
            identity::translate_seen(txn, id, &mut seen)?;
            let list = held.record.state.deletion_of(&seen);
            let stamp = Stamp { at: now, by: checked_person(by)? };
            let dot = write_fields(txn, &mut held.record, stamp, &seen, vec![(DELETED_FIELD.into(), list)])?;
            held.update(txn, dot.replica)?;
            outbox::saved(txn, held.row, now)?;
            Ok(answer(id, seen, dot))
        })
    }

    fn save_in(&self, txn: &Transaction<'_>, save: Save, now: u64) -> Result<Saved, StoreError> {
        let set = checked_fields(save.set)?;
        let stamp = Stamp { at: now, by: checked_person(save.by)? };
        let mut seen: Seen = save.seen.as_deref().unwrap_or_default().parse()?;
        let held = match save.id {
            Some(id) => Row::load(txn, id)?,
            None => None,
        };
        let Some(mut held) = held else {
            if !wire::is_kind(&save.kind) {
                return Err(StoreError::BadKind);
            }
            let id = save.id.unwrap_or_else(|| RecordId(self.new_id(now)));
            let mut record = Record { id, kind: save.kind.into(), scope: save.scope, state: State::new() };
            let dot = write_fields(txn, &mut record, stamp, &seen, set)?;
            check_limits(&record.state, dot.replica, 0)?;
            let row = Row::insert(txn, record, dot.replica)?;
            outbox::saved(txn, row.row, now)?;
            return Ok(answer(id, seen, dot));
        };
        let id = held.record.id;
        if *held.record.kind != *save.kind {
            return Err(StoreError::OtherKind { id, held: held.record.kind.to_string() });
        }
        if save.scope.is_some() && save.scope != held.record.scope {
            return Err(StoreError::OtherScope(id));
        }
        identity::translate_seen(txn, id, &mut seen)?;
        let dot = write_fields(txn, &mut held.record, stamp, &seen, set)?;
        check_limits(&held.record.state, dot.replica, held.acknowledged)?;
        held.update(txn, dot.replica)?;
        outbox::saved(txn, held.row, now)?;
        Ok(answer(id, seen, dot))
    }
}

fn write_fields(
    txn: &Transaction<'_>,
    record: &mut Record,
    stamp: Stamp,
    seen: &Seen,
    set: Vec<(Arc<str>, Value)>,
) -> Result<Dot, StoreError> {
    let (replica, counter) = identity::next_counter(txn)?;
    let dot = Dot::new(replica, counter);
    record.state.save(dot, stamp, seen, set)?;
    Ok(dot)
}

fn answer(id: RecordId, mut seen: Seen, dot: Dot) -> Saved {
    seen.add_dot(dot);
    Saved { id, version: seen.to_string(), dot }
}

fn checked_fields(set: Vec<(String, Value)>) -> Result<Vec<(Arc<str>, Value)>, StoreError> {
    let check = |(name, value): (String, Value)| {
        if name.starts_with('_') {
            return Err(StoreError::SystemField(name));
        }
        if !wire::is_field_name(&name) {
            return Err(StoreError::BadFieldName);
        }
        if value.as_str().len() > wire::MAX_VALUE_BYTES {
            return Err(LimitExceeded::Value.into());
        }
        Ok((Arc::from(name), Value::parse(value.as_str())?))
    };
    set.into_iter().map(check).collect()
}

fn checked_person(by: Option<Arc<str>>) -> Result<Option<Arc<str>>, StoreError> {
    if by.as_deref().is_some_and(|by| !wire::is_person(by)) { Err(StoreError::BadPerson) } else { Ok(by) }
}

/// Refuses a save that would make the record one which the server rejects for its size.
///
/// What counts is what this device would add; what others wrote is no fault of the person who saves.
fn check_limits(state: &State, replica: ReplicaId, acknowledged: u64) -> Result<(), StoreError> {
    let is_own = |dot: &Dot| dot.replica == replica && dot.counter > acknowledged;
    let own_fields = state.fields().iter().filter_map(|(name, siblings)| {
        let own: std::collections::BTreeMap<_, _> =
            siblings.iter().filter(|(dot, _)| is_own(dot)).map(|(dot, value)| (*dot, value.clone())).collect();
        (!own.is_empty()).then(|| (name.clone(), own))
    });
    let fields: std::collections::BTreeMap<_, _> = own_fields.collect();
    let used: BTreeSet<Dot> = fields.values().flat_map(|siblings| siblings.keys().copied()).collect();
    let writes = state.writes().iter().filter(|(dot, _)| used.contains(dot)).map(|(dot, stamp)| (*dot, stamp.clone()));
    if let Ok(own) = State::from_parts(state.version().clone(), writes.collect(), fields) {
        wire::check_added(&own, None)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Listing, Order, Place, Ports};

    fn save(kind: &str, set: &[(&str, serde_json::Value)]) -> Save {
        let set = set.iter().map(|(name, value)| ((*name).to_owned(), Value::from_json(value))).collect();
        Save { kind: kind.to_owned(), set, ..Save::default() }
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), Ports::system(), "test").expect("a store");
        (folder, store)
    }

    #[test]
    fn settings_change_with_the_saves_or_not_at_all() {
        let (_folder, store) = store();
        let remember = |saved: &[Saved]| vec![("undo/a".to_owned(), Some(json!(saved[0].version)))];
        let saved = store.save_with_settings(vec![save("note", &[("x", json!(1))])], remember).expect("saved");
        assert_eq!(store.device_setting("undo/a").expect("read"), Some(saved[0].version.clone()));
        let refused = vec![save("note", &[("x", json!(2))]), save("Not a kind", &[("x", json!(2))])];
        store.save_with_settings(refused, |_| vec![("undo/a".to_owned(), None)]).expect_err("a bad kind");
        assert_eq!(store.device_setting("undo/a").expect("read"), Some(saved[0].version.clone()));
        assert_eq!(store.list("note", None, 10).expect("a list").len(), 1);
        store.save_with_settings(Vec::new(), |_| vec![("undo/a".to_owned(), None)]).expect("removed");
        assert_eq!(store.device_setting::<String>("undo/a").expect("read"), None);
    }

    #[test]
    fn settings_are_listed_by_what_their_names_start_with() {
        let (_folder, store) = store();
        for name in ["wait/a", "wait/b", "waits", "undo/a"] {
            store.set_device_setting(name, &1).expect("set");
        }
        let waiting: Vec<(String, u32)> = store.device_settings("wait/").expect("a list");
        assert_eq!(waiting, [("a".to_owned(), 1), ("b".to_owned(), 1)]);
    }

    #[test]
    fn findings_are_listed_by_stage_and_due_time_page_by_page() {
        let (_folder, store) = store();
        for due in [json!(30), json!(10), json!(null), json!(20)] {
            store.save(save("finding", &[("severity", json!("L2")), ("due", due)])).expect("saved");
        }
        let closed = json!({"step": "误报作废", "by": "li", "at": 1, "after": []});
        store.save(save("finding", &[("due", json!(5)), ("steps/1", closed)])).expect("saved");
        let mut listing =
            Listing { kind: "finding", stages: &["unassigned"], order: Order::Due, limit: 3, ..Listing::default() };
        assert_eq!(store.count(&listing).expect("a number"), 4);
        let first = store.find(&listing).expect("a page");
        assert_eq!(first.iter().map(|found| found.due).collect::<Vec<_>>(), [Some(10), Some(20), Some(30)]);
        listing.after = first.last().map(|found| Place { id: found.id, due: found.due });
        let second = store.find(&listing).expect("a page");
        assert_eq!(second.iter().map(|found| found.due).collect::<Vec<_>>(), [None]);
        let early = Listing { due_before: Some(20), limit: 10, ..listing.clone() };
        assert_eq!(store.count(&Listing { after: None, ..early }).expect("a number"), 1);
    }
}
