//! What is kept no longer is taken away at night, and what was erased at once, both by a purge at the hub; what became alarming is found.
//!
//! A run knows of the one before it: a clock that has jumped by years finds none in the weeks before, and its first night takes
//! nothing away.

use app::{App, CommandError};
use causal::RecordId;
use chrono::NaiveDate;
use replica::Change;
use serde::{Deserialize, Serialize};

use super::failure::unavailable;
use super::replica::OfficeReplica;

/// So many records go in one night; the rest waits for the next.
const MOST: usize = 2_000;
/// A night is run where another one was run so many days before it at most: the summer holidays of a server that is switched off.
const MOST_DAYS_BETWEEN: i64 = 90;
/// So many purged records are compared with the hub at once.
const PAGE: u64 = 1_000;
/// The setting of the office's replica that says which night was run last.
const LAST: &str = "night";
/// The kind of the record that says what is erased.
const ERASURE: &str = "erasure";

/// A night that was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Night {
    day: NaiveDate,
    /// The hub's epoch then: another one is that of a store that was put back, and may hold again what was purged.
    epoch: Option<String>,
}

impl OfficeReplica {
    /// Runs the night that has begun, once; how many records went.
    ///
    /// # Errors
    /// When the hub or the replica cannot be used; the night is run again then.
    pub(super) fn run_night(&self) -> Result<usize, CommandError> {
        let day = self.app.night()?;
        let last: Option<Night> = self.store.device_setting(LAST)?;
        if last.as_ref().is_some_and(|last| last.day == day) {
            return Ok(0);
        }
        self.exchange()?;
        let night = Night { day, epoch: self.store.identity()?.epoch };
        let mut purged = 0;
        match &last {
            Some(last) if (1..=MOST_DAYS_BETWEEN).contains(&(day - last.day).num_days()) => {
                if last.epoch != night.epoch {
                    purged += self.purge(&self.come_back()?)?;
                }
                purged += self.purge(&self.app.kept_no_longer(MOST)?)?;
            }
            Some(last) => {
                tracing::warn!(last = %last.day, today = %day, "no night was run lately; nothing goes before the next one");
            }
            None => {}
        }
        self.store.set_device_setting(LAST, &night)?;
        if purged > 0 {
            self.store.scrub()?;
            tracing::info!(purged, night = %day, "what is kept no longer was purged");
        }
        Ok(purged)
    }

    /// Does at once what follows from what was heard since the last look: what was erased goes, and what became alarming when the rows
    /// of several tablets met becomes a finding. How many records went.
    ///
    /// # Errors
    /// As [`OfficeReplica::run_night`]; then the night takes away what was erased, and the next look finds what is alarming.
    pub(super) fn follow_up(&self) -> Result<usize, CommandError> {
        let heard: Vec<Change> = {
            let changes = self.changes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // All of them are taken, so that none is left to be seen again.
            changes.try_iter().collect()
        };
        let mut kinds = heard.iter().flat_map(|change| &change.kinds).map(String::as_str);
        let may_alarm = heard.iter().any(Change::is_anything) || App::may_alarm(kinds.clone());
        let ids: Vec<RecordId> = heard.iter().flat_map(|change| change.ids.iter().copied()).collect();
        // Of a large page of changes nobody knows what they were.
        let is_unknown = |change: &Change| {
            change.is_anything() || (change.ids.is_empty() && App::may_alarm(change.kinds.iter().map(String::as_str)))
        };
        let known = (!heard.iter().any(is_unknown)).then_some(ids.as_slice());
        if may_alarm && self.app.raise_alarms(known)? > 0 {
            self.exchange()?;
        }
        // The words leave the index of the replica in idle moments: somebody waits for the answer.
        if kinds.any(|kind| kind == ERASURE) { self.purge(&self.app.erased()?) } else { Ok(0) }
    }

    /// What was purged here and stands at the hub again, since its store was put back from an older copy.
    fn come_back(&self) -> Result<Vec<RecordId>, CommandError> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = self.store.purged(after, PAGE)?;
            found.extend(self.hub.with_values(self.device.organisation, &page).map_err(unavailable)?);
            after = page.last().copied();
            if (page.len() as u64) < PAGE {
                return Ok(found);
            }
        }
    }

    /// Purges records at the hub, and hears of it.
    fn purge(&self, records: &[RecordId]) -> Result<usize, CommandError> {
        let purged = self.hub.purge(self.device.organisation, records).map_err(unavailable)?;
        if purged > 0 {
            self.exchange()?;
        }
        Ok(purged)
    }
}
