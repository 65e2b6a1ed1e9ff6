//! The count of boarders on a round: how many there should be, who may answer it, and whether somebody has.

use chrono::{Days, NaiveDate};
use domain::patrol::{BOARDERS, BoarderLeave, Boarders, PlanPoint, asks_for, expected_boarders};
use domain::permission::may_any;
use domain::register::{VOID, fold, register};
use domain::role::Role;
use replica::Listing;
use serde_json::Value;

use super::facts::Facts;
use super::stored::{StoredRun, runs_of};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, integer, text};
use crate::dto::patrol::{BoarderCount, DoneBy, ExpectedCount};
use crate::entry::{is_newer, scopes};
use crate::error::CommandError;
use crate::inspection;
use crate::names::Names;

/// The checklist of a dormitory, whose count is the same one.
const DORMITORY: &str = "T11@";
const MOST: u64 = 1_000;
/// So many rows of the two registers are read.
const MOST_ROWS: u64 = 10_000;
/// The registers that say how many live in a dormitory, and how many of them are away.
const LIVING: &str = "boarders";
const AWAY: &str = "boarder_leave";
/// Who went longer ago and of whom nobody has said for how many nights has moved out.
const LONGEST_AWAY: Days = Days::new(366);

/// Whether somebody with these roles may answer an item of a round.
pub(crate) fn may_answer(roles: &[Role], item: &str) -> bool {
    asks_for(item).is_none_or(|permission| may_any(roles, permission))
}

/// Who has counted the boarders on the business day of a run: at this point on any round, or on the checklist of a dormitory.
///
/// The numbers stay with who may count; others learn that it was done.
pub(super) fn boarder_count(
    app: &App,
    names: &Names<'_>,
    run: &StoredRun,
    point: &PlanPoint,
    roles: &[Role],
) -> Result<Option<BoarderCount>, CommandError> {
    if !point.items.iter().any(|item| item == BOARDERS) {
        return Ok(None);
    }
    let Some(evening) = run.run.day else { return Ok(None) };
    let day = evening.to_string();
    let may_count = may_answer(roles, BOARDERS);
    let field = format!("visits/{}/answers/{BOARDERS}/result", point.id);
    let runs = runs_of(app, &run.campus, (&day, &day))?;
    let on_rounds = runs.all.iter().filter(|listed| !listed.run.is_void && holds(&listed.document, &field));
    let on_rounds = on_rounds.filter_map(|listed| {
        let visit = listed.run.visits_to(&point.id).last();
        let by = visit.and_then(|visit| visit.by.as_deref()).or(listed.run.leader.as_deref());
        let begun = integer(&listed.document, "occurred_at");
        Some((visit.map_or(begun, |visit| Some(visit.arrived.at.0))?, by.map(str::to_owned)))
    });
    let listing = Listing {
        kind: inspection::KIND,
        scopes: run.campus.id.as_slice(),
        day: Some(&day),
        limit: MOST,
        ..Listing::default()
    };
    let checks = app.store().find(&listing)?;
    let is_count = |doc: &Document| {
        text(doc, "template").is_some_and(|template| template.starts_with(DORMITORY))
            && holds(doc, &format!("answers/{BOARDERS}/result"))
    };
    let on_checks = checks.iter().filter(|found| is_count(&found.doc)).filter_map(|found| {
        let by = found.doc.get("created").and_then(|created| created.get("by")?.as_str());
        Some((integer(&found.doc, "occurred_at")?, by.map(str::to_owned)))
    });
    let last = on_rounds.chain(on_checks).max_by_key(|(at, _)| *at);
    Ok(Some(BoarderCount {
        may_count,
        expected: if may_count { expected(app, run, point, evening)? } else { None },
        counted: last.map(|(at, by)| DoneBy { by: by.map(|by| names.person(&by)), at }),
    }))
}

/// How many boarders should be at a point on an evening; none where that cannot be told.
fn expected(
    app: &App,
    run: &StoredRun,
    point: &PlanPoint,
    evening: NaiveDate,
) -> Result<Option<ExpectedCount>, CommandError> {
    let living = rows(app, &run.campus, LIVING, NaiveDate::MIN..=evening)?;
    let living: Vec<Boarders> = living.iter().filter_map(living_in).collect();
    if living.is_empty() {
        return Ok(None);
    }
    let first = evening.checked_sub_days(LONGEST_AWAY).unwrap_or(evening);
    let away: Vec<BoarderLeave> = rows(app, &run.campus, AWAY, first..=evening)?.iter().filter_map(away_from).collect();
    let areas = Facts::of(app, run.campus.clone())?.areas;
    let told = expected_boarders(evening, point.area.as_deref(), &areas, &living, &away);
    Ok(told.map(|told| ExpectedCount { number: told.number(), living: told.living, away: told.away }))
}

/// The rows of a register on some days as they count, whoever asks; void ones, and those of a newer app, are left out.
fn rows(
    app: &App,
    campus: &Campus,
    kind: &str,
    days: std::ops::RangeInclusive<NaiveDate>,
) -> Result<Vec<Document>, CommandError> {
    let Some(register) = register(kind) else { return Ok(Vec::new()) };
    let (first, last) = (days.start().to_string(), days.end().to_string());
    let scopes = scopes(campus, register);
    let listing =
        Listing { kind, scopes: &scopes, days: Some((&first, &last)), limit: MOST_ROWS, ..Listing::default() };
    let mut found = app.store().find(&listing)?;
    found.retain(|found| found.stage.as_deref() != Some(VOID) && !is_newer(&found.doc));
    Ok(found.iter().map(|found| fold(register, &found.doc).document).collect())
}

fn living_in(row: &Document) -> Option<Boarders> {
    let number = u32::try_from(integer(row, "number")?).ok()?;
    Some(Boarders { area: text(row, "area")?.to_owned(), since: text(row, "since")?.parse().ok()?, number })
}

fn away_from(row: &Document) -> Option<BoarderLeave> {
    Some(BoarderLeave {
        area: text(row, "area")?.to_owned(),
        from: text(row, "from")?.parse().ok()?,
        nights: integer(row, "nights").and_then(|nights| u32::try_from(nights).ok()),
        people: u32::try_from(integer(row, "people")?).ok()?,
    })
}

fn holds(document: &Document, field: &str) -> bool {
    document.get(field).is_some_and(|value| *value != Value::Null)
}
