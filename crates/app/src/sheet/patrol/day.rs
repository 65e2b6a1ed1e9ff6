//! 巡查日报: a row for each window that was due, with how much of it was walked, and one for each key area.

use chrono::NaiveDate;
use domain::decimal::Decimal;
use domain::field::{Cell, Language};
use domain::patrol::{PointCoverage, WindowState};
use domain::sheet::{Fact, Line};

use super::book::Book;
use super::kind::{Filled, PatrolPaper};
use super::walk::Walk;
use super::words::{count, joined, nil, not_asked, signed, words};
use crate::dto::key_area::KeyArea;
use crate::patrol::key_areas;

pub(super) fn filled(book: &Book<'_>, walks: &[Walk<'_>]) -> Filled {
    let mut rows: Vec<Line> = Vec::new();
    let mut least: Option<(Decimal, Fact)> = None;
    for day in &book.days {
        rows.extend(walks.iter().filter(|walk| walk.day == *day).map(|walk| row(book, walk)));
        let needed = book.needed(*day);
        let areas = key_areas(book.order.names, &book.facts, &book.routes, &book.tallies, *day);
        if let Some(first) = areas.iter().find(|area| area.why_not.is_none()) {
            let share = share(first.rounds, needed);
            if least.as_ref().is_none_or(|(known, _)| share < *known) {
                least = Some((share, fact(book, first, needed, *day)));
            }
        }
        rows.extend(areas.iter().map(|area| area_row(book, area, needed, *day)));
    }
    let facts = figures(book, walks).into_iter().chain(least.map(|(_, fact)| fact)).collect();
    Filled { rows, facts, ..Filled::default() }
}

/// 完成率: how many of the windows that are over were walked whole, and how many of their points.
fn figures(book: &Book<'_>, walks: &[Walk<'_>]) -> Option<Fact> {
    let language = book.order.language;
    let over: Vec<&Walk<'_>> = walks.iter().filter(|walk| walk.is_due && walk.is_over).collect();
    let whole = over.iter().filter(|walk| walk.coverage.is_whole()).count();
    let points: usize = over.iter().map(|walk| walk.coverage.points()).sum();
    let reached: usize = over.iter().map(|walk| walk.coverage.covered.len()).sum();
    let windows = over.len();
    (windows > 0).then(|| Fact {
        label: language.of("完成", "Done"),
        text: match language {
            Language::Zh => format!("应巡 {windows} 段，巡全 {whole} 段；应到 {points} 点，到 {reached} 点"),
            Language::En => format!("{whole} of {windows} windows whole; {reached} of {points} points"),
        },
    })
}

/// The key area that was walked least.
fn fact(book: &Book<'_>, area: &KeyArea, needed: Decimal, day: NaiveDate) -> Fact {
    let name = area.name.as_deref().unwrap_or(&area.area);
    let on = if book.days.len() > 1 { format!(" ({day})") } else { String::new() };
    Fact {
        label: book.order.language.of("重点部位最少", "Key area walked least"),
        text: format!("{name} {}/{}{on}", area.rounds, needed.normalize()),
    }
}

fn row(book: &Book<'_>, walk: &Walk<'_>) -> Line {
    let language = book.order.language;
    let coverage = &walk.coverage;
    let missed = coverage.missed.iter().map(|missed| {
        let (_, name) = book.point(walk, &missed.checkpoint);
        let reasons = joined(missed.reasons.iter().cloned(), language);
        if reasons.is_empty() { name } else { format!("{name}（{reasons}）") }
    });
    // Of a window that nobody walked, or that is not over, the remarks say it all.
    let is_told = walk.is_over && !walk.runs.is_empty();
    let missed = if is_told { joined(missed, language) } else { String::new() };
    let (points, covered) = (coverage.points(), coverage.covered.len());
    let of = |is: fn(&PointCoverage) -> bool| count(coverage.count(is));
    let names = joined(walk.walkers().into_iter().map(|by| book.person(by)), language);
    let signed = if walk.runs.is_empty() { String::new() } else { signed(book, walk) };
    let by =
        if signed.is_empty() { names } else { format!("{names}{}{signed}", language.of("；签：", "; signed: ")) };
    let cells = vec![
        ("day", Cell::Date(walk.day)),
        ("route", words(walk.route.as_str())),
        ("window", words(walk.window.as_str())),
        ("needed", if walk.is_due { Cell::Number(points.into()) } else { Cell::Empty }),
        ("done", Cell::Number(covered.into())),
        ("rate", if walk.is_due { percent(covered, points.into()) } else { Cell::Empty }),
        ("late", of(|point| point.is_late)),
        ("entered", of(|point| point.is_entered)),
        ("by_hand", of(|point| point.is_by_hand)),
        ("short", of(|point| point.is_short)),
        ("abnormal", of(|point| point.is_abnormal)),
        ("missed", words(missed)),
        ("report", if walk.runs.is_empty() { Cell::Empty } else { words(nil(walk.nil, language)) }),
        ("by", words(by)),
        ("remarks", words(remarks(book, walk))),
    ];
    line(walk.key.clone(), walk.day, cells)
}

fn remarks(book: &Book<'_>, walk: &Walk<'_>) -> String {
    let of = |zh: &str, en: &str| book.order.language.of(zh, en).to_owned();
    match () {
        () if !walk.is_due => of("不在应巡之列", "was not due"),
        () if walk.coverage.is_whole() => String::new(),
        () if walk.state == Some(WindowState::Open) && !walk.is_over => of("正在巡", "being walked"),
        () if walk.runs.is_empty() || !walk.is_heard => book.absent(walk).to_owned(),
        () => String::new(),
    }
}

fn area_row(book: &Book<'_>, area: &KeyArea, needed: Decimal, day: NaiveDate) -> Line {
    let language = book.order.language;
    let gap = area.longest_gap_min.map(|minutes| match language {
        Language::Zh => format!("最长间隔 {minutes} 分钟"),
        Language::En => format!("longest gap: {minutes} min"),
    });
    let unknown = area.gap_unknown.then(|| language.of("间隔待核", "a gap nobody can tell").to_owned());
    let not_asked = area.why_not.map(|why| not_asked(why, language).to_owned());
    let if_asked = |cell: Cell| if area.why_not.is_none() { cell } else { Cell::Empty };
    let cells = vec![
        ("day", Cell::Date(day)),
        ("route", words(language.of("重点部位", "Key area"))),
        ("window", words(area.name.as_deref().unwrap_or(&area.area))),
        ("needed", if_asked(Cell::Number(needed))),
        ("done", if_asked(Cell::Number(area.rounds.into()))),
        ("rate", if_asked(percent(area.rounds, needed))),
        ("remarks", words(joined(not_asked.into_iter().chain(gap).chain(unknown), language))),
    ];
    line(format!("area/{}", area.area), day, cells)
}

fn line(key: String, day: NaiveDate, cells: Vec<(&str, Cell)>) -> Line {
    Line {
        record: Some(format!("{key}/{day}")),
        day: Some(day),
        cells: PatrolPaper::Day.form().cells(cells),
        is_late: false,
        is_contested: false,
        times: None,
        is_after_signing: false,
    }
}

/// The share in percent, with one place; none of nothing.
fn percent(done: usize, needed: Decimal) -> Cell {
    if needed.is_zero() {
        return Cell::Empty;
    }
    Cell::Number((share(done, needed) * Decimal::from(100)).round_dp(1))
}

fn share(done: usize, needed: Decimal) -> Decimal {
    if needed.is_zero() { Decimal::ONE } else { (Decimal::from(done) / needed).min(Decimal::ONE) }
}

impl Book<'_> {
    /// In how many windows of a day each key area is to be walked.
    pub(super) fn needed(&self, day: NaiveDate) -> Decimal {
        self.facts.campus.history.on(day).number("patrol.per_day").normalize()
    }
}
