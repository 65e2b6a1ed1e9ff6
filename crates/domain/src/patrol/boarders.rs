//! How many boarders should be there on an evening: those who live in a dormitory, less those who are away.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::areas::Areas;

/// From a day on, so many pupils live in an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boarders {
    /// The dormitory, or a part of it.
    pub area: String,
    /// The first day.
    pub since: NaiveDate,
    /// How many.
    pub number: u32,
}

/// So many boarders of an area are away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoarderLeave {
    /// The dormitory, or a part of it.
    pub area: String,
    /// The evening of the first night.
    pub from: NaiveDate,
    /// For how many nights; none while nobody has said that they are back.
    pub nights: Option<u32>,
    /// How many.
    pub people: u32,
}

/// How many should be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedBoarders {
    /// How many live there.
    pub living: u32,
    /// How many of them are away.
    pub away: u32,
}

impl ExpectedBoarders {
    /// Who is to be found at the count.
    pub fn number(self) -> u32 {
        self.living.saturating_sub(self.away)
    }
}

impl BoarderLeave {
    /// Whether they are away in the night that begins on an evening.
    pub fn is_on(&self, evening: NaiveDate) -> bool {
        let end = self.nights.and_then(|nights| self.from.checked_add_days(Days::new(nights.into())));
        self.from <= evening && end.is_none_or(|end| evening < end)
    }
}

/// How many boarders should be in an area on an evening, or on the whole campus where no area is named.
///
/// Of each dormitory the newest number counts that holds by then, and a part of one that has a number itself is counted with it.
/// None where nobody has said how many live there, or some are away from more than the area: then nobody can tell how many of those
/// live in it.
///
/// # Example
/// ```
/// use domain::patrol::{Areas, BoarderLeave, Boarders, expected_boarders};
/// let day = |text: &str| text.parse().expect("a day");
/// let living = [Boarders { area: "east".to_owned(), since: day("2026-09-01"), number: 30 }];
/// let away = [BoarderLeave { area: "east".to_owned(), from: day("2026-09-04"), nights: Some(2), people: 2 }];
/// let on = |evening| expected_boarders(day(evening), None, &Areas::default(), &living, &away).map(|all| all.number());
/// assert_eq!([on("2026-08-31"), on("2026-09-05"), on("2026-09-06")], [None, Some(28), Some(30)]);
/// ```
pub fn expected_boarders(
    evening: NaiveDate,
    at: Option<&str>,
    areas: &Areas,
    living: &[Boarders],
    away: &[BoarderLeave],
) -> Option<ExpectedBoarders> {
    let is_inside = |area: &str| at.is_none_or(|at| areas.lies_in(area, at));
    let mut newest: BTreeMap<&str, &Boarders> = BTreeMap::new();
    for row in living.iter().filter(|row| row.since <= evening && is_inside(&row.area)) {
        let known = newest.entry(&row.area).or_insert(row);
        if known.since < row.since {
            *known = row;
        }
    }
    let is_part = |area: &str| newest.keys().any(|other| *other != area && areas.lies_in(area, other));
    let counted: Vec<u32> = newest.iter().filter(|(area, _)| !is_part(area)).map(|(_, row)| row.number).collect();
    let open: Vec<&BoarderLeave> = away.iter().filter(|leave| leave.is_on(evening)).collect();
    let is_of_more = |area: &str| !is_inside(area) && at.is_some_and(|at| areas.lies_in(at, area));
    if counted.is_empty() || open.iter().any(|leave| is_of_more(&leave.area)) {
        return None;
    }
    let sum = |numbers: &mut dyn Iterator<Item = u32>| numbers.fold(0, u32::saturating_add);
    let of_area = open.iter().filter(|leave| is_inside(&leave.area));
    Some(ExpectedBoarders { living: sum(&mut counted.into_iter()), away: sum(&mut of_area.map(|leave| leave.people)) })
}
