//! Ledgers that check each other, as the person who works may see them.

use chrono::NaiveDate;
use domain::meal::{Ledger, LedgerGap, LedgerSum, ledgers};

use super::days::MealDays;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::names::Names;

/// The ledgers of some days, each gap with the name of what it is about.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn compared(
    app: &App,
    names: &Names<'_>,
    campus: &Campus,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<LedgerSum>, CommandError> {
    let mut sums = MealDays::so_far(app, campus, days)?.read(ledgers);
    for gap in sums.iter_mut().flat_map(|sum| &mut sum.gaps).filter(|gap| gap.what.is_empty()) {
        gap.what = gap.about.and_then(|about| names.name(&about.to_string())).unwrap_or_default();
    }
    Ok(sums)
}

/// The same for who may not see the checks of people: how many are missing on a day, and not whose.
pub(crate) fn without_people(mut sums: Vec<LedgerSum>) -> Vec<LedgerSum> {
    for sum in sums.iter_mut().filter(|sum| sum.ledger == Ledger::Checks) {
        let mut counted: Vec<LedgerGap> = Vec::new();
        for gap in sum.gaps.drain(..) {
            match counted.iter_mut().find(|known| (known.date, known.heard) == (gap.date, gap.heard)) {
                Some(known) => known.count += gap.count,
                None => counted.push(LedgerGap { about: None, what: String::new(), ..gap }),
            }
        }
        sum.gaps = counted;
    }
    sums
}
