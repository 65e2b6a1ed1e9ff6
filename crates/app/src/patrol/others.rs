//! The other runs that a run is seen beside.

use replica::Listing;

use super::KIND;
use super::stored::{Runs, StoredRun, runs_in};
use crate::app::App;
use crate::error::CommandError;
use crate::sight::Seen;

const MOST: u64 = 10_000;

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
