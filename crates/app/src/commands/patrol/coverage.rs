//! What was covered, by day and window.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::due::{checked_day, people_who_see};
use super::row::{Row, rows};
use crate::app::App;
use crate::campus::Campus;
use crate::dto::key_area::KeyArea;
use crate::error::CommandError;
use crate::names::Names;
use crate::patrol::{Facts, RouteFacts, Tallies, key_areas, tallies_of};
use crate::people;

/// Arguments of `patrol.coverage`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The first business day, `YYYY-MM-DD`.
    from: String,
    /// The last one; at most 366 days.
    to: String,
    /// Only this route.
    #[serde(default)]
    route: Option<Uuid>,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
}

/// What was covered.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolCoverage")]
pub(super) struct Coverage {
    /// The windows that were due, by the time at which they begin.
    rows: Vec<Row>,
    /// The key areas by day; left out where one route is asked for, since others walk there, too.
    days: Vec<Day>,
}

/// The key areas of a business day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolDay")]
pub(super) struct Day {
    /// The business day, `YYYY-MM-DD`.
    day: String,
    /// Whether it is a school day.
    is_school: bool,
    /// In how many windows each is to be walked.
    needed: String,
    /// For how many hours at most nobody is to be in a key area while it is in use.
    gap_h: String,
    /// The key areas, the least walked first.
    areas: Vec<KeyArea>,
}

const MOST_DAYS: i64 = 366;

pub(super) fn coverage(app: &App, arguments: Asked) -> Result<Coverage, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    let mut days = checked_days((&arguments.from, &arguments.to), MOST_DAYS)?;
    people_who_see(app, &campus, days[0])?;
    let route = arguments.route.map(|route| route.to_string());
    let routes = RouteFacts::seen(app, &campus, route.as_deref())?;
    let facts = Facts::of(app, campus)?;
    let tallies = tallies_of(app, &facts.campus, (&arguments.from, &arguments.to))?;
    let today = people::today(app, &facts.campus);
    days.retain(|day| *day <= today);
    let rows = rows(app, &facts, &routes, &tallies, &days)?;
    let names = Names::new(app);
    let of_days = days.iter().filter(|_| route.is_none() && !routes.is_empty());
    let days = of_days.map(|day| day_of(&names, &facts, &routes, &tallies, *day)).collect();
    Ok(Coverage { rows, days })
}

/// The key areas of a business day; none for who sees no routes, and so nothing of who walked there.
pub(super) fn day_of(
    names: &Names<'_>,
    facts: &Facts,
    routes: &[RouteFacts],
    tallies: &Tallies,
    day: NaiveDate,
) -> Day {
    let settings = facts.campus.history.on(day);
    Day {
        day: day.to_string(),
        is_school: facts.campus.calendar.is_school_day(day),
        needed: settings.number("patrol.per_day").normalize().to_string(),
        gap_h: settings.number("fire.key_area_gap_h").normalize().to_string(),
        areas: if routes.is_empty() { Vec::new() } else { key_areas(names, facts, routes, tallies, day) },
    }
}

/// The days from the one to the other, both included.
pub(super) fn checked_days((from, to): (&str, &str), most: i64) -> Result<Vec<NaiveDate>, CommandError> {
    let needed = |argument| CommandError::bad_argument(argument, "a day such as 2026-11-23");
    let from = checked_day("from", Some(from))?.ok_or_else(|| needed("from"))?;
    let to = checked_day("to", Some(to))?.ok_or_else(|| needed("to"))?;
    let count = to.signed_duration_since(from).num_days();
    if !(0..most).contains(&count) {
        let message = format_args!("the last day comes after the first, by {} days at most", most - 1);
        return Err(CommandError::bad_argument("to", message));
    }
    Ok(from.iter_days().take_while(|day| *day <= to).collect())
}
