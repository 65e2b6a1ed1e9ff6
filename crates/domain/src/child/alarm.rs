//! What is alarming about who left with whom: relations between rows, worked out wherever they are shown.

use chrono::NaiveDate;
use uuid::Uuid;

use super::authorisation::{Authorisation, Stands, adult_key};
use super::handover::Handover;

/// What is alarming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmCode {
    /// The child went with somebody who must not fetch it.
    Forbidden,
    /// It went by an authorisation that had been revoked.
    Revoked,
    /// It left twice, and nobody wrote that it came back between.
    Twice,
    /// It went by one that was good for one time and had been used.
    OnceUsed,
    /// It went with somebody who was not on the list that day.
    Unlisted,
    /// It left, and nobody wrote that it came.
    NotArrived,
}

impl AlarmCode {
    /// The code in a call.
    pub fn code(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Revoked => "revoked",
            Self::Twice => "twice",
            Self::OnceUsed => "once_used",
            Self::Unlisted => "unlisted",
            Self::NotArrived => "not_arrived",
        }
    }
}

/// Something alarming about a child's day; it stands until each of its rows has been answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// What it is.
    pub code: AlarmCode,
    /// The child.
    pub child: Uuid,
    /// The rows that it follows from, by id.
    pub rows: Vec<Uuid>,
    /// Whether somebody has to act at once; else it is to be looked at.
    pub is_red: bool,
    /// Whether each of its rows was answered: a row that comes later is not, and the alarm stands again.
    pub is_answered: bool,
}

/// What is alarming about one child's day.
///
/// `rows` are those of the child on `day`, `list` all lines about the child, `once` its releases of any day, by which an authorisation
/// that is good for one time may have been used. Void rows alarm nobody.
///
/// Law: the order of the rows and of the list does not matter, and no further row takes an alarm away but by answering it, coming
/// between, or being void.
pub fn alarms(rows: &[Handover], list: &[Authorisation], once: &[Handover], day: NaiveDate) -> Vec<Alarm> {
    let mut releases: Vec<&Handover> = rows.iter().filter(|row| row.is_release()).collect();
    releases.sort_by_key(|row| (row.at, row.id));
    releases.dedup_by_key(|row| row.id);
    let mut found = Vec::new();
    let mut add = |code, rows: &[&Handover], is_red| found.extend(alarm(code, rows, is_red));
    for run in runs(&releases, rows) {
        add(AlarmCode::Twice, &run, true);
    }
    for &release in &releases {
        let line =
            release.adult.and_then(|adult| list.iter().find(|line| line.id == adult && line.child == release.child));
        let stands = line.map(|line| line.on(day, release.at));
        if stands == Some(Stands::Forbidden) || is_banned_by_name(release, list, day) {
            add(AlarmCode::Forbidden, &[release], true);
        } else if stands == Some(Stands::Revoked) {
            add(AlarmCode::Revoked, &[release], true);
        } else if stands != Some(Stands::Good) {
            add(AlarmCode::Unlisted, &[release], !release.has_call);
        }
        if let Some(line) = line.filter(|line| line.is_once) {
            let mut uses: Vec<&Handover> = once.iter().chain(rows).collect();
            uses.retain(|row| row.is_release() && row.adult == Some(line.id));
            uses.sort_by_key(|row| (row.at, row.id));
            uses.dedup_by_key(|row| row.id);
            if uses.len() > 1 {
                add(AlarmCode::OnceUsed, &uses, true);
            }
        }
        let is_after = |row: &&Handover| row.is_arrival() && row.at <= release.at;
        if !rows.iter().any(|row| is_after(&row)) {
            add(AlarmCode::NotArrived, &[release], false);
        }
    }
    found.sort_by(|a: &Alarm, b| (a.code, &a.rows).cmp(&(b.code, &b.rows)));
    found.dedup();
    found
}

/// Releases that follow each other without a coming strictly between, two at least.
fn runs<'r>(releases: &[&'r Handover], rows: &[Handover]) -> Vec<Vec<&'r Handover>> {
    let came_between = |one: &Handover, other: &Handover| {
        rows.iter().any(|row| row.is_arrival() && one.at < row.at && row.at < other.at)
    };
    let mut runs: Vec<Vec<&Handover>> = Vec::new();
    for &release in releases {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| !came_between(last, release)) => run.push(release),
            _ => runs.push(vec![release]),
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// Whether a child went with somebody off the list who is called as somebody who must not fetch it.
fn is_banned_by_name(release: &Handover, list: &[Authorisation], day: NaiveDate) -> bool {
    let name = release.other.as_deref().map(adult_key).filter(|name| !name.is_empty());
    name.is_some_and(|name| {
        let mut of_child = list.iter().filter(|line| line.child == release.child);
        of_child.any(|line| line.on(day, release.at) == Stands::Forbidden && adult_key(&line.name) == name)
    })
}

fn alarm(code: AlarmCode, rows: &[&Handover], is_red: bool) -> Option<Alarm> {
    let child = rows.first()?.child;
    let mut ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    Some(Alarm { code, child, rows: ids, is_red, is_answered: rows.iter().all(|row| row.is_answered) })
}
