//! The shapes that cross the network, and the one binary shape a state has at rest.
//!
//! Everything that comes from outside is decoded here, in one pass, without intermediate trees and without ever
//! panicking: a message of the wrong shape is a [`ShapeError`], a record that breaks a rule is an [`InvalidRecord`] beside
//! the good ones, and what passes is a [`causal::Record`].
//! `docs/protocol.md` describes the messages; `tests/golden/` freezes them.

mod blob;
mod chain;
mod decode;
mod encode;
mod enrol;
mod limits;
mod problem;
mod pull;
mod push;
mod raw;
mod stored;
mod validity;

pub use blob::{BlobId, BlobIdError, BlobProgress, BlobRefs, MAX_BLOB_BYTES, add_blob_refs, blob_refs};
pub use chain::{Digest, digest};
pub use decode::{ReceivedRecord, ShapeError};
pub use encode::RecordsWriter;
pub use enrol::{EnrolAnswer, EnrolRequest, Organisation};
pub use limits::{
    LimitExceeded, MAX_FIELDS, MAX_PAGE_BYTES, MAX_PUSH_BYTES, MAX_PUSH_RECORDS, MAX_RECORD_BYTES, MAX_SIBLINGS,
    MAX_VALUE_BYTES, check_added, check_added_by,
};
pub use problem::{Problem, ProblemType};
pub use pull::{DEFAULT_PULL_LIMIT, MAX_PULL_LIMIT, PullAnswer, encode_pull_answer};
pub use push::{Outcome, PushAnswer, PushHead, PushRequest, PushResult, encode_push_answer, encode_push_request};
pub use stored::{StoredError, decode_state, decode_version, encode_state, encode_version};
pub use validity::{InvalidRecord, is_field_name, is_kind, is_person};
