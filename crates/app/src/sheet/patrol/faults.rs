//! What was found on patrols, and what became of it.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use domain::field::Language;
use domain::finding::{Finding, StateName, StepKind};
use domain::time::UtcMillis;

use super::super::findings::{counts, state_en};
use super::super::order::Order;
use super::super::rows::{Query, found};
use crate::document::{Document, text};
use crate::error::CommandError;
use crate::finding::KIND;
use crate::titles;

/// A correction may move a run to another day; its findings stay on the day on which they were found. So many days are looked through
/// on either side.
const MOVED_DAYS: u64 = 31;

/// Something that a run has found.
pub(super) struct Fault {
    /// The point.
    pub(super) checkpoint: String,
    /// The item that failed; none where a visit found it and no item says it.
    pub(super) item: Option<String>,
    /// What is wrong.
    pub(super) words: String,
    /// 处理: where it stands, and what was done.
    pub(super) done: String,
    found_at: Option<UtcMillis>,
}

/// What the runs of some days have found, by run; what turned out to be nothing is left out.
pub(super) fn faults(
    order: &Order<'_>,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<HashMap<String, Vec<Fault>>, CommandError> {
    let before = from.checked_sub_days(Days::new(MOVED_DAYS)).unwrap_or(from);
    let after = to.checked_add_days(Days::new(MOVED_DAYS)).unwrap_or(to);
    let scopes = order.of.scopes(order.campus);
    let query = Query { days: Some((before, after)), place: None };
    let mut all: HashMap<String, Vec<Fault>> = HashMap::new();
    for found in found(order.app, KIND, &scopes, &query)? {
        let run = text(&found.doc, "patrol_run").map(str::to_owned);
        if let Some((run, fault)) = run.zip(fault(order.language, &found.doc)) {
            all.entry(run).or_default().push(fault);
        }
    }
    for faults in all.values_mut() {
        faults.sort_by(|a, b| (a.found_at, &a.words).cmp(&(b.found_at, &b.words)));
    }
    Ok(all)
}

fn fault(language: Language, document: &Document) -> Option<Fault> {
    let finding = Finding::read(document);
    let state = finding.state();
    if state.state == StateName::Voided {
        return None;
    }
    let is_done = |kind: StepKind| finding.steps.iter().rev().find(|step| step.step == kind && counts(&state, step));
    let done = is_done(StepKind::Fix).or_else(|| is_done(StepKind::Stopgap)).and_then(|step| step.note.clone());
    let state = language.of(state.state.zh(), state_en(state.state)).to_owned();
    let english = titles::description_en(document).filter(|_| language == Language::En);
    Some(Fault {
        checkpoint: text(document, "checkpoint")?.to_owned(),
        item: text(document, "item").map(str::to_owned),
        words: english.or(finding.description).unwrap_or_default(),
        done: done.map_or_else(|| state.clone(), |done| format!("{state}{}{done}", language.of("：", ": "))),
        found_at: finding.found_at,
    })
}
