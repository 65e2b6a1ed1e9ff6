//! What of a window is covered by the runs that are here.

use chrono::NaiveDate;
use domain::patrol::{
    AreaGap, AreaRounds, Coverage, Occurrence, Tally, TallyOn, VisitTo, WindowNil, WindowState, area_gaps, area_rounds,
    coverage_of, window_nil, window_state,
};
use domain::route::Checkpoint;
use domain::time::{UtcMillis, day_bounds};

use super::facts::{Facts, RouteFacts};
use super::hearing::{Hearing, WindowHeard};
use super::tallied::Tallies;
use crate::dto::key_area::{KeyArea, NotAsked};
use crate::dto::patrol::RunCoverage;
use crate::names::Names;

/// A window with what was covered of it.
pub(crate) struct Covered<'r> {
    /// The window.
    pub(crate) occurrence: Occurrence<'r>,
    /// What was covered.
    pub(crate) coverage: Coverage,
    /// Where it stands.
    pub(crate) state: WindowState,
    /// What it reports as a whole.
    pub(crate) nil: WindowNil,
    /// Whether what is missing is known to be missing.
    pub(crate) is_heard: bool,
    /// The devices that may still bring what is missing, by their names.
    pub(crate) waiting: Vec<String>,
}

/// What of a window was covered at `now` by the runs that are here; `hearing` says who may bring others.
pub(crate) fn covered<'r>(
    facts: &Facts,
    of: &'r RouteFacts,
    occurrence: Occurrence<'r>,
    tallies: &Tallies,
    (now, hearing): (UtcMillis, &Hearing),
) -> Covered<'r> {
    let of_window: Vec<&Tally> =
        tallies.of_day(occurrence.day).iter().filter(|tally| is_of(tally, &occurrence)).collect();
    let on: Vec<TallyOn<'_>> = of_window.iter().map(|tally| tallies.on(tally)).collect();
    let asked = occurrence.asked(&of.points, &facts.areas);
    let coverage = coverage_of(Some(occurrence.to), asked.iter().map(|point| point.id.as_str()), &on);
    let is_walking = occurrence.next_begins(facts.campus.calendar.zone).is_none_or(|next| now < next);
    let is_open = is_walking && of_window.iter().any(|tally| tally.is_open());
    let is_ended = of_window.iter().any(|tally| !tally.is_void && tally.is_ended);
    let is_certain = coverage.is_whole() || now < occurrence.to;
    let heard = if is_certain {
        WindowHeard { is_heard: true, waiting: Vec::new() }
    } else {
        hearing.since(occurrence.to, now)
    };
    Covered {
        occurrence,
        state: window_state(&occurrence, now, coverage.is_whole(), is_open, is_ended),
        nil: window_nil(&coverage, of_window.iter().copied()),
        is_heard: heard.is_heard,
        waiting: heard.waiting,
        coverage,
    }
}

fn is_of(tally: &Tally, occurrence: &Occurrence<'_>) -> bool {
    tally.route.as_ref() == Some(&occurrence.route.id) && tally.window.as_ref() == Some(&occurrence.window.id)
}

/// The figures of a coverage.
pub(crate) fn numbers(coverage: &Coverage) -> RunCoverage {
    RunCoverage {
        points: coverage.points(),
        covered: coverage.covered.len(),
        on_time: coverage.on_time(),
        late: coverage.count(|point| point.is_late),
        entered: coverage.count(|point| point.is_entered),
        short: coverage.count(|point| point.is_short),
        by_hand: coverage.count(|point| point.is_by_hand),
        claimed: coverage.count(|point| point.is_claimed),
        abnormal: coverage.count(|point| point.is_abnormal),
        missed: coverage.missed.len(),
    }
}

/// How often each key area was walked on a business day, the least first, and how long nobody was there while it was in use; behind
/// them those that nobody was to walk.
pub(crate) fn key_areas(
    names: &Names<'_>,
    facts: &Facts,
    routes: &[RouteFacts],
    tallies: &Tallies,
    day: NaiveDate,
) -> Vec<KeyArea> {
    let areas = || facts.key_areas.iter().map(String::as_str);
    let visits = visits(facts, tallies, day);
    let gaps: Vec<AreaGap> = area_gaps(areas(), &uses(facts, routes, day), &visits);
    let of = |rounds: AreaRounds| {
        let gap = gaps.iter().find(|gap| gap.area == rounds.area);
        KeyArea {
            name: names.name(&rounds.area),
            rounds: rounds.rounds,
            longest_gap_min: gap.and_then(|gap| gap.longest_ms).map(|ms| ms / 60_000),
            gap_unknown: gap.is_some_and(|gap| gap.is_unknown),
            why_not: if rounds.rounds == 0 { why_not(facts, routes, &rounds.area, day) } else { None },
            area: rounds.area,
        }
    };
    let mut all: Vec<KeyArea> = area_rounds(areas(), &visits).into_iter().map(of).collect();
    all.sort_by_key(|area| area.why_not.is_some());
    all
}

/// Why nobody is to walk a key area on a day; none where a point of a route lies in it that holds at the beginning or at the end of the
/// day, in whatever window.
fn why_not(facts: &Facts, routes: &[RouteFacts], area: &str, day: NaiveDate) -> Option<NotAsked> {
    if facts.areas.is_closed(area, day) {
        return Some(NotAsked::Closed);
    }
    let (from, to) = day_bounds(day, facts.campus.calendar.zone);
    let is_there = |point: &Checkpoint| point.area.as_deref().is_some_and(|own| facts.areas.lies_in(own, area));
    let holds = |of: &RouteFacts, at| {
        of.route.holds_at(at) && of.points.iter().any(|point| is_there(point) && point.holds_at(at))
    };
    let is_on_route = routes.iter().any(|of| holds(of, from) || holds(of, to));
    (!is_on_route).then_some(NotAsked::NoRoute)
}

/// The visits of a day to points of key areas, once for each key area that the point lies in; by the plans of their runs.
fn visits<'a>(facts: &'a Facts, tallies: &'a Tallies, day: NaiveDate) -> Vec<VisitTo<'a>> {
    let mut visits = Vec::new();
    let of_day = tallies.of_day(day).iter().filter(|tally| !tally.is_void);
    for on in of_day.map(|tally| tallies.on(tally)) {
        let (Some(route), Some(window)) = (&on.tally.route, &on.tally.window) else { continue };
        for visit in &on.tally.visits {
            let area = on.plan.and_then(|plan| plan.point(&visit.checkpoint)?.area.as_deref());
            for key in facts.key_areas.iter().filter(|key| area.is_some_and(|area| facts.areas.lies_in(area, key))) {
                visits.push(VisitTo { area: key, occurrence: (route, window), arrived: visit.arrived });
            }
        }
    }
    visits
}

/// When the campus is in use on a business day: on school days from the first day window to the last one, and all night where somebody
/// sleeps there.
fn uses(facts: &Facts, routes: &[RouteFacts], day: NaiveDate) -> Vec<(UtcMillis, UtcMillis)> {
    let is_used = |is_night: bool| {
        if is_night { facts.is_slept_on(day) } else { facts.campus.calendar.is_school_day(day) }
    };
    let span = |is_night: bool| {
        let of_sort = routes.iter().filter(|of| of.route.is_night == is_night && is_used(is_night));
        let due: Vec<Occurrence<'_>> = of_sort.flat_map(|of| facts.due(&of.route, day)).collect();
        let from = due.iter().map(|occurrence| occurrence.from).min();
        from.zip(due.iter().map(|occurrence| occurrence.to).max())
    };
    [false, true].into_iter().filter_map(span).collect()
}
