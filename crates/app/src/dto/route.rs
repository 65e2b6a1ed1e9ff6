//! Routes, points and tags as screens show them.

use domain::route::WindowDays;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::dto::person::PersonRef;

/// A route, without its points.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RouteRow {
    /// The route.
    pub(crate) id: Uuid,
    /// The campus.
    pub(crate) scope: Option<Uuid>,
    /// What it is called.
    pub(crate) name: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) name_en: Option<String>,
    /// Its code, such as `S-DAY`; null for one that the school made itself.
    pub(crate) code: Option<String>,
    /// Whether it counts as the daily fire patrol.
    pub(crate) fire: bool,
    /// Whether it is walked at night.
    pub(crate) night: bool,
    /// Whether each visit asks for a photo.
    pub(crate) photo: bool,
    /// How many points it has now.
    pub(crate) points: usize,
    /// How many of them have a tag.
    pub(crate) tagged: usize,
    /// The windows that hold now, in the order of the day.
    pub(crate) windows: Vec<RouteWindow>,
    /// The items of the daily fire patrol that no point bears; empty where they are all there.
    pub(crate) fire_missing: Vec<RouteItem>,
    /// Until when it was walked, ms since 1970 UTC; null as long as it is.
    pub(crate) until: Option<i64>,
    /// Give it back as `seen` with a change.
    pub(crate) version: String,
}

/// A window of a route.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RouteWindow {
    /// Its id; a change of it gives it another one.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) name_en: Option<String>,
    /// When it begins, `HH:MM`.
    pub(crate) from: String,
    /// When it ends, `HH:MM`; not later than `from` when it runs over midnight.
    pub(crate) to: String,
    /// On which days.
    pub(crate) days: WindowDays,
}

/// An item as a route names it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RouteItem {
    /// Its code.
    pub(crate) code: String,
    /// What it asks; the code where this version does not know it.
    pub(crate) text: String,
    /// The same in English; null where it has none.
    pub(crate) text_en: Option<String>,
}

/// A point of a route.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RoutePoint {
    /// The point.
    pub(crate) id: Uuid,
    /// Its place in the walking order, from 1; of one that has ended, the place that it had.
    pub(crate) place: i64,
    /// What it is called.
    pub(crate) name: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) name_en: Option<String>,
    /// What to look at.
    pub(crate) look_at: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) look_at_en: Option<String>,
    /// The area that it lies in.
    pub(crate) area: Option<String>,
    /// What that is called.
    pub(crate) area_name: Option<String>,
    /// The items that it bears.
    pub(crate) items: Vec<RouteItem>,
    /// The codes of those that must be answered before it is closed.
    pub(crate) must: Vec<String>,
    /// The shortest believable stay, in seconds.
    pub(crate) min_seconds: u32,
    /// Whether it is walked in all windows.
    pub(crate) in_all_windows: bool,
    /// The ids of the windows that hold now and in which it is walked.
    pub(crate) windows: Vec<String>,
    /// Whether a visit asks for a photo.
    pub(crate) photo: bool,
    /// Its tags, those that are no longer used last.
    pub(crate) tags: Vec<TagRow>,
    /// Until when it was walked, ms since 1970 UTC; null as long as it is.
    pub(crate) until: Option<i64>,
    /// Give it back as `seen` with a change.
    pub(crate) version: String,
}

/// A route with its points.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct RouteView {
    /// The route itself.
    pub(crate) route: RouteRow,
    /// Its points in walking order.
    pub(crate) points: Vec<RoutePoint>,
    /// The points that it had, the last one first.
    pub(crate) ended: Vec<RoutePoint>,
}

/// A tag.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TagRow {
    /// The tag.
    pub(crate) id: Uuid,
    /// The point at which it hangs; null where it hangs at none.
    pub(crate) checkpoint: Option<Uuid>,
    /// What that is called.
    pub(crate) checkpoint_name: Option<String>,
    /// How readers spell it, its own spelling among them.
    pub(crate) spellings: Vec<String>,
    /// Its number among the labels of its point; null for a tag that was not printed here.
    pub(crate) label: Option<u64>,
    /// Why it is no longer used; null as long as it is.
    pub(crate) old: Option<TagOld>,
    /// Whether two tablets gave it to two points, and nobody has chosen yet.
    pub(crate) is_disputed: bool,
    /// Give it back as `seen` with a change.
    pub(crate) version: String,
}

/// Since when a tag is no longer used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TagOld {
    /// Who said so.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: Option<i64>,
    /// The tag that hangs there now; null where it was taken away alone.
    pub(crate) next: Option<Uuid>,
}
