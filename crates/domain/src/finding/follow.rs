//! How a finding follows the answer that it comes from.

use super::{Finding, StateName, StepKind};
use crate::form::{ItemOutcome, Status};

/// What is to change about a finding that is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowUp {
    /// Whether it was put right on the spot; none to leave that as it is.
    pub corrected_on_spot: Option<bool>,
    /// A step that the form takes by itself, and why.
    pub step: Option<(StepKind, &'static str)>,
}

/// What the outcome of an answer changes about its finding; `failed_again` when the item fails by what was written.
///
/// Until a person has taken a step the finding follows its answer; after that people decide, but an item that fails again after
/// its finding was closed or declared void raises it again.
pub fn follow_up(finding: &Finding, outcome: &ItemOutcome, failed_again: bool) -> FollowUp {
    let last_void = finding.steps.iter().rev().find(|step| step.step == StepKind::Void);
    let is_own_void = last_void.is_some_and(|step| step.is_auto);
    let raise = |corrected| FollowUp {
        corrected_on_spot: Some(corrected),
        step: Some((StepKind::Return, if corrected { "复测合格" } else { "再次判为不合格" })),
    };
    let head = |corrected| FollowUp { corrected_on_spot: Some(corrected), step: None };
    match (outcome, finding.state().state) {
        (ItemOutcome::Failed(_), StateName::CorrectedOnSpot) => head(false),
        (ItemOutcome::Failed(_), StateName::Voided) if is_own_void || failed_again => raise(false),
        (ItemOutcome::Failed(_), StateName::Closed) if failed_again => raise(false),
        (ItemOutcome::PutRight(_), StateName::Unassigned) => head(true),
        (ItemOutcome::PutRight(_), StateName::Voided) if is_own_void => raise(true),
        (ItemOutcome::Fine(status), StateName::Unassigned | StateName::Assigned | StateName::CorrectedOnSpot) => {
            FollowUp { corrected_on_spot: None, step: Some((StepKind::Void, why_void(status))) }
        }
        _ => FollowUp::default(),
    }
}

/// What the step says of how the failure went away.
fn why_void(status: &Status) -> &'static str {
    match status {
        Status::Judged => "改判合格",
        Status::NotApplicable => "改判不适用",
        _ => "答案已撤销",
    }
}
