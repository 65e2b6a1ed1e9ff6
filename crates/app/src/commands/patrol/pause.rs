//! Breaking a walk off for a while, and going on.

use domain::patrol::Pause;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use super::arrive::fresh;
use crate::app::App;
use crate::document::{checked_text, field};
use crate::dto::patrol::RunView;
use crate::error::CommandError;
use crate::patrol::{Marks, StoredRun, run_view};

/// Arguments of `patrol.pause`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Stop {
    /// The run.
    run: Uuid,
    /// Why, such as 被叫到门口.
    reason: String,
    /// What the screen has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.resume`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GoOn {
    /// The run.
    run: Uuid,
    /// What the screen has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Breaks a run off; one that is broken off already stays so, with its first reason.
pub(super) fn pause(app: &App, arguments: Stop) -> Result<RunView, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    if !run.run.is_open() {
        return Err(CommandError::new(ProblemType::AlreadySubmitted, "the round is finished").field("run"));
    }
    let needed = || CommandError::bad_argument("reason", "it is said why a round is broken off");
    let reason = checked_text("reason", Some(arguments.reason))?.ok_or_else(needed)?;
    if run.run.paused().is_none() {
        let entry = Marks::next(app, &run.run).on(json!({"reason": reason}), "at");
        app.store().save(run.save(app, arguments.seen, vec![field(format!("pauses/{}", fresh(app)), entry)])?)?;
    }
    run_view(app, &StoredRun::seen(app, arguments.run)?)
}

/// Goes on; a run that is not broken off goes on anyway.
pub(super) fn resume(app: &App, arguments: GoOn) -> Result<RunView, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    if let Some(Pause { id, .. }) = run.run.paused() {
        let entry = Marks::next(app, &run.run).on(json!({}), "at");
        let set = vec![field(format!("resumes/{id}"), entry)];
        app.store().save(run.save(app, arguments.seen, set)?)?;
    }
    run_view(app, &StoredRun::seen(app, arguments.run)?)
}
