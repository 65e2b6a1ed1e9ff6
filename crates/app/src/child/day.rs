//! A day at the door: each child's rows and lines, and what is alarming about them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

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
    list: Rc<List>,
}

/// Who may fetch whom, and which lines that are good for one time were used.
struct List {
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
        let rows = held.handovers((&day, &day))?.remove(&date).unwrap_or_default();
        Ok(Self { date, rows, list: Rc::new(List::of(&held, held.lines()?)?) })
    }

    /// The rows of a day that are about some children.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of_children(
        app: &App,
        campus: &Campus,
        date: NaiveDate,
        children: &[Uuid],
    ) -> Result<Self, CommandError> {
        let held = Rows { app, campus };
        let day = date.to_string();
        let (mut rows, mut lines) = (BTreeMap::new(), BTreeMap::new());
        for child in children {
            rows.insert(*child, held.handovers_of(*child, Some(&day))?);
            lines.insert(*child, held.lines_of(*child)?);
        }
        Ok(Self { date, rows, list: Rc::new(List::of(&held, lines)?) })
    }

    /// The days of some on which anything was written, the newest first; the list is read once.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of_days(app: &App, campus: &Campus, days: &BTreeSet<NaiveDate>) -> Result<Vec<Self>, CommandError> {
        let held = Rows { app, campus };
        let mut written = Vec::new();
        for (from, until) in spans(days) {
            written.extend(held.handovers((&from.to_string(), &until.to_string()))?);
        }
        if written.is_empty() {
            return Ok(Vec::new());
        }
        let list = Rc::new(List::of(&held, held.lines()?)?);
        written.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
        Ok(written.into_iter().map(|(date, rows)| Self { date, rows, list: Rc::clone(&list) }).collect())
    }

    /// The day of one child.
    pub(crate) fn of(&self, child: Uuid) -> ChildDay {
        ChildDay {
            rows: self.rows_of(child).to_vec(),
            lines: self.lines_of(child).iter().map(|(_, line)| line.clone()).collect(),
            once: self.list.once.get(&child).cloned().unwrap_or_default(),
        }
    }

    /// What was written of a child on the day.
    pub(crate) fn rows_of(&self, child: Uuid) -> &[Handover] {
        self.rows.get(&child).map_or(&[], Vec::as_slice)
    }

    /// The lines about a child, each with its record.
    pub(crate) fn lines_of(&self, child: Uuid) -> &[(ListedRecord, Authorisation)] {
        self.list.lines.get(&child).map_or(&[], Vec::as_slice)
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
        line.is_once && self.list.once.get(&line.child).is_some_and(|rows| rows.iter().any(is_use))
    }
}

impl List {
    fn of(held: &Rows<'_>, lines: BTreeMap<Uuid, Vec<(ListedRecord, Authorisation)>>) -> Result<Self, CommandError> {
        let mut once = BTreeMap::new();
        for (child, lines) in &lines {
            // Only who has such a line is asked of all days.
            if lines.iter().any(|(_, line)| line.is_once) {
                once.insert(*child, held.handovers_of(*child, None)?);
            }
        }
        Ok(Self { lines, once })
    }
}

/// Days as runs without a gap, each from its first to its last.
fn spans(days: &BTreeSet<NaiveDate>) -> Vec<(NaiveDate, NaiveDate)> {
    let mut spans: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(*day) => *last = *day,
            _ => spans.push((*day, *day)),
        }
    }
    spans
}

impl ChildDay {
    /// The day of one child alone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn load(app: &App, campus: &Campus, date: NaiveDate, child: Uuid) -> Result<Self, CommandError> {
        Ok(Day::of_children(app, campus, date, &[child])?.of(child))
    }

    /// What is alarming about it.
    pub(crate) fn alarms(&self, date: NaiveDate) -> Vec<Alarm> {
        alarms(&self.rows, &self.lines, &self.once, date)
    }
}
