//! The forms of the day: those that were submitted, and those that were begun.

use domain::correction;
use domain::form::{Form, PlaceName, Verdict};
use domain::inspection::Stage;
use domain::template::TemplateRef;
use replica::{ListedRecord, Listing, Order};

use super::scene::Scene;
use crate::document::{Document, integer, text};
use crate::dto::plan::{PlanDetail, PlanKind, PlanState, PlanStep};
use crate::error::CommandError;
use crate::form::outcome::outcome;
use crate::form::previous::previous;
use crate::inspection::KIND;

/// The most forms that are looked at.
const MOST: u64 = 300;

/// What was submitted today, by time; the forms of one round are one step.
pub(super) fn done(scene: &Scene<'_>) -> Result<Vec<PlanStep>, CommandError> {
    let day = scene.today.to_string();
    let forms = listing(scene, Stage::Submitted);
    let found = scene.app.store().find(&Listing { day: Some(&day), ..forms })?;
    let mut steps: Vec<PlanStep> = Vec::new();
    for found in found.iter().rev().filter(|found| is_of(scene, &found.doc)) {
        let Some(step) = step(scene, found, Stage::Submitted) else { continue };
        match steps.iter_mut().find(|known| known.key == step.key) {
            Some(known) => join(known, step),
            None => steps.push(step),
        }
    }
    steps.sort_by(|a, b| (a.time, &a.key).cmp(&(b.time, &b.key)));
    Ok(steps)
}

/// What was begun and not submitted, the newest first.
pub(super) fn open(scene: &Scene<'_>) -> Result<Vec<PlanStep>, CommandError> {
    let found = scene.app.store().find(&listing(scene, Stage::Open))?;
    let own = found.iter().filter(|found| is_of(scene, &found.doc));
    Ok(own.filter_map(|found| step(scene, found, Stage::Open)).collect())
}

fn listing<'a>(scene: &'a Scene<'_>, stage: Stage) -> Listing<'a> {
    let stages: &[&str] = match stage {
        Stage::Open => &["open"],
        Stage::Submitted => &["submitted"],
        Stage::Void => &["void"],
    };
    Listing { stages, order: Order::NewestFirst, limit: MOST, ..scene.seen.listing(KIND) }
}

/// Whether the person takes part in the form; every form is of the campus.
fn is_of(scene: &Scene<'_>, document: &Document) -> bool {
    let Some(person) = scene.person else { return true };
    let has = |group: &str| document.get(&format!("{group}/{person}")).is_some_and(|value| !value.is_null());
    has("people") || has("submits") || begun_by(document) == Some(person)
}

fn begun_by(document: &Document) -> Option<&str> {
    document.get("created")?.get("by")?.as_str()
}

/// One form as a step; none when its checklist is not known here.
fn step(scene: &Scene<'_>, found: &ListedRecord, stage: Stage) -> Option<PlanStep> {
    let reference = text(&found.doc, "template")?;
    let template = scene.names.template(reference)?;
    let part = reference.parse::<TemplateRef>().ok()?.part();
    let corrected = correction::apply(KIND, &found.doc);
    let settings = scene.campus.settings_on(text(&corrected.document, "business_date"));
    let form = Form::new(&template, part, scene.campus.kind, &settings)
        .with_previous(previous(scene.app, scene.campus, &template, &corrected.document))
        .with_document(&corrected.document, &PlaceName::Whole);
    let outcome = outcome(&form);
    let submit = submit(scene, &found.doc);
    let (time, by) = match (stage, submit) {
        (Stage::Submitted, Some((by, at))) => (Some(at), Some(by)),
        _ => (begun_at(&found.doc), begun_by(&found.doc)),
    };
    let subject = text(&corrected.document, "subject");
    let round = text(&found.doc, "round").filter(|_| stage == Stage::Submitted);
    Some(PlanStep {
        key: round.map_or_else(|| format!("inspection/{}", found.id), |round| format!("round/{round}/{reference}")),
        time,
        until: None,
        title: template.title.clone(),
        title_en: template.title_en.clone(),
        detail: PlanDetail {
            cadence: template.cadence,
            frequency: template.frequency.clone(),
            frequency_en: template.frequency_en.clone(),
            forms: 1,
            items: outcome.asked,
            answered: outcome.answered,
            failed: outcome.failed,
            percent: outcome.percent.filter(|_| stage == Stage::Submitted),
            verdict: (stage == Stage::Submitted).then_some(outcome.verdict),
            incomplete: found.doc.iter().any(|(name, value)| name.starts_with("incomplete/") && !value.is_null()),
            by: by.map(|by| scene.names.person(by)),
            is_older: text(&found.doc, "business_date").is_some_and(|day| day < scene.today.to_string().as_str()),
        },
        state: if stage == Stage::Submitted { PlanState::Done } else { PlanState::Open },
        kind: PlanKind::Inspection,
        inspection: Some(found.id.0),
        template: reference.to_owned(),
        code: template.code.clone(),
        subject: subject.map(str::to_owned),
        subject_name: subject.map(|subject| scene.names.name(subject).unwrap_or_else(|| subject.to_owned())),
    })
}

/// The submit that counts for the step: that of the person, else the first.
fn submit<'d>(scene: &Scene<'_>, document: &'d Document) -> Option<(&'d str, i64)> {
    let submits = document.iter().filter_map(|(name, value)| {
        let person = name.strip_prefix("submits/")?;
        Some((person, value.as_i64().or_else(|| value.get("at")?.as_i64())?))
    });
    submits.min_by_key(|(person, at)| (scene.person != Some(*person), *at))
}

/// When the form was begun: when it was recorded here, whenever it happened.
fn begun_at(document: &Document) -> Option<i64> {
    document.get("created").and_then(|created| created.get("at")?.as_i64()).or_else(|| integer(document, "occurred_at"))
}

/// Adds one more form of the same round.
fn join(known: &mut PlanStep, more: PlanStep) {
    let detail = &mut known.detail;
    detail.forms += 1;
    detail.items += more.detail.items;
    detail.answered += more.detail.answered;
    detail.failed += more.detail.failed;
    detail.percent = None;
    detail.incomplete |= more.detail.incomplete;
    detail.verdict = match (detail.verdict, more.detail.verdict) {
        (Some(one), Some(other)) => Some(worse(one, other)),
        (one, other) => one.or(other),
    };
    if more.time > known.time {
        known.time = more.time;
        known.inspection = more.inspection;
    }
    // What a round of many is about is the checklist alone.
    known.subject = None;
    known.subject_name = None;
}

fn worse(one: Verdict, other: Verdict) -> Verdict {
    let order = [Verdict::Fail, Verdict::Incomplete, Verdict::Pass, Verdict::Good, Verdict::Recorded];
    order.into_iter().find(|verdict| *verdict == one || *verdict == other).unwrap_or(one)
}
