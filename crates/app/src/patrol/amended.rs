//! What was corrected of a run: as on paper, what was written at first stays readable beside it.

use domain::correction::{CorrectedField, Correction, Void};
use domain::patrol::{Plan, VisitResult};
use serde_json::Value;

use super::stored::StoredRun;
use crate::dto::patrol::{CorrectedPart, DoneBy, RunCorrection};
use crate::names::Names;

/// What was corrected or declared void, oldest first; of one field each stands behind those that its author saw.
pub(super) fn corrections(names: &Names<'_>, stored: &StoredRun) -> Vec<RunCorrection> {
    let corrected = &stored.corrected;
    let mut all: Vec<(i64, RunCorrection)> = Vec::new();
    for (name, field) in &corrected.fields {
        // A clock that was set back puts no correction before one that its author saw.
        let mut at = i64::MIN;
        for correction in &field.history {
            at = at.max(correction.at.0);
            all.push((at, of_field(names, stored.plan.as_ref(), (name, field), correction)));
        }
    }
    all.extend(corrected.voids.iter().map(|void| (void.at.0, of_void(names, void))));
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, correction)| correction).collect()
}

fn of_field(
    names: &Names<'_>,
    plan: Option<&Plan>,
    (name, field): (&str, &CorrectedField),
    correction: &Correction,
) -> RunCorrection {
    let parts: Vec<&str> = name.split('/').collect();
    let (part, checkpoint) = match parts[..] {
        ["business_date"] => (CorrectedPart::Day, None),
        ["window"] => (CorrectedPart::Window, None),
        ["visits", checkpoint, "v", _] => (CorrectedPart::Visit, Some(checkpoint.to_owned())),
        _ => (CorrectedPart::Other, None),
    };
    let words = |value: &Value| match part {
        CorrectedPart::Window => value.as_str().map(|window| name_of_window(plan, window)),
        CorrectedPart::Visit => result_of(value),
        _ => value.as_str().map(str::to_owned),
    };
    let original = &field.original;
    let visited = checkpoint.as_ref().and_then(|_| original.get("arrived")?.as_i64());
    RunCorrection {
        part,
        was: words(original),
        now: words(&correction.value),
        stands: field.standing.iter().any(|standing| standing.id == correction.id),
        visited: visited
            .map(|at| DoneBy { by: original.get("by").and_then(Value::as_str).map(|by| names.person(by)), at }),
        checkpoint,
        reason: correction.reason.clone(),
        said: DoneBy { by: correction.by.as_deref().map(|by| names.person(by)), at: correction.at.0 },
    }
}

fn of_void(names: &Names<'_>, void: &Void) -> RunCorrection {
    RunCorrection {
        part: CorrectedPart::Void,
        was: None,
        now: None,
        stands: true,
        checkpoint: None,
        visited: None,
        reason: void.reason.clone(),
        said: DoneBy { by: void.by.as_deref().map(|by| names.person(by)), at: void.at.0 },
    }
}

fn name_of_window(plan: Option<&Plan>, window: &str) -> String {
    let known = plan.and_then(|plan| plan.windows.iter().find(|own| own.id == window));
    known.map_or_else(|| window.to_owned(), |known| known.name.clone())
}

/// `normal` or `abnormal`.
fn result_of(visit: &Value) -> Option<String> {
    let result: VisitResult = serde_json::from_value(visit.get("result")?.clone()).ok()?;
    Some(match result {
        VisitResult::Normal => "normal".to_owned(),
        VisitResult::Abnormal => "abnormal".to_owned(),
    })
}
