//! One window of one day: which one a start means.

use chrono::{Days as CalendarDays, NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;

use crate::route::{Route, Window};
use crate::time::{Shift, UtcMillis, business_date, instant};

/// How long after its end a night window still is the one that a start means.
const LATE_MS: i64 = 6 * 3_600_000;

/// A window of one day; a night window belongs to its evening, by the window and not by the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence<'r> {
    /// The route.
    pub route: &'r Route,
    /// The window.
    pub window: &'r Window,
    /// The business day.
    pub day: NaiveDate,
    /// When it begins.
    pub from: UtcMillis,
    /// When it is over.
    pub to: UtcMillis,
}

/// What a start is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'r> {
    /// A window.
    Window(Occurrence<'r>),
    /// 临时: a walk outside of all windows, on this business day; it counts for none.
    Extra(NaiveDate),
}

impl<'r> Occurrence<'r> {
    /// The window on a business day.
    pub fn on(route: &'r Route, window: &'r Window, day: NaiveDate, zone: Tz) -> Self {
        let begins = if is_next_day(route.is_night, window.from) { next(day) } else { day };
        let ends = if window.to <= window.from { next(begins) } else { begins };
        let from = instant(begins.and_time(window.from), zone);
        Self { route, window, day, from, to: instant(ends.and_time(window.to), zone) }
    }

    /// Whether the instant lies in it.
    pub fn contains(&self, at: UtcMillis) -> bool {
        self.from <= at && at < self.to
    }

    /// Whether somebody is asked to walk it: the route and the window held when it began.
    pub fn is_asked(&self) -> bool {
        self.route.holds_at(self.from) && self.window.holds_at(self.from)
    }

    /// Whether it can still be walked for: the window was not given up before it began.
    ///
    /// Who takes a route over in the middle of a window may walk it at once, though nobody is asked to.
    fn may_be_walked(&self) -> bool {
        let until = [self.route.until, self.window.until];
        until.into_iter().flatten().all(|until| self.from < until)
    }

    /// Whether at `now` it is over and may still be begun late, for the next window of the route has not begun.
    ///
    /// From then on it is only entered afterwards (补录).
    pub fn may_be_late(&self, now: UtcMillis, zone: Tz) -> bool {
        self.to <= now && self.next_begins(zone).is_some_and(|next| now < next)
    }

    /// The window of the route that begins next after this one has begun; none where no other comes within two days.
    ///
    /// From then on an open run is offered for finishing, and no longer for walking.
    pub fn next_begins(&self, zone: Tz) -> Option<UtcMillis> {
        let days = [self.day, next(self.day), next(next(self.day))];
        let all = days
            .into_iter()
            .flat_map(|day| self.route.windows.iter().map(move |window| Occurrence::on(self.route, window, day, zone)));
        all.filter(|other| other.is_asked() && other.from > self.from).map(|other| other.from).min()
    }
}

/// What a start at `now` is for; none where the route has no such window on that day.
///
/// Without a day, a day window is today's, and a night window the one that is open, else the one that ended within 6 hours, else the
/// next one. Without a window it is the one that is open, and outside of all of them a walk of its own.
///
/// # Example
/// ```
/// use domain::patrol::{Choice, choose};
/// use domain::route::Route;
/// use domain::time::{DEFAULT_ZONE, instant};
/// use serde_json::json;
/// let document = json!({"night": true, "windows/4": {"name": "夜巡四", "from": "04:00", "to": "06:00"}});
/// let route = Route::read("r", document.as_object().expect("an object"));
/// let ten_past_six = instant("2026-09-02T06:10:00".parse().expect("a time"), DEFAULT_ZONE);
/// let Some(Choice::Window(chosen)) = choose(&route, Some("4"), None, ten_past_six, DEFAULT_ZONE) else { panic!() };
/// assert_eq!(chosen.day.to_string(), "2026-09-01");
/// ```
pub fn choose<'r>(
    route: &'r Route,
    window: Option<&str>,
    day: Option<NaiveDate>,
    now: UtcMillis,
    zone: Tz,
) -> Option<Choice<'r>> {
    let today = now.local(zone).date();
    let Some(id) = window else {
        let shift = if route.is_night { Shift::Night } else { Shift::Day };
        let extra = || Choice::Extra(day.unwrap_or_else(|| business_date(now, zone, shift)));
        let open = if day.is_none() { open_at(route, now, zone) } else { None };
        return Some(open.map_or_else(extra, Choice::Window));
    };
    let window = route.window(id)?;
    let on = |day| Occurrence::on(route, window, day, zone);
    let chosen = match day {
        Some(day) => on(day),
        None if !route.is_night => on(today),
        None => {
            let nights = [previous(today), today, next(today)].map(on);
            let is_late = |night: &&Occurrence<'_>| night.to <= now && now.0.saturating_sub(night.to.0) < LATE_MS;
            let open = nights.iter().find(|night| night.contains(now));
            let over = || nights.iter().rev().find(is_late);
            let coming = || nights.iter().find(|night| night.from > now);
            *open.or_else(over).or_else(coming)?
        }
    };
    chosen.may_be_walked().then_some(Choice::Window(chosen))
}

/// The window that is open; of several the one that began last.
fn open_at(route: &Route, now: UtcMillis, zone: Tz) -> Option<Occurrence<'_>> {
    let today = now.local(zone).date();
    let days = [previous(today), today];
    let all = days
        .into_iter()
        .flat_map(|day| route.windows.iter().map(move |window| Occurrence::on(route, window, day, zone)));
    all.filter(|occurrence| occurrence.contains(now) && occurrence.may_be_walked())
        .max_by_key(|occurrence| occurrence.from)
}

/// Whether a window that begins at `from` begins on the calendar day after its evening: what is before noon comes after it.
fn is_next_day(is_night: bool, from: NaiveTime) -> bool {
    const NOON: u32 = 12;
    is_night && from.hour() < NOON
}

fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(CalendarDays::new(1)).unwrap_or(day)
}

fn previous(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(CalendarDays::new(1)).unwrap_or(day)
}
