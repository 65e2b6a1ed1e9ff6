//! What nobody saw, since it became alarming when the rows of two tablets met, is found by the office: it hears of all of them.

use causal::RecordId;
use domain::child::Alarm;
use replica::Presence;
use uuid::Uuid;

use crate::app::App;
use crate::campus::campuses;
use crate::child::{Day, days_to_raise, found_by_alarm};
use crate::entry::{Entry, finding};
use crate::error::CommandError;
use crate::load::if_readable;

/// The kinds by which something may become alarming.
const OF_THE_DOOR: [&str; 2] = ["child_handover", "pickup_authorisation"];

impl App {
    /// Whether something may have become alarming by records of these kinds.
    pub fn may_alarm<'k>(mut kinds: impl Iterator<Item = &'k str>) -> bool {
        kinds.any(|kind| OF_THE_DOOR.contains(&kind))
    }

    /// Writes the findings that nobody has written of what is alarming and was not answered; how many.
    ///
    /// `heard` are records that came since the last look, none where nobody knows which: a row of a tablet that was away for long is
    /// looked at on its own day.
    ///
    /// # Errors
    /// When the store cannot be read or written; it is tried again the next time.
    pub fn raise_alarms(&self, heard: Option<&[RecordId]>) -> Result<usize, CommandError> {
        let mut raised = 0;
        for campus in campuses(self)? {
            let days = days_to_raise(self, crate::people::today(self, &campus), heard)?;
            for day in Day::of_days(self, &campus, &days)? {
                let children: Vec<Uuid> = day.written().collect();
                for alarm in children.into_iter().flat_map(|child| day.alarms(child)) {
                    raised += usize::from(self.raise(&alarm)?);
                }
            }
        }
        Ok(raised)
    }

    fn raise(&self, alarm: &Alarm) -> Result<bool, CommandError> {
        let Some(((_, id), row)) = found_by_alarm(alarm).zip(alarm.rows.last()) else { return Ok(false) };
        if self.store().presence(id)? != Presence::Absent {
            return Ok(false);
        }
        let Some(entry) = if_readable(Entry::load(self, RecordId(*row)))? else { return Ok(false) };
        let saves = finding::after(self, &entry, &entry.folded)?;
        let is_raised = !saves.is_empty();
        self.store().save_all(saves)?;
        Ok(is_raised)
    }
}
