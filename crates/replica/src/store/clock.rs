//! What the store knows of the time, for all processes that have it open.

use std::collections::BTreeMap;

use domain::checked_time::{CheckedTime, ClockKnowledge, Contradiction, ServerTime, VouchError};
use domain::time::UtcMillis;

use causal::RecordId;
use rusqlite::Connection;

use super::{Held, Store, StoreError, held, meta};

const CLOCK: &str = "clock";

impl Store {
    /// 2025-09-01: no right clock shows less than the time at which this program was begun.
    pub const EARLIEST_TIME: UtcMillis = UtcMillis(1_756_684_800_000);

    /// The time, and how far it can be relied on.
    ///
    /// What cannot be read now counts as not known: then the wall clock is taken as it is, and as unchecked.
    pub fn time(&self) -> CheckedTime {
        let reading = self.ports.clock.reading();
        if self.ports.clock.is_vouched() {
            return CheckedTime::vouched(reading);
        }
        self.clock_knowledge().unwrap_or_default().judge(reading)
    }

    /// The same, as a transaction that writes sees it.
    pub(super) fn time_in(&self, connection: &Connection) -> Result<CheckedTime, StoreError> {
        let reading = self.ports.clock.reading();
        if self.ports.clock.is_vouched() {
            return Ok(CheckedTime::vouched(reading));
        }
        let knowledge: Option<ClockKnowledge> = meta::get_meta(connection, CLOCK)?;
        Ok(knowledge.unwrap_or_default().judge(reading))
    }

    /// Since when records are held here; those whose age has not to be proved, and those that are not here, are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn held(&self, ids: &[RecordId]) -> Result<BTreeMap<RecordId, Held>, StoreError> {
        held::since(&self.read(), ids, self.ports.clock.steady())
    }

    /// Counts on what the steady clock has gone, at most once a minute, so that the age of what is held can be proved.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn count_steady(&self) -> Result<(), StoreError> {
        let now = self.ports.clock.steady();
        if self.is_read_only() || !held::is_due(&self.read(), now)? {
            return Ok(());
        }
        self.write(|txn| held::count_on(txn, now))
    }

    /// That the server contradicts itself about the time, while it does.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn clock_contradiction(&self) -> Result<Option<Contradiction>, StoreError> {
        Ok(self.clock_knowledge()?.contradiction(self.ports.clock.reading()))
    }

    /// Takes the word of a person who was shown, or has entered, the weekday, the date and the minute.
    ///
    /// # Errors
    /// When the file cannot be written; and within, when the word is not taken.
    pub fn vouch_for_time(&self, time: UtcMillis) -> Result<Result<(), VouchError>, StoreError> {
        let reading = self.ports.clock.reading();
        self.write(|txn| {
            let mut knowledge: ClockKnowledge = meta::get_meta(txn, CLOCK)?.unwrap_or_default();
            let vouched = knowledge.vouch(reading, time, Self::EARLIEST_TIME);
            if vouched.is_ok() {
                meta::set_meta(txn, CLOCK, &knowledge)?;
            }
            Ok(vouched)
        })
    }

    /// Takes what an answer of the store's own server says of the time; writes only what is new.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn hear_server_time(&self, answer: ServerTime) -> Result<(), StoreError> {
        let reading = self.ports.clock.reading();
        if self.ports.clock.is_vouched() || !self.clock_knowledge()?.hear_server(reading, answer, Self::EARLIEST_TIME) {
            return Ok(());
        }
        self.write(|txn| {
            // Another process may have heard it meanwhile.
            let mut knowledge: ClockKnowledge = meta::get_meta(txn, CLOCK)?.unwrap_or_default();
            if knowledge.hear_server(reading, answer, Self::EARLIEST_TIME) {
                meta::set_meta(txn, CLOCK, &knowledge)?;
            }
            Ok(())
        })
    }

    fn clock_knowledge(&self) -> Result<ClockKnowledge, StoreError> {
        Ok(meta::get_meta(&self.read(), CLOCK)?.unwrap_or_default())
    }
}
