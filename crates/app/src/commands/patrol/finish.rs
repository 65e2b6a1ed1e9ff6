//! Finishing a run.

use causal::RecordId;
use domain::patrol::{SignRole, signer_part};
use replica::{Beside, HeldFinding, Save};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::arrive::fresh;
use super::sign::Signed;
use crate::app::App;
use crate::document::{Fields, checked_text, field};
use crate::dto::patrol::RunCoverage;
use crate::dto::value::Strokes;
use crate::error::CommandError;
use crate::form::holder::Holder;
use crate::form::{followup, pending};
use crate::hand::how;
use crate::load::if_readable;
use crate::patrol::{AtPoint, Marks, StoredRun, figures, forget};
use crate::signature::checked_signature;

/// Arguments of `patrol.finish`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Finish {
    /// The run.
    run: Uuid,
    /// Why points were not visited.
    #[serde(default)]
    missed: Vec<MissedPoint>,
    /// The signature of who finishes, under their own visits.
    #[serde(default)]
    signature: Option<Strokes>,
    /// What the screen has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// A point that was not visited.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PatrolMissedGiven")]
pub(super) struct MissedPoint {
    /// The point.
    checkpoint: Uuid,
    /// Why.
    reason: String,
}

/// A run that was finished.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolFinished")]
pub(super) struct Finished {
    /// What of it is covered; those who walk along are counted in.
    coverage: RunCoverage,
    /// Whether who finishes has found nothing on their own visits.
    nil: bool,
    /// What its author has seen now.
    version: String,
}

/// Finishes a run as often as somebody does so: each time is kept, and so is what is visited afterwards.
pub(super) fn finish(app: &App, arguments: Finish) -> Result<Finished, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    let signature = arguments.signature.map(|drawn| checked_signature("signature", drawn)).transpose()?.flatten();
    let marks = Marks::next(app, &run.run);
    let mut set = missed_fields(app, &run, &arguments.missed)?;
    set.push(field(format!("ends/{}", fresh(app)), marks.on(json!({}), "at")));
    let part = signer_part(&run.run, &run.corrected.document, app.by().as_deref(), &run.failing());
    if let (Some(drawn), Some(by)) = (signature, app.by()) {
        let covers = part.covers.iter().cloned().collect();
        let sign = Signed { person: &by, role: SignRole::Walker, how: how(app)?, is_nil: part.is_nil, covers };
        set.push(sign.field(app, &marks, drawn)?);
    }
    let mut saves = vec![run.save(app, arguments.seen, set)?];
    let ended = settle(app, run.id, &mut saves)?;
    let settings = vec![forget(run.id)];
    let saved = app.store().save_beside(saves, |_| Beside { settings, ended, ..Beside::default() })?;
    let version = saved.into_iter().next().map(|saved| saved.version).unwrap_or_default();
    Ok(Finished { coverage: figures(app, &StoredRun::load(app, run.id)?)?, nil: part.is_nil, version })
}

fn missed_fields(app: &App, run: &StoredRun, missed: &[MissedPoint]) -> Result<Fields, CommandError> {
    let mut fields = Fields::new();
    for point in missed {
        let checkpoint = point.checkpoint.to_string();
        if run.plan.as_ref().is_none_or(|plan| plan.point(&checkpoint).is_none()) {
            let message = format_args!("{checkpoint} is no point of this round");
            return Err(CommandError::not_found(message).field("missed"));
        }
        let needed = || CommandError::bad_argument("missed", "it is said why a point was not visited");
        let reason = checked_text("missed", Some(point.reason.clone()))?.ok_or_else(needed)?;
        let entry = json!({"reason": reason, "by": app.by().as_deref(), "at": app.now_ms()});
        fields.push(field(format!("missed/{checkpoint}"), entry));
    }
    Ok(fields)
}

/// Adds the findings that wait at the points of a run; gives what waits no longer by that.
fn settle(app: &App, run: RecordId, saves: &mut Vec<Save>) -> Result<Vec<HeldFinding>, CommandError> {
    let stored = StoredRun::load(app, run)?;
    let mut points: Vec<String> = stored.run.steps().iter().map(|step| step.checkpoint.to_owned()).collect();
    points.extend(stored.failing());
    points.sort();
    points.dedup();
    let mut ended = Vec::new();
    for point in points {
        // A point that left the route meanwhile asks for nothing any more.
        let Some(at) = if_readable(AtPoint::load(app, run, &point))? else { continue };
        let waiting = pending::at(app, at.place())?;
        for held in &waiting {
            saves.extend(followup::finding_save(app, at.place(), &held.pending.item, held.pending.failed_again)?);
        }
        ended.extend(waiting);
    }
    Ok(ended)
}
