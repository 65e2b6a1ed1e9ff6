//! Making a paper that somebody asks for.

use chrono::NaiveDate;
use domain::field::{Language, Speech};
use domain::register::Register;
use domain::sheet::{Expected, MOST_DAYS, Making, PeriodKind, Sheet, gaps, grid_sheet, register_sheet};
use domain::sight::Sight;
use uuid::Uuid;
use wire::ProblemType;

use super::catalogue::{Entry, Reach, Subject, entry};
use super::order::{Masking, Order};
use super::rows::{Query, areas, others, rows};
use super::signed::{SignedPaper, holds};
use super::source::{is_office, known_until};
use super::{findings, inspections, meal, patrol, repair};
use crate::app::App;
use crate::campus::Campus;
use crate::entry::naming::Naming;
use crate::error::CommandError;
use crate::exports::Progress;
use crate::names::Names;
use crate::sight::Viewer;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// Which paper.
    pub(crate) code: String,
    /// The first day; with neither day, the period of the paper that today lies in.
    pub(crate) from: Option<String>,
    /// The last day.
    pub(crate) to: Option<String>,
    /// Only the rows of this place.
    pub(crate) place: Option<Uuid>,
    /// The campus; that of this device when left out.
    pub(crate) campus: Option<Uuid>,
    /// The language that it is written in.
    pub(crate) language: Language,
    /// What of its fields is masked.
    pub(crate) masking: Masking,
}

/// A paper may be of so many days.
const MOST_OF_A_PERIOD: i64 = 400;

/// What is asked for, once it is known that the person gets it.
pub(crate) struct Checked {
    /// Its campus.
    pub(crate) campus: Campus,
    /// Who asks.
    pub(crate) viewer: Viewer,
    /// Which paper.
    pub(crate) entry: Entry,
    /// Its days; none for everything that is on file.
    days: Option<(NaiveDate, NaiveDate)>,
    /// Its place, where it is of one.
    place: Option<String>,
}

/// A paper that was made.
pub(crate) struct Made {
    /// The paper.
    pub(crate) sheet: Sheet,
    /// Its campus.
    pub(crate) campus: Campus,
    /// What of it was signed; none where no campus is known, and nothing can be signed.
    pub(crate) signed: Option<SignedPaper>,
}

/// Looks whether the person who works gets the paper; nothing of it is read yet.
///
/// # Errors
/// `not-found` where there is none for the person; `not-allowed` where they see some of its rows, but not all of these days and this
/// place; `bad-arguments`.
pub(crate) fn check(app: &App, wanted: &Wanted) -> Result<Checked, CommandError> {
    let campus = Campus::named_or_here(app, wanted.campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let entry = entry(&viewer, &wanted.code, is_office(app)).ok_or_else(|| absent(&wanted.code))?;
    check_held(app, &campus, entry.of)?;
    let days = days(wanted, &entry, &viewer)?;
    let place = wanted.place.map(|place| place.to_string());
    if place.is_some() && !entry.of.has_places() {
        return Err(CommandError::bad_argument("where", "this paper is not of one place"));
    }
    check_reach(&entry, days, place.as_deref())?;
    Ok(Checked { campus, viewer, entry, days, place })
}

/// The paper, for the person who works.
///
/// # Errors
/// Those of [`check`]; `limit-exceeded` where it has too many rows.
pub(crate) fn make(app: &App, wanted: &Wanted) -> Result<Made, CommandError> {
    make_watched(app, wanted, &Progress::default())
}

/// The same, row by row before the eyes of whoever waits for it.
///
/// # Errors
/// Those of [`make`]; that it was stopped.
pub(super) fn make_watched(app: &App, wanted: &Wanted, progress: &Progress) -> Result<Made, CommandError> {
    let Checked { campus, viewer, entry, days, place } = check(app, wanted)?;
    let names = Names::new(app);
    let order = Order {
        app,
        names: &names,
        campus: &campus,
        viewer: &viewer,
        code: entry.code,
        of: entry.of,
        days,
        place,
        language: wanted.language,
        masking: wanted.masking,
        progress,
    };
    let mut sheet = order.sheet()?;
    let signed = SignedPaper::load(&order, &mut sheet)?;
    Ok(Made { sheet, signed, campus })
}

/// The one refusal of a paper that there is not, and of one that is not for the person.
fn absent(code: &str) -> CommandError {
    CommandError::not_found(format_args!("there is no paper {code} here")).field("sheet")
}

/// Refuses a paper of a campus or a compartment that this device does not hold: it would be empty, and pass for the whole.
fn check_held(app: &App, campus: &Campus, of: Subject) -> Result<(), CommandError> {
    let held = app.store().enrolment()?.and_then(|enrolment| enrolment.scopes);
    if holds(held.as_deref(), &of.scopes(campus)) {
        return Ok(());
    }
    Err(CommandError::not_found("this device does not hold what the paper is made of").field("campus"))
}

fn check_reach(entry: &Entry, days: Option<(NaiveDate, NaiveDate)>, place: Option<&str>) -> Result<(), CommandError> {
    if entry.reach.covers(days.map(|(from, _)| from), place) {
        return Ok(());
    }
    let field = match &entry.reach {
        Reach::Part { places, .. } if !places.is_empty() => "where",
        _ => "from",
    };
    let message = "not every row of these days and this place is to be seen, and a paper is whole or is none";
    Err(CommandError::new(ProblemType::NotAllowed, message).field(field))
}

/// The days that are asked for, checked; none for everything that is on file.
fn days(wanted: &Wanted, entry: &Entry, viewer: &Viewer) -> Result<Option<(NaiveDate, NaiveDate)>, CommandError> {
    let checked = |name: &str, day: &Option<String>| match day.as_deref().map(str::parse::<NaiveDate>) {
        None => Ok(None),
        Some(Ok(day)) => Ok(Some(day)),
        Some(Err(_)) => Err(CommandError::bad_argument(name, format_args!("{name} is a day such as 2026-09-01"))),
    };
    let (from, to) = match (checked("from", &wanted.from)?, checked("to", &wanted.to)?) {
        (None, None) => return Ok(entry.period.around(viewer.today)),
        _ if entry.period == PeriodKind::One => {
            return Err(CommandError::bad_argument("from", "this paper has no days"));
        }
        (Some(from), Some(to)) => (from, to),
        (Some(day), None) | (None, Some(day)) => (day, day),
    };
    if to < from {
        return Err(CommandError::bad_argument("to", "the last day comes before the first"));
    }
    let most = if entry.of.is_grid() { MOST_DAYS as i64 } else { MOST_OF_A_PERIOD };
    if (to - from).num_days() >= most {
        return Err(CommandError::bad_argument("to", format_args!("this paper is of {most} days at most")));
    }
    Ok(Some((from, to)))
}

fn of_register(order: &Order<'_>, register: &'static Register, is_grid: bool) -> Result<Sheet, CommandError> {
    let (app, campus, viewer) = (order.app, order.campus, order.viewer);
    let query = Query { days: order.days, place: order.place.as_deref() };
    let (rows, newer) = rows(order, register, &query)?;
    let naming = Naming::new(app, order.names, campus, viewer);
    let language = order.language;
    let name = |kind: &str, id: &str| naming.name(kind, id, language);
    let speech = Speech { language, zone: campus.calendar.zone, name: &name };
    let sight = match order.masking {
        Masking::Page => Sight::of_paper(register.paper.as_ref().and_then(|paper| paper.reader)),
        Masking::All => Sight::of_paper(None),
        Masking::Own => viewer.sight.clone(),
    };
    let making = Making { register, speech, sight: &sight, source: order.source()?, newer };
    let mut gaps_until = None;
    let mut missing = Vec::new();
    if let Some((from, until)) = order.known_days(register)? {
        let others = others(app, campus, register, (from, until))?;
        let areas = |sort: &str| areas(app, campus, sort);
        missing = gaps(&Expected {
            register,
            rows: &rows,
            others: &others,
            from,
            until,
            calendar: &campus.calendar,
            served: &campus.served,
            areas: &areas,
            place: order.place.as_deref(),
            speech,
        });
        gaps_until = Some(until);
    }
    let sheet = if is_grid {
        let days: Vec<NaiveDate> = match order.days {
            Some((from, to)) => from.iter_days().take_while(|day| *day <= to).collect(),
            None => Vec::new(),
        };
        grid_sheet(&making, &rows, &days, &missing).ok_or_else(|| absent(&register.kind))?
    } else {
        register_sheet(&making, &rows)
    };
    Ok(Sheet { gaps: missing, gaps_until, ..sheet })
}

impl Order<'_> {
    /// The sheet.
    pub(super) fn sheet(&self) -> Result<Sheet, CommandError> {
        match self.of {
            Subject::Register(register) => of_register(self, register, false),
            Subject::Grid(register) => of_register(self, register, true),
            Subject::Findings(portion) => findings::sheet(self, portion),
            Subject::Inspections(portion) => inspections::sheet(self, portion),
            Subject::Patrol(paper) => patrol::sheet(self, paper),
            Subject::Meal(paper) => meal::sheet(self, paper),
            Subject::Repair(finding) => repair::sheet(self, finding),
        }
    }

    /// The days on which something may be found missing; none where nothing is expected, or nothing is known of them yet.
    fn known_days(&self, register: &Register) -> Result<Option<(NaiveDate, NaiveDate)>, CommandError> {
        let Some((from, to)) = self.days.filter(|_| !register.expects.is_empty()) else { return Ok(None) };
        let until = known_until(self.app, self.campus, self.viewer)?.map(|known| known.min(to));
        Ok(until.filter(|until| from <= *until).map(|until| (from, until)))
    }
}
