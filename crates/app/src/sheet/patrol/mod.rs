//! The papers of patrols: 巡查记录, 每日防火巡查记录, the sheet of a day and the grid of a month, all of the same runs.
//!
//! What was due is read from the routes as they were on each day, what was walked from the runs; nothing is written of an absence, and
//! where a device cannot know that something is missing its words say so.

mod book;
mod day;
mod faults;
mod fire;
mod month;
mod points;
mod walk;
mod words;

use std::collections::BTreeSet;

use domain::sheet::{Fact, Line, PaperForm, Sheet, SheetColumn, paper_forms};

use self::book::Book;
use super::order::Order;
use super::rows::MOST_ROWS;
use crate::error::CommandError;

/// A paper of patrols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatrolPaper {
    /// 巡查记录: each visit to a point.
    Points,
    /// 每日防火巡查记录: the seven items of each window.
    Fire,
    /// 巡查日报: each window and each key area of a day.
    Day,
    /// 巡查月报: the same, by day.
    Month,
}

/// What a paper is filled with.
#[derive(Default)]
struct Filled {
    rows: Vec<Line>,
    facts: Vec<Fact>,
    /// The columns of days, behind those of the form.
    days: Vec<SheetColumn>,
}

impl PatrolPaper {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Points, Self::Fire, Self::Day, Self::Month];

    /// Its columns and its names.
    pub(crate) fn form(self) -> &'static PaperForm {
        let forms = paper_forms();
        let at = Self::ALL.iter().position(|paper| *paper == self).unwrap_or_default();
        &forms[at]
    }

    /// Which it is, as people ask for it.
    pub(crate) fn code(self) -> &'static str {
        &self.form().code
    }
}

/// The paper of the days that are asked for.
///
/// # Errors
/// `limit-exceeded` where it has too many rows; when the store cannot be read.
pub(super) fn sheet(order: &Order<'_>, paper: PatrolPaper) -> Result<Sheet, CommandError> {
    let form = paper.form();
    let book = Book::load(order)?;
    let walks = book.walks();
    let filled = match paper {
        PatrolPaper::Points => points::filled(&book, &walks)?,
        PatrolPaper::Fire => fire::filled(&book, &walks)?,
        PatrolPaper::Day => day::filled(&book, &walks),
        PatrolPaper::Month => month::filled(&book, &walks),
    };
    if filled.rows.len() > MOST_ROWS {
        return Err(CommandError::limit("from", "rows", MOST_ROWS, filled.rows.len()));
    }
    let walkers = || -> Vec<String> {
        let is_meant = |by: &&str| paper != PatrolPaper::Fire || book.walks_on_fire_patrols(by);
        let people: BTreeSet<&str> = book.walkers().filter(is_meant).collect();
        people.into_iter().map(|person| book.person(person)).collect()
    };
    // On the sheet of a day a window that nobody walked has a row of its own.
    let gaps = match paper {
        PatrolPaper::Day => Vec::new(),
        PatrolPaper::Month => month::gaps(&book, &walks),
        _ => book.gaps(&walks, paper == PatrolPaper::Fire),
    };
    Ok(Sheet {
        code: order.code.clone(),
        title: order.title(),
        shape: form.shape,
        is_landscape: form.is_landscape,
        language: order.language,
        columns: form.columns(order.language).into_iter().chain(filled.days).collect(),
        rows: filled.rows,
        gaps,
        gaps_until: book.known_until,
        corrections: Vec::new(),
        void: book.void,
        newer: 0,
        signatures: form.signers(order.language, |key| if key == "walker" { walkers() } else { Vec::new() }),
        facts: filled.facts,
        source: order.source()?,
    })
}
