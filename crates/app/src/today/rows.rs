//! Rows of registers that wait for somebody: what is due, what ends soon, what stands open.

use chrono::Days;
use domain::field::Language;
use domain::kind::Class;
use domain::register::{Register, Right, Tone, all, days_ahead, days_left, tone_of_days};
use domain::time::{UtcMillis, day_bounds};
use replica::{ListedRecord, Listing, Order, Visible};

use super::meant::Meant;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::dto::phrase::Phrase;
use crate::dto::today::WaitingRow;
use crate::entry::kin::Kin;
use crate::entry::naming::Naming;
use crate::entry::{is_newer, scopes};
use crate::error::CommandError;
use crate::sight::{Viewer, open_stages};

/// So many rows of one register are looked at: what is due first comes first.
const MOST_OF_ONE: u64 = 50;
/// So many of one whose rows are in force for a time: which of them counts is told by all of them.
const MOST_IN_FORCE: u64 = 5_000;
/// What stands open without a time is shown for so many days before today.
const DAYS_OPEN: u64 = 2;

/// The rows that wait for the person who works, their own work first, what is due first first: those that they may write, and those
/// that they have to see to. With `everybody`, all that they see.
pub(crate) fn waiting(
    app: &App,
    naming: &Naming<'_>,
    everybody: bool,
    now: UtcMillis,
) -> Result<Vec<WaitingRow>, CommandError> {
    let campus = naming.campus;
    let meant = Meant::of_who_works(app, naming).filter(|_| !everybody);
    let scene = Scene { app, naming, campus, viewer: naming.viewer, kin: Kin::new(app, campus), meant, now };
    let mut rows = Vec::new();
    for register in all() {
        for found in scene.found(register, everybody)? {
            rows.extend(scene.row(register, &found));
        }
    }
    // What has no time of its own stands behind what has.
    rows.sort_by_key(|row| (!row.mine, row.due.unwrap_or(i64::MAX), row.id));
    Ok(rows)
}

struct Scene<'a> {
    app: &'a App,
    naming: &'a Naming<'a>,
    campus: &'a Campus,
    viewer: &'a Viewer,
    kin: Kin<'a>,
    /// Whose work it is; none where all of it is asked for.
    meant: Option<Meant<'a>>,
    now: UtcMillis,
}

impl Scene<'_> {
    fn found(&self, register: &Register, everybody: bool) -> Result<Vec<ListedRecord>, CommandError> {
        let stages = open_stages(register);
        let seen = self.viewer.visible(register, Right::See);
        if stages.is_empty() || seen.is_none() {
            return Ok(Vec::new());
        }
        let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
        let scopes = scopes(self.campus, register);
        let (first, last) = self.days();
        let listing = Listing {
            kind: &register.kind,
            scopes: &scopes,
            stages: &stages,
            days: register.dues.is_empty().then_some((first.as_str(), last.as_str())),
            due_before: (!register.dues.is_empty()).then(|| self.horizon(register)),
            order: Order::Due,
            limit: if register.valid.is_some() { MOST_IN_FORCE } else { MOST_OF_ONE },
            ..Listing::default()
        };
        let written = if everybody { seen.clone() } else { both(&seen, &self.viewer.visible(register, Right::Write)) };
        let mut found = match written.is_none() {
            true => Vec::new(),
            false => self.app.store().find(&Listing { visible: Some(&written), ..listing.clone() })?,
        };
        if let Some(me) = self.viewer.person.as_deref().filter(|_| !everybody && !register.assignees.is_empty()) {
            let mine = self.app.store().find(&Listing { visible: Some(&seen), assignee: Some(me), ..listing })?;
            let is_new = |row: &ListedRecord| found.iter().all(|known| known.id != row.id);
            let mine: Vec<ListedRecord> = mine.into_iter().filter(is_new).collect();
            found.extend(mine);
        }
        found.retain(|found| !is_newer(&found.doc));
        Ok(found)
    }

    /// The days in which what has no time of its own stands open.
    fn days(&self) -> (String, String) {
        let first = self.viewer.today.checked_sub_days(Days::new(DAYS_OPEN)).unwrap_or(self.viewer.today);
        (first.to_string(), self.viewer.today.to_string())
    }

    /// Before when something must be due to be spoken of: by the end of today, or long before for what ends on a day and takes time.
    fn horizon(&self, register: &Register) -> i64 {
        let ahead = if ends_on_a_day(register) { days_ahead(&self.campus.settings) } else { 0 };
        let last = self.viewer.today.checked_add_days(Days::new(ahead)).unwrap_or(self.viewer.today);
        day_bounds(last, self.campus.calendar.zone).1.0
    }

    fn row(&self, register: &Register, found: &ListedRecord) -> Option<WaitingRow> {
        let (tone, note) = self.time(register, found)?;
        let stage = found.stage.as_deref().and_then(|stage| register.stage(stage));
        Some(WaitingRow {
            id: found.id.0,
            kind: register.kind.clone(),
            register: Phrase::new(register.zh.clone(), register.en.clone()),
            title: self.naming.title(register, &found.doc),
            stage: stage.map(|stage| Phrase::new(stage.zh.clone(), stage.en.clone())),
            due: found.due,
            overdue: found.due.is_some_and(|due| due < self.now.0),
            tone: tone.into(),
            note,
            assignee: found.assignee.as_deref().map(|person| self.naming.names.person(person)),
            place: found.place.as_deref().and_then(|place| self.naming.names.name(place)),
            mine: self.meant.as_ref().is_none_or(|meant| meant.waits(register, found)),
        })
    }

    /// How the time of a row looks, and what it says in days; none for a row that is not to be spoken of.
    fn time(&self, register: &Register, found: &ListedRecord) -> Option<(Tone, Option<Phrase>)> {
        let Some(due) = found.due else { return Some((Tone::Calm, None)) };
        if !ends_on_a_day(register) {
            return Some((if due < self.now.0 { Tone::Over } else { Tone::Now }, None));
        }
        if register.valid.is_some() && register.hooks().next().is_some() {
            return self.in_force(register, found);
        }
        let day = UtcMillis(due).local(self.campus.calendar.zone).date();
        let left = day.signed_duration_since(self.viewer.today).num_days();
        let (tone, _) = tone_of_days(left, &self.campus.settings);
        let said = || Phrase::new(days_left(left, Language::Zh), days_left(left, Language::En));
        (tone != Tone::Calm).then(|| (tone, Some(said())))
    }

    /// The same of what is in force for a time, such as a certificate: of several the one that counts.
    fn in_force(&self, register: &Register, found: &ListedRecord) -> Option<(Tone, Option<Phrase>)> {
        self.kin.of_all(register);
        let about = register.about.as_deref().and_then(|name| text(&found.doc, name));
        let worked = self.kin.of_stored(register, found.id, about);
        let (field, worked) = worked.into_iter().find(|(_, worked)| !matches!(worked.tone, Tone::Calm | Tone::Past))?;
        Some((worked.tone, self.naming.value(register, &field.name, &worked.value)))
    }
}

/// Whether what a register has due ends on a day, and takes time to be renewed: certificates, inspections by the authority.
fn ends_on_a_day(register: &Register) -> bool {
    register.valid.is_some() || register.class == Class::Master
}

/// The rows for which both hold.
fn both(one: &Visible, other: &Visible) -> Visible {
    let pairs = one.0.iter().flat_map(|one| other.0.iter().map(move |other| [one.as_slice(), other].concat()));
    Visible(pairs.collect())
}
