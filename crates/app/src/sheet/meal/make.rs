//! Making a paper of meals.

use chrono::NaiveDate;
use domain::sheet::Sheet;

use super::super::order::Order;
use super::super::source::known_until;
use super::kind::MealPaper;
use super::{daily, ledgers};
use crate::error::CommandError;

/// A paper of meals is of so many days at most: each is worked out of all of its rows.
const MOST_DAYS: usize = 31;

/// The paper of the days that are asked for; those to come are left out.
///
/// # Errors
/// `limit-exceeded` for too many days; when the store cannot be read.
pub(in crate::sheet) fn sheet(order: &Order<'_>, paper: MealPaper) -> Result<Sheet, CommandError> {
    let form = paper.form();
    let today = order.viewer.today;
    let days: Vec<NaiveDate> = match order.days {
        Some((from, to)) => from.iter_days().take_while(|day| *day <= to && *day <= today).collect(),
        None => Vec::new(),
    };
    if days.len() > MOST_DAYS {
        return Err(CommandError::limit("from", "days", MOST_DAYS, days.len()));
    }
    let filled = match paper {
        MealPaper::Day => daily::filled(order, &days)?,
        MealPaper::Ledgers => ledgers::filled(order, &days)?,
    };
    let known = known_until(order.app, order.campus, order.viewer)?;
    Ok(Sheet {
        code: order.code.clone(),
        title: order.title(),
        shape: form.shape,
        is_landscape: form.is_landscape,
        language: order.language,
        columns: form.columns(order.language),
        rows: filled.rows,
        gaps: Vec::new(),
        gaps_until: known.zip(days.last()).map(|(known, last)| known.min(*last)),
        corrections: Vec::new(),
        void: 0,
        newer: 0,
        signatures: form.signers(order.language, |_| Vec::new()),
        facts: filled.facts,
        source: order.source()?,
    })
}
