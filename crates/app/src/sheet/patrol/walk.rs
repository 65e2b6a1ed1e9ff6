//! One window of one day with all that was walked for it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::field::Language;
use domain::patrol::{Coverage, WindowNil, WindowState};
use domain::route::Checkpoint;
use domain::time::UtcMillis;

use crate::patrol::ListedRun;

/// One window of one day; or what was walked outside of all windows.
pub(super) struct Walk<'b> {
    /// The business day.
    pub(super) day: NaiveDate,
    /// What it is found again by on another day: the route and the window.
    pub(super) key: String,
    /// What its route is called.
    pub(super) route: String,
    /// What its window is called, with its times.
    pub(super) window: String,
    /// When the window begins and is over.
    pub(super) bounds: Option<(UtcMillis, UtcMillis)>,
    /// Whether it was to be walked.
    pub(super) is_due: bool,
    /// Whether the daily fire patrol is made of it.
    pub(super) is_fire: bool,
    /// The points that were asked, in walking order.
    pub(super) asked: Vec<Point>,
    /// Whether its time is over.
    pub(super) is_over: bool,
    /// Whether what is missing is known to be missing.
    pub(super) is_heard: bool,
    /// Where the window stands; none for what was not due.
    pub(super) state: Option<WindowState>,
    /// What it reports as a whole.
    pub(super) nil: WindowNil,
    /// The runs, void ones left out.
    pub(super) runs: Vec<&'b ListedRun>,
    /// What was covered.
    pub(super) coverage: Coverage,
}

/// A point as a paper names it.
pub(super) struct Point {
    /// The record.
    pub(super) id: String,
    /// Its place in the walking order.
    pub(super) seq: i64,
    /// What it is called.
    pub(super) name: String,
    /// The codes of the items that it bears.
    pub(super) items: Vec<String>,
}

impl Point {
    /// A point as the route has it.
    pub(super) fn of_route(point: &Checkpoint, language: Language) -> Self {
        let name = language.of(&point.name, point.name_en.as_deref().unwrap_or(&point.name)).to_owned();
        Self { id: point.id.clone(), seq: point.seq, name, items: point.items.clone() }
    }
}

impl Walk<'_> {
    /// When it began, or was to begin.
    pub(super) fn begins(&self) -> Option<UtcMillis> {
        self.bounds.map(|(from, _)| from).or_else(|| self.arrivals().min())
    }

    /// When its walkers came to points.
    pub(super) fn arrivals(&self) -> impl Iterator<Item = UtcMillis> {
        self.runs.iter().flat_map(|listed| listed.run.visits.iter().map(|visit| visit.arrived.at))
    }

    /// Its route and its window.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.route, self.window)
    }

    /// Who walked it, each once, in the order in which they came.
    pub(super) fn walkers(&self) -> Vec<&str> {
        let mut visits: Vec<_> = self.runs.iter().flat_map(|listed| &listed.run.visits).collect();
        visits.sort_by_key(|visit| visit.arrived.at);
        let mut known = BTreeSet::new();
        visits.into_iter().filter_map(|visit| visit.by.as_deref()).filter(|by| known.insert(*by)).collect()
    }
}
