//! When devices were last seen and what they owed, noted at most once a minute.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use crate::storage::DeviceRow;

/// How exactly it is known when a device was last seen.
const MINUTE_MS: u64 = 60_000;

/// When each device was last noted as seen, by this process.
#[derive(Debug, Default)]
pub(super) struct LastSeen(Mutex<HashMap<Uuid, u64>>);

impl LastSeen {
    /// Whether a device that calls at `now_ms` is to be noted; if so, it counts as noted.
    pub(super) fn is_news(&self, device: &DeviceRow, now_ms: u64) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = noted.get(&device.id).copied().or(device.last_seen_at);
        let is_news = last.is_none_or(|last| now_ms.abs_diff(last) >= MINUTE_MS);
        if is_news {
            noted.insert(device.id, now_ms);
        }
        is_news
    }
}

/// What each device was last noted to owe, and when, by this process.
#[derive(Debug, Default)]
pub(super) struct Owing(Mutex<HashMap<Uuid, (u64, u64)>>);

impl Owing {
    /// Whether what a device owes at `now_ms` is to be noted; if so, it counts as noted.
    pub(super) fn is_news(&self, device: &DeviceRow, owes: u64, now_ms: u64) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = noted.get(&device.id).copied().or(device.owes.zip(device.owed_none_at));
        let is_news = last.is_none_or(|(owed, at)| owed != owes || now_ms.abs_diff(at) >= MINUTE_MS);
        if is_news {
            noted.insert(device.id, (owes, now_ms));
        }
        is_news
    }
}
