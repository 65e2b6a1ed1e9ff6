//! Routes, points and tags as they stand in the store.

mod adopt;
mod items;
mod point;
mod stored;
mod tag;

pub(crate) use adopt::adopt;
pub(crate) use items::{item, item_view, require_fire};
pub(crate) use point::{StoredPoint, point_view, points_of};
pub(crate) use stored::StoredRoute;
pub(crate) use tag::{StoredTag, checked_norm, tags_of};

/// The kind of a route.
pub(crate) const ROUTE: &str = "route";
/// The kind of a point.
pub(crate) const CHECKPOINT: &str = "checkpoint";
/// The kind of a tag.
pub(crate) const TAG: &str = "tag";
