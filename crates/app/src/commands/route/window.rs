//! The windows of a route. None is edited: a change ends one and puts another in its place, so what was due stays as it was.

use causal::RecordId;
use chrono::NaiveTime;
use domain::answer::parse_time;
use domain::route::{MOST_WINDOWS, MOST_WINDOWS_EVER, Window, WindowDays};
use domain::time::UtcMillis;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::document::field;
use crate::error::CommandError;
use crate::master::checked_name;
use crate::route::{CHECKPOINT, ROUTE, StoredRoute, points_of};

/// Arguments of `route.save_window`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveWindow {
    /// The route.
    route: Uuid,
    /// The window whose place the new one takes; left out for one more.
    #[serde(default)]
    window: Option<String>,
    /// What it is called.
    name: String,
    /// The same in English.
    #[serde(default)]
    name_en: Option<String>,
    /// When it begins, `HH:MM`.
    from: String,
    /// When it ends, `HH:MM`; not later than `from` when it runs over midnight.
    to: String,
    /// `every` day, `school` days, or days on which school is `closed`; `every` when left out.
    #[serde(default)]
    days: Option<String>,
    /// What the form has seen of the route; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `route.end_window`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndWindow {
    /// The route.
    route: Uuid,
    /// The window.
    window: String,
    /// What the form has seen of the route; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// The route, its window, and what its author has seen now.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SavedWindow {
    /// The route.
    id: Uuid,
    /// The window that holds now; null where one was ended.
    window: Option<String>,
    /// Give it back as `seen` with the next save of the same route.
    version: String,
}

pub(super) fn save(app: &App, arguments: SaveWindow) -> Result<SavedWindow, CommandError> {
    let route = StoredRoute::to_change(app, arguments.route).map_err(about_route)?;
    let now = UtcMillis::from_stamp(app.now_ms());
    let old = arguments.window.as_deref().map(|window| live(&route, window)).transpose()?;
    let new = Window {
        id: new_uuid_v7(app.now_ms(), &*app.store().ports().entropy).to_string(),
        name: checked_name(Some(arguments.name))?.unwrap_or_default(),
        name_en: checked_name(arguments.name_en.filter(|name| !name.trim().is_empty()))?,
        from: time("from", &arguments.from)?,
        to: time("to", &arguments.to)?,
        days: days(arguments.days.as_deref())?,
        since: Some(now),
        until: None,
    };
    if new.from == new.to {
        return Err(CommandError::bad_argument("to", "a window ends at another time than it begins"));
    }
    check_room(&route, old.is_some())?;
    let is_same = |old: &&Window| Window { id: old.id.clone(), since: old.since, ..new.clone() } == **old;
    if let Some(old) = old.filter(is_same) {
        return Ok(SavedWindow { id: route.id, window: Some(old.id.clone()), version: route.version.clone() });
    }
    let mut set = vec![field(format!("windows/{}", new.id), new.to_json())];
    let mut saves = Vec::new();
    if let Some(old) = old {
        set.push(ended(old, now));
        saves = points_in(app, &route, old, &new)?;
    }
    let saved = save_route(app, &route, arguments.seen, set, saves)?;
    Ok(SavedWindow { window: Some(new.id), ..saved })
}

pub(super) fn end(app: &App, arguments: EndWindow) -> Result<SavedWindow, CommandError> {
    let route = StoredRoute::to_change(app, arguments.route).map_err(about_route)?;
    let old = live(&route, &arguments.window)?;
    let set = vec![ended(old, UtcMillis::from_stamp(app.now_ms()))];
    save_route(app, &route, arguments.seen, set, Vec::new())
}

/// The points that are walked in some windows alone, and in the old one, are walked in the new one as well.
fn points_in(app: &App, route: &StoredRoute, old: &Window, new: &Window) -> Result<Vec<Save>, CommandError> {
    let points = points_of(app, route.id, route.scope)?;
    let named = points.into_iter().filter(|point| point.point.until.is_none() && point.point.windows.contains(&old.id));
    Ok(named
        .map(|point| {
            let windows: Vec<&String> = point.point.windows.iter().chain([&new.id]).collect();
            Save {
                id: Some(RecordId(point.id)),
                kind: CHECKPOINT.to_owned(),
                seen: Some(point.version.clone()),
                only_if: Some(point.version.clone()),
                set: vec![field("windows", json!(windows))],
                by: app.by(),
                ..Save::default()
            }
        })
        .collect())
}

fn save_route(
    app: &App,
    route: &StoredRoute,
    seen: Option<String>,
    set: crate::document::Fields,
    mut saves: Vec<Save>,
) -> Result<SavedWindow, CommandError> {
    saves.push(Save {
        id: Some(RecordId(route.id)),
        kind: ROUTE.to_owned(),
        seen: seen.or(Some(route.version.clone())),
        // What is ended is a window that was looked at: nobody has changed it since.
        only_if: Some(route.version.clone()),
        set,
        by: app.by(),
        ..Save::default()
    });
    let saved = app.store().save_all(saves)?;
    let last = saved.last().ok_or_else(|| CommandError::internal(&"a save gave nothing"))?;
    Ok(SavedWindow { id: last.id.0, window: None, version: last.version.clone() })
}

/// A window of the route that holds now.
fn live<'a>(route: &'a StoredRoute, id: &str) -> Result<&'a Window, CommandError> {
    let missing = || CommandError::not_found(format_args!("the route has no window {id} now")).field("window");
    route.route.window(id).filter(|window| window.until.is_none()).ok_or_else(missing)
}

fn ended(window: &Window, now: UtcMillis) -> (String, causal::Value) {
    field(format!("windows/{}", window.id), Window { until: Some(now), ..window.clone() }.to_json())
}

fn check_room(route: &StoredRoute, takes_a_place: bool) -> Result<(), CommandError> {
    let live = route.route.live_windows().count() + usize::from(!takes_a_place);
    if live > MOST_WINDOWS {
        return Err(CommandError::limit("window", "windows", MOST_WINDOWS, live));
    }
    let ever = route.route.windows.len() + 1;
    if ever > MOST_WINDOWS_EVER {
        return Err(CommandError::limit("window", "windows", MOST_WINDOWS_EVER, ever));
    }
    Ok(())
}

fn about_route(error: CommandError) -> CommandError {
    if error.field.is_some() { error.field("route") } else { error }
}

fn time(argument: &str, text: &str) -> Result<NaiveTime, CommandError> {
    parse_time(text).ok_or_else(|| CommandError::bad_argument(argument, "a time of day is HH:MM"))
}

fn days(code: Option<&str>) -> Result<WindowDays, CommandError> {
    let refused = |()| CommandError::bad_argument("days", "one of every, school, closed");
    code.filter(|code| !code.is_empty()).map_or(Ok(WindowDays::Every), |code| code.parse().map_err(refused))
}
