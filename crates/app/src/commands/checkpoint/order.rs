//! The walking order: one call moves a point, and the others make room.

use causal::RecordId;
use replica::Save;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::document::field;
use crate::error::CommandError;
use crate::route::{CHECKPOINT, StoredPoint, points_of};

/// Arguments of `checkpoint.move`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    /// The point.
    id: Uuid,
    /// Its new place in the walking order, from 1.
    place: usize,
}

/// The walking order.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WalkingOrder {
    /// The points of the route in walking order.
    pub(super) points: Vec<Uuid>,
}

pub(super) fn move_to(app: &App, arguments: Move) -> Result<WalkingOrder, CommandError> {
    let point = StoredPoint::to_change(app, arguments.id)?;
    let route = Uuid::parse_str(&point.point.route);
    let route = route.map_err(|_| CommandError::not_found("the point is part of no route").field("id"))?;
    let mut points = points_of(app, route, point.scope)?;
    points.retain(|point| point.point.until.is_none());
    if !(1..=points.len()).contains(&arguments.place) {
        return Err(CommandError::bad_argument("place", format_args!("a place is 1 to {}", points.len())));
    }
    let mut order: Vec<Uuid> = points.iter().map(|other| other.id).filter(|id| *id != point.id).collect();
    order.insert(arguments.place - 1, point.id);
    app.store().save_all(renumbered(app, &order, &points))?;
    Ok(WalkingOrder { points: order })
}

/// Gives each point the number of its place in an order; those that have it already are left alone.
pub(super) fn renumbered(app: &App, order: &[Uuid], points: &[StoredPoint]) -> Vec<Save> {
    let place = |id: Uuid| (1..).zip(order).find(|(_, own)| **own == id).map(|(place, _): (i64, _)| place);
    let moved = points.iter().filter_map(|point| Some((point, place(point.id)?)));
    moved
        .filter(|(point, place)| point.point.seq != *place)
        .map(|(point, place)| Save {
            id: Some(RecordId(point.id)),
            kind: CHECKPOINT.to_owned(),
            seen: Some(point.version.clone()),
            only_if: Some(point.version.clone()),
            set: vec![field("seq", json!(place))],
            by: app.by(),
            ..Save::default()
        })
        .collect()
}
