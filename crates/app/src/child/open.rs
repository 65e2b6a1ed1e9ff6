//! On which days something may alarm that nobody has answered.

use std::collections::BTreeSet;

use causal::RecordId;
use chrono::{Days, NaiveDate};
use domain::finding::StateName;
use replica::Listing;
use uuid::Uuid;

use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::error::CommandError;
use crate::finding;

/// What was not answered is told, and found, for so many days.
const ALARM_DAYS: u64 = 7;
/// Rows of a tablet that was away come later than that, and are looked for so far back where nobody knows which came.
const LATE_DAYS: u64 = 35;
/// A campus has no more alarms that stand open.
const MOST: u64 = 1_000;

/// The last seven days, and each of an alarm whose finding stands open: what nobody has answered is told until somebody has.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn alarm_days(app: &App, campus: &Campus, today: NaiveDate) -> Result<BTreeSet<NaiveDate>, CommandError> {
    let open = StateName::codes(StateName::is_open);
    let scopes: Vec<Uuid> = campus.id.into_iter().collect();
    let listing = Listing {
        kind: finding::KIND,
        scopes: &scopes,
        stages: &open,
        field: Some(("row_kind", "child_handover")),
        limit: MOST,
        ..Listing::default()
    };
    let found = app.store().find(&listing)?;
    let rows = found.iter().filter_map(|found| Uuid::parse_str(text(&found.doc, "row")?).ok());
    let mut days = days_of(app, rows.map(RecordId))?;
    days.extend(back(today, ALARM_DAYS));
    Ok(days)
}

/// The last seven days, and those of what was heard of since the last look: of rows, and of all rows by a line that has changed. Where
/// nobody knows what was heard, all days of which something may come late.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn days_to_raise(
    app: &App,
    today: NaiveDate,
    heard: Option<&[RecordId]>,
) -> Result<BTreeSet<NaiveDate>, CommandError> {
    let Some(heard) = heard else { return Ok(back(today, LATE_DAYS).collect()) };
    let mut days = days_of(app, heard.iter().copied())?;
    for line in heard {
        let line = app.store().find_one(*line)?.filter(|found| found.kind == "pickup_authorisation");
        let Some(child) = line.and_then(|line| text(&line.doc, "child").map(str::to_owned)) else { continue };
        let (first, last) =
            (today.checked_sub_days(Days::new(LATE_DAYS)).unwrap_or(today).to_string(), today.to_string());
        let of_child = Listing {
            kind: "child_handover",
            about: Some(&child),
            days: Some((&first, &last)),
            limit: MOST,
            ..Listing::default()
        };
        days.extend(app.store().find(&of_child)?.into_iter().filter_map(|row| row.day?.parse::<NaiveDate>().ok()));
    }
    days.extend(back(today, ALARM_DAYS));
    Ok(days)
}

fn back(today: NaiveDate, days: u64) -> impl Iterator<Item = NaiveDate> {
    (0..days).filter_map(move |back| today.checked_sub_days(Days::new(back)))
}

/// The days of those records that are handovers here.
fn days_of(app: &App, rows: impl Iterator<Item = RecordId>) -> Result<BTreeSet<NaiveDate>, CommandError> {
    let mut days = BTreeSet::new();
    for row in rows {
        let found = app.store().find_one(row)?.filter(|found| found.kind == "child_handover");
        days.extend(found.and_then(|found| found.day?.parse::<NaiveDate>().ok()));
    }
    Ok(days)
}
