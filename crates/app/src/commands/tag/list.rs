//! Which tags there are, and what a scan means.

use domain::route::LABEL_PREFIX;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::dto::route::TagRow;
use crate::error::CommandError;
use crate::load::if_readable;
use crate::names::Names;
use crate::route::{StoredPoint, StoredRoute, StoredTag, TAG, checked_norm, points_of, tags_of};
use crate::sight::Seen;

/// Arguments of `tag.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// Only those of the points of this route.
    #[serde(default)]
    route: Option<Uuid>,
    /// Only those of this point.
    #[serde(default)]
    checkpoint: Option<Uuid>,
}

/// The tags.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TagList {
    tags: Vec<TagRow>,
}

/// Arguments of `tag.resolve`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Resolve {
    /// What was read or typed.
    tag: String,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// What a tag means.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum TagState {
    /// It hangs at a point.
    Bound,
    /// It was replaced or taken away.
    Old,
    /// Its point, or the route of that, has ended.
    Ended,
    /// Nobody has given it to a point here.
    Unknown,
}

/// Which point a tag means.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Resolved {
    /// What it means.
    state: TagState,
    /// As it is compared.
    norm: String,
    /// Whether it is a label that was printed by this program, here or at another school.
    is_label: bool,
    /// The tag; null for one that is unknown.
    tag: Option<Uuid>,
    /// The point at which it hangs or hung.
    checkpoint: Option<Uuid>,
    /// What that is called.
    name: Option<String>,
    /// The same in English.
    name_en: Option<String>,
    /// The route of the point.
    route: Option<Uuid>,
    /// What that is called.
    route_name: Option<String>,
    /// The tag that hangs in its place, where it was replaced.
    next: Option<Uuid>,
    /// Whether two tablets gave it to two points, and nobody has chosen yet.
    is_disputed: bool,
}

pub(super) fn list(app: &App, arguments: List) -> Result<TagList, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let names = Names::new(app);
    let mut tags: Vec<StoredTag> = match arguments.route {
        Some(route) => {
            let route = StoredRoute::seen(app, route).map_err(|error| error.field("route"))?;
            points_of(app, route.id, route.scope)?.into_iter().flat_map(|point| point.tags).collect()
        }
        None => seen_tags(app, campus.id)?,
    };
    tags.retain(|tag| arguments.checkpoint.is_none() || tag.checkpoint == arguments.checkpoint);
    Ok(TagList { tags: tags.iter().map(|tag| tag.view(&names)).collect() })
}

/// The tags of a campus, as far as the person who works sees them.
fn seen_tags(app: &App, campus: Option<Uuid>) -> Result<Vec<StoredTag>, CommandError> {
    let seen = Seen::of_kind(app, TAG, campus)?;
    // All tags of a campus are seen by the same people.
    let is_any = !app.store().find(&replica::Listing { limit: 1, ..seen.listing(TAG) })?.is_empty();
    if is_any { tags_of(app, campus) } else { Ok(Vec::new()) }
}

pub(super) fn resolve(app: &App, arguments: Resolve) -> Result<Resolved, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let norm = checked_norm("tag", &arguments.tag)?;
    let found = seen_tags(app, campus.id)?.into_iter().find(|tag| tag.spellings().any(|own| own == norm));
    let is_label = norm.starts_with(LABEL_PREFIX);
    let Some(tag) = found else { return Ok(unknown(norm, is_label)) };
    let point = match tag.checkpoint {
        Some(point) => if_readable(StoredPoint::seen(app, point))?,
        None => None,
    };
    let route = point.as_ref().and_then(|point| Uuid::parse_str(&point.point.route).ok());
    let route = match route {
        Some(route) => if_readable(StoredRoute::seen(app, route))?,
        None => None,
    };
    let is_walked = point
        .as_ref()
        .zip(route.as_ref())
        .is_some_and(|(point, route)| point.point.until.is_none() && route.route.until.is_none());
    let state = match (tag.is_old(), is_walked) {
        (true, _) => TagState::Old,
        (false, true) => TagState::Bound,
        (false, false) => TagState::Ended,
    };
    Ok(Resolved {
        state,
        tag: Some(tag.id),
        checkpoint: tag.checkpoint,
        name: point.as_ref().map(|point| point.point.name.clone()),
        name_en: point.and_then(|point| point.point.name_en),
        route: route.as_ref().map(|route| route.id),
        route_name: route.map(|route| route.route.name),
        next: tag.next(),
        is_disputed: tag.is_disputed(),
        ..unknown(norm, is_label)
    })
}

fn unknown(norm: String, is_label: bool) -> Resolved {
    Resolved {
        state: TagState::Unknown,
        norm,
        is_label,
        tag: None,
        checkpoint: None,
        name: None,
        name_en: None,
        route: None,
        route_name: None,
        next: None,
        is_disputed: false,
    }
}
