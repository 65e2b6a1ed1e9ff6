//! Which areas are closed on a day.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::calendar::Period;

/// The areas of a campus: what each lies in, and when it is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    known: HashMap<String, (Option<String>, Vec<Period>)>,
}

impl Areas {
    /// Adds an area, the one that it lies in, and the periods in which it is closed.
    pub fn insert(&mut self, area: impl Into<String>, parent: Option<String>, closed: Vec<Period>) {
        self.known.insert(area.into(), (parent, closed));
    }

    /// Whether an area is closed on a day: it, or one that it lies in.
    pub fn is_closed(&self, area: &str, day: NaiveDate) -> bool {
        let is_closed = |area: &str| {
            let known = self.known.get(area);
            known.is_some_and(|(_, closed)| closed.iter().any(|period| period.contains(day)))
        };
        self.upwards(area).any(is_closed)
    }

    /// Whether an area is the other one, or lies in it.
    pub fn lies_in(&self, area: &str, other: &str) -> bool {
        self.upwards(area).any(|above| above == other)
    }

    /// An area and those that it lies in, the nearest first.
    fn upwards<'a>(&'a self, area: &'a str) -> impl Iterator<Item = &'a str> {
        let parent = |area: &&'a str| self.known.get(*area).and_then(|(parent, _)| parent.as_deref());
        // No area lies deeper than there are areas, so one that lies in itself ends, too.
        std::iter::successors(Some(area), parent).take(self.known.len() + 1)
    }
}
