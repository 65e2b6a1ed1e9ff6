//! When a record on the wire is valid: every rule in one place.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use causal::{
    Dot, MAX_COUNTER, Record, RecordId, ReplicaId, Siblings, Stamp, State, StateError, Value, ValueError, VersionVector,
};
use thiserror::Error;
use uuid::Uuid;

use crate::raw::{Count, RawRecord};

/// Why a record of a well-formed message is not taken.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InvalidRecord {
    /// `id` is not a lower-case UUID.
    #[error("id is not a lower-case UUID")]
    Id,
    /// `scope` is neither null nor a lower-case UUID.
    #[error("scope is not a lower-case UUID")]
    Scope,
    /// `kind` does not match `[a-z][a-z0-9_]{0,63}`.
    #[error("kind does not match [a-z][a-z0-9_]{{0,63}}")]
    Kind,
    /// A replica index points past the table, or to something that is not a lower-case UUID.
    #[error("a replica index does not lead to a lower-case UUID")]
    Replica,
    /// A counter is not in 1..2^53-1.
    #[error("a counter is not in 1..2^53-1")]
    Counter,
    /// A time is not in 0..2^53-1.
    #[error("a time is not in 0..2^53-1")]
    Time,
    /// `by` is longer than 200 characters or not printable.
    #[error("a person is not 1-200 printable characters")]
    Person,
    /// A replica stands twice in `version`.
    #[error("a replica stands twice in version")]
    RepeatedReplica,
    /// A dot stands twice in `writes`.
    #[error("a write stands twice in writes")]
    RepeatedWrite,
    /// A sibling points past `writes`.
    #[error("a sibling index does not lead to a write")]
    Write,
    /// A field holds one write twice.
    #[error("a field holds one write twice")]
    RepeatedSibling,
    /// A field stands twice.
    #[error("a field stands twice")]
    RepeatedField,
    /// A field name is not 1-200 printable characters.
    #[error("a field name is not 1-200 printable characters")]
    FieldName,
    /// A value is not I-JSON.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The parts contradict each other.
    #[error(transparent)]
    State(#[from] StateError),
}

/// Whether `text` may name a kind: `[a-z][a-z0-9_]{0,63}`.
pub fn is_kind(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= 64
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether `text` may name a field: 1-200 printable characters.
pub fn is_field_name(text: &str) -> bool {
    is_printable(text)
}

/// Whether `text` may name a person in a stamp: 1-200 printable characters.
pub fn is_person(text: &str) -> bool {
    is_printable(text)
}

fn is_printable(text: &str) -> bool {
    let is_break = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
    let is_noncharacter = |c: char| (u32::from(c) & 0xFFFE) == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c);
    let is_unprintable = |c: char| is_break(c) || is_noncharacter(c);
    !text.is_empty() && text.chars().take(201).count() <= 200 && !text.chars().any(is_unprintable)
}

/// Reads a UUID in the only form the wire knows: hyphenated, lower case.
pub(crate) fn parse_uuid(text: &str) -> Option<Uuid> {
    let uuid = Uuid::try_parse(text).ok()?;
    let mut buffer = Uuid::encode_buffer();
    (uuid.hyphenated().encode_lower(&mut buffer) == text).then_some(uuid)
}

/// The replica ids of a message; an entry that is none is an error only of the records that point to it.
pub(crate) struct ReplicaTable(pub(crate) Vec<Option<ReplicaId>>);

impl ReplicaTable {
    fn get(&self, index: Count) -> Result<ReplicaId, InvalidRecord> {
        let index = index.in_range(0, u64::from(u32::MAX)).ok_or(InvalidRecord::Replica)?;
        let entry = usize::try_from(index).ok().and_then(|index| self.0.get(index));
        entry.copied().flatten().ok_or(InvalidRecord::Replica)
    }

    fn dot(&self, replica: Count, counter: Count) -> Result<Dot, InvalidRecord> {
        let counter = counter.in_range(1, MAX_COUNTER).ok_or(InvalidRecord::Counter)?;
        Ok(Dot::new(self.get(replica)?, counter))
    }
}

/// The names that the records of a message share: each is checked and kept in memory once.
#[derive(Default)]
pub(crate) struct SharedNames<'m> {
    kinds: HashMap<&'m str, Arc<str>>,
    fields: HashMap<&'m str, Arc<str>>,
}

impl<'m> SharedNames<'m> {
    fn kind(&mut self, name: &'m str) -> Result<Arc<str>, InvalidRecord> {
        shared(&mut self.kinds, name, is_kind).ok_or(InvalidRecord::Kind)
    }

    fn field(&mut self, name: &'m str) -> Result<Arc<str>, InvalidRecord> {
        shared(&mut self.fields, name, is_field_name).ok_or(InvalidRecord::FieldName)
    }
}

fn shared<'m>(known: &mut HashMap<&'m str, Arc<str>>, name: &'m str, is_good: fn(&str) -> bool) -> Option<Arc<str>> {
    if let Some(known) = known.get(name) {
        return Some(known.clone());
    }
    is_good(name).then(|| known.entry(name).or_insert_with(|| name.into()).clone())
}

impl RawRecord<'_> {
    /// The record, when it is valid.
    pub(crate) fn check<'m>(
        &'m self,
        replicas: &ReplicaTable,
        names: &mut SharedNames<'m>,
    ) -> Result<Record, InvalidRecord> {
        let id = RecordId(parse_uuid(&self.id.0).ok_or(InvalidRecord::Id)?);
        let kind = names.kind(&self.kind.0)?;
        let scope = match &self.scope {
            None => None,
            Some(scope) => Some(parse_uuid(&scope.0).ok_or(InvalidRecord::Scope)?),
        };
        let dots = self.dots(replicas)?;
        let state = State::from_parts(self.version(replicas)?, self.writes(&dots)?, self.fields(&dots, names)?)?;
        Ok(Record { id, kind, scope, state })
    }

    fn version(&self, replicas: &ReplicaTable) -> Result<VersionVector, InvalidRecord> {
        let mut version = VersionVector::new();
        for (replica, counter) in &self.version {
            let dot = replicas.dot(*replica, *counter)?;
            if version.get(dot.replica) != 0 {
                return Err(InvalidRecord::RepeatedReplica);
            }
            version.add(dot);
        }
        Ok(version)
    }

    fn dots(&self, replicas: &ReplicaTable) -> Result<Vec<Dot>, InvalidRecord> {
        self.writes.iter().map(|write| replicas.dot(write.0, write.1)).collect()
    }

    fn writes(&self, dots: &[Dot]) -> Result<BTreeMap<Dot, Stamp>, InvalidRecord> {
        let mut writes = BTreeMap::new();
        for (write, dot) in self.writes.iter().zip(dots) {
            let at = write.2.in_range(0, MAX_COUNTER).ok_or(InvalidRecord::Time)?;
            let by: Option<Arc<str>> = match &write.3 {
                None => None,
                Some(by) if is_person(&by.0) => Some(by.0.as_ref().into()),
                Some(_) => return Err(InvalidRecord::Person),
            };
            if writes.insert(*dot, Stamp { at, by }).is_some() {
                return Err(InvalidRecord::RepeatedWrite);
            }
        }
        Ok(writes)
    }

    fn fields<'m>(
        &'m self,
        dots: &[Dot],
        names: &mut SharedNames<'m>,
    ) -> Result<BTreeMap<Arc<str>, Siblings>, InvalidRecord> {
        let mut fields = BTreeMap::new();
        for (name, raw_siblings) in &self.fields.0 {
            let name = names.field(&name.0)?;
            let mut siblings = Siblings::new();
            for (index, value) in raw_siblings {
                let index = index.in_range(0, u64::from(u32::MAX)).and_then(|index| usize::try_from(index).ok());
                let dot = index.and_then(|index| dots.get(index)).ok_or(InvalidRecord::Write)?;
                if siblings.insert(*dot, Value::parse(value.get())?).is_some() {
                    return Err(InvalidRecord::RepeatedSibling);
                }
            }
            if fields.insert(name, siblings).is_some() {
                return Err(InvalidRecord::RepeatedField);
            }
        }
        Ok(fields)
    }
}
