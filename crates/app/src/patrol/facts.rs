//! What a campus says of its patrols: routes, points, areas, and when somebody sleeps there.

use std::collections::HashMap;

use causal::RecordId;
use chrono::NaiveDate;
use domain::calendar::Period;
use domain::patrol::{Areas, Occurrence, due_on};
use domain::route::{Checkpoint, Route};
use domain::sleeps::Sleeps;
use replica::Listing;
use serde::Deserialize;
use serde_json::Value;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, text};
use crate::error::CommandError;
use crate::sight::Seen;

const ROUTE: &str = "route";
const CHECKPOINT: &str = "checkpoint";
const MOST: u64 = 10_000;

/// A route with its points, those that have ended included.
pub(crate) struct RouteFacts {
    /// The route.
    pub(crate) route: Route,
    /// Its points, in walking order.
    pub(crate) points: Vec<Checkpoint>,
}

/// What patrols of a campus are judged by.
pub(crate) struct Facts {
    /// The campus.
    pub(crate) campus: Campus,
    /// Its areas.
    pub(crate) areas: Areas,
    /// Its key areas, by id.
    pub(crate) key_areas: Vec<String>,
    sleeps: Sleeps,
}

impl RouteFacts {
    /// The routes of a campus that the person who works sees, by name; one alone where `route` names it.
    pub(crate) fn seen(app: &App, campus: &Campus, route: Option<&str>) -> Result<Vec<Self>, CommandError> {
        let seen = Seen::of_kind(app, ROUTE, campus.id)?;
        let found = app.store().find(&Listing { limit: MOST, ..seen.listing(ROUTE) })?;
        let is_asked = |id: &str| route.is_none_or(|route| route == id);
        let mut points = points_by_route(app, campus)?;
        let mut routes = Vec::new();
        for found in found {
            let id = found.id.to_string();
            if is_asked(&id) {
                let points = points.remove(&id).unwrap_or_default();
                routes.push(Self { route: Route::read(&id, &found.doc), points });
            }
        }
        routes.sort_by(|a, b| (a.route.is_night, &a.route.name).cmp(&(b.route.is_night, &b.route.name)));
        Ok(routes)
    }

    /// A route with its points, whoever asks.
    pub(crate) fn of(app: &App, id: &str, document: &Document) -> Result<Self, CommandError> {
        let listing = Listing { kind: CHECKPOINT, field: Some(("route", id)), limit: MOST, ..Listing::default() };
        let found = app.store().find(&listing)?;
        let mut points: Vec<Checkpoint> =
            found.iter().map(|found| Checkpoint::read(&found.id.to_string(), &found.doc)).collect();
        Checkpoint::sort(&mut points);
        Ok(Self { route: Route::read(id, document), points })
    }
}

fn points_by_route(app: &App, campus: &Campus) -> Result<HashMap<String, Vec<Checkpoint>>, CommandError> {
    let listing = Listing { kind: CHECKPOINT, scopes: campus.id.as_slice(), limit: MOST, ..Listing::default() };
    let mut points: HashMap<String, Vec<Checkpoint>> = HashMap::new();
    for found in app.store().find(&listing)? {
        let point = Checkpoint::read(&found.id.to_string(), &found.doc);
        points.entry(point.route.clone()).or_default().push(point);
    }
    points.values_mut().for_each(|points| Checkpoint::sort(points));
    Ok(points)
}

impl Facts {
    /// Of a campus.
    pub(crate) fn of(app: &App, campus: Campus) -> Result<Self, CommandError> {
        let mut facts = Self { campus, areas: Areas::default(), key_areas: Vec::new(), sleeps: Sleeps::default() };
        let listing = Listing { kind: "area", scopes: facts.campus.id.as_slice(), limit: MOST, ..Listing::default() };
        for found in app.store().find(&listing)? {
            let id = found.id.to_string();
            if found.doc.get("key_area") == Some(&Value::Bool(true)) {
                facts.key_areas.push(id.clone());
            }
            facts.areas.insert(id, text(&found.doc, "parent").map(str::to_owned), closed(&found.doc));
        }
        if let Some(id) = facts.campus.id
            && let Some(found) = app.store().find_one(RecordId(id))?
        {
            facts.sleeps = sleeps(&found.doc);
        }
        Ok(facts)
    }

    /// The windows of a route that are due on a business day.
    pub(crate) fn due<'r>(&self, route: &'r Route, day: NaiveDate) -> Vec<Occurrence<'r>> {
        let rounds = self.campus.history.on(day).number("fire.night.rounds");
        let rounds = usize::try_from(rounds).unwrap_or(usize::MAX);
        due_on(route, day, &self.campus.calendar, &self.sleeps, rounds)
    }

    /// Whether somebody sleeps there in the night that begins on an evening.
    pub(crate) fn is_slept_on(&self, evening: NaiveDate) -> bool {
        self.sleeps.on(evening, &self.campus.calendar)
    }
}

/// Who says nothing but that pupils board has somebody there on every night: rather a round too many than one too few.
fn sleeps(campus: &Document) -> Sleeps {
    match campus.get("sleeps") {
        Some(told) if !told.is_null() => Sleeps::from_json(told).unwrap_or_else(|_| Sleeps::of_boarders()),
        _ if campus.get("boarding") == Some(&Value::Bool(true)) => Sleeps::of_boarders(),
        _ => Sleeps::default(),
    }
}

fn closed(area: &Document) -> Vec<Period> {
    let list = area.get("closed_periods").and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|period| Period::deserialize(period).ok()).collect()
}
