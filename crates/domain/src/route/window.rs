//! The windows of a route: when it is to be walked, and from when to when that held.

use std::str::FromStr;

use chrono::NaiveTime;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::answer::parse_time;
use crate::time::UtcMillis;

/// The sort of days on which a window is walked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WindowDays {
    /// Every day of the year.
    #[default]
    Every,
    /// When school is held.
    School,
    /// When no school is held.
    Closed,
}

impl WindowDays {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Every, Self::School, Self::Closed];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::School => "school",
            Self::Closed => "closed",
        }
    }

    /// Whether a day is of this sort.
    pub fn is_on(self, is_school_day: bool) -> bool {
        match self {
            Self::Every => true,
            Self::School => is_school_day,
            Self::Closed => !is_school_day,
        }
    }
}

impl FromStr for WindowDays {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|days| days.code() == code).ok_or(())
    }
}

/// Whether the wall clock of the campus shows a time from `from` on and before `to`; over midnight where `to` is the earlier.
///
/// # Example
/// ```
/// use domain::{answer::parse_time, route::is_within};
/// let [from, to, late] = ["22:00", "00:00", "23:59"].map(|time| parse_time(time).expect("a time"));
/// assert!(is_within(from, to, late));
/// assert!(!is_within(from, to, to), "the end lies outside");
/// ```
pub fn is_within(from: NaiveTime, to: NaiveTime, time: NaiveTime) -> bool {
    if from < to { from <= time && time < to } else { from <= time || time < to }
}

/// A stored window: the field `windows/<id>` of a route.
///
/// It is never edited: a change ends it and adds another one, so what was due before stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its id, the last part of its field.
    pub id: String,
    /// What it is called, such as 清校.
    pub name: String,
    /// The same in English; none where nobody wrote it.
    pub name_en: Option<String>,
    /// When it begins.
    pub from: NaiveTime,
    /// When it ends; not later than `from` when it runs over midnight, and itself outside.
    pub to: NaiveTime,
    /// On which days.
    pub days: WindowDays,
    /// From when on it holds; none where nobody knows.
    pub since: Option<UtcMillis>,
    /// Until when it held; none as long as it does.
    pub until: Option<UtcMillis>,
}

impl Window {
    /// The window of a field `windows/<id>`; none for a value that says nothing.
    pub fn read(id: &str, value: &Value) -> Option<Self> {
        let entry = value.as_object()?;
        Some(Self {
            id: id.to_owned(),
            name: text(entry, "name")?.to_owned(),
            name_en: text(entry, "name_en").map(str::to_owned),
            from: parse_time(text(entry, "from")?)?,
            to: parse_time(text(entry, "to")?)?,
            days: text(entry, "days").unwrap_or("every").parse().ok()?,
            since: instant(entry, "since"),
            until: instant(entry, "until"),
        })
    }

    /// What is stored.
    pub fn to_json(&self) -> Value {
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        let mut entry =
            json!({"name": self.name, "from": time(self.from), "to": time(self.to), "days": self.days.code()});
        if let Some(name) = &self.name_en {
            entry["name_en"] = json!(name);
        }
        for (name, at) in [("since", self.since), ("until", self.until)] {
            if let Some(at) = at {
                entry[name] = json!(at);
            }
        }
        entry
    }

    /// Whether it holds at an instant.
    pub fn holds_at(&self, at: UtcMillis) -> bool {
        holds_at(self.since, self.until, at)
    }

    /// Whether the wall clock of the campus shows a time within it.
    pub fn contains(&self, time: NaiveTime) -> bool {
        is_within(self.from, self.to, time)
    }
}

/// Whether something that held from an instant on, and until another, holds at `at`.
pub(super) fn holds_at(since: Option<UtcMillis>, until: Option<UtcMillis>, at: UtcMillis) -> bool {
    since.is_none_or(|since| since <= at) && until.is_none_or(|until| at < until)
}

pub(super) fn text<'a>(entry: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    entry.get(name)?.as_str().filter(|text| !text.is_empty())
}

pub(super) fn instant(entry: &Map<String, Value>, name: &str) -> Option<UtcMillis> {
    entry.get(name)?.as_i64().map(UtcMillis)
}
