//! A grid: a row for each thing, at each place where the page is for places, and a column for each day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::making::register_sheet;
use super::notes::footnotes;
use super::row::{Making, SourceRow};
use super::shape::{ColumnKind, Footnote, Gap, Line, Sheet, SheetColumn, SheetShape, printed};
use crate::field::{Cell, Language};
use crate::register::{Field, Grid};

/// A grid has at most so many days: they must fit on one page.
pub const MOST_DAYS: usize = 31;

/// Where a row of the store stands in a grid: at a place, by an option.
type Spot = (Option<String>, String);

/// What orders the lines of a grid: the name of the place, then the options, then the spot itself, since two places may have one name.
type Position = (String, usize, Spot);
/// What a row says in its cell, and how bad that is.
#[derive(Clone, Debug)]
struct Said {
    badness: usize,
    text: String,
}

/// The cells of one row of a grid, by day: what its rows say, in the order of time.
type Cells = BTreeMap<NaiveDate, Vec<Said>>;

/// The grid of a register over days, at most [`MOST_DAYS`] of them; none where its declaration has none.
///
/// Several rows of a cell stand beside each other, the worst first where the declaration knows what is worse, and else in the order of
/// time; what was due and was not written reads `——`; what people
/// disagree about bears a question mark.
pub fn grid_sheet(making: &Making<'_>, rows: &[SourceRow], days: &[NaiveDate], gaps: &[Gap]) -> Option<Sheet> {
    let grid = making.register.grid.as_ref()?;
    let by = making.register.field(&grid.row)?;
    let cell = making.register.field(&grid.cell)?;
    let drawn = Drawn { making, by, cell, has_places: grid.per.iter().any(|per| per == "class") };
    let mut ordered: Vec<&SourceRow> = rows.iter().filter(|row| !row.is_void).collect();
    let time = |row: &SourceRow| row.document.get(&grid.cell).and_then(Value::as_i64);
    ordered.sort_by(|a, b| time(a).cmp(&time(b)).then_with(|| a.id.cmp(&b.id)));
    let mut spots: BTreeMap<Position, Cells> = BTreeMap::new();
    for row in ordered {
        let (Some(spot), Some(day)) = (drawn.spot(row), row.day) else { continue };
        spots.entry(drawn.position(spot)).or_default().entry(day).or_default().push(drawn.said(row));
    }
    for gap in gaps.iter().filter(|gap| gap.until.is_none()) {
        for option in &gap.options {
            let spot = (gap.place.clone().filter(|_| drawn.has_places), option.clone());
            let nobody = || vec![Said { badness: 0, text: NOBODY_WROTE.to_owned() }];
            spots.entry(drawn.position(spot)).or_default().entry(gap.day).or_insert_with(nobody);
        }
    }
    let whole = register_sheet(making, rows);
    let corrections = drawn.notes(rows, &spots);
    Some(Sheet {
        code: code(making, grid),
        title: title(making),
        shape: SheetShape::Grid,
        is_landscape: days.len() > 7 || whole.is_landscape,
        columns: drawn.columns(days),
        rows: spots.iter().map(|((_, _, spot), cells)| drawn.line(spot, cells, days)).collect(),
        gaps: gaps.to_vec(),
        corrections,
        ..whole
    })
}

/// What rows say in one cell; of equally bad ones the earlier stays before the later.
fn worst_first(said: &[Said]) -> String {
    let mut said: Vec<&Said> = said.iter().collect();
    said.sort_by_key(|said| Reverse(said.badness));
    said.iter().map(|said| said.text.as_str()).collect::<Vec<_>>().join("／")
}

/// What stands in the cell of a day on which something was due and nobody wrote.
const NOBODY_WROTE: &str = "——";

/// The code of a register's grid.
fn code(making: &Making<'_>, grid: &Grid) -> String {
    format!("{}/{}", making.register.kind, grid.code)
}

fn title(making: &Making<'_>) -> String {
    match making.speech.language {
        Language::Zh => format!("{}（表格）", making.register.zh),
        Language::En => format!("{} (grid)", making.register.en),
    }
}

/// How a grid is drawn.
struct Drawn<'a> {
    making: &'a Making<'a>,
    by: &'a Field,
    cell: &'a Field,
    has_places: bool,
}

impl Drawn<'_> {
    fn spot(&self, row: &SourceRow) -> Option<Spot> {
        let option = row.document.get(&self.by.name)?.as_str()?.to_owned();
        Some((row.place.clone().filter(|_| self.has_places), option))
    }

    fn position(&self, spot: Spot) -> Position {
        let (place, option) = &spot;
        let options = self.by.stored().map(|of| of.options()).unwrap_or_default();
        let at = options.iter().position(|known| known.zh == *option).unwrap_or(options.len());
        (place.as_deref().map(|place| self.place(place)).unwrap_or_default(), at, spot)
    }

    fn place(&self, id: &str) -> String {
        (self.making.speech.name)("area", id).unwrap_or_default()
    }

    /// What a row says in its cell: the time of day of an instant, else its words.
    fn said(&self, row: &SourceRow) -> Said {
        let (read, _) = self.making.read(row);
        let text = match self.making.field(&read, self.cell) {
            Cell::Moment(at) => at.format("%H:%M").to_string(),
            cell => printed(&cell),
        };
        Said { badness: self.badness(row), text: if row.is_contested { format!("{text}?") } else { text } }
    }

    /// How bad it is what a row says; 0 where the declaration does not know.
    fn badness(&self, row: &SourceRow) -> usize {
        let is_known = self.making.register.grid.as_ref().is_some_and(|grid| grid.is_worst_first);
        let options = self.cell.stored().filter(|_| is_known).map(|of| of.options()).unwrap_or_default();
        let value = row.document.get(&self.cell.name).and_then(Value::as_str);
        options.iter().position(|option| Some(option.zh.as_str()) == value).unwrap_or(0)
    }

    fn columns(&self, days: &[NaiveDate]) -> Vec<SheetColumn> {
        let language = self.making.speech.language;
        let column = |key: String, label: String| SheetColumn {
            key,
            label,
            kind: ColumnKind::Text,
            is_main: true,
            is_personal: false,
        };
        let place = self.has_places.then(|| column("place".to_owned(), language.of("班级", "Class").to_owned()));
        let by = column(self.by.name.clone(), language.of(&self.by.zh, &self.by.en).to_owned());
        let days = days.iter().map(|day| column(day.to_string(), format!("{}/{}", day.month(), day.day())));
        place.into_iter().chain([by]).chain(days).collect()
    }

    fn line(&self, (place, option): &Spot, cells: &Cells, days: &[NaiveDate]) -> Line {
        let place = self.has_places.then(|| Cell::Text(place.as_deref().map(|id| self.place(id)).unwrap_or_default()));
        let option = Value::from(option.as_str());
        let by = self.by.stored().map_or(Cell::Empty, |of| of.cell(&option, &self.making.speech));
        let days = days.iter().map(|day| match cells.get(day) {
            Some(said) => Cell::Text(worst_first(said)),
            None => Cell::Empty,
        });
        Line {
            record: None,
            day: None,
            cells: place.into_iter().chain([by]).chain(days).collect(),
            is_late: false,
            is_contested: false,
            times: None,
            is_after_signing: false,
        }
    }

    /// What was corrected in the cells.
    fn notes(&self, rows: &[SourceRow], spots: &BTreeMap<Position, Cells>) -> Vec<Footnote> {
        let mut notes = Vec::new();
        for row in rows.iter().filter(|row| !row.is_void && row.original.is_some()) {
            let (read, corrected) = self.making.read(row);
            let (Some(corrected), Some(spot), Some(day)) = (corrected, self.spot(row), row.day) else { continue };
            let Some(at) = spots.keys().position(|(_, _, known)| *known == spot) else { continue };
            let own = footnotes(self.making, at + 1, &read, &corrected).into_iter();
            let own = own.filter(|note| note.column == self.cell.name || note.column == self.by.name);
            notes.extend(own.map(|note| Footnote { column: day.to_string(), ..note }));
        }
        notes
    }
}
