//! From records to the JSON of a message.

use std::collections::HashMap;
use std::io::Write;

use causal::{Dot, Record, ReplicaId, Value};
use serde::Serialize;
use serde_json::value::RawValue;

/// Collects records for one message, and the table of replicas that they point into.
#[derive(Debug, Default)]
pub struct RecordsWriter {
    replicas: Vec<ReplicaId>,
    index: HashMap<ReplicaId, usize>,
    json: Vec<u8>,
    count: usize,
}

impl RecordsWriter {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The bytes of its records and replicas as JSON.
    pub fn bytes(&self) -> usize {
        self.json.len() + self.replicas.len() * 40 + 3
    }

    /// Appends `record`.
    pub fn push(&mut self, record: &Record) {
        self.json.push(if self.count == 0 { b'[' } else { b',' });
        self.count += 1;
        self.write_record(record).expect("writing to memory cannot fail");
    }

    /// Appends `record` unless the message would then be larger than `limit` bytes; the first record always fits.
    pub fn push_within(&mut self, record: &Record, limit: usize) -> bool {
        let (length, replicas) = (self.json.len(), self.replicas.len());
        self.push(record);
        if self.count == 1 || self.bytes() <= limit {
            return true;
        }
        self.json.truncate(length);
        self.count -= 1;
        self.replicas.drain(replicas..).for_each(|replica| {
            self.index.remove(&replica);
        });
        false
    }

    /// A message: the members of `before`, the table of replicas, the list of records, the members of `after`.
    ///
    /// The records are megabytes of JSON already; they are neither read again nor moved more often than once.
    pub(crate) fn message(mut self, before: &impl Serialize, after: &impl Serialize) -> Vec<u8> {
        if self.count == 0 {
            self.json.push(b'[');
        }
        self.json.push(b']');
        let (mut message, after) = (to_json(before), to_json(after));
        message.reserve(self.bytes() + after.len() + 32);
        message.pop();
        message.extend_from_slice(br#","replicas":"#);
        message.extend(to_json(&self.replicas));
        message.extend_from_slice(br#","records":"#);
        message.extend(self.json);
        if after != b"{}" {
            message.push(b',');
        }
        message.extend_from_slice(&after[1..]);
        message
    }

    fn replica(&mut self, replica: ReplicaId) -> usize {
        let (replicas, next) = (&mut self.replicas, self.index.len());
        *self.index.entry(replica).or_insert_with(|| {
            replicas.push(replica);
            next
        })
    }

    fn write_record(&mut self, record: &Record) -> serde_json::Result<()> {
        self.json.extend_from_slice(br#"{"id":"#);
        serde_json::to_writer(&mut self.json, &record.id)?;
        self.json.extend_from_slice(br#","kind":"#);
        serde_json::to_writer(&mut self.json, &record.kind)?;
        self.json.extend_from_slice(br#","scope":"#);
        serde_json::to_writer(&mut self.json, &record.scope)?;
        self.json.extend_from_slice(br#","version":["#);
        for (position, dot) in record.state.version().iter().enumerate() {
            let replica = self.replica(dot.replica);
            self.separate(position);
            serde_json::to_writer(&mut self.json, &(replica, dot.counter))?;
        }
        self.json.extend_from_slice(br#"],"writes":["#);
        let mut positions: HashMap<Dot, usize> = HashMap::with_capacity(record.state.writes().len());
        for (position, (dot, stamp)) in record.state.writes().iter().enumerate() {
            let replica = self.replica(dot.replica);
            positions.insert(*dot, position);
            self.separate(position);
            serde_json::to_writer(&mut self.json, &(replica, dot.counter, stamp.at, &stamp.by))?;
        }
        self.json.extend_from_slice(br#"],"fields":{"#);
        for (position, (name, siblings)) in record.state.fields().iter().enumerate() {
            self.separate(position);
            serde_json::to_writer(&mut self.json, name)?;
            self.json.extend_from_slice(b":[");
            for (position, (dot, value)) in siblings.iter().enumerate() {
                self.separate(position);
                write!(self.json, "[{},", positions[dot]).map_err(serde_json::Error::io)?;
                self.write_value(value)?;
                self.json.push(b']');
            }
            self.json.push(b']');
        }
        self.json.extend_from_slice(b"}}");
        Ok(())
    }

    /// Writes the text of a value as it is; one that a damaged file spoilt is written as a string of itself, so that it
    /// spoils no message.
    fn write_value(&mut self, value: &Value) -> serde_json::Result<()> {
        match serde_json::from_str::<&RawValue>(value.as_str()) {
            Ok(_) => self.json.extend_from_slice(value.as_str().as_bytes()),
            Err(_) => serde_json::to_writer(&mut self.json, value.as_str())?,
        }
        Ok(())
    }

    fn separate(&mut self, position: usize) {
        if position > 0 {
            self.json.push(b',');
        }
    }
}

pub(crate) fn to_json<T: Serialize>(message: &T) -> Vec<u8> {
    serde_json::to_vec(message).expect("messages have string keys only")
}
