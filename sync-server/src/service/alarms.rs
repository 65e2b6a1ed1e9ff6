//! How often something is told that is true again and again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

/// How often it is told of one organisation.
const MINUTE_MS: u64 = 60_000;

/// When it was last told of each organisation that its store has gone back.
#[derive(Debug, Default)]
pub(super) struct Alarms(Mutex<HashMap<Uuid, u64>>);

impl Alarms {
    /// Whether it is to be told now; if so, it counts as told.
    pub(super) fn is_due(&self, organisation: Uuid, now_ms: u64) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = told.get(&organisation).is_none_or(|last| now_ms.abs_diff(*last) >= MINUTE_MS);
        if is_due {
            told.insert(organisation, now_ms);
        }
        is_due
    }
}
