//! Points that are added, changed and ended.

use causal::RecordId;
use domain::route::MOST_POINTS;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::given::Given;
use super::order::renumbered;
use crate::app::App;
use crate::document::{Fields, field};
use crate::error::CommandError;
use crate::master::SavedRecord;
use crate::route::{CHECKPOINT, StoredPoint, StoredRoute, TAG, points_of, require_fire};

/// The shortest stay where nobody says another.
const MIN_SECONDS: u32 = 30;

/// Arguments of `checkpoint.add`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Add {
    /// The route.
    route: Uuid,
    /// Its place in the walking order, from 1; the last one when left out.
    #[serde(default)]
    place: Option<usize>,
    /// What it is: a name at least.
    point: Given,
}

/// Arguments of `checkpoint.edit`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    /// The point.
    id: Uuid,
    /// What changes of it.
    point: Given,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `checkpoint.end`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    /// The point.
    id: Uuid,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

pub(super) fn add(app: &App, arguments: Add) -> Result<SavedRecord, CommandError> {
    let route = StoredRoute::to_change(app, arguments.route).map_err(|error| error.field("route"))?;
    let mut points = points_of(app, route.id, route.scope)?;
    points.retain(|point| point.point.until.is_none());
    if points.len() >= MOST_POINTS {
        return Err(CommandError::limit("route", "points", MOST_POINTS, points.len() + 1));
    }
    if arguments.point.name.is_none() {
        return Err(CommandError::bad_argument("name", "a new point needs name"));
    }
    let mut set = arguments.point.fields(&route.route, (&[], &[]))?;
    set.retain(|(_, value)| !value.is_null());
    if arguments.point.min_seconds.is_none() {
        set.push(field("min_seconds", MIN_SECONDS));
    }
    let last = points.len() + 1;
    let place = arguments.place.unwrap_or(last);
    if !(1..=last).contains(&place) {
        return Err(CommandError::bad_argument("place", format_args!("a place is 1 to {last}")));
    }
    let id = new_id(app);
    let mut order: Vec<Uuid> = points.iter().map(|point| point.id).collect();
    order.insert(place - 1, id);
    set.extend([field("route", route.id.to_string()), field("seq", json!(place)), field("since", app.now_ms())]);
    let new = Save {
        id: Some(RecordId(id)),
        kind: CHECKPOINT.to_owned(),
        scope: route.scope,
        set,
        by: app.by(),
        ..Save::default()
    };
    let mut saves = vec![new];
    saves.extend(renumbered(app, &order, &points));
    save_all(app, saves)
}

pub(super) fn edit(app: &App, arguments: Edit) -> Result<SavedRecord, CommandError> {
    let point = StoredPoint::to_change(app, arguments.id)?;
    let route = route_of(app, &point)?;
    let set = arguments.point.fields(&route.route, (&point.point.items, &point.point.must))?;
    if let Some(items) = arguments.point.items.as_deref() {
        check_fire(app, &route, "items", &point, items)?;
    }
    let is_moved = arguments.point.windows.as_deref().is_some_and(|windows| !is_walked_in(&route, &point, windows));
    if is_moved {
        return follow(app, &route, &point, set);
    }
    let set: Fields = set.into_iter().filter(|(name, _)| name != "windows").collect();
    if set.is_empty() {
        return Ok(SavedRecord { id: point.id, version: point.version });
    }
    save_all(app, vec![change(app, &point, arguments.seen, set)])
}

pub(super) fn end(app: &App, arguments: End) -> Result<SavedRecord, CommandError> {
    let point = StoredPoint::to_change(app, arguments.id)?;
    let route = route_of(app, &point)?;
    check_fire(app, &route, "id", &point, &[])?;
    save_all(app, vec![change(app, &point, arguments.seen, vec![field("until", app.now_ms())])])
}

pub(super) fn route_of(app: &App, point: &StoredPoint) -> Result<StoredRoute, CommandError> {
    let id = Uuid::parse_str(&point.point.route);
    let id = id.map_err(|_| CommandError::not_found("the point is part of no route").field("id"))?;
    StoredRoute::to_change(app, id)
}

/// Refuses a change that leaves a fire patrol without one of its seven items.
fn check_fire(
    app: &App,
    route: &StoredRoute,
    argument: &str,
    point: &StoredPoint,
    items: &[String],
) -> Result<(), CommandError> {
    if !route.route.is_fire {
        return Ok(());
    }
    let points = points_of(app, route.id, route.scope)?;
    let others = points.iter().filter(|other| other.point.until.is_none() && other.id != point.id);
    let borne = others.flat_map(|other| &other.point.items).chain(items);
    require_fire(argument, borne.map(String::as_str))
}

/// Whether a point is walked in just these of the windows that hold now; no window means all of them.
fn is_walked_in(route: &StoredRoute, point: &StoredPoint, windows: &[String]) -> bool {
    if windows.is_empty() || point.point.windows.is_empty() {
        return windows.is_empty() == point.point.windows.is_empty();
    }
    let live = route.route.windows.iter().filter(|window| window.until.is_none());
    live.into_iter().all(|window| point.point.is_in(&window.id) == windows.contains(&window.id))
}

/// Ends a point and puts another one in its place, which is walked in other windows; its tags go along.
///
/// So what was due in the windows that are over stays as it was.
fn follow(app: &App, route: &StoredRoute, point: &StoredPoint, set: Fields) -> Result<SavedRecord, CommandError> {
    let id = new_id(app);
    let reading = app.store().get(RecordId(point.id))?;
    let document = reading.map(|held| domain::reading::read(CHECKPOINT, &held.record.state)).unwrap_or_default();
    let is_set = |name: &str| set.iter().any(|(own, _)| own == name) || ["created", "since", "follows"].contains(&name);
    let kept = document.into_iter().filter(|(name, value)| !is_set(name) && !value.is_null());
    let mut fields: Fields = kept.map(|(name, value)| field(name, value)).collect();
    fields.extend(set.iter().filter(|(_, value)| !value.is_null()).cloned());
    fields.extend([field("since", app.now_ms()), field("follows", point.id.to_string())]);
    let new = Save {
        id: Some(RecordId(id)),
        kind: CHECKPOINT.to_owned(),
        scope: point.scope,
        set: fields,
        by: app.by(),
        ..Save::default()
    };
    let mut saves = vec![new, change(app, point, None, vec![field("until", app.now_ms())])];
    let points = points_of(app, route.id, route.scope)?;
    let tags = points.iter().filter(|other| other.id == point.id).flat_map(|own| &own.tags);
    saves.extend(tags.filter(|tag| !tag.is_old()).map(|tag| Save {
        id: Some(RecordId(tag.id)),
        kind: TAG.to_owned(),
        seen: Some(tag.version.clone()),
        only_if: Some(tag.version.clone()),
        set: vec![field("checkpoint", id.to_string())],
        by: app.by(),
        ..Save::default()
    }));
    save_all(app, saves)
}

pub(super) fn change(app: &App, point: &StoredPoint, seen: Option<String>, set: Fields) -> Save {
    Save {
        id: Some(RecordId(point.id)),
        kind: CHECKPOINT.to_owned(),
        seen: seen.or(Some(point.version.clone())),
        only_if: Some(point.version.clone()),
        set,
        by: app.by(),
        ..Save::default()
    }
}

pub(super) fn new_id(app: &App) -> Uuid {
    new_uuid_v7(app.now_ms(), &*app.store().ports().entropy)
}

/// Saves all or none, and gives the first.
fn save_all(app: &App, saves: Vec<Save>) -> Result<SavedRecord, CommandError> {
    let saved = app.store().save_all(saves)?;
    let first = saved.into_iter().next().ok_or_else(|| CommandError::internal(&"a save gave nothing"))?;
    Ok(SavedRecord { id: first.id.0, version: first.version })
}
