//! Steps that broke a rule. What happened has happened: a breach is shown, never rejected.

use serde::Serialize;

use super::{Finding, Step, StepKind};
use crate::causality::Causality;
use crate::permission::may_any;
use crate::role::Role;
use crate::severity::Severity;

/// Which rule a step broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BreachKind {
    /// The one who put it right also re-checked or closed it.
    RecheckedByFixer,
    /// An L1 finding was closed by the one who put it right, without a photo.
    SelfClosedWithoutPhoto,
    /// It was re-checked or closed, and nobody had put it right.
    ClosedWithoutFix,
    /// The one who asked for more time granted it.
    GrantedOwnExtension,
    /// Its author had no role that allows the step.
    NotAllowed,
    /// The step is not known to this version.
    UnknownStep,
}

/// A step that broke a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Breach {
    /// The id of the step.
    pub step: String,
    /// Who made it.
    pub by: String,
    /// Which rule.
    pub kind: BreachKind,
}

/// What the steps alone show to be wrong, by step.
pub(super) fn breaches(finding: &Finding, order: &Causality) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = finding
        .steps
        .iter()
        .filter_map(|step| {
            let kind = match &step.step {
                StepKind::Pass | StepKind::Close => closing_breach(finding, order, step)?,
                StepKind::GrantExtension if granted_own(finding, order, step) => BreachKind::GrantedOwnExtension,
                StepKind::Other(_) => BreachKind::UnknownStep,
                _ => return None,
            };
            Some(Breach { step: step.id.clone(), by: step.by.clone(), kind })
        })
        .collect();
    breaches.sort();
    breaches
}

/// A repair made after the re-check does not count against it.
fn closing_breach(finding: &Finding, order: &Causality, closing: &Step) -> Option<BreachKind> {
    let fixes = || finding.steps.iter().filter(|fix| fix.step == StepKind::Fix && !order.sees(&fix.id, &closing.id));
    // A close that a later answer has undone is past; the head tells how things are now, not how they were then.
    let is_past = finding
        .steps
        .iter()
        .any(|step| step.is_auto && step.step == StepKind::Return && order.sees(&step.id, &closing.id));
    if fixes().next().is_none() {
        return (!is_past && !finding.is_corrected_on_spot).then_some(BreachKind::ClosedWithoutFix);
    }
    let mut own = fixes().filter(|fix| fix.by == closing.by).peekable();
    own.peek()?;
    let is_self_close = closing.step == StepKind::Close && finding.severity == Some(Severity::L1);
    if !is_self_close {
        Some(BreachKind::RecheckedByFixer)
    } else if closing.photos.is_empty() && own.all(|fix| fix.photos.is_empty()) {
        Some(BreachKind::SelfClosedWithoutPhoto)
    } else {
        None
    }
}

fn granted_own(finding: &Finding, order: &Causality, grant: &Step) -> bool {
    finding.steps.iter().any(|request| {
        request.step == StepKind::RequestExtension && request.by == grant.by && order.sees(&grant.id, &request.id)
    })
}

impl Finding {
    /// The steps whose author had no role that allows them; what the form did by itself is nobody's breach.
    ///
    /// `roles_of` gives the roles that a person had when the step was made.
    /// An L1 finding may be closed with 销号 by the one who put it right.
    pub fn role_breaches(&self, roles_of: impl Fn(&Step) -> Vec<Role>) -> Vec<Breach> {
        self.steps
            .iter()
            .filter(|step| !step.is_auto)
            .filter(|step| {
                let is_fixer = || self.steps.iter().any(|fix| fix.step == StepKind::Fix && fix.by == step.by);
                let is_self_close = step.step == StepKind::Close && self.severity == Some(Severity::L1) && is_fixer();
                let permission = step.step.permission();
                permission.is_some_and(|permission| !is_self_close && !may_any(&roles_of(step), permission))
            })
            .map(|step| Breach { step: step.id.clone(), by: step.by.clone(), kind: BreachKind::NotAllowed })
            .collect()
    }
}
