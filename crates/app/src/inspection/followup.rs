//! What an answer means for the finding of its item.

use std::sync::Arc;

use causal::{RecordId, Value};
use domain::finding::{FailedAnswer, Finding, FindingSource, StateName, Step, StepKind};
use domain::form::{Form, Judgement, PutRight, Status};
use domain::id::finding_id;
use domain::inspection::Stage;
use domain::template::Item;
use domain::time::{Shift, UtcMillis};
use replica::{Save, new_uuid_v7};
use serde_json::json;

use super::Inspection;
use crate::app::App;
use crate::document::{Fields, UNNAMED, field, text};
use crate::error::CommandError;

/// What the answer to an item says of its finding.
enum Outcome {
    /// Something is wrong.
    Failed(Judgement),
    /// Something was wrong, and a retest shows that it was put right: 现场已改.
    PutRight(PutRight),
    /// There is nothing to find.
    Fine(Status),
}

impl Outcome {
    fn of(form: &Form<'_>, item: &Item) -> Self {
        let judgement = form.judge(item);
        if judgement.is_failed {
            return Self::Failed(judgement);
        }
        form.put_right(item).map_or(Self::Fine(judgement.status), Self::PutRight)
    }

    fn is_fine(&self) -> bool {
        matches!(self, Self::Fine(_))
    }

    fn is_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// An item whose finding may have to change.
pub(crate) struct AffectedItem {
    /// The item.
    pub(crate) code: String,
    /// Whether it fails by what was written: it did not fail before, or its answer is another one.
    pub(crate) failed_again: bool,
}

/// The items whose findings may have to change when a form becomes another and `written` are the items that were written.
///
/// One answer can decide over other items, as the disinfection method does over the temperature.
pub(crate) fn touched(before: &Form<'_>, after: &Form<'_>, written: &[&str]) -> Vec<AffectedItem> {
    let touched = after.items().filter_map(|item| {
        let (was, is) = (Outcome::of(before, item), Outcome::of(after, item));
        let result = |form: &Form<'_>| form.entry(&item.code).map(|entry| entry.result.clone()).unwrap_or_default();
        let is_described_anew = !is.is_fine() && written.contains(&item.code.as_str());
        (!was.is_same(&is) || is_described_anew).then(|| AffectedItem {
            code: item.code.clone(),
            failed_again: matches!(is, Outcome::Failed(_)) && (!was.is_same(&is) || result(before) != result(after)),
        })
    });
    touched.collect()
}

/// The items whose findings may have to change when one field of an inspection gets another value.
pub(crate) fn touched_by(inspection: &Inspection, name: &str, value: &serde_json::Value) -> Vec<AffectedItem> {
    let mut document = inspection.corrected.document.clone();
    document.insert(name.to_owned(), value.clone());
    let after = inspection.empty_form().with_document(&document, "");
    let code = name.strip_prefix("answers/").and_then(|path| path.split_once('/')).map(|(code, _)| code);
    touched(&inspection.form(), &after, code.as_slice())
}

/// The save that brings the finding of an item in line with its answer; none when it is.
///
/// A failed answer makes the finding, at the same id and with the same fields on every tablet that saw the same answer.
/// As long as nobody has taken a step, the head of the finding follows the answer; the steps by which the form itself follows
/// it are marked as its own.
/// Once somebody has begun to put it right, people decide; but an item that failed again after its finding was closed
/// raises it again.
pub(crate) fn finding_save(
    app: &App,
    inspection: &Inspection,
    code: &str,
    failed_again: bool,
) -> Result<Option<Save>, CommandError> {
    let Ok(item) = inspection.item(code) else { return Ok(None) };
    let outcome = Outcome::of(&inspection.form(), item);
    let id = RecordId(finding_id(inspection.id.0, code));
    let held = app.store().get(id)?.filter(|reading| &*reading.record.kind == "finding");
    let Some(held) = held else {
        let is_found = !outcome.is_fine() && inspection.stage() != Stage::Void;
        return Ok(is_found.then(|| new_finding(inspection, item, &outcome)));
    };
    let finding = Finding::read(&domain::reading::read("finding", &held.record.state));
    let change = change(&finding, &outcome, failed_again);
    let mut set = Fields::new();
    let description = failed_answer(inspection, item, &outcome).description();
    let is_untouched = finding.steps.iter().all(|step| step.is_auto);
    if !outcome.is_fine() && is_untouched && finding.description.as_deref() != Some(&description) {
        set.push(field("description", description));
    }
    if let Some(corrected) = change.corrected_on_spot.filter(|corrected| *corrected != finding.is_corrected_on_spot) {
        set.push(field("corrected_on_spot", corrected));
    }
    set.extend(change.step.map(|step| own_step(app, inspection, code, &finding, step)));
    Ok((!set.is_empty()).then(|| Save {
        id: Some(id),
        kind: "finding".to_owned(),
        seen: Some(held.version.clone()),
        only_if: Some(held.version),
        set,
        by: last_author(inspection, code).map(Arc::from),
        ..Save::default()
    }))
}

/// What is to change about a finding.
#[derive(Default)]
struct Change {
    corrected_on_spot: Option<bool>,
    step: Option<(StepKind, &'static str)>,
}

/// What the outcome of an answer changes about a finding that is there.
fn change(finding: &Finding, outcome: &Outcome, failed_again: bool) -> Change {
    let last_void = finding.steps.iter().rev().find(|step| step.step == StepKind::Void);
    let is_own_void = last_void.is_some_and(|step| step.is_auto);
    let raise = |corrected| Change {
        corrected_on_spot: Some(corrected),
        step: Some((StepKind::Return, if corrected { "复测合格" } else { "再次判为不合格" })),
    };
    let head = |corrected| Change { corrected_on_spot: Some(corrected), step: None };
    match (outcome, finding.state().state) {
        (Outcome::Failed(_), StateName::CorrectedOnSpot) => head(false),
        (Outcome::Failed(_), StateName::Voided) if is_own_void || failed_again => raise(false),
        (Outcome::Failed(_), StateName::Closed) if failed_again => raise(false),
        (Outcome::PutRight(_), StateName::Unassigned) => head(true),
        (Outcome::PutRight(_), StateName::Voided) if is_own_void => raise(true),
        (Outcome::Fine(status), StateName::Unassigned | StateName::Assigned | StateName::CorrectedOnSpot) => {
            Change { corrected_on_spot: None, step: Some((StepKind::Void, why_void(status))) }
        }
        _ => Change::default(),
    }
}

/// A step of the form itself, which carries the name of who answered and blames nobody.
fn own_step(
    app: &App,
    inspection: &Inspection,
    code: &str,
    finding: &Finding,
    (kind, note): (StepKind, &str),
) -> (String, Value) {
    let now = app.now_ms();
    let (by, _) = author(inspection, code);
    let step = Step {
        id: new_uuid_v7(now, &*app.store().ports().entropy).to_string(),
        step: kind,
        by: by.unwrap_or(UNNAMED).to_owned(),
        is_auto: true,
        at: UtcMillis::from_stamp(now),
        after: finding.seen(),
        assignee: None,
        due: None,
        note: Some(note.to_owned()),
        cost: None,
        photos: Vec::new(),
    };
    field(format!("steps/{}", step.id), step.to_json())
}

/// The answer as the head of its finding tells it.
fn failed_answer<'a>(inspection: &'a Inspection, item: &'a Item, outcome: &'a Outcome) -> FailedAnswer<'a> {
    let (by, at) = author(inspection, &item.code);
    let (worst, retest) = match outcome {
        Outcome::Failed(judgement) => (judgement.worst.as_ref(), None),
        Outcome::PutRight(readings) => (Some(&readings.failed), Some(&readings.retest)),
        Outcome::Fine(_) => (None, None),
    };
    FailedAnswer {
        record: inspection.id.0,
        checkpoint: None,
        item,
        source: FindingSource::Inspection,
        area: text(&inspection.document, "subject"),
        worst,
        retest,
        note: text(&inspection.corrected.document, &Inspection::answer_field(&item.code, "note")),
        severity: None,
        is_corrected_on_spot: matches!(outcome, Outcome::PutRight(_)),
        found_at: UtcMillis::from_stamp(at),
        found_by: by.unwrap_or(UNNAMED),
    }
}

fn new_finding(inspection: &Inspection, item: &Item, outcome: &Outcome) -> Save {
    let (by, at) = author(inspection, &item.code);
    let at = UtcMillis::from_stamp(at);
    let finding = failed_answer(inspection, item, outcome).finding(&inspection.campus.calendar);
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
        only_if: Some(String::new()),
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
    let effective = inspection.document.get(&name).map(Value::from_json);
    let siblings = inspection.state.siblings(&name).filter(|s| Some(s.value) == effective.as_ref());
    let counting = siblings.max_by_key(|s| (s.stamp.at, s.dot.counter, s.dot.replica));
    counting.map_or((None, 0), |s| (s.stamp.by.as_deref(), s.stamp.at))
}

/// Who last wrote what the finding follows: the answer or its note.
fn last_author<'i>(inspection: &'i Inspection, code: &str) -> Option<&'i str> {
    let (by, at) = author(inspection, code);
    let note = inspection.last_write(&Inspection::answer_field(code, "note")).filter(|(_, noted)| *noted > at);
    note.map_or(by, |(by, _)| by)
}

/// What the step says of how the failure went away.
fn why_void(status: &Status) -> &'static str {
    match status {
        Status::Judged => "改判合格",
        Status::NotApplicable => "改判不适用",
        _ => "答案已撤销",
    }
}
