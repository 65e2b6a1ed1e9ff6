//! The route as it was when a run began.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::canonical::{canonical, sha256_hex};
use crate::id::route_plan_id;
use crate::route::{Checkpoint, Route};

/// A route with its windows and points at one instant: what a run was asked to walk.
///
/// Equal plans have one id, so the runs of months name a few records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The route.
    pub route: String,
    /// What it was called.
    pub name: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Whether the daily fire patrol is made of its walks.
    #[serde(default)]
    pub fire: bool,
    /// Whether it is walked in the night.
    #[serde(default)]
    pub night: bool,
    /// Its windows.
    #[serde(default)]
    pub windows: Vec<PlanWindow>,
    /// Its points in walking order.
    #[serde(default)]
    pub points: Vec<PlanPoint>,
}

/// A window of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanWindow {
    /// Its id.
    pub id: String,
    /// What it was called.
    pub name: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// When it began, `HH:MM`.
    pub from: String,
    /// When it was over, `HH:MM`.
    pub to: String,
}

/// A point of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPoint {
    /// The point.
    pub id: String,
    /// Its place in the walking order.
    pub seq: i64,
    /// What it was called.
    pub name: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// The area it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// What to look at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub look_at: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_at_en: Option<String>,
    /// The codes of the items that may be answered there.
    #[serde(default)]
    pub items: Vec<String>,
    /// The codes of those that are opened before it can be closed.
    #[serde(default)]
    pub must: Vec<String>,
    /// The shortest believable stay, in seconds.
    #[serde(default)]
    pub min_seconds: u32,
    /// Whether a visit asks for a photo.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub photo: bool,
    /// The windows in which it is walked; empty for all of them.
    #[serde(default)]
    pub windows: Vec<String>,
}

impl Plan {
    /// The plan of a route as it stands: what nobody has ended of it, of the points for which `is_open` holds.
    ///
    /// From when on a point holds is not asked: a guard whose clock is behind the office's walks it all the same.
    pub fn of(route: &Route, points: &[Checkpoint], is_open: impl Fn(&Checkpoint) -> bool) -> Self {
        let asked = points.iter().filter(|point| point.until.is_none() && is_open(point));
        let mut points: Vec<PlanPoint> = asked.map(|point| plan_point(route, point)).collect();
        points.sort_by(|a, b| (a.seq, &a.id).cmp(&(b.seq, &b.id)));
        let time = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
        Self {
            route: route.id.clone(),
            name: route.name.clone(),
            name_en: route.name_en.clone(),
            fire: route.is_fire,
            night: route.is_night,
            windows: route
                .live_windows()
                .map(|window| PlanWindow {
                    id: window.id.clone(),
                    name: window.name.clone(),
                    name_en: window.name_en.clone(),
                    from: time(window.from),
                    to: time(window.to),
                })
                .collect(),
            points,
        }
    }

    /// The plan in a stored body; none where it is none.
    pub fn read(body: &Value) -> Option<Self> {
        Self::deserialize(body).ok()
    }

    /// The body as a record keeps it.
    pub fn body(&self) -> Value {
        // A plan holds texts and whole numbers alone, which always become JSON.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Its id: v5(route, SHA-256 of its canonical text).
    pub fn id(&self, route: Uuid) -> Uuid {
        route_plan_id(route, &sha256_hex(canonical(&self.body()).as_bytes()))
    }

    /// The point with this id.
    pub fn point(&self, id: &str) -> Option<&PlanPoint> {
        self.points.iter().find(|point| point.id == id)
    }

    /// The points that are walked in a window, in walking order; all of them outside of every window.
    pub fn points_in<'p>(&'p self, window: Option<&'p str>) -> impl Iterator<Item = &'p PlanPoint> {
        self.points.iter().filter(move |point| match window {
            Some(window) => point.windows.is_empty() || point.windows.iter().any(|own| own == window),
            None => true,
        })
    }
}

fn plan_point(route: &Route, point: &Checkpoint) -> PlanPoint {
    PlanPoint {
        id: point.id.clone(),
        seq: point.seq,
        name: point.name.clone(),
        name_en: point.name_en.clone(),
        area: point.area.clone(),
        look_at: point.look_at.clone(),
        look_at_en: point.look_at_en.clone(),
        items: point.items.clone(),
        must: point.must.clone(),
        min_seconds: point.min_seconds,
        photo: route.asks_for_photo || point.asks_for_photo,
        windows: point.windows.clone(),
    }
}
