//! The rows about one thing, such as a lamp: the newest days first, read no further back than somebody asks.

use std::rc::Rc;

use domain::register::{KinRow, Register};
use replica::ListPosition;
use serde_json::Value;

/// So many rows of one lamp or one person are looked through.
const MOST: u64 = 3_000;
/// The first page; each further one is twice as long. A row costs less than a question.
const FIRST_PAGE: u64 = 64;

/// The rows about one thing, as far back as they were read.
#[derive(Default)]
pub(super) struct OneThing {
    rows: Rc<Vec<KinRow>>,
    /// Where each row stands in the list.
    places: Vec<ListPosition>,
    /// The rows of the page before; none before the first.
    page: u64,
    is_whole: bool,
}

impl OneThing {
    /// All rows, where nothing is left to be read.
    pub(super) fn whole(rows: Vec<KinRow>) -> Self {
        Self { rows: Rc::new(rows), is_whole: true, ..Self::default() }
    }

    pub(super) fn rows(&self) -> Rc<Vec<KinRow>> {
        Rc::clone(&self.rows)
    }

    /// Behind which place so many more must be read to tell what is said of `row`, of every row where none is named; none where enough
    /// was read.
    pub(super) fn wants(&self, register: &Register, row: Option<&str>) -> Option<(Option<ListPosition>, u64)> {
        let is_enough = self.is_whole || row.is_some_and(|row| self.tells(register, row));
        let left = MOST.saturating_sub(self.places.len() as u64);
        let page = match (row, self.page) {
            (None, _) => left,
            (Some(_), 0) => FIRST_PAGE,
            (Some(_), before) => before * 2,
        };
        (!is_enough && left > 0).then(|| (self.places.last().cloned(), page.min(left)))
    }

    /// Adds the next page, for which `limit` rows were asked.
    pub(super) fn add(&mut self, rows: Vec<KinRow>, places: Vec<ListPosition>, limit: u64) {
        self.is_whole = (rows.len() as u64) < limit;
        self.page = limit;
        Rc::make_mut(&mut self.rows).extend(rows);
        self.places.extend(places);
    }

    /// Whether what each hook says of a row is told by the rows that were read.
    fn tells(&self, register: &Register, row: &str) -> bool {
        let Some(at) = self.rows.iter().position(|own| own.id == row) else { return false };
        register.hooks().all(|(_, habit, by)| {
            let is_by_day = |field: &str| register.day.as_ref().is_some_and(|day| day.field == field);
            let anew = habit.begins_anew().filter(|(time, _)| is_by_day(time));
            anew.is_some_and(|(_, anew)| (at..self.rows.len()).any(|other| self.is_begun(at, other, anew, by)))
        })
    }

    /// Whether something of the row `at` began with the row `other`, and all in between was read.
    fn is_begun(&self, at: usize, other: usize, anew: &str, by: &[String]) -> bool {
        let (own, begun) = (&self.rows[at], &self.rows[other]);
        let says_so = begun.document.get(anew).and_then(Value::as_bool) == Some(true) && !begun.is_void;
        let is_kin = by.iter().all(|name| own.document.get(name) == begun.document.get(name));
        let day = |place: usize| self.places[place].day.as_deref();
        // Of one day the list does not know which was earlier, so it must have been read to its end.
        let is_between_read = day(other).is_some() && day(other) < day(at) && day(other) > day(self.places.len() - 1);
        says_so && is_kin && (other == at || is_between_read)
    }
}
