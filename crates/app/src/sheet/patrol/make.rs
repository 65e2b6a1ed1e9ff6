//! Making a paper of patrols.

use std::collections::BTreeSet;

use domain::sheet::Sheet;

use super::super::order::Order;
use super::super::rows::MOST_ROWS;
use super::book::Book;
use super::kind::PatrolPaper;
use super::{day, fire, month, month_by_point, points};
use crate::error::CommandError;

/// The paper of the days that are asked for.
///
/// # Errors
/// `limit-exceeded` where it has too many rows; when the store cannot be read.
pub(in crate::sheet) fn sheet(order: &Order<'_>, paper: PatrolPaper) -> Result<Sheet, CommandError> {
    let form = paper.form();
    let book = Book::load(order)?;
    let walks = book.walks();
    let filled = match paper {
        PatrolPaper::Points => points::filled(&book, &walks)?,
        PatrolPaper::Fire => fire::filled(&book, &walks)?,
        PatrolPaper::Day => day::filled(&book, &walks),
        PatrolPaper::Month => month::filled(&book, &walks),
        PatrolPaper::MonthByPoint => month_by_point::filled(&book, &walks),
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
        PatrolPaper::Month | PatrolPaper::MonthByPoint => month::gaps(&book, &walks),
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
