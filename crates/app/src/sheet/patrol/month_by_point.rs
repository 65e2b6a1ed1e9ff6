//! 点位月报: a row for each point of a route, a column for each day.
//!
//! √ says that it was reached in every window of the day that asked for it and is over, `n/m` in how many of them, 迟 that it was late or
//! entered afterwards, 异 that something was found; `——` that nobody was there, 未见 that nobody was seen there as far as is known here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::field::Language;
use domain::sheet::{Fact, Line};

use super::book::Book;
use super::kind::{Filled, PatrolPaper};
use super::month::{asked_days, day_columns, grid_line};
use super::walk::Walk;
use super::words::words;

/// What is known of a point on a day.
#[derive(Default)]
struct Reached {
    /// In how many windows it was to be reached.
    asked: usize,
    /// In how many somebody was there.
    covered: usize,
    is_late: bool,
    is_abnormal: bool,
    /// Whether somebody may have been there of whom nothing was heard.
    is_unheard: bool,
}

/// The days of a point.
struct Point {
    name: String,
    days: BTreeMap<NaiveDate, Reached>,
}

pub(super) fn filled(book: &Book<'_>, walks: &[Walk<'_>]) -> Filled {
    let language = book.order.language;
    let days = asked_days(book);
    let mut points: BTreeMap<(&str, i64, &str), Point> = BTreeMap::new();
    for walk in walks.iter().filter(|walk| walk.is_due && walk.is_over) {
        for asked in &walk.asked {
            let new = || Point { name: asked.name.clone(), days: BTreeMap::new() };
            let point = points.entry((walk.route.as_str(), asked.seq, asked.id.as_str())).or_insert_with(new);
            point.days.entry(walk.day).or_default().add(walk, &asked.id);
        }
    }
    let row = |((route, ..), point): (&(&str, i64, &str), &Point)| -> Line {
        let own =
            PatrolPaper::MonthByPoint.form().cells(vec![("route", words(*route)), ("point", words(&*point.name))]);
        grid_line(&days, own, |day| point.days.get(&day).map_or_else(String::new, |reached| reached.said(language)))
    };
    Filled { rows: points.iter().map(row).collect(), facts: vec![legend(language)], days: day_columns(&days) }
}

fn legend(language: Language) -> Fact {
    let signs = language.of(
        "√ 每次都到 · n/m 到的次数/应到次数 · 迟 有迟到或补录 · 异 有异常 · —— 漏巡 · 未见 本机未见或未到报",
        "√ every time · n/m times reached/due · L late or entered later · ! something found · —— missed · ? not seen here",
    );
    Fact { label: language.of("符号", "Signs"), text: signs.to_owned() }
}

impl Reached {
    fn add(&mut self, walk: &Walk<'_>, point: &str) {
        self.asked += 1;
        match walk.coverage.covered.get(point) {
            Some(covered) => {
                self.covered += 1;
                self.is_late |= covered.is_late || covered.is_entered;
                self.is_abnormal |= covered.is_abnormal;
            }
            None => self.is_unheard |= !walk.is_heard,
        }
    }

    fn said(&self, language: Language) -> String {
        let reached = match self.covered {
            0 if self.is_unheard => return language.of("未见", "?").to_owned(),
            0 => return "——".to_owned(),
            all if all == self.asked => "√".to_owned(),
            some => format!("{some}/{}", self.asked),
        };
        let late = if self.is_late { language.of("迟", "L") } else { "" };
        let abnormal = if self.is_abnormal { language.of("异", "!") } else { "" };
        format!("{reached}{late}{abnormal}")
    }
}
