//! The compact binary shape a state has in a database.
//!
//! One leading byte names the layout, so that a later one can be told from it; a CRC-32 of the rest follows, in four bytes,
//! little endian; the rest is postcard.
//! A flash cell that loses a bit inside a text would otherwise give another text that reads just as well.
//! It stands beside the wire because both stores, the tablet's and the server's, keep the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use causal::{Dot, MAX_COUNTER, ReplicaId, Siblings, Stamp, State, StateError, Value, VersionVector};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

/// What is written: layout, checksum, postcard.
const CHECKED: u8 = 2;
/// What earlier releases wrote: layout, postcard. Their rows are read as they are, and checked from their next change on.
const UNCHECKED: u8 = 1;
/// Bytes of the checksum.
const CHECKSUM: usize = size_of::<u32>();

/// Why stored bytes are not a state.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoredError {
    /// The bytes were written by a layout that this build does not know.
    #[error("stored state has an unknown layout")]
    UnknownLayout,
    /// The bytes are not those that were written.
    #[error("stored state has changed since it was written: its checksum is another")]
    Checksum,
    /// The bytes are damaged.
    #[error("stored state is damaged")]
    Damaged(#[from] postcard::Error),
    /// An index points nowhere.
    #[error("stored state points outside its tables")]
    BadIndex,
    /// The parts contradict each other.
    #[error("stored state contradicts itself")]
    Contradiction(#[from] StateError),
}

#[derive(Serialize, Deserialize)]
struct StoredState<'a> {
    replicas: Vec<[u8; 16]>,
    version: Vec<(u32, u64)>,
    #[serde(borrow)]
    writes: Vec<(u32, u64, u64, Option<&'a str>)>,
    #[serde(borrow)]
    fields: Vec<(&'a str, Vec<(u32, &'a str)>)>,
}

#[derive(Default)]
struct Table(Vec<[u8; 16]>);

impl Table {
    fn index(&mut self, replica: ReplicaId) -> u32 {
        let bytes = replica.0.into_bytes();
        let position = self.0.iter().position(|entry| *entry == bytes).unwrap_or_else(|| {
            self.0.push(bytes);
            self.0.len() - 1
        });
        u32::try_from(position).expect("a state has far fewer than 2^32 replicas")
    }
}

/// The bytes of `state` for a database.
pub fn encode_state(state: &State) -> Vec<u8> {
    let mut table = Table::default();
    let version = state.version().iter().map(|dot| (table.index(dot.replica), dot.counter)).collect();
    let mut positions = BTreeMap::new();
    let mut writes = Vec::with_capacity(state.writes().len());
    for (position, (dot, stamp)) in (0u32..).zip(state.writes()) {
        positions.insert(*dot, position);
        writes.push((table.index(dot.replica), dot.counter, stamp.at, stamp.by.as_deref()));
    }
    let siblings = |(dot, value): (&Dot, _)| (positions[dot], Value::as_str(value));
    let fields =
        state.fields().iter().map(|(name, entries)| (&**name, entries.iter().map(siblings).collect())).collect();
    encode(&StoredState { replicas: table.0, version, writes, fields })
}

/// The state in bytes that [`encode_state`] wrote.
///
/// # Errors
/// [`StoredError`] for any other bytes.
pub fn decode_state(bytes: &[u8]) -> Result<State, StoredError> {
    let stored: StoredState<'_> = decode(bytes)?;
    let replica = |index: u32| replica_at(&stored.replicas, index);
    let dot = |index: u32, counter: u64| dot_of(replica(index)?, counter);
    let version = stored.version.iter().map(|(index, counter)| dot(*index, *counter)).collect::<Result<_, _>>()?;
    let mut dots = Vec::with_capacity(stored.writes.len());
    let mut writes = BTreeMap::new();
    for (index, counter, at, by) in &stored.writes {
        let dot = dot(*index, *counter)?;
        dots.push(dot);
        writes.insert(dot, Stamp { at: *at, by: by.map(Arc::from) });
    }
    let mut fields = BTreeMap::new();
    for (name, entries) in stored.fields {
        let mut siblings = Siblings::new();
        for (index, value) in entries {
            let dot = usize::try_from(index).ok().and_then(|index| dots.get(index)).ok_or(StoredError::BadIndex)?;
            siblings.insert(*dot, Value::from_stored(value));
        }
        fields.insert(Arc::from(name), siblings);
    }
    Ok(State::from_parts(version, writes, fields)?)
}

/// The bytes of a version vector for a database.
pub fn encode_version(version: &VersionVector) -> Vec<u8> {
    let entries: Vec<([u8; 16], u64)> = version.iter().map(|dot| (dot.replica.0.into_bytes(), dot.counter)).collect();
    encode(&entries)
}

/// The version vector in bytes that [`encode_version`] wrote.
///
/// # Errors
/// [`StoredError`] for any other bytes.
pub fn decode_version(bytes: &[u8]) -> Result<VersionVector, StoredError> {
    let entries: Vec<([u8; 16], u64)> = decode(bytes)?;
    entries.into_iter().map(|(replica, counter)| dot_of(ReplicaId(Uuid::from_bytes(replica)), counter)).collect()
}

fn dot_of(replica: ReplicaId, counter: u64) -> Result<Dot, StoredError> {
    let is_counter = (1..=MAX_COUNTER).contains(&counter);
    is_counter.then(|| Dot::new(replica, counter)).ok_or(postcard::Error::DeserializeBadEncoding.into())
}

fn replica_at(replicas: &[[u8; 16]], index: u32) -> Result<ReplicaId, StoredError> {
    let entry = usize::try_from(index).ok().and_then(|index| replicas.get(index));
    entry.map(|bytes| ReplicaId(Uuid::from_bytes(*bytes))).ok_or(StoredError::BadIndex)
}

fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    let head = vec![CHECKED, 0, 0, 0, 0];
    let mut bytes = postcard::to_extend(value, head).expect("writing to memory cannot fail");
    let (head, body) = bytes.split_at_mut(1 + CHECKSUM);
    head[1..].copy_from_slice(&crc32fast::hash(body).to_le_bytes());
    bytes
}

fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, StoredError> {
    match postcard::take_from_bytes(body_of(bytes)?)? {
        (value, []) => Ok(value),
        _ => Err(StoredError::Damaged(postcard::Error::DeserializeBadEncoding)),
    }
}

/// The postcard in stored bytes, once it is known to be what was written.
fn body_of(bytes: &[u8]) -> Result<&[u8], StoredError> {
    match bytes.split_first() {
        Some((&CHECKED, rest)) => {
            let (checksum, body) = rest.split_first_chunk::<CHECKSUM>().ok_or(StoredError::Checksum)?;
            let is_as_written = crc32fast::hash(body).to_le_bytes() == *checksum;
            is_as_written.then_some(body).ok_or(StoredError::Checksum)
        }
        Some((&UNCHECKED, body)) => Ok(body),
        _ => Err(StoredError::UnknownLayout),
    }
}
