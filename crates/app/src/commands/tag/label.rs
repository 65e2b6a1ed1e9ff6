//! Labels that are printed here: a QR code that a reader takes, and the same text to be typed where it is torn.

use domain::route::label_text;
use replica::Save;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bind::{new_tag, put_aside};
use crate::app::App;
use crate::error::CommandError;
use crate::qr;
use crate::route::{StoredPoint, StoredRoute, points_of};

/// Arguments of `tag.make`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Make {
    /// The route.
    route: Uuid,
    /// The points; left out, all that have no label.
    #[serde(default)]
    checkpoints: Option<Vec<Uuid>>,
    /// Whether a point that has a label gets another one, and the old one says from then on that it is old.
    #[serde(default)]
    again: bool,
}

/// Arguments of `tag.labels`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    /// The route.
    route: Uuid,
}

/// The labels of a route.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LabelSheet {
    /// What the route is called.
    route_name: String,
    /// In walking order.
    labels: Vec<Label>,
    /// The points that have none.
    missing: Vec<Unlabelled>,
}

/// A label to be printed.
#[derive(Debug, Serialize, JsonSchema)]
struct Label {
    /// Its tag.
    tag: Uuid,
    /// The point.
    checkpoint: Uuid,
    /// The place of the point in the walking order, from 1.
    place: i64,
    /// What the point is called.
    name: String,
    /// The same in English; null where nobody wrote it.
    name_en: Option<String>,
    /// What the code says, and what is typed where it cannot be read.
    text: String,
    /// The QR code as SVG.
    svg: String,
}

/// A point without a label.
#[derive(Debug, Serialize, JsonSchema)]
struct Unlabelled {
    /// The point.
    checkpoint: Uuid,
    /// The place of the point in the walking order, from 1.
    place: i64,
    /// What it is called.
    name: String,
    /// The same in English; null where nobody wrote it.
    name_en: Option<String>,
}

pub(super) fn labels(app: &App, arguments: Labels) -> Result<LabelSheet, CommandError> {
    let route = StoredRoute::seen(app, arguments.route).map_err(|error| error.field("route"))?;
    let (mut labels, mut missing) = (Vec::new(), Vec::new());
    for (place, point) in (1..).zip(live_points(app, &route)?) {
        let (name, name_en) = (point.point.name.clone(), point.point.name_en.clone());
        let label = point.tags.iter().filter(|tag| !tag.is_old() && tag.label.is_some()).max_by_key(|tag| tag.label);
        let Some((tag, text)) = label.and_then(|tag| Some((tag.id, tag.label_text()?.to_owned()))) else {
            missing.push(Unlabelled { checkpoint: point.id, place, name, name_en });
            continue;
        };
        labels.push(Label { tag, checkpoint: point.id, place, name, name_en, svg: qr::svg(&text)?, text });
    }
    Ok(LabelSheet { route_name: route.route.name, labels, missing })
}

pub(super) fn make(app: &App, arguments: Make) -> Result<LabelSheet, CommandError> {
    let route = StoredRoute::to_change(app, arguments.route).map_err(|error| error.field("route"))?;
    let points = live_points(app, &route)?;
    let wanted = arguments.checkpoints.as_deref();
    let is_of_route = |id: &&Uuid| points.iter().any(|point| point.id == **id);
    if let Some(other) = wanted.unwrap_or_default().iter().find(|id| !is_of_route(id)) {
        return Err(CommandError::not_found(format_args!("the route has no point {other} now")).field("checkpoints"));
    }
    let mut saves = Vec::new();
    for point in points.iter().filter(|point| wanted.is_none_or(|wanted| wanted.contains(&point.id))) {
        saves.extend(label_of(app, point, arguments.again)?);
    }
    app.store().save_all(saves)?;
    labels(app, Labels { route: route.id })
}

/// What gives a point its next label; nothing where it has one and keeps it.
fn label_of(app: &App, point: &StoredPoint, again: bool) -> Result<Vec<Save>, CommandError> {
    let current: Vec<_> = point.tags.iter().filter(|tag| !tag.is_old() && tag.label.is_some()).collect();
    if !current.is_empty() && !again {
        return Ok(Vec::new());
    }
    let last = point.tags.iter().filter_map(|tag| tag.label).max().unwrap_or(0);
    let number = last + 1;
    let new = new_tag(app, point, &label_text(point.id, number), Some(number))?;
    let next = new.id;
    let mut saves = vec![new];
    saves.extend(current.into_iter().map(|tag| put_aside(app, tag, next)));
    Ok(saves)
}

fn live_points(app: &App, route: &StoredRoute) -> Result<Vec<StoredPoint>, CommandError> {
    let mut points = points_of(app, route.id, route.scope)?;
    points.retain(|point| point.point.until.is_none());
    Ok(points)
}
