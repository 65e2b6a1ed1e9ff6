//! Which windows are due on a day, and where each stands.

use chrono::NaiveDate;
use serde::Serialize;

use super::occurrence::Occurrence;
use crate::calendar::Calendar;
use crate::route::Route;
use crate::sleeps::Sleeps;
use crate::time::UtcMillis;

/// Where a window stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WindowState {
    /// It is its time, and nobody has begun.
    Due,
    /// Somebody is walking.
    Open,
    /// All of it is covered, or a walk was finished; there may be gaps in it all the same.
    Done,
    /// It is over, and no walk of it was finished.
    Missed,
    /// It has not begun.
    Later,
}

/// The windows of a route that are due on a business day, in the order in which they begin.
///
/// A night is walked in every window where somebody sleeps, else in the first `night_rounds`.
pub fn due_on<'r>(
    route: &'r Route,
    day: NaiveDate,
    calendar: &Calendar,
    sleeps: &Sleeps,
    night_rounds: usize,
) -> Vec<Occurrence<'r>> {
    let is_school = calendar.is_school_day(day);
    let windows = route.windows.iter().filter(|window| window.days.is_on(is_school));
    let windows = windows.map(|window| Occurrence::on(route, window, day, calendar.zone));
    let mut due: Vec<Occurrence<'r>> = windows.filter(Occurrence::is_asked).collect();
    due.sort_by_key(|occurrence| occurrence.from);
    if route.is_night && !sleeps.on(day, calendar) {
        due.truncate(night_rounds);
    }
    due
}

/// Where a window stands at `now`; `is_covered` when it has no gap, `is_open` when somebody is walking, `is_ended` when a walk of it
/// was finished.
pub fn window_state(
    occurrence: &Occurrence<'_>,
    now: UtcMillis,
    is_covered: bool,
    is_open: bool,
    is_ended: bool,
) -> WindowState {
    match () {
        () if is_covered => WindowState::Done,
        () if is_open => WindowState::Open,
        () if is_ended => WindowState::Done,
        () if now < occurrence.from => WindowState::Later,
        () if now < occurrence.to => WindowState::Due,
        () => WindowState::Missed,
    }
}
