//! A window of a day as the office reads it: what was covered, what is missing, and why.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::id::gap_finding_id;
use domain::patrol::{MissedPoint, WindowNil, WindowState};
use domain::route::Checkpoint;
use domain::time::UtcMillis;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::dto::patrol::RunCoverage;
use crate::error::CommandError;
use crate::patrol::{Covered, Facts, Hearing, RouteFacts, Tallies, covered, numbers, seen_gaps};

/// A window of a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolCoverageRow")]
pub(super) struct Row {
    /// The business day, `YYYY-MM-DD`.
    pub(super) day: String,
    /// The route.
    pub(super) route: String,
    /// What it is called.
    pub(super) route_name: String,
    /// The same in English; null where nobody wrote it.
    pub(super) route_name_en: Option<String>,
    /// The window.
    pub(super) window: String,
    /// What it is called.
    pub(super) window_name: String,
    /// The same in English; null where nobody wrote it.
    pub(super) window_name_en: Option<String>,
    /// When it begins, ms since 1970 UTC.
    pub(super) from: i64,
    /// When it is over, ms since 1970 UTC.
    pub(super) to: i64,
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
    /// The same in English, in the same order; null where nobody wrote it.
    missed_en: Vec<Option<String>>,
    /// Why they were not, in the same order.
    reasons: Vec<Vec<String>>,
    /// How many runs were walked.
    runs: usize,
    /// Whether what is missing is known to be missing; without it, it was only not seen here.
    heard: bool,
    /// The devices that were not heard from since it was over and may still bring a walk, by their names; the office knows them.
    waiting: Vec<String>,
    /// Where it stands.
    state: WindowState,
    /// What it reports as a whole.
    nil: WindowNil,
    /// The finding that somebody has made of what is missing; null where there is none to be seen.
    finding: Option<Uuid>,
}

/// Of what a run says of a point that its plan had not.
const NOT_ON_PLAN: &str = "不在当时的路线里";

/// The windows that were due on some days, by the time at which they begin.
pub(super) fn rows(
    app: &App,
    facts: &Facts,
    routes: &[RouteFacts],
    tallies: &Tallies,
    days: &[NaiveDate],
) -> Result<Vec<Row>, CommandError> {
    let now = app.time().now;
    let hearing = Hearing::of(app, &facts.campus)?;
    let mut windows: Vec<(&RouteFacts, Covered<'_>)> = Vec::new();
    for of in routes {
        for day in days {
            let due = facts.due(&of.route, *day).into_iter();
            windows.extend(due.map(|occurrence| (of, covered(facts, of, occurrence, tallies, (now, &hearing)))));
        }
    }
    let gaps = seen_gaps(app, &gaps(&windows, now))?;
    let mut rows: Vec<Row> = windows.iter().map(|(of, covered)| row(&of.points, covered, &gaps)).collect();
    rows.sort_by(|a, b| (&a.day, a.from, &a.route_name).cmp(&(&b.day, b.from, &b.route_name)));
    Ok(rows)
}

/// The windows that are over, and of which something is missing here.
fn gaps<'c>(windows: &'c [(&RouteFacts, Covered<'c>)], now: UtcMillis) -> Vec<(Uuid, NaiveDate, &'c str)> {
    let is_gap = |covered: &Covered<'_>| covered.occurrence.to <= now && !covered.coverage.missed.is_empty();
    let gap = |covered: &'c Covered<'c>| {
        let occurrence = &covered.occurrence;
        Some((occurrence.route.id.parse().ok()?, occurrence.day, occurrence.window.id.as_str()))
    };
    windows.iter().filter(|(_, covered)| is_gap(covered)).filter_map(|(_, covered)| gap(covered)).collect()
}

fn row(points: &[Checkpoint], covered: &Covered<'_>, gaps: &HashSet<Uuid>) -> Row {
    let figures: RunCoverage = numbers(&covered.coverage);
    let occurrence = &covered.occurrence;
    let point = |missed: &MissedPoint| points.iter().find(|point| point.id == missed.checkpoint);
    let name = |missed: &MissedPoint| point(missed).map_or_else(|| missed.checkpoint.clone(), |own| own.name.clone());
    let reasons = |missed: &MissedPoint| {
        let not_on_plan = missed.is_not_on_plan.then(|| NOT_ON_PLAN.to_owned());
        missed.reasons.iter().cloned().chain(not_on_plan).collect()
    };
    let finding = occurrence.route.id.parse().ok().map(|id| gap_finding_id(id, occurrence.day, &occurrence.window.id));
    let missed = &covered.coverage.missed;
    Row {
        day: occurrence.day.to_string(),
        route: occurrence.route.id.clone(),
        route_name: occurrence.route.name.clone(),
        route_name_en: occurrence.route.name_en.clone(),
        window: occurrence.window.id.clone(),
        window_name: occurrence.window.name.clone(),
        window_name_en: occurrence.window.name_en.clone(),
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
        missed: missed.iter().map(name).collect(),
        missed_en: missed.iter().map(|missed| point(missed).and_then(|own| own.name_en.clone())).collect(),
        reasons: missed.iter().map(reasons).collect(),
        runs: covered.coverage.runs,
        heard: covered.is_heard,
        waiting: covered.waiting.clone(),
        state: covered.state,
        nil: covered.nil,
        finding: finding.filter(|finding| gaps.contains(finding)),
    }
}
