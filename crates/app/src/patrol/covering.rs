//! What of a window is covered by the runs that are here.

use chrono::NaiveDate;
use domain::patrol::{
    AreaGap, AreaRounds, Coverage, Occurrence, RunOn, VisitTo, WindowNil, WindowState, area_gaps, area_rounds,
    coverage, window_nil, window_state,
};
use domain::time::UtcMillis;

use super::facts::{Facts, RouteFacts};
use super::stored::{ListedRun, Runs};
use crate::dto::patrol::{KeyArea, RunCoverage};
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
}

/// What of a window was covered by `runs` at `now`; `is_alone` where no other device has a part in the work.
pub(crate) fn covered<'r>(
    facts: &Facts,
    of: &'r RouteFacts,
    occurrence: Occurrence<'r>,
    runs: &Runs,
    (now, is_alone): (UtcMillis, bool),
) -> Covered<'r> {
    let of_window: Vec<&ListedRun> =
        runs.of_day(occurrence.day).iter().filter(|listed| is_of(listed, &occurrence)).collect();
    let on: Vec<RunOn<'_>> = of_window.iter().map(|listed| runs.on(listed)).collect();
    let asked = occurrence.asked(&of.points, &facts.areas);
    let coverage = coverage(Some(occurrence.to), asked.iter().map(|point| point.id.as_str()), &on);
    let with_documents: Vec<_> = on.iter().zip(&of_window).map(|(on, listed)| (*on, &listed.document)).collect();
    let is_walking = occurrence.next_begins(facts.campus.calendar.zone).is_none_or(|next| now < next);
    let is_open = is_walking && on.iter().any(|on| on.run.is_open());
    let is_ended = on.iter().any(|on| !on.run.is_void && !on.run.ends.is_empty());
    Covered {
        occurrence,
        state: window_state(&occurrence, now, coverage.is_whole(), is_open, is_ended),
        nil: window_nil(&coverage, &with_documents),
        is_heard: is_alone || coverage.is_whole() || now < occurrence.to,
        coverage,
    }
}

fn is_of(listed: &ListedRun, occurrence: &Occurrence<'_>) -> bool {
    let run = &listed.run;
    run.route.as_ref() == Some(&occurrence.route.id) && run.window.as_ref() == Some(&occurrence.window.id)
}

impl Runs {
    /// The runs of a business day.
    fn of_day(&self, day: NaiveDate) -> &[ListedRun] {
        let from = self.all.partition_point(|listed| listed.run.day < Some(day));
        let to = self.all.partition_point(|listed| listed.run.day <= Some(day));
        &self.all[from..to]
    }

    /// A run with its plan.
    pub(crate) fn on<'a>(&'a self, listed: &'a ListedRun) -> RunOn<'a> {
        let plan = listed.run.plan.as_ref().and_then(|plan| self.plans.get(plan));
        RunOn { run: &listed.run, plan }
    }
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

/// How often each key area was walked on a business day, the least first, and how long nobody was there while it was in use.
pub(crate) fn key_areas(
    names: &Names<'_>,
    facts: &Facts,
    routes: &[RouteFacts],
    runs: &Runs,
    day: NaiveDate,
) -> Vec<KeyArea> {
    let areas = || facts.key_areas.iter().map(String::as_str);
    let visits = visits(facts, runs, day);
    let gaps: Vec<AreaGap> = area_gaps(areas(), &uses(facts, routes, day), &visits);
    let of = |rounds: AreaRounds| {
        let gap = gaps.iter().find(|gap| gap.area == rounds.area);
        KeyArea {
            name: names.name(&rounds.area),
            rounds: rounds.rounds,
            longest_gap_min: gap.and_then(|gap| gap.longest_ms).map(|ms| ms / 60_000),
            gap_unknown: gap.is_some_and(|gap| gap.is_unknown),
            area: rounds.area,
        }
    };
    area_rounds(areas(), &visits).into_iter().map(of).collect()
}

/// The visits of a day to points of key areas, once for each key area that the point lies in; by the plans of their runs.
fn visits<'a>(facts: &'a Facts, runs: &'a Runs, day: NaiveDate) -> Vec<VisitTo<'a>> {
    let mut visits = Vec::new();
    let of_day = runs.of_day(day).iter().filter(|listed| !listed.run.is_void);
    for on in of_day.map(|listed| runs.on(listed)) {
        let (Some(route), Some(window)) = (&on.run.route, &on.run.window) else { continue };
        for visit in &on.run.visits {
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
