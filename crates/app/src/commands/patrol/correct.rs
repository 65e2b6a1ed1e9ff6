//! Corrections of a run: for which day or window it counts, what a visit found, and whether it counts at all.

use causal::RecordId;
use chrono::NaiveDate;
use domain::id::visit_alone_finding_id;
use domain::patrol::VisitResult;
use domain::permission::Permission;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use super::due::checked_day;
use crate::app::App;
use crate::document::{checked_text, field, text};
use crate::dto::patrol::RunView;
use crate::error::CommandError;
use crate::form::holder::Holder;
use crate::patrol::{
    AtPoint, FoundByVisit, KIND, Marks, StoredRun, found_by_visit, found_nothing, run_view, seen_again, window_on,
};
use crate::people;

/// Arguments of `patrol.correct`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Correct {
    /// The run.
    run: Uuid,
    /// `business_date`, `window`, or `visits/<checkpoint>/v/<visit>`.
    field: String,
    /// The business day, `YYYY-MM-DD`; the window, null for a walk outside of all windows; or of a visit `normal`, `abnormal`, and
    /// null where it does not count.
    value: Option<String>,
    /// Why.
    reason: String,
}

/// Arguments of `patrol.void`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Void {
    /// The run.
    run: Uuid,
    /// Why.
    reason: String,
}

pub(super) fn correct(app: &App, arguments: Correct) -> Result<RunView, CommandError> {
    let run = StoredRun::seen(app, arguments.run)?;
    people::require(app, &run.campus, Permission::ManageRoutes)?;
    check_not_void(&run)?;
    let reason = checked_reason(&arguments.reason)?;
    let value = match (arguments.field.as_str(), &arguments.value) {
        ("business_date", Some(day)) => json!(corrected_day(app, &run, day)?),
        ("window", None) => Value::Null,
        ("window", Some(window)) if window_on(app, &run, window)? => json!(window),
        ("window", Some(_)) => return Err(CommandError::bad_argument("value", "the route has no such window")),
        (name, result) if name.starts_with("visits/") => corrected_visit(&run, name, result.as_deref())?,
        _ => return Err(CommandError::bad_argument("field", "business_date, window or a visit")),
    };
    let known = run.corrected.fields.get(&arguments.field);
    let after: Vec<&String> = known.iter().flat_map(|known| &known.history).map(|correction| &correction.id).collect();
    let findings = findings_of(app, &run, &arguments.field, &value)?;
    let entry = json!({
        "field": arguments.field, "value": value, "reason": reason,
        "by": app.by().as_deref(), "at": app.now_ms(), "after": after,
    });
    append(app, &run, "corrections", entry, findings)
}

pub(super) fn void(app: &App, arguments: Void) -> Result<RunView, CommandError> {
    let run = StoredRun::seen(app, arguments.run)?;
    let is_own = app.by().is_some_and(|by| text(&run.document, "leader") == Some(&*by));
    people::require(app, &run.campus, if is_own { Permission::CorrectRecord } else { Permission::ManageRoutes })?;
    check_not_void(&run)?;
    let entry = json!({"reason": checked_reason(&arguments.reason)?, "by": app.by().as_deref(), "at": app.now_ms()});
    // What it has found may be real all the same: it stays until somebody who may void it says otherwise.
    append(app, &run, "void", entry, Vec::new())
}

/// The day that a run was walked for, which has begun; a clock that nobody has checked refuses none.
fn corrected_day(app: &App, run: &StoredRun, day: &str) -> Result<Option<NaiveDate>, CommandError> {
    let (day, time) = (checked_day("value", Some(day))?, app.time());
    let today = time.now.local(run.campus.calendar.zone).date();
    if time.is_checked() && day.is_some_and(|day| day > today) {
        return Err(CommandError::bad_argument("value", "what has not happened yet cannot be recorded"));
    }
    Ok(day)
}

/// A visit as it is corrected: with another result, or as one that does not count.
fn corrected_visit(run: &StoredRun, name: &str, result: Option<&str>) -> Result<Value, CommandError> {
    let parts: Vec<&str> = name.split('/').collect();
    let ["visits", _, "v", _] = parts[..] else {
        return Err(CommandError::bad_argument("field", "visits/<checkpoint>/v/<visit>"));
    };
    let missing = || CommandError::not_found("there is no such visit on this round").field("field");
    let mut visit = run.document.get(name).filter(|visit| visit.is_object()).cloned().ok_or_else(missing)?;
    visit["result"] = match result {
        None => return Ok(Value::Null),
        Some("normal") => json!(VisitResult::Normal),
        Some("abnormal") => json!(VisitResult::Abnormal),
        Some(_) => return Err(CommandError::bad_argument("value", "normal, abnormal, or null")),
    };
    Ok(visit)
}

/// What the correction of a visit changes of findings.
///
/// The visit's own one: a visit that found nothing has none, as long as nobody has begun to put it right, and one that found something
/// has one, where neither an item nor a finding that is still there says it. And those that it has seen again (仍在): a visit that does
/// not count has seen none.
fn findings_of(app: &App, run: &StoredRun, name: &str, value: &Value) -> Result<Vec<Save>, CommandError> {
    let parts: Vec<&str> = name.split('/').collect();
    let ["visits", checkpoint, "v", visit] = parts[..] else { return Ok(Vec::new()) };
    let before = run.run.visits.iter().find(|before| before.id == visit);
    let said = run.document.get(name).unwrap_or(value);
    let still: Vec<String> = Vec::deserialize(&said["still"]).unwrap_or_default();
    let mut saves = match (before.is_some(), value.is_null()) {
        (true, true) => seen_again(app, &still, visit, &Value::Null)?,
        (false, false) => seen_again(app, &still, visit, &as_seen(run, checkpoint, said))?,
        _ => Vec::new(),
    };
    if value["result"] != json!(VisitResult::Abnormal) {
        saves.extend(found_nothing(app, run, (checkpoint, visit), "到点已更正")?);
    } else if before.is_none_or(|before| before.result != VisitResult::Abnormal) {
        let at = AtPoint::load(app, run.id, checkpoint)?;
        let found = FoundByVisit { visit, note: None, photos: Vec::new() };
        let is_said = at.has_failed() || (!still.is_empty() && !has_own_finding(app, run, checkpoint, visit)?);
        if !is_said {
            saves.extend(found_by_visit(app, at.place(), &Marks::next(app, &run.run), found)?);
        }
    }
    Ok(saves)
}

/// What a finding says of a visit that has seen it again, as when the visit was made.
fn as_seen(run: &StoredRun, checkpoint: &str, visit: &Value) -> Value {
    json!({
        "patrol_run": run.id.0, "checkpoint": checkpoint,
        "n": visit["n"], "by": visit["by"], "at": visit["arrived"], "clock": visit["clock"],
    })
}

fn has_own_finding(app: &App, run: &StoredRun, checkpoint: &str, visit: &str) -> Result<bool, CommandError> {
    let id = RecordId(visit_alone_finding_id(run.id.0, checkpoint, visit));
    Ok(app.store().get(id)?.is_some())
}

fn append(app: &App, run: &StoredRun, list: &str, entry: Value, findings: Vec<Save>) -> Result<RunView, CommandError> {
    let id = new_uuid_v7(app.now_ms(), &*app.store().ports().entropy);
    let own = Save {
        id: Some(run.id),
        kind: KIND.to_owned(),
        seen: Some(run.version.clone()),
        only_if: Some(run.version.clone()),
        set: vec![field(format!("{list}/{id}"), entry)],
        by: app.by(),
        ..Save::default()
    };
    app.store().save_all([own].into_iter().chain(findings).collect())?;
    run_view(app, &StoredRun::load(app, run.id)?)
}

fn check_not_void(run: &StoredRun) -> Result<(), CommandError> {
    if run.run.is_void { Err(CommandError::new(ProblemType::Void, "the round is void").field("run")) } else { Ok(()) }
}

fn checked_reason(reason: &str) -> Result<String, CommandError> {
    let missing = || CommandError::bad_argument("reason", "a reason is needed");
    checked_text("reason", Some(reason.to_owned()))?.ok_or_else(missing)
}
