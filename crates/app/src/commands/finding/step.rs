//! Taking a step with a finding.

use std::collections::BTreeSet;

use causal::RecordId;
use domain::decimal::{Decimal, decimal_from_json};
use domain::finding::{Finding, Need, Step, StepKind};
use domain::permission::may_any;
use domain::time::UtcMillis;
use replica::{Save, new_uuid_v7};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{UNNAMED, checked_text, field};
use crate::dto::finding::{FindingView, StepCode};
use crate::dto::millis::Millis;
use crate::dto::photo::PhotoRef;
use crate::dto::value::TextOrNumber;
use crate::error::CommandError;
use crate::finding::{KIND, StoredFinding, parse_step};
use crate::people;
use crate::photo::checked_list;

/// Arguments of `finding.step`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Take {
    /// The finding.
    id: Uuid,
    /// The step, by its code or its Chinese name: 派发 assign, 接单 accept, 临时措施 stopgap, 停用 out_of_service, 整改完成 fix, 复查通过 pass, 退回 return,
    /// 延期申请 request_extension, 延期批准 grant_extension, 挂账 defer, 恢复使用 restore, 销号 close, 误报作废 void, 转派 reassign.
    #[schemars(with = "StepCode")]
    step: String,
    /// To whom 派发 and 转派 give the finding.
    #[serde(default)]
    assignee: Option<String>,
    /// The time that the step sets or asks for, ms since 1970 UTC.
    #[serde(default)]
    due: Option<Millis>,
    /// What there is to say; 退回, 挂账 and 误报作废 need it.
    #[serde(default)]
    note: Option<String>,
    /// What it cost, in yuan.
    #[serde(default)]
    #[schemars(with = "Option<TextOrNumber>")]
    cost: Option<Value>,
    /// The photos, twenty at most.
    #[serde(default)]
    #[schemars(with = "Vec<PhotoRef>")]
    photos: Vec<Value>,
    /// The steps that the person has seen; all that are here when left out.
    #[serde(default)]
    after: Option<Vec<String>>,
}

pub(super) fn step(app: &App, arguments: Take) -> Result<FindingView, CommandError> {
    let held = StoredFinding::seen(app, RecordId(arguments.id))?;
    let unknown = || CommandError::bad_argument("step", format_args!("{} is not a step", arguments.step));
    let kind = parse_step(&arguments.step).ok_or_else(unknown)?;
    let by = app.by();
    let person = by.as_deref().unwrap_or(UNNAMED);
    let after = checked_after(&held.finding, arguments.after.clone())?;
    let seen = as_seen(&held.finding, &after);
    let now = app.now_ms();
    let due = arguments.due.map(|due| due.checked("due")).transpose()?.or_else(|| granted(&seen, &kind));
    let step = Step {
        id: new_uuid_v7(now, &*app.store().ports().entropy).to_string(),
        step: kind,
        by: person.to_owned(),
        is_auto: false,
        at: UtcMillis::from_stamp(now),
        after,
        assignee: checked_text("assignee", arguments.assignee)?,
        due,
        note: checked_text("note", arguments.note)?,
        cost: arguments.cost.as_ref().map(checked_cost).transpose()?,
        photos: checked_list(app, &arguments.photos, "photos")?,
    };
    check_allowed(app, &held, &seen, &step)?;
    check_complete(&seen, &step)?;
    app.store().save(Save {
        id: Some(held.id),
        kind: KIND.to_owned(),
        seen: Some(held.version.clone()),
        only_if: Some(held.version.clone()),
        set: vec![field(format!("steps/{}", step.id), step.to_json())],
        by,
        ..Save::default()
    })?;
    StoredFinding::load(app, held.id)?.view(app)
}

/// The time of a grant that names none: the one that was asked for.
fn granted(seen: &Finding, kind: &StepKind) -> Option<UtcMillis> {
    if *kind == StepKind::GrantExtension { seen.asked_for() } else { None }
}

fn checked_cost(cost: &Value) -> Result<Decimal, CommandError> {
    match decimal_from_json(cost) {
        Ok(cost) if cost < Decimal::ZERO => Err(CommandError::bad_argument("cost", "nothing costs less than nothing")),
        Ok(cost) => Ok(cost),
        Err(error) => Err(CommandError::bad_argument("cost", error)),
    }
}

fn checked_after(finding: &Finding, after: Option<Vec<String>>) -> Result<Vec<String>, CommandError> {
    let Some(after) = after else { return Ok(finding.seen()) };
    match after.iter().find(|id| finding.steps.iter().all(|step| step.id != **id)) {
        Some(id) => Err(CommandError::bad_argument("after", format_args!("{id} is no step of this finding"))),
        None => Ok(after),
    }
}

/// The finding as the person saw it: with the steps in `after`, and those that their authors saw.
fn as_seen(finding: &Finding, after: &[String]) -> Finding {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = after.iter().map(String::as_str).collect();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let step = finding.steps.iter().find(|step| step.id == id);
            open.extend(step.into_iter().flat_map(|step| step.after.iter().map(String::as_str)));
        }
    }
    let mut view = finding.clone();
    view.steps.retain(|step| seen.contains(step.id.as_str()));
    view
}

/// Refuses what the person may not do with the finding as they saw it.
///
/// The same step that arrives from another tablet is kept, and shown as a breach.
fn check_allowed(app: &App, held: &StoredFinding, seen: &Finding, step: &Step) -> Result<(), CommandError> {
    let roles = people::working_roles(app, &held.campus)?;
    let state = seen.state();
    if seen.next_steps(&state, &step.by, &roles).contains(&step.step) {
        return Ok(());
    }
    let has = |kind: &StepKind| seen.steps.iter().any(|own| own.step == *kind && own.by == step.by);
    let permission = step.step.permission();
    let refusal = match &step.step {
        StepKind::Pass | StepKind::Return | StepKind::Close if has(&StepKind::Fix) => CommandError::new(
            ProblemType::OwnRecheck,
            "who put it right does not re-check or close it; somebody else must",
        ),
        StepKind::GrantExtension if has(&StepKind::RequestExtension) => {
            CommandError::new(ProblemType::OwnRecheck, "who asked for more time does not grant it; somebody else must")
        }
        _ => match permission.filter(|permission| !may_any(&roles, *permission)) {
            Some(permission) => people::not_allowed(permission),
            None => CommandError::new(
                ProblemType::StepNotOpen,
                format_args!("{} is not open while the finding is {}", step.step.name(), state.state.zh()),
            ),
        },
    };
    Err(refusal.field("step"))
}

/// Refuses a step that does not say what it has to.
fn check_complete(seen: &Finding, step: &Step) -> Result<(), CommandError> {
    let needs = seen.needs(&step.step, &step.by);
    let parts = [
        ("assignee", needs.assignee, step.assignee.is_some()),
        ("due", needs.due, step.due.is_some()),
        ("note", needs.note, step.note.is_some()),
        ("photos", needs.photos, !step.photos.is_empty()),
    ];
    match parts.iter().find(|(_, need, is_there)| *need == Need::Required && !is_there) {
        Some((part, ..)) => Err(CommandError::bad_argument(part, format_args!("{} needs {part}", step.step.name()))),
        None => Ok(()),
    }
}
