//! Findings: what is wrong, and each step until it is right.

mod board;
mod list;
mod report;
mod step;

use causal::RecordId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::command::{Command, read, write};
use crate::dto::finding::FindingView;
use crate::error::CommandError;
use crate::finding::StoredFinding;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("finding.list", "Lists findings, what is due first first.", list::list),
        read("finding.board", "Gives the findings of a campus by state, with the first of each.", board::board),
        read("finding.get", "Gives a finding with its steps, breaches and what may be done next.", get),
        write("finding.report", "Reports a finding that no checklist has found.", report::report),
        write(
            "finding.step",
            "Takes a step: assigns, accepts, fixes, re-checks, returns, closes and so on.",
            step::step,
        ),
    ]
}

/// Arguments of `finding.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Get {
    /// The finding.
    id: Uuid,
}

fn get(app: &App, arguments: Get) -> Result<FindingView, CommandError> {
    StoredFinding::seen(app, RecordId(arguments.id))?.view(app)
}
