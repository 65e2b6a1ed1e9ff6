//! One route: its head, its windows, and what the daily fire patrol asks of it.

use causal::RecordId;
use domain::permission::Permission;
use domain::reading::read;
use domain::route::{Route, Window, missing_fire_items};
use replica::Reading;
use uuid::Uuid;
use wire::ProblemType;

use super::{ROUTE, StoredPoint, item_view};
use crate::app::App;
use crate::campus::Campus;
use crate::dto::route::{RouteRow, RouteWindow};
use crate::error::CommandError;
use crate::load::load_seen;
use crate::people;

/// A route that is here.
pub(crate) struct StoredRoute {
    /// Its record.
    pub(crate) id: Uuid,
    /// Its campus.
    pub(crate) scope: Option<Uuid>,
    /// What somebody who reads it now has seen.
    pub(crate) version: String,
    /// What it says.
    pub(crate) route: Route,
}

impl StoredRoute {
    /// The route `id`, as far as the person who works sees it.
    ///
    /// # Errors
    /// `not-found`, `other-kind` or `deleted`, about the argument `id`.
    pub(crate) fn seen(app: &App, id: Uuid) -> Result<Self, CommandError> {
        load_seen(app, ROUTE, RecordId(id)).map(Self::of)
    }

    /// The route `id` for who keeps the routes of its campus, to be changed.
    ///
    /// # Errors
    /// As [`StoredRoute::seen`]; `not-allowed`, and `finished` where it has ended.
    pub(crate) fn to_change(app: &App, id: Uuid) -> Result<Self, CommandError> {
        let route = Self::seen(app, id)?;
        people::require(app, &Campus::load(app, route.scope)?, Permission::ManageRoutes)?;
        if route.route.until.is_some() {
            return Err(CommandError::new(ProblemType::Finished, "the route has ended").field("id"));
        }
        Ok(route)
    }

    fn of(reading: Reading) -> Self {
        let record = &reading.record;
        let id = record.id.0;
        let route = Route::read(&id.to_string(), &read(ROUTE, &record.state));
        Self { id, scope: record.scope, version: reading.version, route }
    }

    /// The route as a row of a list.
    pub(crate) fn row(&self, points: &[StoredPoint]) -> RouteRow {
        let route = &self.route;
        let live: Vec<&StoredPoint> = points.iter().filter(|point| point.point.until.is_none()).collect();
        let borne = live.iter().flat_map(|point| &point.point.items).map(String::as_str);
        RouteRow {
            id: self.id,
            scope: self.scope,
            name: route.name.clone(),
            name_en: route.name_en.clone(),
            code: route.code.clone(),
            fire: route.is_fire,
            night: route.is_night,
            photo: route.asks_for_photo,
            points: live.len(),
            tagged: live.iter().filter(|point| point.is_tagged()).count(),
            windows: route.live_windows().map(window_view).collect(),
            fire_missing: missing_fire_items(borne).into_iter().map(item_view).collect(),
            until: route.until.map(|at| at.0),
            version: self.version.clone(),
        }
    }
}

/// A window as screens show it.
fn window_view(window: &Window) -> RouteWindow {
    let time = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    RouteWindow {
        id: window.id.clone(),
        name: window.name.clone(),
        name_en: window.name_en.clone(),
        from: time(window.from),
        to: time(window.to),
        days: window.days,
    }
}
