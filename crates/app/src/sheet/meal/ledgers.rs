//! 食堂台账核对: a row for each two ledgers, and under it one for each gap.

use chrono::NaiveDate;
use domain::field::{Cell, Language};
use domain::meal::{LedgerGap, LedgerSum};
use domain::sheet::{Fact, Line};

use super::super::order::Order;
use super::super::source::is_office;
use super::filled::Filled;
use super::kind::MealPaper;
use super::words::{meal, unheard, words};
use crate::error::CommandError;
use crate::meal::{called, compared, lacks};

pub(super) fn filled(order: &Order<'_>, days: &[NaiveDate]) -> Result<Filled, CommandError> {
    let (Some(from), Some(to)) = (days.first(), days.last()) else { return Ok(Filled::default()) };
    let sums = compared(order.app, order.names, order.campus, (*from, *to))?;
    let mut rows = Vec::new();
    for sum in &sums {
        rows.push(sum_row(order, sum));
        rows.extend(sum.gaps.iter().enumerate().map(|(at, gap)| gap_row(order, sum, at, gap)));
    }
    Ok(Filled { rows, facts: vec![whole(order.language, &sums)] })
}

/// How much of all that was compared was found.
fn whole(language: Language, sums: &[LedgerSum]) -> Fact {
    let all = |count: fn(&LedgerSum) -> usize| sums.iter().map(count).sum::<usize>();
    let (due, found) = (all(|sum| sum.compared), all(|sum| sum.found));
    let (unseen, unproved) = (all(LedgerSum::unseen), all(|sum| sum.unproved));
    let text = match language {
        Language::Zh => format!("应有 {due}，对上 {found}，未见 {unseen}，待核 {unproved}"),
        Language::En => format!("{found} of {due} found, {unseen} not heard of, {unproved} not proved"),
    };
    Fact { label: language.of("合计", "In all"), text }
}

fn sum_row(order: &Order<'_>, sum: &LedgerSum) -> Line {
    let language = order.language;
    let (zh, en) = called(sum.ledger);
    let state = match () {
        () if sum.compared == 0 => language.of("没有可核对的", "nothing to compare").to_owned(),
        () if sum.is_clean() => language.of("对上", "all found").to_owned(),
        () if sum.gaps.is_empty() => match language {
            Language::Zh => format!("待核 {}", sum.unproved),
            Language::En => format!("{} not proved", sum.unproved),
        },
        () => String::new(),
    };
    let cells = vec![
        ("ledger", words(language.of(zh, en))),
        ("state", words(state)),
        ("compared", Cell::Number(sum.compared.into())),
        ("found", Cell::Number(sum.found.into())),
    ];
    line(sum.ledger.code().to_owned(), None, cells)
}

fn gap_row(order: &Order<'_>, sum: &LedgerSum, at: usize, gap: &LedgerGap) -> Line {
    let language = order.language;
    let (zh, en) = lacks(sum.ledger);
    let said = language.of(zh, en);
    // What was only not heard of is never told as missing.
    let state =
        if gap.heard { said.to_owned() } else { format!("{}：{said}", unheard(is_office(order.app), language)) };
    let what = if gap.count > 1 { format!("{} × {}", gap.what, gap.count) } else { gap.what.clone() };
    let cells = vec![
        ("day", Cell::Date(gap.date)),
        ("meal", words(meal(order, gap.meal_type.as_deref(), gap.kitchen))),
        ("what", words(what.trim())),
        ("state", words(state)),
    ];
    line(format!("{}/{at}", sum.ledger.code()), Some(gap.date), cells)
}

fn line(key: String, day: Option<NaiveDate>, cells: Vec<(&str, Cell)>) -> Line {
    Line {
        record: Some(key),
        day,
        cells: MealPaper::Ledgers.form().cells(cells),
        is_late: false,
        is_contested: false,
        times: None,
        is_after_signing: false,
    }
}
