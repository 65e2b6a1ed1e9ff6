//! What an answer means for the finding of its item.

use std::collections::BTreeSet;
use std::sync::Arc;

use causal::RecordId;
use domain::finding::{FailedAnswer, Finding, FindingSource, StateName, Step, StepKind};
use domain::form::{Form, Judgement, Status};
use domain::id::finding_id;
use domain::inspection::Stage;
use domain::template::Item;
use domain::time::{Shift, UtcMillis};
use replica::{Save, new_uuid_v7};
use serde_json::json;

use super::Inspection;
use crate::document::{Document, UNNAMED, field, text};
use crate::{App, CommandError};

/// The items whose findings may have to change when a form becomes another: those that fail now or did before.
///
/// One answer can decide over other items, as the disinfection method does over the temperature.
pub(crate) fn touched(before: &Form<'_>, after: &Form<'_>, answered: &str) -> BTreeSet<String> {
    let failed = |form: &Form<'_>| -> BTreeSet<String> {
        form.items().filter(|item| form.judge(item).is_failed).map(|item| item.code.clone()).collect()
    };
    let (before, after) = (failed(before), failed(after));
    let mut touched: BTreeSet<String> = before.symmetric_difference(&after).cloned().collect();
    touched.extend(after.get(answered).cloned());
    touched
}

/// The save that brings the finding of an item in line with its answer; none when it is.
///
/// A failed answer makes the finding, at the same id and with the same fields on every tablet that saw the same answer.
/// An answer that is fine after all appends 误报作废, unless somebody has begun to put it right: then people decide.
pub(crate) fn finding_save(app: &App, inspection: &Inspection, code: &str) -> Result<Option<Save>, CommandError> {
    let Ok(item) = inspection.item(code) else { return Ok(None) };
    let form = inspection.form();
    let judgement = form.judge(item);
    let id = RecordId(finding_id(inspection.id.0, code));
    let held = app.store().get(id)?.filter(|reading| &*reading.record.kind == "finding");
    let Some(held) = held else {
        let is_found = judgement.is_failed && inspection.stage() != Stage::Void;
        return Ok(is_found.then(|| new_finding(inspection, item, &judgement)));
    };
    let document = domain::reading::read("finding", &held.record.state);
    let finding = Finding::read(&document);
    let step = match (judgement.is_failed, finding.state().state) {
        (true, StateName::Voided) => (StepKind::Assign, "再次判为不合格"),
        (false, StateName::Unassigned | StateName::Assigned | StateName::CorrectedOnSpot) => {
            (StepKind::Void, why_void(inspection, code, &judgement))
        }
        _ => return Ok(None),
    };
    Ok(Some(step_save(app, inspection, code, id, &finding, step)))
}

fn step_save(
    app: &App,
    inspection: &Inspection,
    code: &str,
    id: RecordId,
    finding: &Finding,
    (kind, note): (StepKind, &str),
) -> Save {
    let now = app.now_ms();
    let (by, _) = author(inspection, code);
    let step = Step {
        id: new_uuid_v7(now, &*app.store().ports().entropy).to_string(),
        step: kind,
        by: by.unwrap_or(UNNAMED).to_owned(),
        at: UtcMillis::from_stamp(now),
        after: finding.seen(),
        assignee: None,
        due: None,
        note: Some(note.to_owned()),
        cost: None,
        photos: Vec::new(),
    };
    Save {
        id: Some(id),
        kind: "finding".to_owned(),
        set: vec![field(format!("steps/{}", step.id), step.to_json())],
        by: by.map(Arc::from),
        ..Save::default()
    }
}

fn new_finding(inspection: &Inspection, item: &Item, judgement: &Judgement) -> Save {
    let (by, at) = author(inspection, &item.code);
    let at = UtcMillis::from_stamp(at);
    let note = text(&inspection.corrected.document, &Inspection::answer_field(&item.code, "note")).map(str::to_owned);
    let failed = FailedAnswer {
        record: inspection.id.0,
        checkpoint: None,
        item,
        source: FindingSource::Inspection,
        area: text(&inspection.document, "subject"),
        worst: judgement.worst.as_ref(),
        note: note.as_deref(),
        severity: None,
        is_corrected_on_spot: false,
        found_at: at,
        found_by: by.unwrap_or(UNNAMED),
    };
    let finding = failed.finding(&inspection.campus.calendar);
    let mut set: Vec<_> = finding.fields.into_iter().map(|(name, value)| field(name, value)).collect();
    set.extend([
        field("created", json!({"by": by, "at": at})),
        field("occurred_at", json!(at)),
        field("recorded_at", json!(at)),
        field("business_date", inspection.campus.business_date(at, Shift::Day)),
    ]);
    Save {
        id: Some(RecordId(finding.id)),
        kind: "finding".to_owned(),
        scope: inspection.campus.id,
        set,
        by: by.map(Arc::from),
        ..Save::default()
    }
}

/// Who gave the answer that counts, and when; a correction counts as such.
fn author<'i>(inspection: &'i Inspection, code: &str) -> (Option<&'i str>, u64) {
    let name = Inspection::answer_field(code, "result");
    if let Some(corrected) = inspection.corrected.fields.get(&name)
        && let Some(last) = corrected.standing.last()
    {
        return (last.by.as_deref(), u64::try_from(last.at.0).unwrap_or(0));
    }
    let effective = inspection.document.get(&name).map(causal::Value::from_json);
    let siblings = inspection.state.siblings(&name).filter(|s| Some(s.value) == effective.as_ref());
    let counting = siblings.max_by_key(|s| (s.stamp.at, s.dot.counter, s.dot.replica));
    counting.map_or((None, 0), |s| (s.stamp.by.as_deref(), s.stamp.at))
}

/// What the step says of how the failure went away.
fn why_void(inspection: &Inspection, code: &str, judgement: &Judgement) -> &'static str {
    let document: &Document = &inspection.corrected.document;
    let result = document.get(&Inspection::answer_field(code, "result"));
    let readings = result.and_then(serde_json::Value::as_array).into_iter().flatten();
    match judgement.status {
        Status::Judged if readings.clone().any(|reading| reading.get("retest") == Some(&true.into())) => "复测合格",
        Status::Judged => "改判合格",
        Status::NotApplicable => "改判不适用",
        _ => "答案已撤销",
    }
}
