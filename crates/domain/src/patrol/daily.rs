//! How often key areas were walked on a day, and how long nobody was there.

use std::collections::BTreeSet;

use crate::checked_time::{Moment, span};
use crate::time::UtcMillis;

/// A visit to a point of a key area.
#[derive(Clone, Copy, Debug)]
pub struct VisitTo<'a> {
    /// The key area.
    pub area: &'a str,
    /// The route and the window that it was walked for; a walk of its own counts for none, and is left out.
    pub occurrence: (&'a str, &'a str),
    /// When.
    pub arrived: Moment,
}

/// How often a key area was walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaRounds {
    /// The area.
    pub area: String,
    /// In how many windows of the day.
    pub rounds: usize,
}

/// The longest time without anybody in a key area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaGap {
    /// The area.
    pub area: String,
    /// The longest gap of which it is certain that it was as long, in milliseconds; none with fewer than two visits.
    pub longest_ms: Option<i64>,
    /// 待核: a gap between two visits of which no clock can tell.
    pub is_unknown: bool,
}

/// How often each key area was walked, the least first: in how many windows of the day, by day and by night, somebody was at one of
/// its points. Who circles the yard five times in one window was there once.
pub fn area_rounds<'a>(areas: impl IntoIterator<Item = &'a str>, visits: &[VisitTo<'_>]) -> Vec<AreaRounds> {
    let rounds = |area: &str| {
        let of_area = visits.iter().filter(|visit| visit.area == area);
        of_area.map(|visit| visit.occurrence).collect::<BTreeSet<_>>().len()
    };
    let mut counted: Vec<AreaRounds> =
        areas.into_iter().map(|area| AreaRounds { area: area.to_owned(), rounds: rounds(area) }).collect();
    counted.sort_by(|a, b| (a.rounds, &a.area).cmp(&(b.rounds, &b.area)));
    counted
}

/// The gaps of each key area between visits next to each other, within the times in which the campus is in use.
pub fn area_gaps<'a>(
    areas: impl IntoIterator<Item = &'a str>,
    uses: &[(UtcMillis, UtcMillis)],
    visits: &[VisitTo<'_>],
) -> Vec<AreaGap> {
    areas.into_iter().map(|area| area_gap(area, uses, visits)).collect()
}

fn area_gap(area: &str, uses: &[(UtcMillis, UtcMillis)], visits: &[VisitTo<'_>]) -> AreaGap {
    let mut gap = AreaGap { area: area.to_owned(), longest_ms: None, is_unknown: false };
    for (from, to) in uses {
        let is_within = |visit: &&VisitTo<'_>| *from <= visit.arrived.at && visit.arrived.at < *to;
        let of_area = visits.iter().filter(|visit| visit.area == area).filter(is_within);
        let mut moments: Vec<Moment> = of_area.map(|visit| visit.arrived).collect();
        moments.sort_by_key(|moment| moment.at);
        for pair in moments.windows(2) {
            match span(&pair[0], &pair[1]) {
                Some(span) => gap.longest_ms = gap.longest_ms.max(Some(span.min)),
                None => gap.is_unknown = true,
            }
        }
    }
    gap
}
