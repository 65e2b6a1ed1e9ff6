//! A day at the door: each child's rows and lines, and what is alarming about them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::child::{Alarm, Authorisation, Handover, alarms};
use replica::ListedRecord;
use uuid::Uuid;

use super::rows::Rows;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;

/// One day, as this device has it.
pub(crate) struct Day {
    date: NaiveDate,
    rows: BTreeMap<Uuid, Vec<Handover>>,
    lines: BTreeMap<Uuid, Vec<(ListedRecord, Authorisation)>>,
    once: BTreeMap<Uuid, Vec<Handover>>,
}

/// One child's day.
#[derive(Default)]
pub(crate) struct ChildDay {
    /// What was written of it on the day.
    pub(crate) rows: Vec<Handover>,
    /// Who may fetch it, and who must not.
    pub(crate) lines: Vec<Authorisation>,
    /// Its releases of any day, where some line is good for one time.
    pub(crate) once: Vec<Handover>,
}

impl Day {
    /// The rows of a day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn load(app: &App, campus: &Campus, date: NaiveDate) -> Result<Self, CommandError> {
        let held = Rows { app, campus };
        let day = date.to_string();
        let (rows, lines) = (held.handovers((&day, &day))?, held.lines()?);
        let mut once = BTreeMap::new();
        for (child, lines) in &lines {
            // Only who has such a line is asked of all days.
            if lines.iter().any(|(_, line)| line.is_once) {
                once.insert(*child, held.handovers_of(*child, None)?);
            }
        }
        Ok(Self { date, rows, lines, once })
    }

    /// The day of one child.
    pub(crate) fn of(&self, child: Uuid) -> ChildDay {
        ChildDay {
            rows: self.rows.get(&child).cloned().unwrap_or_default(),
            lines: self.lines_of(child).iter().map(|(_, line)| line.clone()).collect(),
            once: self.once.get(&child).cloned().unwrap_or_default(),
        }
    }

    /// The lines about a child, each with its record.
    pub(crate) fn lines_of(&self, child: Uuid) -> &[(ListedRecord, Authorisation)] {
        self.lines.get(&child).map_or(&[], Vec::as_slice)
    }

    /// The day that it is.
    pub(crate) fn date(&self) -> NaiveDate {
        self.date
    }

    /// The children of whom something was written.
    pub(crate) fn written(&self) -> impl Iterator<Item = Uuid> {
        self.rows.keys().copied()
    }

    /// What is alarming about a child's day.
    pub(crate) fn alarms(&self, child: Uuid) -> Vec<Alarm> {
        self.of(child).alarms(self.date)
    }

    /// Whether a line that is good for one time was used, on any day.
    pub(crate) fn is_used(&self, line: &Authorisation) -> bool {
        let is_use = |row: &Handover| row.is_release() && row.adult == Some(line.id);
        line.is_once && self.once.get(&line.child).is_some_and(|rows| rows.iter().any(is_use))
    }
}

impl ChildDay {
    /// The day of one child alone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn load(app: &App, campus: &Campus, date: NaiveDate, child: Uuid) -> Result<Self, CommandError> {
        let held = Rows { app, campus };
        let lines = held.lines_of(child)?;
        let once = if lines.iter().any(|line| line.is_once) { held.handovers_of(child, None)? } else { Vec::new() };
        Ok(Self { rows: held.handovers_of(child, Some(&date.to_string()))?, lines, once })
    }

    /// What is alarming about it.
    pub(crate) fn alarms(&self, date: NaiveDate) -> Vec<Alarm> {
        alarms(&self.rows, &self.lines, &self.once, date)
    }
}
