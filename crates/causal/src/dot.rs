//! Who wrote, and which of their writes it was.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The largest counter a write may have: 2^53 - 1, the largest integer every JSON reader keeps exactly.
pub const MAX_COUNTER: u64 = (1 << 53) - 1;

/// One installation of a local store.
///
/// A copy or a restored backup of a store is a different replica and needs an id of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReplicaId(pub Uuid);

impl fmt::Display for ReplicaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for ReplicaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ReplicaId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// One save of one replica.
///
/// Shape: the counter is one durable number per replica over all its records, from 1 to [`MAX_COUNTER`], used once.
/// Order: by replica, then by counter; it has no meaning in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dot {
    /// The replica that saved.
    pub replica: ReplicaId,
    /// Which of its saves this is.
    pub counter: u64,
}

impl Dot {
    /// The write numbered `counter` of `replica`.
    pub fn new(replica: ReplicaId, counter: u64) -> Self {
        Self { replica, counter }
    }
}

impl fmt::Debug for Dot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.replica, self.counter)
    }
}
