//! What an answer means for the finding of its item.

use std::sync::Arc;

use causal::{RecordId, Value};
use domain::finding::{FailedAnswer, Finding, Step, StepKind, follow_up};
use domain::form::{AffectedItem, AnswerField, ItemOutcome, affected};
use domain::inspection::Stage;
use domain::template::Item;
use domain::time::{Shift, UtcMillis};
use replica::{Save, new_uuid_v7};
use serde_json::json;

use super::place::Place;
use crate::app::App;
use crate::document::{Fields, UNNAMED, field, text};
use crate::error::CommandError;

/// The items whose findings may have to change when one field of a record gets another value.
pub(crate) fn affected_by(place: &Place, name: &str, value: &serde_json::Value) -> Vec<AffectedItem> {
    let mut document = place.corrected.document.clone();
    document.insert(name.to_owned(), value.clone());
    let code = AnswerField::parse(name).map(|field| field.code);
    affected(&place.form(), &place.form_of(&document), code.as_slice())
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
    place: &Place,
    code: &str,
    failed_again: bool,
) -> Result<Option<Save>, CommandError> {
    let Ok(item) = place.item(code) else { return Ok(None) };
    let outcome = ItemOutcome::of(&place.form(), item);
    let id = RecordId(place.name.finding_id(place.record.0, code));
    let held = app.store().get(id)?.filter(|reading| &*reading.record.kind == "finding");
    let Some(held) = held else {
        let is_known =
            matches!(outcome, ItemOutcome::Failed(_)) && place.open_elsewhere.iter().any(|open| open == code);
        let is_found = !outcome.is_fine() && !is_known && place.stage != Stage::Void;
        return Ok(is_found.then(|| new_finding(place, item, &outcome)));
    };
    let finding = Finding::read(&domain::reading::read("finding", &held.record.state));
    let change = follow_up(&finding, &outcome, failed_again);
    let mut set = Fields::new();
    let description = failed_answer(place, item, &outcome).description();
    let is_untouched = finding.steps.iter().all(|step| step.is_auto);
    if !outcome.is_fine() && is_untouched && finding.description.as_deref() != Some(&description) {
        set.push(field("description", description));
    }
    if let Some(corrected) = change.corrected_on_spot.filter(|corrected| *corrected != finding.is_corrected_on_spot) {
        set.push(field("corrected_on_spot", corrected));
    }
    set.extend(change.step.map(|step| own_step(app, place, code, &finding, step)));
    Ok((!set.is_empty()).then(|| Save {
        id: Some(id),
        kind: "finding".to_owned(),
        seen: Some(held.version.clone()),
        only_if: Some(held.version),
        set,
        by: last_author(place, code).map(Arc::from),
        ..Save::default()
    }))
}

/// A step of the form itself, which carries the name of who answered and blames nobody.
fn own_step(
    app: &App,
    place: &Place,
    code: &str,
    finding: &Finding,
    (kind, note): (StepKind, &str),
) -> (String, Value) {
    let now = app.now_ms();
    let (by, _) = author(place, code);
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
fn failed_answer<'a>(place: &'a Place, item: &'a Item, outcome: &'a ItemOutcome) -> FailedAnswer<'a> {
    let (by, at) = author(place, &item.code);
    let (worst, retest) = match outcome {
        ItemOutcome::Failed(judgement) => (judgement.worst.as_ref(), None),
        ItemOutcome::PutRight(readings) => (Some(&readings.failed), Some(&readings.retest)),
        ItemOutcome::Fine(_) => (None, None),
    };
    FailedAnswer {
        record: place.record.0,
        place: &place.name,
        item,
        source: place.source,
        area: place.area.as_deref(),
        worst,
        retest,
        note: text(&place.corrected.document, &place.field(&item.code, "note")),
        severity: None,
        is_corrected_on_spot: matches!(outcome, ItemOutcome::PutRight(_)),
        found_at: UtcMillis::from_stamp(at),
        found_by: by.unwrap_or(UNNAMED),
    }
}

fn new_finding(place: &Place, item: &Item, outcome: &ItemOutcome) -> Save {
    let (by, at) = author(place, &item.code);
    let at = UtcMillis::from_stamp(at);
    let finding = failed_answer(place, item, outcome).finding(&place.campus.calendar);
    let day = place.day.clone().unwrap_or_else(|| place.campus.business_date(at, Shift::Day));
    let mut set: Vec<_> = finding.fields.into_iter().map(|(name, value)| field(name, value)).collect();
    set.extend([
        field("created", json!({"by": by, "at": at})),
        field("occurred_at", json!(at)),
        field("recorded_at", json!(at)),
        field("business_date", day),
    ]);
    Save {
        id: Some(RecordId(finding.id)),
        kind: "finding".to_owned(),
        scope: place.campus.id,
        only_if: Some(String::new()),
        set,
        by: by.map(Arc::from),
        ..Save::default()
    }
}

/// Who gave the answer that counts, and when; a correction counts as such.
fn author<'p>(place: &'p Place, code: &str) -> (Option<&'p str>, u64) {
    let name = place.field(code, "result");
    if let Some(corrected) = place.corrected.fields.get(&name)
        && let Some(last) = corrected.standing.last()
    {
        return (last.by.as_deref(), u64::try_from(last.at.0).unwrap_or(0));
    }
    let effective = place.document.get(&name).map(Value::from_json);
    let siblings = place.state.siblings(&name).filter(|s| Some(s.value) == effective.as_ref());
    let counting = siblings.max_by_key(|s| (s.stamp.at, s.dot.counter, s.dot.replica));
    counting.map_or((None, 0), |s| (s.stamp.by.as_deref(), s.stamp.at))
}

/// Who last wrote what the finding follows: the answer or its note.
fn last_author<'p>(place: &'p Place, code: &str) -> Option<&'p str> {
    let (by, at) = author(place, code);
    let note = place.last_write(code, "note").filter(|(_, noted)| *noted > at);
    note.map_or(by, |(by, _)| by)
}
