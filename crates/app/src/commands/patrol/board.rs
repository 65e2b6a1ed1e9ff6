//! One day of patrols as the office reads it: each window with the walks of it, the key areas, and what was walked outside of windows.

use domain::patrol::Run;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::coverage::{Day, day_of};
use super::due::{checked_day, people_who_see};
use super::row::{Row, rows};
use crate::app::App;
use crate::campus::Campus;
use crate::document::integer;
use crate::dto::person::PersonRef;
use crate::error::CommandError;
use crate::names::Names;
use crate::patrol::{Facts, ListedRun, RouteFacts, Runs, runs_seen, tallies_of};
use crate::people;

/// Arguments of `patrol.board`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The business day, `YYYY-MM-DD`; left out, today.
    #[serde(default)]
    day: Option<String>,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// One day of patrols.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolBoard")]
pub(super) struct Board {
    /// The day, and its key areas.
    #[serde(flatten)]
    day: Day,
    /// Whether it is today's.
    is_today: bool,
    /// The windows that are due, by the time at which they begin.
    windows: Vec<BoardWindow>,
    /// The walks outside of all windows (临时).
    extras: Vec<Walk>,
    /// When this device last heard of the others, ms since 1970 UTC; null where it never did.
    as_of: Option<u64>,
}

/// A window of the day with its walks.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolBoardWindow")]
struct BoardWindow {
    /// What was covered of it.
    #[serde(flatten)]
    row: Row,
    /// The walks of it, in the order in which they began.
    walks: Vec<Walk>,
}

/// One walk.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolWalk")]
struct Walk {
    /// The run.
    run: Uuid,
    /// The route, as it was called then.
    route_name: Option<String>,
    /// The same in English; null where nobody wrote it.
    route_name_en: Option<String>,
    /// Who began it.
    lead: Option<PersonRef>,
    /// When it was begun, ms since 1970 UTC.
    started_at: i64,
    /// When it was first finished, ms since 1970 UTC; null while it is open.
    finished_at: Option<i64>,
    /// How many points it visited.
    visited: usize,
    /// 补录: it was entered afterwards.
    entered: bool,
    /// 作废.
    void: bool,
    /// How many scans of it belong to no point, and were given to none.
    strays: usize,
}

pub(super) fn board(app: &App, arguments: Asked) -> Result<Board, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let today = people::today(app, &campus);
    let day = checked_day("day", arguments.day.as_deref())?.unwrap_or(today);
    people_who_see(app, &campus, day)?;
    let routes = RouteFacts::seen(app, &campus, None)?;
    let facts = Facts::of(app, campus)?;
    let text = day.to_string();
    let tallies = tallies_of(app, &facts.campus, (&text, &text))?;
    let rows = rows(app, &facts, &routes, &tallies, &[day])?;
    let names = Names::new(app);
    let runs = runs_seen(app, &facts.campus, (&text, &text))?;
    let walks = |is: &dyn Fn(&Run) -> bool| {
        let mut of: Vec<&ListedRun> = runs.all.iter().filter(|listed| is(&listed.run)).collect();
        of.sort_by_key(|listed| (integer(&listed.document, "occurred_at"), listed.id));
        of.into_iter().map(|listed| walk(&names, &runs, listed)).collect()
    };
    let windows = rows
        .into_iter()
        .map(|row| {
            let is_of = |run: &Run| run.route.as_ref() == Some(&row.route) && run.window.as_ref() == Some(&row.window);
            BoardWindow { walks: walks(&is_of), row }
        })
        .collect();
    Ok(Board {
        is_today: day == today,
        windows,
        extras: walks(&|run: &Run| run.window.is_none()),
        day: day_of(&names, &facts, &routes, &tallies, day),
        as_of: app.store().sync_report()?.last_success_at,
    })
}

fn walk(names: &Names<'_>, runs: &Runs, listed: &ListedRun) -> Walk {
    let (run, plan) = (&listed.run, runs.on(listed).plan);
    let mut visited: Vec<&str> = run.visits.iter().map(|visit| visit.checkpoint.as_str()).collect();
    visited.sort_unstable();
    visited.dedup();
    let is_given = |id: &str| run.visits.iter().any(|visit| visit.id == id);
    Walk {
        run: listed.id.0,
        route_name: plan.map(|plan| plan.name.clone()),
        route_name_en: plan.and_then(|plan| plan.name_en.clone()),
        lead: run.leader.as_deref().map(|leader| names.person(leader)),
        started_at: integer(&listed.document, "occurred_at").unwrap_or_default(),
        finished_at: run.ends.first().map(|end| end.moment.at.0),
        visited: visited.len(),
        entered: run.is_entered,
        void: run.is_void,
        strays: run.scans.iter().filter(|scan| !is_given(&scan.id)).count(),
    }
}
