//! What a person may do next with a finding.

use super::{Extension, Finding, FindingState, StateName, StepKind};
use crate::permission::{Permission, may_any};
use crate::role::Role;
use crate::severity::Severity;

impl Finding {
    /// The steps that make sense in this state and that the person may take, in the order in which a screen offers
    /// them.
    ///
    /// The one who put it right is never offered 复查通过 or 退回; an L1 finding he may close himself with 销号, which then
    /// needs a photo.
    ///
    /// # Example
    /// ```
    /// use domain::finding::{Finding, StepKind};
    /// use domain::role::Role;
    /// use serde_json::json;
    /// let finding = Finding::read(json!({
    ///     "severity": "L2",
    ///     "steps/1": {"step": "整改完成", "by": "li", "at": 20, "after": []},
    /// }).as_object().expect("an object"));
    /// let state = finding.state();
    /// assert!(finding.next_steps(&state, "wang", &[Role::Logi]).contains(&StepKind::Pass));
    /// assert!(!finding.next_steps(&state, "li", &[Role::Logi]).contains(&StepKind::Pass));
    /// ```
    pub fn next_steps(&self, state: &FindingState, person: &str, roles: &[Role]) -> Vec<StepKind> {
        use StepKind::{
            Accept, Assign, Close, Defer, Fix, GrantExtension, Pass, Reassign, RequestExtension, Restore, Return,
            Stopgap, TakeOutOfService, Void,
        };
        let mut steps = match state.state {
            StateName::Unassigned => vec![Assign, Accept, Fix, Stopgap, Defer, Void],
            StateName::Assigned | StateName::Returned => {
                vec![Accept, Fix, Reassign, Stopgap, RequestExtension, Defer, Void]
            }
            StateName::InProgress => vec![Fix, Reassign, Stopgap, RequestExtension, Defer, Void],
            StateName::AwaitingRecheck => vec![Pass, Return, Close],
            StateName::CorrectedOnSpot => vec![Pass, Return, Assign, Void],
            StateName::Deferred => vec![Assign, Reassign, Fix, Stopgap, Void],
            StateName::Closed => vec![Return],
            StateName::Voided => vec![Assign],
        };
        if state.extension == Extension::Requested && state.state.is_open() {
            steps.push(GrantExtension);
        }
        if state.is_out_of_service {
            steps.push(Restore);
        } else if state.state.is_open() {
            steps.push(TakeOutOfService);
        }
        let has_fixed = self.steps.iter().any(|step| step.step == Fix && step.by == person);
        let has_asked = self.steps.iter().any(|step| step.step == RequestExtension && step.by == person);
        // A food-safety officer does not close what he found himself.
        let is_own = self.found_by.as_deref() == Some(person);
        let only_fso = roles.iter().all(|role| *role == Role::Fso || !role.may(Permission::RecheckFinding));
        steps.retain(|step| {
            let is_permitted = step.permission().is_some_and(|permission| may_any(roles, permission));
            match step {
                Pass | Return if has_fixed => false,
                Close if has_fixed => self.severity == Some(Severity::L1),
                Pass if is_own && only_fso => false,
                GrantExtension if has_asked => false,
                _ => is_permitted,
            }
        });
        steps
    }
}
