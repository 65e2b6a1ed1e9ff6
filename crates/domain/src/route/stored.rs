//! Routes and points as their records say them.

use chrono::Timelike;
use serde_json::{Map, Value};

use super::window::{Window, holds_at, instant, text};
use crate::time::UtcMillis;

/// What begins before it belongs to the second half of a night.
const NOON: u32 = 12;

/// A route, from the document of its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The same in English; none where nobody wrote it.
    pub name_en: Option<String>,
    /// Its code, such as `S-DAY`; none for most that a school made itself.
    pub code: Option<String>,
    /// Whether it counts as the daily fire patrol.
    pub is_fire: bool,
    /// Whether it is walked at night, so that its windows count for the evening on which the night began.
    pub is_night: bool,
    /// Whether each visit asks for a photo.
    pub asks_for_photo: bool,
    /// All its windows, the ended ones among them, by when they begin in the day.
    pub windows: Vec<Window>,
    /// From when on it holds; none where nobody knows.
    pub since: Option<UtcMillis>,
    /// Until when it held; none as long as it does.
    pub until: Option<UtcMillis>,
}

impl Route {
    /// The route of a record of the kind `route`; what is not understood of it is left out.
    pub fn read(id: &str, document: &Map<String, Value>) -> Self {
        let entries = document.iter().filter_map(|(name, value)| Some((name.strip_prefix("windows/")?, value)));
        let mut windows: Vec<Window> = entries.filter_map(|(id, value)| Window::read(id, value)).collect();
        let is_night = is_true(document, "night");
        // A night begins in the evening: what is before noon comes after it.
        let place = |window: &Window| (is_night && window.from.hour() < NOON, window.from);
        windows.sort_by(|one, other| place(one).cmp(&place(other)).then_with(|| one.id.cmp(&other.id)));
        Self {
            id: id.to_owned(),
            name: text(document, "name").unwrap_or_default().to_owned(),
            name_en: text(document, "name_en").map(str::to_owned),
            code: text(document, "code").map(str::to_owned),
            is_fire: is_true(document, "fire"),
            is_night,
            asks_for_photo: is_true(document, "photo"),
            windows,
            since: instant(document, "since"),
            until: instant(document, "until"),
        }
    }

    /// The windows that nobody has ended, in the order of the day; none once the route has ended.
    ///
    /// From when on they hold is not asked: whoever made one may have a clock that is ahead of the one here.
    pub fn live_windows(&self) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(|window| self.until.is_none() && window.until.is_none())
    }

    /// The window of an id, whether it still holds or not.
    pub fn window(&self, id: &str) -> Option<&Window> {
        self.windows.iter().find(|window| window.id == id)
    }

    /// Whether the route is in use at an instant.
    pub fn holds_at(&self, at: UtcMillis) -> bool {
        holds_at(self.since, self.until, at)
    }
}

/// A point of a route, from the document of its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Its id.
    pub id: String,
    /// The route that it is part of.
    pub route: String,
    /// Its place in the walking order.
    pub seq: i64,
    /// The area that it lies in.
    pub area: Option<String>,
    /// What it is called.
    pub name: String,
    /// The same in English; none where nobody wrote it.
    pub name_en: Option<String>,
    /// What to look at.
    pub look_at: String,
    /// The same in English; none where nobody wrote it.
    pub look_at_en: Option<String>,
    /// The codes of the items that it bears.
    pub items: Vec<String>,
    /// The codes of those that must be answered before it is closed.
    pub must: Vec<String>,
    /// The shortest believable stay, in seconds.
    pub min_seconds: u32,
    /// The ids of the windows in which it is walked; empty for all of them.
    pub windows: Vec<String>,
    /// Whether a visit asks for a photo.
    pub asks_for_photo: bool,
    /// From when on it holds; none where nobody knows.
    pub since: Option<UtcMillis>,
    /// Until when it held; none as long as it does.
    pub until: Option<UtcMillis>,
}

impl Checkpoint {
    /// The point of a record of the kind `checkpoint`; what is not understood of it is left out.
    pub fn read(id: &str, document: &Map<String, Value>) -> Self {
        let owned = |name: &str| text(document, name).map(str::to_owned);
        let seconds = document.get("min_seconds").and_then(Value::as_u64);
        Self {
            id: id.to_owned(),
            route: owned("route").unwrap_or_default(),
            seq: document.get("seq").and_then(Value::as_i64).unwrap_or(0),
            area: owned("area"),
            name: owned("name").unwrap_or_default(),
            name_en: owned("name_en"),
            look_at: owned("look_at").unwrap_or_default(),
            look_at_en: owned("look_at_en"),
            items: texts(document, "items"),
            must: texts(document, "must"),
            min_seconds: seconds.and_then(|seconds| u32::try_from(seconds).ok()).unwrap_or(0),
            windows: texts(document, "windows"),
            asks_for_photo: is_true(document, "photo"),
            since: instant(document, "since"),
            until: instant(document, "until"),
        }
    }

    /// Whether it is walked in a window.
    pub fn is_in(&self, window: &str) -> bool {
        self.windows.is_empty() || self.windows.iter().any(|own| own == window)
    }

    /// Whether it is in use at an instant.
    pub fn holds_at(&self, at: UtcMillis) -> bool {
        holds_at(self.since, self.until, at)
    }

    /// Puts points into walking order; of two with one number, the older id comes first.
    pub fn sort(points: &mut [Self]) {
        points.sort_by(|one, other| one.seq.cmp(&other.seq).then_with(|| one.id.cmp(&other.id)));
    }
}

fn is_true(document: &Map<String, Value>, name: &str) -> bool {
    document.get(name) == Some(&Value::Bool(true))
}

fn texts(document: &Map<String, Value>, name: &str) -> Vec<String> {
    let list = document.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
