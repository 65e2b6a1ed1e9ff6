//! The text of a built-in route.
//!
//! ```text
//! window | 16:30-18:00 清校 | school | Clearing the school
//! 5 | 宿舍楼各层走廊 | 宿管在岗、出口 | T11.05, T11.09! | 120 | 清校
//! en | Dormitory corridors | Keeper on duty, exits
//! ```
//! The days of a window (`every`, `school`, `closed`) may be left out, and the windows of a point where it is walked in all of them.
//! `!` behind an item says that it must be answered before the point is closed; `T20` stands for all items of that checklist.

use chrono::NaiveTime;
use serde::Serialize;
use thiserror::Error;

use super::window::{WindowDays, is_within};
use crate::answer::parse_time;
use crate::template::{CampusKind, Item, built_in as templates, built_in_item};
use crate::time::Shift;

/// A time of day in which a built-in route is to be walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PresetWindow {
    /// What it is called, such as 清校.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// When it begins.
    pub from: NaiveTime,
    /// When it ends; not later than `from` when it runs over midnight, and itself outside.
    pub to: NaiveTime,
    /// On which days.
    pub days: WindowDays,
}

impl PresetWindow {
    /// Whether the wall clock of the campus shows a time within the window.
    pub fn contains(&self, time: NaiveTime) -> bool {
        is_within(self.from, self.to, time)
    }
}

/// One point of a built-in route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PresetPoint {
    /// Its place in the walking order, from 1.
    pub seq: u32,
    /// Where it is.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// What to look at.
    pub look_at: String,
    /// The same in English.
    pub look_at_en: String,
    /// The codes of the items that it bears.
    pub items: Vec<String>,
    /// The codes of those that must be answered before it is closed.
    pub must: Vec<String>,
    /// The shortest believable stay, in seconds.
    pub min_seconds: u32,
    /// The names of the windows in which it is walked; empty for all of them.
    pub windows: Vec<String>,
}

/// A built-in route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PresetRoute {
    /// Its code, such as `S-DAY`.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// The sort of campus it is for.
    pub campus: CampusKind,
    /// Whether it is walked by day or by night.
    pub shift: Shift,
    /// Whether it counts as the daily fire patrol.
    pub is_fire: bool,
    /// When it is to be walked.
    pub windows: Vec<PresetWindow>,
    /// Its points in walking order.
    pub checkpoints: Vec<PresetPoint>,
}

impl PresetRoute {
    /// The points that are walked in a window, in walking order: 清校 is done once, when the school is closed.
    pub fn points_in(&self, window: &PresetWindow) -> impl Iterator<Item = &PresetPoint> {
        let is_walked = |point: &&PresetPoint| point.windows.is_empty() || point.windows.contains(&window.name);
        self.checkpoints.iter().filter(is_walked)
    }

    /// The window at a time of day of the campus.
    pub fn window_at(&self, time: NaiveTime) -> Option<&PresetWindow> {
        self.windows.iter().find(|window| window.contains(time))
    }
}

/// Why a text is no route: where, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct RouteError {
    /// The name of the file.
    pub file: String,
    /// The line, from 1; 0 when something is missing altogether.
    pub line: usize,
    /// What is wrong.
    #[source]
    pub problem: RouteProblem,
}

/// What is wrong with a line of a route.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RouteProblem {
    /// A line is neither `name | value` nor a point with five or six columns.
    #[error("a point has 5 or 6 columns, this line has {0}")]
    Columns(usize),
    /// A head line is not known, or its value is not understood.
    #[error("{0:?} is not understood")]
    Head(String),
    /// A head line, the windows or the points are missing.
    #[error("the {0} is missing")]
    Missing(&'static str),
    /// The number of a point does not follow the one before.
    #[error("the point {found:?} must be number {expected}")]
    Sequence {
        /// The number in the file.
        found: String,
        /// The number that follows the one before.
        expected: usize,
    },
    /// A point names an item that does not exist.
    #[error("there is no item {0:?}")]
    UnknownItem(String),
    /// A point names a window that the route does not have.
    #[error("there is no window {0:?}")]
    UnknownWindow(String),
    /// The stay is no number of seconds.
    #[error("{0:?} is not a number of seconds")]
    Seconds(String),
}

/// Reads a route from its text.
///
/// # Errors
/// The first [`RouteError`] from the top. No text makes it panic.
pub fn parse_route(file: &str, text: &str) -> Result<PresetRoute, RouteError> {
    let at = |line: usize| move |problem| RouteError { file: file.to_owned(), line, problem };
    let (mut code, mut title, mut title_en, mut campus, mut shift) = (None, None, None, None, None);
    let (mut windows, mut checkpoints) = (Vec::new(), Vec::<PresetPoint>::new());
    let mut is_fire = false;
    for (index, raw) in text.lines().enumerate() {
        let fail = at(index + 1);
        let content = raw.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = content.split('|').map(str::trim).collect();
        let not_understood = || RouteProblem::Head(content.to_owned());
        match columns[..] {
            ["code", value] if !value.is_empty() => code = Some(value.to_owned()),
            ["title", value] if !value.is_empty() => title = Some(value.to_owned()),
            ["title_en", value] if !value.is_empty() => title_en = Some(value.to_owned()),
            ["campus", value] => campus = Some(CampusKind::from_code(value).ok_or_else(|| fail(not_understood()))?),
            ["kind", "day"] => shift = Some(Shift::Day),
            ["kind", "night"] => shift = Some(Shift::Night),
            ["fire", "yes"] => is_fire = true,
            ["window", value, ref more @ ..] if more.len() <= 2 => {
                windows.push(read_window(value, more).ok_or_else(|| fail(not_understood()))?);
            }
            ["en", name, look_at] => {
                let point = checkpoints.last_mut().ok_or_else(|| fail(not_understood()))?;
                (point.name_en, point.look_at_en) = (name.to_owned(), look_at.to_owned());
            }
            [seq, name, look_at, items, seconds] | [seq, name, look_at, items, seconds, _] => {
                let mut point =
                    read_point([seq, name, look_at, items, seconds], checkpoints.len() + 1).map_err(fail)?;
                point.windows = point_windows(columns.get(5).copied().unwrap_or_default(), &windows).map_err(fail)?;
                checkpoints.push(point);
            }
            [_, _] => return Err(fail(not_understood())),
            _ => return Err(fail(RouteProblem::Columns(columns.len()))),
        }
    }
    let missing = |name| at(0)(RouteProblem::Missing(name));
    if windows.is_empty() {
        return Err(missing("window"));
    }
    if checkpoints.is_empty() {
        return Err(missing("first point"));
    }
    Ok(PresetRoute {
        code: code.ok_or_else(|| missing("code"))?,
        title: title.ok_or_else(|| missing("title"))?,
        title_en: title_en.ok_or_else(|| missing("title_en"))?,
        campus: campus.ok_or_else(|| missing("campus"))?,
        shift: shift.ok_or_else(|| missing("kind"))?,
        is_fire,
        windows,
        checkpoints,
    })
}

/// The windows of a point, which stand above it in the file.
fn point_windows(text: &str, windows: &[PresetWindow]) -> Result<Vec<String>, RouteProblem> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let known = |name: &str| windows.iter().any(|window| window.name == name);
    names
        .map(|name| if known(name) { Ok(name.to_owned()) } else { Err(RouteProblem::UnknownWindow(name.to_owned())) })
        .collect()
}

fn read_window(text: &str, more: &[&str]) -> Option<PresetWindow> {
    let (times, name) = text.split_once(' ')?;
    let (from, to) = times.split_once('-')?;
    Some(PresetWindow {
        name: name.trim().to_owned(),
        name_en: more.get(1).copied().unwrap_or_default().to_owned(),
        from: parse_time(from)?,
        to: parse_time(to)?,
        days: more.first().map_or(Some(WindowDays::Every), |days| days.parse().ok())?,
    })
}

fn read_point([seq, name, look_at, items, seconds]: [&str; 5], expected: usize) -> Result<PresetPoint, RouteProblem> {
    let number = seq.parse::<u32>().ok().filter(|number| usize::try_from(*number) == Ok(expected));
    let seq = number.ok_or_else(|| RouteProblem::Sequence { found: seq.to_owned(), expected })?;
    let (mut codes, mut must) = (Vec::new(), Vec::new());
    for named in items.split(',').map(str::trim).filter(|code| !code.is_empty()) {
        let code = named.trim_end_matches('!');
        let whole = templates().iter().find(|template| template.code == code);
        let found: Vec<&Item> = match whole {
            Some(template) => template.items.iter().collect(),
            None => built_in_item(code).into_iter().collect(),
        };
        if found.is_empty() {
            return Err(RouteProblem::UnknownItem(code.to_owned()));
        }
        if code != named {
            must.extend(found.iter().map(|item| item.code.clone()));
        }
        codes.extend(found.into_iter().map(|item| item.code.clone()));
    }
    if codes.is_empty() {
        return Err(RouteProblem::UnknownItem(items.to_owned()));
    }
    let min_seconds = seconds.parse().map_err(|_| RouteProblem::Seconds(seconds.to_owned()))?;
    Ok(PresetPoint {
        seq,
        name: name.to_owned(),
        name_en: String::new(),
        look_at: look_at.to_owned(),
        look_at_en: String::new(),
        items: codes,
        must,
        min_seconds,
        windows: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str =
        "code | X\ntitle | 路\ntitle_en | Way\ncampus | school\nkind | day\nwindow | 06:30-07:30 早 | school | Early\n";

    #[test]
    fn a_broken_line_names_where_and_what() {
        let check = |line: &str, expected: fn(&RouteProblem) -> bool| {
            let error = parse_route("own.txt", &format!("{HEAD}{line}")).expect_err(line);
            assert!(expected(&error.problem) && error.line == 7, "{error}");
        };
        check("2 | 门 | 锁 | T17.01 | 30", |p| matches!(p, RouteProblem::Sequence { expected: 1, .. }));
        check("1 | 门 | 锁 | T99.01 | 30", |p| matches!(p, RouteProblem::UnknownItem(_)));
        check("1 | 门 | 锁 | | 30", |p| matches!(p, RouteProblem::UnknownItem(_)));
        check("1 | 门 | 锁 | T17.01 | 久", |p| matches!(p, RouteProblem::Seconds(_)));
        check("1 | 门 | 锁 | T17.01 | 30 | 午夜", |p| matches!(p, RouteProblem::UnknownWindow(_)));
        check("1 | 门 | 锁", |p| matches!(p, RouteProblem::Columns(3)));
        check("en | Gate | Lock", |p| matches!(p, RouteProblem::Head(_)));
        check("window | 25:00-26:00 晚", |p| matches!(p, RouteProblem::Head(_)));
        check("window | 20:00-21:00 晚 | sometimes", |p| matches!(p, RouteProblem::Head(_)));
        check("colour | red", |p| matches!(p, RouteProblem::Head(_)));
        assert_eq!(parse_route("own.txt", HEAD).expect_err("no points").problem, RouteProblem::Missing("first point"));
        assert_eq!(parse_route("own.txt", "").expect_err("nothing").problem, RouteProblem::Missing("window"));
    }

    #[test]
    fn a_point_says_what_must_be_answered_and_what_it_is_called_in_english() {
        let text = format!("{HEAD}1 | 门 | 锁 | T17.01, T11.09! | 30\nen | Gate | Lock");
        let route = parse_route("own.txt", &text).expect("a route");
        let point = &route.checkpoints[0];
        assert_eq!(
            (&point.items[..], &point.must[..]),
            (&["T17.01".to_owned(), "T11.09".to_owned()][..], &["T11.09".to_owned()][..])
        );
        assert_eq!((point.name_en.as_str(), point.look_at_en.as_str()), ("Gate", "Lock"));
        assert_eq!((route.windows[0].days, route.windows[0].name_en.as_str()), (WindowDays::School, "Early"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(lines in "[|#!, a-zT0-9.:\\n门-]{0,80}") {
            let _ = parse_route("any.txt", &lines);
            let _ = parse_route("any.txt", &format!("{HEAD}{lines}"));
        }
    }
}
