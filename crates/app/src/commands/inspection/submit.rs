//! Submitting a form.

use causal::RecordId;
use domain::inspection::Stage;
use domain::permission::Permission;
use replica::{Beside, Save};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{UNNAMED, checked_text, person_field};
use crate::dto::form::{FormView, Missing};
use crate::dto::value::Strokes;
use crate::error::CommandError;
use crate::form::view::missing;
use crate::form::{followup, pending, undo};
use crate::inspection::{Inspection, KIND, view};
use crate::people;
use crate::signature::checked_signature;

/// Arguments of `inspection.submit`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Submit {
    /// The inspection.
    id: Uuid,
    /// Why it is submitted though something is missing; it is kept with the form. Left out, a form with gaps is refused.
    #[serde(default)]
    reason: Option<String>,
    /// The signature of who submits.
    #[serde(default)]
    signature: Option<Strokes>,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Submits the form, and writes the findings of all its failed items in the same transaction.
pub(super) fn submit(app: &App, arguments: Submit) -> Result<FormView, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    people::require(app, &inspection.place.campus, Permission::SubmitInspection)?;
    let by = app.by();
    let person = by.as_deref().unwrap_or(UNNAMED);
    check_stage(&inspection, person)?;
    let place = &inspection.place;
    let form = place.form();
    let missing = missing(&form);
    let reason = checked_text("reason", arguments.reason)?;
    let signature = arguments.signature.map(|drawn| checked_signature("signature", drawn)).transpose()?.flatten();
    if !missing.is_empty() && reason.is_none() {
        return Err(incomplete(&missing));
    }
    let now = app.now_ms();
    let submit = signature.map_or_else(|| json!(now), |signature| json!({"at": now, "signature": signature}));
    let mut set = vec![person_field("submits", person, submit)?];
    if let (false, Some(reason)) = (missing.is_empty(), reason) {
        let entry = json!({"reason": reason, "at": now, "missing": missing});
        set.push(person_field("incomplete", person, entry)?);
    }
    let mut saves = vec![Save {
        id: Some(place.record),
        kind: KIND.to_owned(),
        seen: Some(arguments.seen.unwrap_or_else(|| place.version.clone())),
        only_if: Some(place.version.clone()),
        set,
        by: by.clone(),
        ..Save::default()
    }];
    let waiting = pending::at(app, place)?;
    for item in form.items() {
        let failed_again = pending::failed_again(&waiting, &item.code);
        saves.extend(followup::finding_save(app, place, &item.code, failed_again)?);
    }
    let settings = undo::forget_all(app, place)?;
    app.store().save_beside(saves, |_| Beside { settings, ended: waiting, ..Beside::default() })?;
    view::form_view(app, &Inspection::load(app, place.record)?)
}

/// A joint form may be submitted by each who takes part, once; any other only once.
fn check_stage(inspection: &Inspection, person: &str) -> Result<(), CommandError> {
    match inspection.place.stage {
        Stage::Void => Err(CommandError::new(ProblemType::Void, "the inspection is void")),
        Stage::Submitted
            if !inspection.is_joint() || inspection.submits().iter().any(|(known, _)| *known == person) =>
        {
            Err(CommandError::new(ProblemType::AlreadySubmitted, "the form was submitted before"))
        }
        _ => Ok(()),
    }
}

fn incomplete(missing: &[Missing]) -> CommandError {
    let mut items: Vec<&str> = missing.iter().map(|gap| gap.item.as_str()).collect();
    items.dedup();
    let message =
        format_args!("{} items still need something: {}; or submit with a reason", items.len(), items.join(", "));
    let first = items.first().copied().unwrap_or_default();
    CommandError::new(ProblemType::Incomplete, message).field(first).detail("missing", missing)
}
