//! What lies around a run: its window, and what others have walked of it.

use causal::RecordId;
use domain::patrol::Occurrence;
use domain::route::Route;
use domain::time::UtcMillis;
use replica::Listing;

use super::KIND;
use super::stored::{Runs, StoredRun, runs_in};
use crate::app::App;
use crate::error::CommandError;
use crate::sight::Seen;

const MOST: u64 = 10_000;

/// Whether the route of a run has, or ever had, a window.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn window_on(app: &App, stored: &StoredRun, window: &str) -> Result<bool, CommandError> {
    Ok(route_of(app, stored)?.is_some_and(|route| route.window(window).is_some()))
}

/// The route of a run as it is now; none where it is not here.
fn route_of(app: &App, stored: &StoredRun) -> Result<Option<Route>, CommandError> {
    let Some(route) = stored.run.route.as_deref() else { return Ok(None) };
    let Ok(id) = route.parse() else { return Ok(None) };
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == "route");
    Ok(found.map(|found| Route::read(route, &found.doc)))
}

/// When a window begins and is over, and when the next one begins.
#[derive(Default)]
pub(super) struct Times {
    pub(super) bounds: Option<(UtcMillis, UtcMillis)>,
    pub(super) next_begins: Option<UtcMillis>,
}

/// The times of the window of a run; none where it has none.
pub(super) fn times(app: &App, stored: &StoredRun) -> Result<Times, CommandError> {
    let run = &stored.run;
    let (Some(route), Some(day)) = (route_of(app, stored)?, run.day) else { return Ok(Times::default()) };
    let zone = stored.campus.calendar.zone;
    let of_window = |route: &Route| {
        let window = route.window(run.window.as_deref()?)?;
        let occurrence = Occurrence::on(route, window, day, zone);
        let bounds = Some((occurrence.from, occurrence.to));
        Some(Times { bounds, next_begins: occurrence.next_begins(zone) })
    };
    Ok(of_window(&route).unwrap_or_default())
}

/// The other runs of the same window, or of the same walk, that the person who works sees.
pub(super) fn others(app: &App, stored: &StoredRun) -> Result<Runs, CommandError> {
    let run = &stored.run;
    let Some(day) = run.day.map(|day| day.to_string()) else { return Ok(Runs::default()) };
    let seen = Seen::of_kind(app, KIND, stored.campus.id)?;
    let listing = Listing { day: Some(&day), limit: MOST, ..seen.listing(KIND) };
    let mut runs = runs_in(app, &listing)?;
    runs.all.retain(|listed| {
        let is_same = listed.run.route == run.route && listed.run.window == run.window && run.window.is_some();
        let own = stored.id.to_string();
        let is_along = listed.run.walk.as_ref() == Some(run.walk.as_ref().unwrap_or(&own));
        listed.id != stored.id && !listed.run.is_void && (is_same || is_along)
    });
    Ok(runs)
}
