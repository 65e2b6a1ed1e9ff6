//! Which papers there are for whom.
//!
//! A paper shows all rows of its days. So nobody gets one of which they may not see every row: a thinner page under the same title
//! would pass for the whole.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::permission::Permission;
use domain::register::{PlaceRule, Register, Right, Shape, all, hold_scope, register};
use domain::sheet::PeriodKind;
use domain::sight::{KindSight, RowRule, Rows};
use uuid::Uuid;

use super::meal::{MealPaper, sees_all};
use super::patrol::PatrolPaper;
use crate::campus::Campus;
use crate::entry::scopes;
use crate::sight::{Viewer, reads_report};

/// A paper that somebody gets.
pub(crate) struct Entry {
    /// Which.
    pub(crate) code: String,
    /// What it is made of.
    pub(crate) of: Subject,
    /// For how long it is made at a time.
    pub(crate) period: PeriodKind,
    /// How far the person sees its rows.
    pub(crate) reach: Reach,
    /// Whether it may be taken out as a file.
    pub(crate) may_export: bool,
}

/// What a paper is made of.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    /// The rows of a register.
    Register(&'static Register),
    /// The same as a grid.
    Grid(&'static Register),
    /// 隐患排查整改销号台账.
    Findings(Portion),
    /// The inspections of some days.
    Inspections(Portion),
    /// What was walked.
    Patrol(PatrolPaper),
    /// What was cooked and served.
    Meal(MealPaper),
    /// 报修单 of one finding.
    Repair(Uuid),
}

/// How much of what there is goes on a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Portion {
    /// All of it.
    All,
    /// What is about food: a report of its own, under a title of its own, for who looks over the kitchen.
    Food,
}

/// How far somebody sees the rows of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All of them.
    Whole,
    /// All from this day on, and those of these places of any day; at least one of the two says something.
    Part {
        /// The first day of which every row is seen.
        since: Option<NaiveDate>,
        /// The places of which every row is seen.
        places: BTreeSet<String>,
    },
}

impl Subject {
    /// What people call it.
    pub(crate) fn title(self) -> (String, String) {
        match self {
            Self::Register(register) => (register.zh.clone(), register.en.clone()),
            Self::Grid(register) => (format!("{}（表格）", register.zh), format!("{} (grid)", register.en)),
            Self::Findings(Portion::All) => both("隐患排查整改销号台账", "Findings, put right and closed"),
            Self::Findings(Portion::Food) => both("食品安全隐患整改台账", "Food safety findings, put right and closed"),
            Self::Inspections(Portion::All) => both("检查记录一览", "Inspections"),
            Self::Inspections(Portion::Food) => both("食品安全检查记录一览", "Food safety inspections"),
            Self::Patrol(paper) => paper.form().title.clone(),
            Self::Meal(paper) => paper.form().title.clone(),
            Self::Repair(_) => both("报修单", "Repair slip"),
        }
    }

    /// The scope in which its signed pages lie on a campus: the compartment of the register, or that of a part of its rows.
    pub(crate) fn paper_scope(self, campus: Uuid) -> Uuid {
        let hold = match self {
            Self::Register(register) | Self::Grid(register) => {
                register.hold.or_else(|| register.parts.iter().find_map(|part| part.hold))
            }
            Self::Findings(_) | Self::Inspections(_) | Self::Patrol(_) | Self::Meal(_) | Self::Repair(_) => None,
        };
        hold.map_or(campus, |hold| hold_scope(campus, hold))
    }

    /// The scopes in which its records lie; all where no campus is known.
    pub(crate) fn scopes(self, campus: &Campus) -> Vec<Uuid> {
        match self {
            Self::Register(register) | Self::Grid(register) => scopes(campus, register),
            Self::Findings(_) | Self::Inspections(_) | Self::Patrol(_) | Self::Meal(_) | Self::Repair(_) => {
                campus.id.into_iter().collect()
            }
        }
    }

    /// Whether it is told in a chat: a day sheet that lies in no compartment.
    pub(crate) fn has_text(self) -> bool {
        match self {
            Self::Register(register) => {
                register.hold.is_none() && register.paper.as_ref().is_some_and(|paper| paper.shape == Shape::Day)
            }
            // The sheet of a day is short; the others tell of each point.
            Self::Patrol(paper) => paper == PatrolPaper::Day,
            Self::Grid(_) | Self::Findings(_) | Self::Inspections(_) | Self::Meal(_) | Self::Repair(_) => false,
        }
    }

    /// Whether it can be made of one place alone.
    pub(crate) fn has_places(self) -> bool {
        match self {
            Self::Register(register) | Self::Grid(register) => matches!(register.place, Some(PlaceRule::Field(_))),
            Self::Findings(_) | Self::Inspections(_) | Self::Patrol(_) | Self::Meal(_) | Self::Repair(_) => false,
        }
    }

    /// Whether each of its days has a column.
    pub(crate) fn is_grid(self) -> bool {
        matches!(self, Self::Grid(_) | Self::Patrol(PatrolPaper::Month))
    }
}

/// The reports that no register declares.
const REPORTS: [(&str, Subject); 4] = [
    ("findings", Subject::Findings(Portion::All)),
    ("findings/food", Subject::Findings(Portion::Food)),
    ("inspections", Subject::Inspections(Portion::All)),
    ("inspections/food", Subject::Inspections(Portion::Food)),
];

/// The papers that somebody gets; `is_office` where it is the office that gives them.
pub(crate) fn catalogue(viewer: &Viewer, is_office: bool) -> Vec<Entry> {
    let codes = all().iter().flat_map(|register| {
        let grid = register.grid.as_ref().map(|grid| format!("{}/{}", register.kind, grid.code));
        register.paper.iter().map(|_| register.kind.clone()).chain(grid)
    });
    let codes = codes.chain(REPORTS.map(|(code, _)| code.to_owned()));
    let codes = codes.chain(PatrolPaper::ALL.map(|paper| paper.code().to_owned()));
    let codes = codes.chain(MealPaper::ALL.map(|paper| paper.code().to_owned()));
    codes.filter_map(|code| entry(viewer, &code, is_office)).collect()
}

/// One paper, where there is such a one for the person; those of single findings stand in no catalogue.
pub(crate) fn entry(viewer: &Viewer, code: &str, is_office: bool) -> Option<Entry> {
    if let Some(paper) = PatrolPaper::ALL.into_iter().find(|paper| paper.code() == code) {
        return of_patrols(viewer, paper);
    }
    if let Some(paper) = MealPaper::ALL.into_iter().find(|paper| paper.code() == code) {
        return of_meals(viewer, paper);
    }
    if let Some(finding) = finding_of(code) {
        let is_for = reads_report(viewer, "findings") && viewer.sight.may(Permission::SeeMoney);
        let (of, period, reach) = (Subject::Repair(finding), PeriodKind::One, Reach::Whole);
        return is_for.then(|| Entry { code: code.to_owned(), of, period, reach, may_export: true });
    }
    let report = REPORTS.into_iter().find(|(known, _)| *known == code);
    let (of, period, reach, may_export) = match report {
        Some((code, of)) if reads_report(viewer, code) => (of, PeriodKind::Month, Reach::Whole, true),
        Some(_) => return None,
        None => {
            let (kind, grid) = code.split_once('/').map_or((code, None), |(kind, grid)| (kind, Some(grid)));
            let register = register(kind)?;
            let paper = register.paper.as_ref()?;
            if paper.reader.is_some_and(|reader| !viewer.sight.may(reader)) {
                return None;
            }
            let (of, period) = match (grid, &register.grid) {
                (None, _) => (Subject::Register(register), PeriodKind::of(register)),
                (Some(code), Some(grid)) if grid.code == code => (Subject::Grid(register), grid_period(&grid.per)),
                (Some(_), _) => return None,
            };
            let may_export = viewer.sight.may_export(register) && register.leaves_by(is_office);
            (of, period, reach(viewer, viewer.sight.rows(register, Right::See))?, may_export)
        }
    };
    Some(Entry { code: code.to_owned(), of, period, reach, may_export })
}

/// The finding that a code asks for a slip of: it stands behind the word.
fn finding_of(code: &str) -> Option<Uuid> {
    code.strip_prefix("repair/")?.parse().ok()
}

/// Whether somebody gets this paper, of some days or places at least.
pub(crate) fn is_for(viewer: &Viewer, code: &str) -> bool {
    entry(viewer, code, false).is_some()
}

/// Whether somebody gets this paper of days that begin with `from` and of this place.
pub(crate) fn gets(viewer: &Viewer, code: &str, from: Option<NaiveDate>, place: Option<&str>) -> Option<Entry> {
    // How a paper leaves makes no difference to who reads it.
    entry(viewer, code, false).filter(|entry| entry.reach.covers(from, place))
}

fn both(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

fn grid_period(per: &[String]) -> PeriodKind {
    if per.iter().any(|per| per == "week") { PeriodKind::Week } else { PeriodKind::Month }
}

/// A paper of patrols, for who sees all runs of some days.
fn of_patrols(viewer: &Viewer, paper: PatrolPaper) -> Option<Entry> {
    let form = paper.form();
    let seen = viewer.sight.records(KindSight::of(crate::patrol::KIND)?, &[]);
    Some(Entry {
        code: form.code.clone(),
        of: Subject::Patrol(paper),
        period: form.period,
        reach: reach(viewer, seen)?,
        may_export: viewer.sight.may(Permission::SeeReports),
    })
}

/// A paper of meals, for who sees everything that it is made of.
fn of_meals(viewer: &Viewer, paper: MealPaper) -> Option<Entry> {
    let may_export = viewer.sight.may(Permission::SeeReports);
    let (code, of, period) = (paper.code().to_owned(), Subject::Meal(paper), paper.form().period);
    sees_all(viewer).then_some(Entry { code, of, period, reach: Reach::Whole, may_export })
}

/// How far somebody sees all of the rows; none where no page of them would be whole.
fn reach(viewer: &Viewer, rows: Rows) -> Option<Reach> {
    let rules = match rows {
        Rows::None => return None,
        Rows::All => return Some(Reach::Whole),
        Rows::Where(rules) => rules,
    };
    let is_of_all = |rule: &&RowRule| !rule.is_mine && !rule.is_about_me && !rule.is_open;
    let (mut since, mut places): (Option<NaiveDate>, BTreeSet<String>) = (None, BTreeSet::new());
    for rule in rules.iter().filter(is_of_all) {
        match (&rule.places, rule.days) {
            (Some(own), None) => places.extend(own.iter().cloned()),
            (None, Some(days)) => {
                let first = viewer.today.checked_sub_days(Days::new(u64::from(days.saturating_sub(1))));
                since = since.into_iter().chain(first).min();
            }
            // Both at once reach no whole page of an older day, and both none was told as all rows.
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
    (since.is_some() || !places.is_empty()).then_some(Reach::Part { since, places })
}

impl Reach {
    /// Whether every row from this day on, of this place or of all, is seen.
    pub(crate) fn covers(&self, from: Option<NaiveDate>, place: Option<&str>) -> bool {
        match self {
            Self::Whole => true,
            Self::Part { since, places } => {
                since.is_some_and(|since| from.is_some_and(|from| since <= from))
                    || place.is_some_and(|place| places.contains(place))
            }
        }
    }
}
