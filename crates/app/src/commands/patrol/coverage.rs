//! What was covered, by day and window.

use chrono::NaiveDate;
use domain::patrol::{MissedPoint, WindowNil, WindowState};
use domain::route::Checkpoint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::due::{checked_day, people_who_see};
use crate::app::App;
use crate::campus::Campus;
use crate::dto::patrol::{KeyArea, RunCoverage};
use crate::error::CommandError;
use crate::names::Names;
use crate::patrol::{Covered, Facts, RouteFacts, covered, key_areas, numbers, runs_of};
use crate::people;

/// Arguments of `patrol.coverage`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The first business day, `YYYY-MM-DD`.
    from: String,
    /// The last one; at most 366 days.
    to: String,
    /// Only this route.
    #[serde(default)]
    route: Option<Uuid>,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// What was covered.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolCoverage")]
pub(super) struct Coverage {
    /// The windows that were due, by the time at which they begin.
    rows: Vec<Row>,
    /// The key areas by day; left out where one route is asked for, since others walk there, too.
    days: Vec<Day>,
}

/// A window of a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolCoverageRow")]
pub(super) struct Row {
    /// The business day, `YYYY-MM-DD`.
    day: String,
    /// The route.
    route: String,
    /// What it is called.
    route_name: String,
    /// The window.
    window: String,
    /// What it is called.
    window_name: String,
    /// When it begins, ms since 1970 UTC.
    from: i64,
    /// When it is over, ms since 1970 UTC.
    to: i64,
    /// How many points there are.
    points: usize,
    /// How many were visited.
    covered: usize,
    /// How many neither late nor entered afterwards.
    on_time: usize,
    /// How many only after the end of the window.
    late: usize,
    /// How many only by what was entered afterwards (补录).
    entered: usize,
    /// How many only by stays that were certainly too short.
    short: usize,
    /// How many only by hand.
    by_hand: usize,
    /// How many only by scans that were given to the point later.
    claimed: usize,
    /// How many with something that was found.
    abnormal: usize,
    /// The names of the points that were not visited, as far as is known here.
    missed: Vec<String>,
    /// Why they were not, in the same order.
    reasons: Vec<Vec<String>>,
    /// How many runs were walked.
    runs: usize,
    /// Whether what is missing is known to be missing; without it, it was only not seen here.
    heard: bool,
    /// Where it stands.
    state: WindowState,
    /// What it reports as a whole.
    nil: WindowNil,
}

/// The key areas of a business day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolDay")]
pub(super) struct Day {
    /// The business day, `YYYY-MM-DD`.
    day: String,
    /// In how many windows each is to be walked.
    needed: String,
    /// The key areas, the least walked first.
    areas: Vec<KeyArea>,
}

const MOST_DAYS: i64 = 366;
/// Of what a run says of a point that its plan had not.
const NOT_ON_PLAN: &str = "不在当时的路线里";

pub(super) fn coverage(app: &App, arguments: Asked) -> Result<Coverage, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let days = checked_days(&arguments)?;
    people_who_see(app, &campus, days[0])?;
    let route = arguments.route.map(|route| route.to_string());
    let routes = RouteFacts::seen(app, &campus, route.as_deref())?;
    let facts = Facts::of(app, campus)?;
    let runs = runs_of(app, &facts.campus, (&arguments.from, &arguments.to))?;
    let now = app.time().now;
    let is_alone = app.store().enrolment()?.is_none();
    let today = people::today(app, &facts.campus);
    let mut rows = Vec::new();
    for of in &routes {
        for day in days.iter().filter(|day| **day <= today) {
            for occurrence in facts.due(&of.route, *day) {
                rows.push(row(&of.points, &covered(&facts, of, occurrence, &runs, (now, is_alone))));
            }
        }
    }
    rows.sort_by(|a, b| (&a.day, a.from, &a.route_name).cmp(&(&b.day, b.from, &b.route_name)));
    let names = Names::new(app);
    let of_day = |day: &NaiveDate| Day {
        day: day.to_string(),
        needed: facts.campus.history.on(*day).number("patrol.per_day").normalize().to_string(),
        areas: key_areas(&names, &facts, &routes, &runs, *day),
    };
    let days = days.iter().filter(|day| **day <= today && route.is_none() && !routes.is_empty());
    Ok(Coverage { rows, days: days.map(of_day).collect() })
}

fn checked_days(arguments: &Asked) -> Result<Vec<NaiveDate>, CommandError> {
    let needed = |argument| CommandError::bad_argument(argument, "a day such as 2026-11-23");
    let from = checked_day("from", Some(&arguments.from))?.ok_or_else(|| needed("from"))?;
    let to = checked_day("to", Some(&arguments.to))?.ok_or_else(|| needed("to"))?;
    let count = to.signed_duration_since(from).num_days();
    if !(0..MOST_DAYS).contains(&count) {
        return Err(CommandError::bad_argument("to", "the last day comes after the first, by 365 days at most"));
    }
    Ok(from.iter_days().take_while(|day| *day <= to).collect())
}

fn row(points: &[Checkpoint], covered: &Covered<'_>) -> Row {
    let figures: RunCoverage = numbers(&covered.coverage);
    let occurrence = &covered.occurrence;
    let name = |missed: &MissedPoint| {
        let point = points.iter().find(|point| point.id == missed.checkpoint);
        point.map_or_else(|| missed.checkpoint.clone(), |point| point.name.clone())
    };
    let reasons = |missed: &MissedPoint| {
        let not_on_plan = missed.is_not_on_plan.then(|| NOT_ON_PLAN.to_owned());
        missed.reasons.iter().cloned().chain(not_on_plan).collect()
    };
    Row {
        day: occurrence.day.to_string(),
        route: occurrence.route.id.clone(),
        route_name: occurrence.route.name.clone(),
        window: occurrence.window.id.clone(),
        window_name: occurrence.window.name.clone(),
        from: occurrence.from.0,
        to: occurrence.to.0,
        points: figures.points,
        covered: figures.covered,
        on_time: figures.on_time,
        late: figures.late,
        entered: figures.entered,
        short: figures.short,
        by_hand: figures.by_hand,
        claimed: figures.claimed,
        abnormal: figures.abnormal,
        missed: covered.coverage.missed.iter().map(name).collect(),
        reasons: covered.coverage.missed.iter().map(reasons).collect(),
        runs: covered.coverage.runs,
        heard: covered.is_heard,
        state: covered.state,
        nil: covered.nil,
    }
}
