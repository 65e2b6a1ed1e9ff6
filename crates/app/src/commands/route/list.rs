//! Which routes there are, and what stands in one.

use domain::route::{built_in as built_in_routes, fire_items};
use domain::template::{Template, built_in as templates};
use replica::Listing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::route::{RoutePoint, RouteRow, RouteView};
use crate::error::CommandError;
use crate::names::Names;
use crate::route::{ROUTE, StoredPoint, StoredRoute, point_view, points_of};
use crate::sight::Seen;

/// More routes are none of a campus.
const MOST: u64 = 1_000;

/// Arguments of `route.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// Also those that have ended.
    #[serde(default)]
    ended: bool,
}

/// The routes of a campus.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RouteList {
    /// Those by day first, then those by night, by their names.
    routes: Vec<RouteRow>,
    /// The built-in ones for this sort of campus that it has not taken over.
    offered: Vec<OfferedRoute>,
}

/// A built-in route that a campus may take over.
#[derive(Debug, Serialize, JsonSchema)]
struct OfferedRoute {
    /// Its code, such as `S-DAY`.
    code: String,
    /// What it is called.
    name: String,
    /// The same in English.
    name_en: String,
    /// How many points it has.
    points: usize,
}

/// Arguments of `route.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Get {
    /// The route.
    id: Uuid,
}

/// Arguments of `route.items`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Items {
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// The items that a point may bear.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RouteItems {
    /// By their codes.
    items: Vec<OfferedItem>,
}

/// An item that a point may bear.
#[derive(Debug, Serialize, JsonSchema)]
struct OfferedItem {
    /// Its code.
    code: String,
    /// What it asks.
    text: String,
    /// The same in English; null where it has none.
    text_en: Option<String>,
    /// The title of its checklist.
    checklist: String,
    /// The same in English.
    checklist_en: String,
    /// Whether it is one of the seven of the daily fire patrol.
    fire: bool,
}

pub(super) fn list(app: &App, arguments: List) -> Result<RouteList, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let seen = Seen::of_kind(app, ROUTE, campus.id)?;
    let mut routes = Vec::new();
    for found in app.store().find(&Listing { limit: MOST, ..seen.listing(ROUTE) })? {
        let route = StoredRoute::seen(app, found.id.0)?;
        if arguments.ended || route.route.until.is_none() {
            let points = points_of(app, route.id, route.scope)?;
            routes.push(route.row(&points));
        }
    }
    routes.sort_by(|one, other| (one.night, &one.name, one.id).cmp(&(other.night, &other.name, other.id)));
    Ok(RouteList { routes, offered: offered(app, &campus)? })
}

fn offered(app: &App, campus: &Campus) -> Result<Vec<OfferedRoute>, CommandError> {
    let (Some(id), Some(kind)) = (campus.id, campus.kind) else { return Ok(Vec::new()) };
    let mut offered = Vec::new();
    for preset in built_in_routes().iter().filter(|preset| preset.campus == kind) {
        let own = causal::RecordId(domain::id::route_id(id, &preset.code));
        if app.store().get(own)?.is_none() {
            offered.push(OfferedRoute {
                code: preset.code.clone(),
                name: preset.title.clone(),
                name_en: preset.title_en.clone(),
                points: preset.checkpoints.len(),
            });
        }
    }
    Ok(offered)
}

pub(super) fn get(app: &App, arguments: Get) -> Result<RouteView, CommandError> {
    let route = StoredRoute::seen(app, arguments.id)?;
    let points = points_of(app, route.id, route.scope)?;
    let names = Names::new(app);
    let row = route.row(&points);
    let (live, mut ended): (Vec<StoredPoint>, Vec<StoredPoint>) =
        points.into_iter().partition(|point| point.point.until.is_none());
    ended.sort_by_key(|point| std::cmp::Reverse(point.point.until));
    let live: Vec<RoutePoint> =
        (1..).zip(&live).map(|(place, point)| point_view(&names, &route.route, point, place)).collect();
    let ended = ended.iter().map(|point| point_view(&names, &route.route, point, point.point.seq)).collect();
    Ok(RouteView { route: row, points: live, ended })
}

pub(super) fn items(app: &App, arguments: Items) -> Result<RouteItems, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let fire: Vec<&str> = fire_items().map(|item| item.code.as_str()).collect();
    let is_for =
        |template: &&Template| template.campus.is_none() || campus.kind.is_none() || template.campus == campus.kind;
    let mut items = Vec::new();
    for template in templates().iter().filter(is_for) {
        let own = template
            .items
            .iter()
            .filter(|item| item.rules.only.is_none() || campus.kind.is_none() || item.rules.only == campus.kind);
        items.extend(own.map(|item| OfferedItem {
            code: item.code.clone(),
            text: item.text.clone(),
            text_en: item.english.as_ref().map(|english| english.text.clone()),
            checklist: template.title.clone(),
            checklist_en: template.title_en.clone(),
            fire: fire.contains(&item.code.as_str()),
        }));
    }
    Ok(RouteItems { items })
}
