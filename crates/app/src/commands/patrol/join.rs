//! Two tablets, one walk, and no network: what one screen shows, another one takes over.
//!
//! A run is written by one tablet, so who takes over or walks along has a run of their own, with the same `walk`. What the code says of
//! points leads them on and counts for nothing: the points count when the run arrives in which they were visited.

use domain::patrol::{Plan, WalkCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::start::{Start, Started, run_for, started};
use crate::app::App;
use crate::document::{Fields, field};
use crate::error::CommandError;
use crate::patrol::{Marks, StoredRun, is_here, plan_of, reached};
use crate::qr;

/// Arguments of `patrol.invite`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Invite {
    /// The run.
    run: Uuid,
}

/// Arguments of `patrol.join`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Join {
    /// What was read from the screen of a colleague.
    code: String,
}

/// What the screen of a run shows to a colleague's tablet.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolInvitation")]
pub(super) struct Shown {
    /// What the code says.
    code: String,
    /// The same as a QR code, as SVG.
    svg: String,
    /// How many points it tells as reached.
    reached: u32,
}

/// A run that takes part in a walk.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolJoined")]
pub(super) struct Joined {
    /// The run.
    #[serde(flatten)]
    started: Started,
    /// How many points the code tells as reached; null where the route is another one here by now, so that its points cannot be told.
    reached: Option<usize>,
}

pub(super) fn invite(app: &App, arguments: Invite) -> Result<Shown, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    let missing = || CommandError::not_found("what this round was begun on has not arrived yet").field("run");
    let id = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Uuid>().ok());
    let (plan, day) = run.plan.as_ref().zip(run.run.day).ok_or_else(missing)?;
    let points = WalkCode::bits(plan, reached(app, &run)?);
    let code = WalkCode {
        run: run.id.0,
        walk: id(&run.run.walk).unwrap_or(run.id.0),
        route: id(&run.run.route).ok_or_else(missing)?,
        plan: id(&run.run.plan).ok_or_else(missing)?,
        day,
        window: run.run.window.clone(),
        points,
    };
    let code = code.to_string();
    Ok(Shown { svg: qr::svg(&code)?, reached: points.count_ones(), code })
}

/// Takes part in a walk: begins a run of its own, or goes on with the one that is open here for the same window.
///
/// The day is that of the code and never this device's, whose clock may say anything.
pub(super) fn join(app: &App, arguments: Join) -> Result<Joined, CommandError> {
    let code: WalkCode = arguments.code.parse().map_err(|error| CommandError::bad_argument("code", error))?;
    if is_here(app, causal::RecordId(code.run))? {
        // Who scans their own screen goes on.
        let run = StoredRun::to_walk(app, code.run)?;
        return Ok(Joined { started: started(&run, true), reached: Some(0) });
    }
    let (run, resumed) = run_for(app, &Start::along(code.route, code.window.clone(), code.day, code.walk))?;
    let plan = match &run.plan {
        Some(plan) if run.run.plan == Some(code.plan.to_string()) => Some(plan.clone()),
        _ => plan_of(app, &code.plan.to_string())?,
    };
    let told: Option<Vec<&str>> = plan.as_ref().map(|plan: &Plan| code.reached(plan).collect());
    let set = told_fields(app, &run, &code, told.as_deref());
    if !set.is_empty() {
        app.store().save(run.save(app, None, set)?)?;
    }
    let run = StoredRun::load(app, run.id)?;
    Ok(Joined { started: started(&run, resumed), reached: told.map(|points| points.len()) })
}

/// What is written of a code: what it tells of points, and of which walk the run is a part.
fn told_fields(app: &App, run: &StoredRun, code: &WalkCode, told: Option<&[&str]>) -> Fields {
    let mut set = Fields::new();
    let from = code.run.to_string();
    let known = run.run.told.iter().find(|known| known.run == from);
    if let Some(points) = told.filter(|points| known.is_none_or(|known| known.points != *points)) {
        set.push(field(format!("told/{from}"), Marks::next(app, &run.run).on(json!({"points": points}), "at")));
    }
    if run.run.walk.is_none() && code.walk != run.id.0 {
        set.push(field("walk", code.walk.to_string()));
    }
    set
}
