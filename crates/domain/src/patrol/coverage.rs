//! What of a window was covered, over all the runs that were walked for it.

use std::collections::BTreeMap;

use super::areas::Areas;
use super::occurrence::Occurrence;
use super::plan::Plan;
use super::run::{ReadHow, Run, VisitResult};
use super::tally::Tally;
use crate::route::Checkpoint;
use crate::time::UtcMillis;

/// A run with the plan that it was begun on, where that is here.
#[derive(Clone, Copy, Debug)]
pub struct RunOn<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its plan.
    pub plan: Option<&'a Plan>,
}

/// What of a run counts, with the plan that it was begun on, where that is here.
#[derive(Clone, Copy, Debug)]
pub struct TallyOn<'a> {
    /// What counts.
    pub tally: &'a Tally,
    /// The plan.
    pub plan: Option<&'a Plan>,
}

/// How a point was covered. Each word but `abnormal` holds only where every visit says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointCoverage {
    /// After the end of the window.
    pub is_late: bool,
    /// 补录.
    pub is_entered: bool,
    /// Too short, for certain.
    pub is_short: bool,
    /// By hand.
    pub is_by_hand: bool,
    /// By a scan that was given to the point later.
    pub is_claimed: bool,
    /// Whether any visit found something.
    pub is_abnormal: bool,
}

/// A point of a window that nobody visited, as far as is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedPoint {
    /// The point.
    pub checkpoint: String,
    /// The reasons that were given, each once.
    pub reasons: Vec<String>,
    /// 不在当时的路线里: somebody walked, and no plan of theirs had it.
    pub is_not_on_plan: bool,
}

/// What of a window was covered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The points that were visited, by id.
    pub covered: BTreeMap<String, PointCoverage>,
    /// The points that were asked and not visited, in walking order.
    pub missed: Vec<MissedPoint>,
    /// How many runs were walked.
    pub runs: usize,
}

impl Coverage {
    /// How many points there are: those that are asked, and those that were visited.
    pub fn points(&self) -> usize {
        self.covered.len() + self.missed.len()
    }

    /// How many of the covered points are as `is` says.
    pub fn count(&self, is: impl Fn(&PointCoverage) -> bool) -> usize {
        self.covered.values().filter(|point| is(point)).count()
    }

    /// How many were covered in time: neither late nor entered afterwards.
    pub fn on_time(&self) -> usize {
        self.count(|point| !point.is_late && !point.is_entered)
    }

    /// Whether nothing was missed.
    pub fn is_whole(&self) -> bool {
        self.missed.is_empty() && !self.covered.is_empty()
    }
}

impl Occurrence<'_> {
    /// The points that are asked, in walking order: those that hold throughout it and lie in no closed area.
    ///
    /// So a point that is added or taken away in its middle is asked of nobody.
    pub fn asked<'p>(&self, points: &'p [Checkpoint], areas: &Areas) -> Vec<&'p Checkpoint> {
        let is_closed = |point: &Checkpoint| point.area.as_ref().is_some_and(|area| areas.is_closed(area, self.day));
        let mut asked: Vec<&Checkpoint> = points
            .iter()
            .filter(|point| point.is_in(&self.window.id) && holds_throughout(point, self.from, self.to))
            .filter(|point| !is_closed(point))
            .collect();
        asked.sort_by_key(|point| (point.seq, &point.id));
        asked
    }
}

/// Whether a point holds from the one instant to the other, so that it can be asked of who walks meanwhile.
fn holds_throughout(point: &Checkpoint, from: UtcMillis, to: UtcMillis) -> bool {
    point.holds_at(from) && point.until.is_none_or(|until| to <= until)
}

/// What was covered of a window by runs whose bodies are at hand: see [`coverage_of`].
pub fn coverage<'a>(to: Option<UtcMillis>, asked: impl IntoIterator<Item = &'a str>, runs: &[RunOn<'_>]) -> Coverage {
    let none = serde_json::Map::new();
    let tallies: Vec<Tally> = runs.iter().map(|on| Tally::of(on.run, &none)).collect();
    let on: Vec<TallyOn<'_>> = tallies.iter().zip(runs).map(|(tally, on)| TallyOn { tally, plan: on.plan }).collect();
    coverage_of(to, asked, &on)
}

/// What was covered of a window that is over at `to`: `asked` are its points in walking order, `runs` those that name it. A walk
/// outside of all windows is never late.
///
/// A point is covered by any visit of any run that is not void; a reason why it was missed only explains.
/// Law: the order of the runs does not matter.
pub fn coverage_of<'a>(
    to: Option<UtcMillis>,
    asked: impl IntoIterator<Item = &'a str>,
    runs: &[TallyOn<'_>],
) -> Coverage {
    let standing = || runs.iter().filter(|on| !on.tally.is_void);
    let mut coverage = Coverage { runs: standing().count(), ..Coverage::default() };
    for on in standing() {
        for visit in &on.tally.visits {
            let min_seconds =
                on.plan.and_then(|plan| plan.point(&visit.checkpoint)).map_or(0, |point| point.min_seconds);
            let seen = PointCoverage {
                is_late: !on.tally.is_entered && to.is_some_and(|to| visit.arrived.is_after(to)),
                is_entered: on.tally.is_entered,
                is_short: visit.is_short(min_seconds),
                is_by_hand: visit.how == ReadHow::Hand,
                is_claimed: visit.how == ReadHow::Claimed,
                is_abnormal: visit.result == VisitResult::Abnormal,
            };
            match coverage.covered.get_mut(&visit.checkpoint) {
                Some(known) => *known = together(*known, seen),
                None => drop(coverage.covered.insert(visit.checkpoint.clone(), seen)),
            }
        }
    }
    let is_not_on_plan = |checkpoint: &str| {
        let mut plans = standing().filter_map(|on| on.plan).peekable();
        plans.peek().is_some() && plans.all(|plan| plan.point(checkpoint).is_none())
    };
    for checkpoint in asked {
        if !coverage.covered.contains_key(checkpoint) {
            let of_point = standing().flat_map(|on| &on.tally.missed).filter(|(missed, _)| missed == checkpoint);
            let mut reasons: Vec<String> = of_point.map(|(_, reason)| reason.clone()).collect();
            reasons.sort();
            reasons.dedup();
            let is_not_on_plan = is_not_on_plan(checkpoint);
            coverage.missed.push(MissedPoint { checkpoint: checkpoint.to_owned(), reasons, is_not_on_plan });
        }
    }
    coverage
}

fn together(a: PointCoverage, b: PointCoverage) -> PointCoverage {
    PointCoverage {
        is_late: a.is_late && b.is_late,
        is_entered: a.is_entered && b.is_entered,
        is_short: a.is_short && b.is_short,
        is_by_hand: a.is_by_hand && b.is_by_hand,
        is_claimed: a.is_claimed && b.is_claimed,
        is_abnormal: a.is_abnormal || b.is_abnormal,
    }
}
