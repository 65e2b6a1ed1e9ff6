//! A person's save.

use std::sync::Arc;

use causal::{DELETED_FIELD, Dot, Record, RecordId, ReplicaId, Seen, Stamp, State, Value};
use domain::role::restricted_for_tablets;
use rusqlite::Transaction;
use uuid::Uuid;
use wire::LimitExceeded;

use super::records::Row;
use super::txn::Txn;
use super::{Store, StoreError, identity, outbox, report};

/// The role of a device that brings nothing new to what only the office writes.
const TABLET: &str = "tablet";

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
    /// Only while the record still has this version, as a read gave it, and an empty text for a record that is not there;
    /// left out, whatever it has become.
    pub only_if: Option<String>,
    /// The fields to set.
    pub set: Vec<(String, Value)>,
    /// Who saves.
    pub by: Option<Arc<str>>,
    /// Whether a tablet may write what only the office writes: the server refuses it then, which is what support and tests
    /// of the server may want.
    pub is_unchecked: bool,
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

    /// Takes settings of this device away and saves, both or neither; none where none of the settings was there any more.
    ///
    /// Of several processes that mean to do what the settings ask for, the one that takes them does it.
    ///
    /// # Errors
    /// The first that cannot be saved; nothing has changed then.
    pub fn save_taking_settings(&self, names: &[String], saves: Vec<Save>) -> Result<Option<Vec<Saved>>, StoreError> {
        let now = self.now_ms();
        self.write(|txn| {
            let mut taken = 0;
            for name in names {
                taken += report::remove_device_setting(txn, name)?;
            }
            if taken == 0 {
                return Ok(None);
            }
            saves.into_iter().map(|save| self.save_in(txn, save, now)).collect::<Result<_, _>>().map(Some)
        })
    }

    /// Deletes what was `seen` of a record; a write that was not seen keeps the record visible.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Seen`]; nothing has changed then.
    pub fn delete(&self, id: RecordId, seen: &str, by: Option<Arc<str>>) -> Result<Saved, StoreError> {
        self.decide_deletion(id, seen, by, State::deletion_of)
    }

    /// Takes back the deletions that were `seen` of a record; one that was not seen stays.
    ///
    /// # Errors
    /// As [`Store::delete`].
    pub fn keep(&self, id: RecordId, seen: &str, by: Option<Arc<str>>) -> Result<Saved, StoreError> {
        let kind = self.find_one(id)?.map(|found| found.kind);
        kind.map_or(Ok(()), |kind| self.write(|txn| check_place(txn, &kind)))?;
        self.decide_deletion(id, seen, by, |_, _| Value::null())
    }

    fn decide_deletion(
        &self,
        id: RecordId,
        seen: &str,
        by: Option<Arc<str>>,
        value: fn(&State, &Seen) -> Value,
    ) -> Result<Saved, StoreError> {
        let now = self.now_ms();
        let mut seen: Seen = seen.parse()?;
        self.write(|txn| {
            let mut held = Row::load(txn, id)?.ok_or(StoreError::NotFound(id))?;
            identity::translate_seen(txn, id, &mut seen)?;
            let value = value(&held.record.state, &seen);
            let stamp = Stamp { at: now, by: checked_person(by)? };
            let dot = write_fields(txn, held.state_mut(), stamp, &seen, vec![(DELETED_FIELD.into(), value)])?;
            check_limits(&held.record.state, dot.replica, held.acknowledged)?;
            held.update(txn, dot.replica)?;
            outbox::saved(txn, held.row, now)?;
            Ok(answer(id, seen, dot))
        })
    }

    pub(super) fn save_in(&self, txn: &Txn<'_>, save: Save, now: u64) -> Result<Saved, StoreError> {
        if !save.is_unchecked {
            check_place(txn, &save.kind)?;
        }
        let set = checked_fields(save.set)?;
        let stamp = Stamp { at: now, by: checked_person(save.by)? };
        let mut seen: Seen = save.seen.as_deref().unwrap_or_default().parse()?;
        let held = match save.id {
            Some(id) => Row::load(txn, id)?,
            None => None,
        };
        check_unchanged(save.only_if.as_deref(), save.id, held.as_ref())?;
        let Some(mut held) = held else {
            if !wire::is_kind(&save.kind) {
                return Err(StoreError::BadKind);
            }
            let id = save.id.unwrap_or_else(|| RecordId(self.new_id(now)));
            let mut record = Record { id, kind: save.kind.into(), scope: save.scope, state: State::new() };
            let dot = write_fields(txn, &mut record.state, stamp, &seen, set)?;
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
        let dot = write_fields(txn, held.state_mut(), stamp, &seen, set)?;
        check_limits(&held.record.state, dot.replica, held.acknowledged)?;
        held.update(txn, dot.replica)?;
        outbox::saved(txn, held.row, now)?;
        Ok(answer(id, seen, dot))
    }
}

/// Refuses on a tablet what its server would refuse for ever, at once and by the same list.
fn check_place(txn: &Txn<'_>, kind: &str) -> Result<(), StoreError> {
    let is_refused = restricted_for_tablets(kind)
        && report::load_enrolment(txn)?.is_some_and(|enrolment| enrolment.role.as_deref() == Some(TABLET));
    if is_refused { Err(StoreError::InOffice(kind.to_owned())) } else { Ok(()) }
}

/// Refuses a save that was decided on what the record no longer is.
///
/// Compared inside the transaction, so that no other process comes between.
fn check_unchanged(only_if: Option<&str>, id: Option<RecordId>, held: Option<&Row>) -> Result<(), StoreError> {
    let (Some(expected), Some(id)) = (only_if, id) else { return Ok(()) };
    let held = held.filter(|held| !held.record.state.is_purged());
    let version = held.map_or_else(String::new, |held| Seen::from(held.record.state.version().clone()).to_string());
    if version == expected { Ok(()) } else { Err(StoreError::Changed(id)) }
}

fn write_fields(
    txn: &Transaction<'_>,
    state: &mut State,
    stamp: Stamp,
    seen: &Seen,
    set: Vec<(Arc<str>, Value)>,
) -> Result<Dot, StoreError> {
    let (replica, counter) = identity::next_counter(txn)?;
    let dot = Dot::new(replica, counter);
    state.save(dot, stamp, seen, set)?;
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
    // What is within the limits as a whole is within them in part, and nearly every record is.
    if wire::check_added(state, None).is_ok() {
        return Ok(());
    }
    let is_own = |dot: &Dot| dot.replica == replica && dot.counter > acknowledged;
    let mut fields = state.fields().clone();
    fields.values_mut().for_each(|siblings| siblings.retain(|dot, _| is_own(dot)));
    fields.retain(|_, siblings| !siblings.is_empty());
    let mut writes = state.writes().clone();
    writes.retain(|dot, _| is_own(dot));
    match State::from_parts(state.version().clone(), writes, fields) {
        Ok(own) => Ok(wire::check_added(&own, None)?),
        Err(contradiction) => Err(StoreError::Damaged(contradiction.to_string())),
    }
}
