//! The points of a route, each with its tags.

use causal::RecordId;
use domain::permission::Permission;
use domain::reading::read;
use domain::route::{Checkpoint, Route};
use replica::{Listing, Reading};
use uuid::Uuid;
use wire::ProblemType;

use super::tag::{StoredTag, tags_of};
use super::{CHECKPOINT, item};
use crate::app::App;
use crate::campus::Campus;
use crate::dto::route::{RoutePoint, TagRow};
use crate::error::CommandError;
use crate::load::load_seen;
use crate::names::Names;
use crate::people;

/// A route has at most 40 points at one time; those that have ended are few.
const MOST_EVER: u64 = 10_000;

/// A point that is here.
pub(crate) struct StoredPoint {
    /// Its record.
    pub(crate) id: Uuid,
    /// Its campus.
    pub(crate) scope: Option<Uuid>,
    /// What somebody who reads it now has seen.
    pub(crate) version: String,
    /// What it says.
    pub(crate) point: Checkpoint,
    /// Its tags.
    pub(crate) tags: Vec<StoredTag>,
}

impl StoredPoint {
    /// The point `id`, as far as the person who works sees it.
    ///
    /// # Errors
    /// `not-found`, `other-kind` or `deleted`, about the argument `id`.
    pub(crate) fn seen(app: &App, id: Uuid) -> Result<Self, CommandError> {
        load_seen(app, CHECKPOINT, RecordId(id)).map(Self::of)
    }

    /// The point `id` for who keeps the routes of its campus, to be changed.
    ///
    /// # Errors
    /// As [`StoredPoint::seen`]; `not-allowed`, and `finished` where it has ended.
    pub(crate) fn to_change(app: &App, id: Uuid) -> Result<Self, CommandError> {
        let point = Self::seen(app, id)?;
        people::require(app, &Campus::load(app, point.scope)?, Permission::ManageRoutes)?;
        if point.point.until.is_some() {
            return Err(CommandError::new(ProblemType::Finished, "the point has ended").field("id"));
        }
        Ok(point)
    }

    fn of(reading: Reading) -> Self {
        let record = &reading.record;
        let id = record.id.0;
        let point = Checkpoint::read(&id.to_string(), &read(CHECKPOINT, &record.state));
        Self { id, scope: record.scope, version: reading.version, point, tags: Vec::new() }
    }

    /// Whether a tag hangs there.
    pub(crate) fn is_tagged(&self) -> bool {
        self.tags.iter().any(|tag| !tag.is_old())
    }
}

/// The points of a route in walking order, those that have ended among them, each with its tags.
pub(crate) fn points_of(app: &App, route: Uuid, scope: Option<Uuid>) -> Result<Vec<StoredPoint>, CommandError> {
    let route = route.to_string();
    let listing = Listing { kind: CHECKPOINT, field: Some(("route", &route)), limit: MOST_EVER, ..Listing::default() };
    let mut tags = tags_of(app, scope)?;
    let mut points = Vec::new();
    for found in app.store().find(&listing)? {
        let Some(reading) = app.store().get(found.id)? else { continue };
        let mut point = StoredPoint::of(reading);
        let (own, others): (Vec<_>, Vec<_>) = tags.into_iter().partition(|tag| tag.checkpoint == Some(point.id));
        tags = others;
        point.tags = own;
        point.tags.sort_by_key(StoredTag::is_old);
        points.push(point);
    }
    points.sort_by(|one, other| one.point.seq.cmp(&other.point.seq).then_with(|| one.id.cmp(&other.id)));
    Ok(points)
}

/// A point as screens show it, at its place among those that are walked.
pub(crate) fn point_view(names: &Names<'_>, route: &Route, point: &StoredPoint, place: i64) -> RoutePoint {
    let said = &point.point;
    let live = route.windows.iter().filter(|window| window.until.is_none() && said.is_in(&window.id));
    let tags: Vec<TagRow> = point.tags.iter().map(|tag| tag.view(names)).collect();
    RoutePoint {
        id: point.id,
        place,
        name: said.name.clone(),
        name_en: said.name_en.clone(),
        look_at: said.look_at.clone(),
        look_at_en: said.look_at_en.clone(),
        area: said.area.clone(),
        area_name: said.area.as_deref().and_then(|area| names.name(area)),
        items: said.items.iter().map(|code| item(code)).collect(),
        must: said.must.clone(),
        min_seconds: said.min_seconds,
        in_all_windows: said.windows.is_empty(),
        windows: live.map(|window| window.id.clone()).collect(),
        photo: said.asks_for_photo,
        tags,
        until: said.until.map(|at| at.0),
        version: point.version.clone(),
    }
}
