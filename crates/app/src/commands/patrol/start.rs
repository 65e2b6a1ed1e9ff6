//! Beginning a run.

use causal::RecordId;
use chrono::NaiveDate;
use domain::patrol::{Choice, Plan};
use domain::permission::Permission;
use domain::time::Shift;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Fields, checked_text, field, person_field};
use crate::envelope::{self, envelope};
use crate::error::CommandError;
use crate::load::load_seen;
use crate::patrol::{Facts, KIND, PLAN, RouteFacts, StoredRun, open_here, remember};
use crate::people;

/// Arguments of `patrol.start`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    /// The route.
    route: Uuid,
    /// The window; the one that is open when left out, and outside of all of them a walk of its own (临时).
    #[serde(default)]
    window: Option<String>,
    /// The business day, `YYYY-MM-DD`; left out, today, and for a night window the night that is open, just over or next.
    #[serde(default)]
    day: Option<String>,
    /// The first run of a walk that this one goes along with.
    #[serde(default)]
    walk: Option<Uuid>,
    /// Why it is entered afterwards (补录).
    #[serde(default)]
    late_reason: Option<String>,
}

impl Start {
    /// A start of a run that goes along with a walk.
    pub(super) fn along(route: Uuid, window: Option<String>, day: NaiveDate, walk: Uuid) -> Self {
        Self { route, window, day: Some(day.to_string()), walk: Some(walk), late_reason: None }
    }
}

/// A run that was begun.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolStarted")]
pub(super) struct Started {
    /// The run.
    id: Uuid,
    /// What its author has seen now.
    version: String,
    /// Where to go first; null when nothing is left.
    next: Option<String>,
    /// The window; null for a walk of its own (临时).
    window: Option<String>,
    /// The business day that it counts for, `YYYY-MM-DD`.
    day: String,
    /// Whether it was open already.
    resumed: bool,
}

/// What a run is begun for.
struct For {
    window: Option<String>,
    day: NaiveDate,
    late_reason: Option<String>,
}

pub(super) fn start(app: &App, arguments: Start) -> Result<Started, CommandError> {
    let (run, resumed) = run_for(app, &arguments)?;
    Ok(started(&run, resumed))
}

/// The run that a start means, and whether it was open already.
pub(super) fn run_for(app: &App, arguments: &Start) -> Result<(StoredRun, bool), CommandError> {
    let reading = load_seen(app, "route", RecordId(arguments.route)).map_err(|error| error.field("route"))?;
    let campus = Campus::load(app, reading.record.scope)?;
    people::require(app, &campus, Permission::Patrol)?;
    let document = domain::reading::read("route", &reading.record.state);
    let route = RouteFacts::of(app, &arguments.route.to_string(), &document)?;
    let wanted = wanted(app, &campus, &route, arguments)?;
    let open = open_here(app, |run| {
        run.route.as_ref() == Some(&route.route.id)
            && (run.window.as_ref(), run.day) == (wanted.window.as_ref(), Some(wanted.day))
            && run.is_entered == wanted.late_reason.is_some()
    })?;
    match open {
        Some(run) => Ok((run, true)),
        None => Ok((begin(app, campus, &route, wanted, arguments.walk)?, false)),
    }
}

pub(super) fn started(run: &StoredRun, resumed: bool) -> Started {
    Started {
        id: run.id.0,
        version: run.version.clone(),
        next: run.next(),
        window: run.run.window.clone(),
        day: run.run.day.map(|day| day.to_string()).unwrap_or_default(),
        resumed,
    }
}

/// Which window of which day is meant.
///
/// A clock that nobody has checked refuses nothing.
fn wanted(app: &App, campus: &Campus, route: &RouteFacts, arguments: &Start) -> Result<For, CommandError> {
    let time = app.time();
    let zone = campus.calendar.zone;
    let day = arguments.day.as_ref().map(|day| day.parse::<NaiveDate>()).transpose();
    let day = day.map_err(|_| CommandError::bad_argument("day", "a day such as 2026-11-23"))?;
    let late_reason = checked_text("late_reason", arguments.late_reason.clone())?;
    let today = time.now.local(zone).date();
    if time.is_checked() && day.is_some_and(|day| day > today) {
        return Err(CommandError::bad_argument("day", "what has not happened yet cannot be recorded"));
    }
    let choice = domain::patrol::choose(&route.route, arguments.window.as_deref(), day, time.now, zone);
    let choice =
        choice.ok_or_else(|| CommandError::bad_argument("window", "the route has no such window on that day"))?;
    let (window, day, is_over) = match choice {
        Choice::Window(occurrence) => {
            let next = occurrence.next_begins(zone);
            let is_over = next.unwrap_or(occurrence.to) <= time.now;
            (Some(occurrence.window.id.clone()), occurrence.day, is_over)
        }
        Choice::Extra(day) => {
            if route.route.until.is_some_and(|until| until <= time.now) {
                return Err(CommandError::new(ProblemType::Finished, "the route has ended").field("route"));
            }
            let night = campus.business_date(time.now, Shift::Night);
            (None, day, day < today && day.to_string() != night)
        }
    };
    if is_over && time.is_checked() && late_reason.is_none() {
        return Err(CommandError::bad_argument("late_reason", "an entry made afterwards takes a reason"));
    }
    Ok(For { window, day, late_reason })
}

/// Saves the run, and the plan that it is begun on where that is not here.
fn begin(
    app: &App,
    campus: Campus,
    route: &RouteFacts,
    wanted: For,
    walk: Option<Uuid>,
) -> Result<StoredRun, CommandError> {
    let time = app.time();
    let by = app.by();
    let facts = Facts::of(app, campus)?;
    let is_open = |area: Option<&str>| area.is_none_or(|area| !facts.areas.is_closed(area, wanted.day));
    let plan = Plan::of(&route.route, &route.points, |point| is_open(point.area.as_deref()));
    let plan_id = route.route.id.parse().map(|route| plan.id(route)).map_err(|error| CommandError::internal(&error))?;
    let mut set: Fields = envelope(app, &facts.campus, &time, time.now, Shift::Day);
    set.retain(|(name, _)| name != "business_date");
    set.extend([
        field("business_date", wanted.day.to_string()),
        field("route", route.route.id.as_str()),
        field("plan", plan_id.to_string()),
    ]);
    set.extend(wanted.window.as_deref().map(|window| field("window", window)));
    set.extend(walk.map(|walk| field("walk", walk.to_string())));
    if let Some(reason) = &wanted.late_reason {
        set.extend([field("late", true), field("late_reason", reason.as_str())]);
    }
    if let Some(by) = &by {
        set.extend([field("leader", &**by), person_field("people", by, json!(time.now))?]);
    }
    let id = RecordId(new_uuid_v7(app.now_ms(), &*app.store().ports().entropy));
    let new = |id, kind: &str, set| Save {
        id: Some(id),
        kind: kind.to_owned(),
        scope: facts.campus.id,
        only_if: Some(String::new()),
        set,
        by: by.clone(),
        ..Save::default()
    };
    let mut saves = vec![new(id, KIND, set)];
    if app.store().get(RecordId(plan_id))?.is_none() {
        let set = vec![field("route", route.route.id.as_str()), field("body", plan.body())];
        saves.push(new(RecordId(plan_id), PLAN, set));
    }
    app.store().save_with_settings(saves, |_| {
        let mut settings = envelope::later([id], &time);
        settings.push(remember(id));
        settings
    })?;
    StoredRun::load(app, id)
}
