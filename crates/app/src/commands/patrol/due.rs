//! What is due on a day.

use chrono::{Days, NaiveDate};
use domain::patrol::Occurrence;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::integer;
use crate::dto::patrol::{DoneBy, DueWindow, OpenRun};
use crate::error::CommandError;
use crate::names::Names;
use crate::patrol::{Covered, Facts, Hearing, RouteFacts, covered, open_here, tallies_of};
use crate::people;

/// Arguments of `patrol.due`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Due {
    /// The business day, `YYYY-MM-DD`; left out, today, with what of last night can still be walked.
    #[serde(default)]
    day: Option<String>,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// The windows of a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolDue")]
pub(super) struct DueDay {
    /// The windows, in the order in which they begin.
    windows: Vec<DueWindow>,
    /// When this device last heard of the others, ms since 1970 UTC; null where it never did.
    as_of: Option<u64>,
}

/// How long after its end a window of last night is still shown.
const LATE_MS: i64 = 6 * 3_600_000;

pub(super) fn due(app: &App, arguments: Due) -> Result<DueDay, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let now = app.time().now;
    let today = people::today(app, &campus);
    let asked = checked_day("day", arguments.day.as_deref())?;
    let last = asked.unwrap_or(today);
    let first = if asked.is_some() { last } else { last.checked_sub_days(Days::new(1)).unwrap_or(last) };
    people_who_see(app, &campus, first)?;
    let routes = RouteFacts::seen(app, &campus, None)?;
    let facts = Facts::of(app, campus)?;
    let tallies = tallies_of(app, &facts.campus, (&first.to_string(), &last.to_string()))?;
    let names = Names::new(app);
    let hearing = Hearing::of(app, &facts.campus)?;
    let mut windows = Vec::new();
    for of in &routes {
        let is_shown = |occurrence: &Occurrence<'_>| {
            occurrence.day == last || (of.route.is_night && now.0 < occurrence.to.0.saturating_add(LATE_MS))
        };
        for day in first.iter_days().take_while(|day| *day <= last) {
            for occurrence in facts.due(&of.route, day).into_iter().filter(is_shown) {
                let covered = covered(&facts, of, occurrence, &tallies, (now, &hearing));
                let may_be_late = occurrence.may_be_late(now, facts.campus.calendar.zone);
                windows.push(row(app, &names, &covered, may_be_late)?);
            }
        }
    }
    windows.sort_by(|a, b| (a.from, &a.route_name).cmp(&(b.from, &b.route_name)));
    Ok(DueDay { windows, as_of: app.store().sync_report()?.last_success_at })
}

fn row(app: &App, names: &Names<'_>, covered: &Covered<'_>, may_be_late: bool) -> Result<DueWindow, CommandError> {
    let Occurrence { route, window, day, from, to } = covered.occurrence;
    let open = open_here(app, |run| {
        run.route.as_ref() == Some(&route.id) && run.window.as_ref() == Some(&window.id) && run.day == Some(day)
    })?;
    Ok(DueWindow {
        route: route.id.clone(),
        route_name: route.name.clone(),
        route_name_en: route.name_en.clone(),
        window: Some(window.id.clone()),
        window_name: Some(window.name.clone()),
        window_name_en: window.name_en.clone(),
        day: day.to_string(),
        from: from.0,
        to: to.0,
        points: covered.coverage.points(),
        covered: covered.coverage.covered.len(),
        state: covered.state,
        heard: covered.is_heard,
        waiting: covered.waiting.clone(),
        may_be_late,
        nil: covered.nil,
        run: open.map(|run| OpenRun {
            id: run.id.0,
            begun: DoneBy {
                by: run.run.leader.as_deref().map(|leader| names.person(leader)),
                at: integer(&run.corrected.document, "occurred_at").unwrap_or_default(),
            },
        }),
    })
}

/// A day that is given.
pub(super) fn checked_day(argument: &str, day: Option<&str>) -> Result<Option<NaiveDate>, CommandError> {
    let day = day.map(str::parse).transpose();
    day.map_err(|_| CommandError::bad_argument(argument, "a day such as 2026-11-23"))
}

/// Refuses days of which the person who works does not see every run: what others walked would be told as missed.
///
/// # Errors
/// `not-allowed`
pub(super) fn people_who_see(app: &App, campus: &Campus, first: NaiveDate) -> Result<(), CommandError> {
    use domain::permission::Permission::SeeAllRecords;
    let yesterday = people::today(app, campus).checked_sub_days(Days::new(1)).unwrap_or(first);
    if first >= yesterday { Ok(()) } else { people::require(app, campus, SeeAllRecords) }
}
