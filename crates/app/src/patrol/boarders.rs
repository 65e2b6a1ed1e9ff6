//! The count of boarders on a round: who may answer it, and whether somebody has.

use domain::patrol::{BOARDERS, PlanPoint, asks_for};
use domain::permission::may_any;
use domain::role::Role;
use replica::Listing;
use serde_json::Value;

use super::stored::{StoredRun, runs_of};
use crate::app::App;
use crate::document::{Document, integer, text};
use crate::dto::patrol::{BoarderCount, DoneBy};
use crate::error::CommandError;
use crate::inspection;
use crate::names::Names;

/// The checklist of a dormitory, whose count is the same one.
const DORMITORY: &str = "T11@";
const MOST: u64 = 1_000;

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
    let Some(day) = run.run.day.map(|day| day.to_string()) else { return Ok(None) };
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
        may_count: may_answer(roles, BOARDERS),
        counted: last.map(|(at, by)| DoneBy { by: by.map(|by| names.person(&by)), at }),
    }))
}

fn holds(document: &Document, field: &str) -> bool {
    document.get(field).is_some_and(|value| *value != Value::Null)
}
