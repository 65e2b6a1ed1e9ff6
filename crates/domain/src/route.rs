//! Patrol routes: the points to walk, what to look at there, and when.
//!
//! The built-in routes are data files under `presets/routes`; they become records when a campus is set up.

use std::sync::LazyLock;

use chrono::NaiveTime;
use serde::Serialize;
use thiserror::Error;

use crate::answer::parse_time;
use crate::template::{CampusKind, Item, built_in as templates, built_in_item};
use crate::time::Shift;

/// A time of day in which a route is to be walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
    /// What it is called, such as 清校.
    pub name: String,
    /// When it begins.
    pub from: NaiveTime,
    /// When it ends; earlier than `from` when it runs over midnight, and itself outside.
    pub to: NaiveTime,
}

impl Window {
    /// Whether the wall clock of the campus shows a time within the window.
    pub fn contains(&self, time: NaiveTime) -> bool {
        if self.from < self.to { self.from <= time && time < self.to } else { self.from <= time || time < self.to }
    }
}

/// One point of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checkpoint {
    /// Its place in the walking order, from 1.
    pub seq: u32,
    /// Where it is.
    pub name: String,
    /// What to look at.
    pub look_at: String,
    /// The codes of the items to answer there.
    pub items: Vec<String>,
    /// The shortest believable stay, in seconds.
    pub min_seconds: u32,
    /// The names of the windows in which it is walked; empty for all of them.
    pub windows: Vec<String>,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    /// Its code, such as `S-DAY`.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The sort of campus it is for.
    pub campus: CampusKind,
    /// Whether it is walked by day or by night.
    pub shift: Shift,
    /// When it is to be walked.
    pub windows: Vec<Window>,
    /// Its points in walking order.
    pub checkpoints: Vec<Checkpoint>,
}

impl Route {
    /// The windows that are due: all of them, but by night only the first two where nobody sleeps on site.
    pub fn windows_for(&self, is_boarding: bool) -> &[Window] {
        const WITHOUT_BOARDERS: usize = 2;
        if self.shift == Shift::Day || is_boarding {
            &self.windows
        } else {
            &self.windows[..self.windows.len().min(WITHOUT_BOARDERS)]
        }
    }

    /// The points that are walked in a window, in walking order: 清校 is done once, when the school is closed.
    pub fn points_in(&self, window: &Window) -> impl Iterator<Item = &Checkpoint> {
        let is_walked = |point: &&Checkpoint| point.windows.is_empty() || point.windows.contains(&window.name);
        self.checkpoints.iter().filter(is_walked)
    }

    /// The window at a time of day of the campus.
    pub fn window_at(&self, time: NaiveTime) -> Option<&Window> {
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

/// Reads a route from its text; `T20` as an item stands for all items of that template.
///
/// # Errors
/// The first [`RouteError`] from the top. No text makes it panic.
pub fn parse_route(file: &str, text: &str) -> Result<Route, RouteError> {
    let at = |line: usize| move |problem| RouteError { file: file.to_owned(), line, problem };
    let (mut code, mut title, mut campus, mut shift) = (None, None, None, None);
    let (mut windows, mut checkpoints) = (Vec::new(), Vec::new());
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
            ["campus", value] => campus = Some(CampusKind::from_code(value).ok_or_else(|| fail(not_understood()))?),
            ["kind", "day"] => shift = Some(Shift::Day),
            ["kind", "night"] => shift = Some(Shift::Night),
            ["window", value] => windows.push(read_window(value).ok_or_else(|| fail(not_understood()))?),
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
    Ok(Route {
        code: code.ok_or_else(|| missing("code"))?,
        title: title.ok_or_else(|| missing("title"))?,
        campus: campus.ok_or_else(|| missing("campus"))?,
        shift: shift.ok_or_else(|| missing("kind"))?,
        windows,
        checkpoints,
    })
}

/// The windows of a point, which stand above it in the file.
fn point_windows(text: &str, windows: &[Window]) -> Result<Vec<String>, RouteProblem> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let known = |name: &str| windows.iter().any(|window| window.name == name);
    names
        .map(|name| if known(name) { Ok(name.to_owned()) } else { Err(RouteProblem::UnknownWindow(name.to_owned())) })
        .collect()
}

fn read_window(text: &str) -> Option<Window> {
    let (times, name) = text.split_once(' ')?;
    let (from, to) = times.split_once('-')?;
    Some(Window { name: name.trim().to_owned(), from: parse_time(from)?, to: parse_time(to)? })
}

fn read_point([seq, name, look_at, items, seconds]: [&str; 5], expected: usize) -> Result<Checkpoint, RouteProblem> {
    let number = seq.parse::<u32>().ok().filter(|number| usize::try_from(*number) == Ok(expected));
    let seq = number.ok_or_else(|| RouteProblem::Sequence { found: seq.to_owned(), expected })?;
    let mut codes = Vec::new();
    for code in items.split(',').map(str::trim).filter(|code| !code.is_empty()) {
        let whole = templates().iter().find(|template| template.code == code);
        let found: Vec<&Item> = match whole {
            Some(template) => template.items.iter().collect(),
            None => built_in_item(code).into_iter().collect(),
        };
        if found.is_empty() {
            return Err(RouteProblem::UnknownItem(code.to_owned()));
        }
        codes.extend(found.into_iter().map(|item| item.code.clone()));
    }
    if codes.is_empty() {
        return Err(RouteProblem::UnknownItem(items.to_owned()));
    }
    let min_seconds = seconds.parse().map_err(|_| RouteProblem::Seconds(seconds.to_owned()))?;
    Ok(Checkpoint {
        seq,
        name: name.to_owned(),
        look_at: look_at.to_owned(),
        items: codes,
        min_seconds,
        windows: Vec::new(),
    })
}

const SOURCES: [(&str, &str); 4] = [
    ("S-DAY.txt", include_str!("../presets/routes/S-DAY.txt")),
    ("S-NIGHT.txt", include_str!("../presets/routes/S-NIGHT.txt")),
    ("K-DAY.txt", include_str!("../presets/routes/K-DAY.txt")),
    ("K-NIGHT.txt", include_str!("../presets/routes/K-NIGHT.txt")),
];

static ROUTES: LazyLock<Result<Vec<Route>, RouteError>> =
    LazyLock::new(|| SOURCES.iter().map(|(file, text)| parse_route(file, text)).collect());

/// The routes that are compiled in.
pub fn built_in() -> &'static [Route] {
    // The files are compiled in, and a test below parses every one of them.
    ROUTES.as_ref().expect("the compiled-in routes parse")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::template::Part;

    #[test]
    fn the_built_in_routes_have_their_points() {
        let points: Vec<(&str, usize)> =
            built_in().iter().map(|route| (route.code.as_str(), route.checkpoints.len())).collect();
        assert_eq!(points, [("S-DAY", 21), ("S-NIGHT", 6), ("K-DAY", 16), ("K-NIGHT", 6)]);
        for route in built_in() {
            assert!(route.windows_for(true).len() >= if route.shift == Shift::Day { 5 } else { 4 });
            assert!(route.checkpoints.iter().all(|point| point.min_seconds >= 30 && !point.items.is_empty()));
        }
    }

    #[test]
    fn a_template_code_stands_for_all_its_items() {
        let greens = built_in()[0].checkpoints.iter().find(|point| point.items.contains(&"T20.01".to_owned()));
        assert_eq!(greens.map(|point| point.items.len()), Some(9));
    }

    #[test]
    fn a_school_is_cleared_in_the_closing_window_alone() {
        for route in built_in() {
            let clears =
                |window: &&Window| route.points_in(window).any(|point| point.items.contains(&"T18.10".to_owned()));
            let found: Vec<&str> = route.windows.iter().filter(clears).map(|window| window.name.as_str()).collect();
            assert_eq!(found, if route.shift == Shift::Day { vec!["清校"] } else { vec![] }, "{}", route.code);
        }
    }

    #[test]
    fn every_built_in_route_bears_the_seven_items_of_the_daily_fire_patrol() {
        let fire = templates().iter().find(|template| template.code == "T15").expect("the fire check");
        for route in built_in() {
            for item in fire.items_for(Part::Daily, None) {
                let is_borne = route.checkpoints.iter().any(|point| point.items.contains(&item.code));
                assert!(is_borne, "no point of {} bears {} {}", route.code, item.code, item.text);
            }
        }
    }

    #[test]
    fn fewer_rounds_are_due_where_nobody_sleeps() {
        let night = &built_in()[1];
        assert_eq!((night.windows_for(false).len(), night.windows_for(true).len()), (2, 4));
    }

    #[test]
    fn a_window_may_run_over_midnight_and_ends_before_its_end() {
        let night = &built_in()[1];
        let at = |text: &str| night.window_at(parse_time(text).expect("a time")).map(|window| window.name.as_str());
        assert_eq!(at("23:59"), Some("夜巡一"));
        assert_eq!(at("00:00"), Some("夜巡二"));
        assert_eq!(at("05:59"), Some("夜巡四"));
        assert_eq!(at("06:00"), None);
    }

    const HEAD: &str = "code | X\ntitle | 路\ncampus | school\nkind | day\nwindow | 06:30-07:30 早\n";

    #[test]
    fn a_broken_line_names_where_and_what() {
        let check = |line: &str, expected: fn(&RouteProblem) -> bool| {
            let error = parse_route("own.txt", &format!("{HEAD}{line}")).expect_err(line);
            assert!(expected(&error.problem) && error.line == 6, "{error}");
        };
        check("2 | 门 | 锁 | T17.01 | 30", |p| matches!(p, RouteProblem::Sequence { expected: 1, .. }));
        check("1 | 门 | 锁 | T99.01 | 30", |p| matches!(p, RouteProblem::UnknownItem(_)));
        check("1 | 门 | 锁 | | 30", |p| matches!(p, RouteProblem::UnknownItem(_)));
        check("1 | 门 | 锁 | T17.01 | 久", |p| matches!(p, RouteProblem::Seconds(_)));
        check("1 | 门 | 锁 | T17.01 | 30 | 午夜", |p| matches!(p, RouteProblem::UnknownWindow(_)));
        check("1 | 门 | 锁", |p| matches!(p, RouteProblem::Columns(3)));
        check("window | 25:00-26:00 晚", |p| matches!(p, RouteProblem::Head(_)));
        check("colour | red", |p| matches!(p, RouteProblem::Head(_)));
        assert_eq!(parse_route("own.txt", HEAD).expect_err("no points").problem, RouteProblem::Missing("first point"));
        assert_eq!(parse_route("own.txt", "").expect_err("nothing").problem, RouteProblem::Missing("window"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(lines in "[|#, a-zT0-9.:\\n门-]{0,80}") {
            let _ = parse_route("any.txt", &lines);
            let _ = parse_route("any.txt", &format!("{HEAD}{lines}"));
        }
    }
}
