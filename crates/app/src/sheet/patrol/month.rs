//! 巡查月报: a row for each window and each key area, a column for each day.
//!
//! √ says that all points were reached in time, `n/m` how many, 迟 that some were late or entered afterwards, 异 that something was found;
//! `——` stands where a window was due and is known to be missing, 未见 where it was only not seen here, and nothing where none was due.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::decimal::Decimal;
use domain::field::{Cell, Language};
use domain::sheet::{ColumnKind, Fact, Gap, Line, SheetColumn};

use super::book::Book;
use super::kind::{Filled, PatrolPaper};
use super::walk::Walk;
use super::words::{not_asked, words};
use crate::dto::key_area::NotAsked;
use crate::patrol::key_areas;

/// The cells of a row by day.
type Cells = BTreeMap<NaiveDate, String>;

pub(super) fn filled(book: &Book<'_>, walks: &[Walk<'_>]) -> Filled {
    let language = book.order.language;
    let days = asked_days(book);
    let mut windows: BTreeMap<(String, i64, String, String), Cells> = BTreeMap::new();
    // What was walked besides counts for no window.
    for walk in walks.iter().filter(|walk| walk.is_due) {
        let begins = walk.begins().map_or(0, |at| book.minutes_into(walk.day, at));
        let key = (walk.route.clone(), begins, walk.window.clone(), walk.key.clone());
        windows.entry(key).or_default().insert(walk.day, said(book, walk));
    }
    let mut rows: Vec<Line> = Vec::new();
    for ((route, _, window, _), cells) in &windows {
        rows.push(line(&days, (route, window), cells));
    }
    rows.extend(area_rows(book, &days));
    let legend = Fact {
        label: language.of("符号", "Signs"),
        text: language
            .of(
                "√ 按时巡全 · n/m 到点/应到 · 迟 有迟到或补录 · 异 有异常 · —— 漏巡 · 未见 本机未见或未到报",
                "√ whole and in time · n/m reached/due · L late or entered later · ! something found · —— missed · ? not seen here",
            )
            .to_owned(),
    };
    Filled { rows, facts: figures(book, walks).into_iter().chain([legend]).collect(), days: day_columns(&days) }
}

/// A column for each day.
pub(super) fn day_columns(days: &[NaiveDate]) -> Vec<SheetColumn> {
    let column = |day: &NaiveDate| SheetColumn {
        key: day.to_string(),
        label: format!("{}/{}", day.month(), day.day()),
        kind: ColumnKind::Text,
        is_main: true,
        is_personal: false,
    };
    days.iter().map(column).collect()
}

/// The key areas by name. A day on which nobody was to walk there stays empty, and one that lies on no route for all days says so.
fn area_rows(book: &Book<'_>, days: &[NaiveDate]) -> Vec<Line> {
    let language = book.order.language;
    let mut areas: BTreeMap<String, (Cells, bool)> = BTreeMap::new();
    for day in &book.days {
        let needed = book.needed(*day);
        for area in key_areas(book.order.names, &book.facts, &book.routes, &book.tallies, *day) {
            let (cells, is_asked) = areas.entry(area.name.unwrap_or(area.area)).or_default();
            *is_asked |= area.why_not != Some(NotAsked::NoRoute);
            if area.why_not.is_none() {
                cells.insert(*day, format!("{}/{}", area.rounds, needed.normalize()));
            }
        }
    }
    let no_route = not_asked(NotAsked::NoRoute, language);
    let row = |(name, (cells, is_asked)): (&String, &(Cells, bool))| {
        let said = match (is_asked, language) {
            (true, _) => name.clone(),
            (false, Language::Zh) => format!("{name}（{no_route}）"),
            (false, Language::En) => format!("{name} ({no_route})"),
        };
        line(days, (language.of("重点部位", "Key area"), &said), cells)
    };
    areas.iter().map(row).collect()
}

/// What is missing, a line for each window: a line for each of its days would be longer than the grid.
pub(super) fn gaps(book: &Book<'_>, walks: &[Walk<'_>]) -> Vec<Gap> {
    let language = book.order.language;
    let mut missing: BTreeMap<(&str, &'static str), Vec<&Walk<'_>>> = BTreeMap::new();
    for walk in book.missing(walks) {
        missing.entry((walk.key.as_str(), book.absent(walk))).or_default().push(walk);
    }
    let gap = |((_, absent), walks): ((&str, &'static str), Vec<&Walk<'_>>)| {
        let (first, last) = (walks.first()?, walks.last()?);
        let days: Vec<String> = walks.iter().map(|walk| format!("{}/{}", walk.day.month(), walk.day.day())).collect();
        let (n, days) = (days.len(), days.join(language.of("、", ", ")));
        let what = match language {
            Language::Zh => format!("{} {absent} {n} 天（{days}）", first.title()),
            Language::En => format!("{} {absent}, days: {n} ({days})", first.title()),
        };
        let until = (n > 1).then_some(last.day);
        Some(Gap { day: first.day, until, place: None, what, options: Vec::new(), people: Vec::new() })
    };
    let mut gaps: Vec<Gap> = missing.into_iter().filter_map(gap).collect();
    gaps.sort();
    gaps
}

/// All days that are asked for; those to come have columns as well.
pub(super) fn asked_days(book: &Book<'_>) -> Vec<NaiveDate> {
    let (from, to) = book.order.days.unwrap_or((book.order.viewer.today, book.order.viewer.today));
    from.iter_days().take_while(|day| *day <= to).collect()
}

/// 完成率 of the windows that are over.
fn figures(book: &Book<'_>, walks: &[Walk<'_>]) -> Option<Fact> {
    let language = book.order.language;
    let over: Vec<&Walk<'_>> = walks.iter().filter(|walk| walk.is_due && walk.is_over).collect();
    let whole = over.iter().filter(|walk| walk.coverage.is_whole()).count();
    let share = Decimal::from(whole * 100).checked_div(Decimal::from(over.len()))?.round_dp(1).normalize();
    Some(Fact { label: language.of("完成率", "Done"), text: format!("{whole}/{} {share}%", over.len()) })
}

fn said(book: &Book<'_>, walk: &Walk<'_>) -> String {
    let of = |zh, en| book.order.language.of(zh, en);
    let coverage = &walk.coverage;
    if walk.runs.is_empty() {
        let absent = if walk.is_heard { "——" } else { of("未见", "?") };
        return if walk.is_over { absent.to_owned() } else { String::new() };
    }
    let reached = match coverage.is_whole() {
        true => "√".to_owned(),
        false => format!("{}/{}", coverage.covered.len(), coverage.points()),
    };
    let is_late = coverage.on_time() < coverage.covered.len();
    let is_abnormal = coverage.count(|point| point.is_abnormal) > 0;
    let late = if is_late { of("迟", "L") } else { "" };
    let abnormal = if is_abnormal { of("异", "!") } else { "" };
    format!("{reached}{late}{abnormal}")
}

fn line(days: &[NaiveDate], (route, window): (&str, &str), cells: &Cells) -> Line {
    let own = PatrolPaper::Month.form().cells(vec![("route", words(route)), ("window", words(window))]);
    grid_line(days, own, |day| cells.get(&day).cloned().unwrap_or_default())
}

/// A row of a grid: its own cells, and what is said of each day.
pub(super) fn grid_line(days: &[NaiveDate], own: Vec<Cell>, said: impl Fn(NaiveDate) -> String) -> Line {
    let days = days.iter().map(|day| words(said(*day)));
    Line {
        record: None,
        day: None,
        cells: own.into_iter().chain(days).collect(),
        is_late: false,
        is_contested: false,
        times: None,
        is_after_signing: false,
    }
}

impl Book<'_> {
    /// How many minutes after its midnight something begins: rows stand in the order of their windows.
    fn minutes_into(&self, day: NaiveDate, at: domain::time::UtcMillis) -> i64 {
        (self.local(at) - day.and_time(chrono::NaiveTime::MIN)).num_minutes()
    }
}
