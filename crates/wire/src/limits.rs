//! How much one push may carry and add; all limits stand here and nowhere else.

use causal::{Dot, State, VersionVector};
use thiserror::Error;

/// Records in one push.
pub const MAX_PUSH_RECORDS: usize = 1_000;
/// Bytes of one push body, before content encoding.
pub const MAX_PUSH_BYTES: usize = 8 << 20;
/// Bytes of the records in one answer; a page always holds at least one record, however large.
pub const MAX_PAGE_BYTES: usize = 8 << 20;
/// Bytes of one value's JSON text.
pub const MAX_VALUE_BYTES: usize = 64 << 10;
/// Bytes that one push may add to one record.
pub const MAX_RECORD_BYTES: usize = 1 << 20;
/// Siblings that one push may add to one field.
pub const MAX_SIBLINGS: usize = 32;
/// Fields that one push may add to one record.
pub const MAX_FIELDS: usize = 512;

/// Roughly what a write or a version entry takes on the wire beside its value: a replica id and a few numbers.
const ENTRY_BYTES: usize = 48;

/// The limit that a record breaks.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitExceeded {
    /// [`MAX_VALUE_BYTES`]
    #[error("a value is larger than {MAX_VALUE_BYTES} bytes")]
    Value,
    /// [`MAX_RECORD_BYTES`]
    #[error("a record grows by more than {MAX_RECORD_BYTES} bytes")]
    Record,
    /// [`MAX_SIBLINGS`]
    #[error("a field grows by more than {MAX_SIBLINGS} siblings")]
    Siblings,
    /// [`MAX_FIELDS`]
    #[error("a record grows by more than {MAX_FIELDS} fields")]
    Fields,
    /// [`MAX_PUSH_BYTES`]
    #[error("a record grows beyond the {MAX_PUSH_BYTES} bytes that one push carries")]
    Total,
}

impl LimitExceeded {
    /// Its name in the member `limit` of a problem.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value-bytes",
            Self::Record => "record-bytes",
            Self::Siblings => "field-siblings",
            Self::Fields => "record-fields",
            Self::Total => "record-total",
        }
    }
}

/// Checks what `incoming` would add to `held`, the state that is there already.
///
/// The limits bind the addition, never the merge: whatever others wrote first is no fault of the one who pushes.
/// So a record that is too large already may stay, and may become smaller, but nothing makes it larger.
///
/// # Errors
/// The first limit that the addition breaks.
pub fn check_added(incoming: &State, held: Option<&State>) -> Result<(), LimitExceeded> {
    check_added_by(incoming, held, |_| true)
}

/// As [`check_added`], where only the writes that `counts` names are held against how much one push may add to a record.
///
/// A server that is being refilled gets back in one push what had grown in many.
/// What a value and what a whole record may take binds every write.
///
/// # Errors
/// The first limit that the addition breaks.
pub fn check_added_by(
    incoming: &State,
    held: Option<&State>,
    counts: impl Fn(Dot) -> bool,
) -> Result<(), LimitExceeded> {
    let nothing = State::new();
    let held = held.unwrap_or(&nothing);
    let mut bytes = ENTRY_BYTES * added_entries(incoming.version(), held.version());
    let (mut counted_bytes, mut new_fields) = (bytes, 0);
    for (name, siblings) in incoming.fields() {
        let known = held.fields().get(name);
        let added: Vec<_> =
            siblings.iter().filter(|(dot, _)| known.is_none_or(|known| !known.contains_key(dot))).collect();
        let counted = added.iter().filter(|(dot, _)| counts(**dot)).count();
        new_fields += usize::from(known.is_none() && counted > 0);
        if counted > MAX_SIBLINGS {
            return Err(LimitExceeded::Siblings);
        }
        if added.iter().any(|(_, value)| value.as_str().len() > MAX_VALUE_BYTES) {
            return Err(LimitExceeded::Value);
        }
        for (dot, value) in added {
            let size = value.as_str().len() + name.len() + ENTRY_BYTES;
            bytes += size;
            counted_bytes += if counts(*dot) { size } else { 0 };
        }
    }
    if new_fields > MAX_FIELDS {
        return Err(LimitExceeded::Fields);
    }
    if counted_bytes > MAX_RECORD_BYTES {
        return Err(LimitExceeded::Record);
    }
    if bytes > 0 && grows_too_large(incoming, held, bytes) {
        return Err(LimitExceeded::Total);
    }
    Ok(())
}

/// Whether the merge of both is larger than one push carries, and larger than `held` is.
fn grows_too_large(incoming: &State, held: &State, added: usize) -> bool {
    let before = total_bytes(held);
    // Merging adds no more than this, and mostly takes something away; most records never come near.
    if before + added <= MAX_PUSH_BYTES {
        return false;
    }
    let mut merged = held.clone();
    merged.merge(incoming);
    total_bytes(&merged) > MAX_PUSH_BYTES.max(before)
}

/// Roughly what the whole state takes on the wire.
fn total_bytes(state: &State) -> usize {
    let values = state
        .fields()
        .iter()
        .flat_map(|(name, siblings)| siblings.values().map(|value| value.as_str().len() + name.len() + ENTRY_BYTES));
    ENTRY_BYTES * state.version().iter().count() + values.sum::<usize>()
}

fn added_entries(incoming: &VersionVector, held: &VersionVector) -> usize {
    incoming.iter().filter(|dot| held.get(dot.replica) == 0).count()
}
