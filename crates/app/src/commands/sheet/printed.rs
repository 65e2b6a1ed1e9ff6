//! Writing down that a printer was asked for a paper, or for the list of a register.
//!
//! Whether anything came out of the printer, nobody tells the program: what it writes down is what it knows.

use chrono::NaiveDate;
use domain::register::{Right, register};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::arguments::Get;
use crate::app::App;
use crate::campus::Campus;
use crate::error::CommandError;
use crate::exports::{EVERYTHING, Leaving};
use crate::sheet::{Made, Way, disclose, make};
use crate::sight::Viewer;

/// What was written down.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SheetPrinted")]
pub(super) struct Printed {
    /// How many rows went to the printer.
    rows: usize,
}

/// Arguments of `sheet.list_printed`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PrintedList {
    /// The register.
    kind: String,
    /// How many of its rows stand on the page.
    rows: u32,
    /// The first day that the list was asked for, `YYYY-MM-DD`.
    #[serde(default)]
    from: Option<String>,
    /// The last day.
    #[serde(default)]
    to: Option<String>,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
}

pub(super) fn paper(app: &App, arguments: Get) -> Result<Printed, CommandError> {
    let Made { sheet, campus, .. } = make(app, &arguments.into())?;
    disclose(app, &campus, &Leaving::from(&sheet), Way::Print, None)?;
    Ok(Printed { rows: sheet.rows.len() })
}

/// What a list showed is told by the page that showed it: other rows may have come since.
pub(super) fn list(app: &App, arguments: PrintedList) -> Result<Printed, CommandError> {
    let PrintedList { kind, rows, from, to, campus } = arguments;
    let campus = Campus::named_or_here(app, campus)?;
    let viewer = Viewer::here(app, &campus)?;
    let seen = register(&kind).filter(|register| viewer.has(register, Right::See));
    let unknown = || CommandError::not_found(format_args!("there is no register {kind} here")).field("kind");
    let register = seen.ok_or_else(unknown)?;
    let rows = usize::try_from(rows).ok().filter(|rows| *rows <= MOST_ROWS);
    let rows =
        rows.ok_or_else(|| CommandError::bad_argument("rows", format_args!("a list prints {MOST_ROWS} rows at most")))?;
    let period = match (checked_day("from", from)?, checked_day("to", to)?) {
        (None, None) => EVERYTHING.to_owned(),
        (from, to) => {
            let said = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("{} ~ {}", said(from), said(to))
        }
    };
    let leaving = Leaving { code: kind, title: format!("{}（列表）", register.zh), period, rows };
    disclose(app, &campus, &leaving, Way::Print, None)?;
    Ok(Printed { rows })
}

/// A list puts no more rows on paper.
const MOST_ROWS: usize = 20_000;

fn checked_day(name: &str, day: Option<String>) -> Result<Option<NaiveDate>, CommandError> {
    let wrong = |_| CommandError::bad_argument(name, format_args!("{name} is a day such as 2026-09-01"));
    day.map(|day| day.parse().map_err(wrong)).transpose()
}
