//! The record and its merge: version vectors, dots, multi-value registers and saves that know what their author saw.
//!
//! Everything here is a pure function of its arguments.
//! There is no clock, no randomness, no file and no network in this crate; ids and times are handed in.
//! The laws each function promises are property tests of the same name under `tests/all/laws/`.

mod deletion;
mod dot;
mod fork;
mod i_json;
mod merge;
mod record;
mod rename;
mod save;
mod seen;
mod siblings;
mod state;
mod value;
mod version_vector;

pub use deletion::DELETED_FIELD;
pub use dot::{Dot, MAX_COUNTER, ReplicaId};
pub use fork::Fork;
pub use i_json::MAX_VALUE_DEPTH;
pub use record::{Record, RecordId};
pub use save::SaveError;
pub use seen::{Seen, SeenError};
pub use siblings::Siblings;
pub use state::{Sibling, Stamp, State, StateError};
pub use value::{Value, ValueError};
pub use version_vector::VersionVector;
