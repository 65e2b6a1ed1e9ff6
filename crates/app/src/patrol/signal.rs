//! Signals as screens show them: the head sees all, everybody else those of their own acts, and nobody another one's.

use std::collections::BTreeSet;

use causal::RecordId;
use domain::correction::apply;
use domain::patrol::{Run, RunOn, Signal, ToldSignal, photos_before, photos_of, signals};
use domain::role::Role;
use uuid::Uuid;

use super::KIND;
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::dto::patrol::{SignalKind, SignalView};
use crate::error::CommandError;
use crate::load::load_seen;
use crate::people;

/// Whose signals the person who works sees.
pub(crate) enum SignalsShown {
    /// Everybody's.
    All,
    /// Their own.
    Of(String),
}

/// Whose signals the person who works sees on a campus.
pub(crate) fn signals_shown(app: &App, campus: &Campus) -> Result<SignalsShown, CommandError> {
    let is_head = people::working_roles(app, campus)?.contains(&Role::Head);
    Ok(match app.by() {
        Some(by) if !is_head => SignalsShown::Of(by.to_string()),
        _ => SignalsShown::All,
    })
}

impl SignalsShown {
    /// Whether some of a run can be shown: it is the head who looks, or who was there.
    pub(super) fn has_part(&self, run: &Run) -> bool {
        match self {
            Self::All => true,
            Self::Of(person) => run.visits.iter().any(|visit| visit.by.as_ref() == Some(person)),
        }
    }

    fn shows(&self, told: &ToldSignal) -> bool {
        match self {
            Self::All => true,
            Self::Of(person) => told.people.contains(person),
        }
    }
}

/// The signals of a run that are shown, each with whose acts it is about.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn signal_views(
    app: &App,
    shown: &SignalsShown,
    on: &RunOn<'_>,
    (id, document): (RecordId, &Document),
) -> Result<Vec<(SignalView, Vec<String>)>, CommandError> {
    let mut all = signals(on.run, document, on.plan);
    let others = of_same_photos(app, id, document)?;
    let others = others.iter().map(|(id, run, document)| (id.as_str(), run, document));
    all.extend(photos_before(on.run, document, others));
    all.retain(|told| shown.shows(told));
    Ok(all.into_iter().map(|told| (view(app, told.signal), told.people)).collect())
}

/// The other runs that name a photo of this one, with their ids and documents.
fn of_same_photos(app: &App, id: RecordId, document: &Document) -> Result<Vec<(String, Run, Document)>, CommandError> {
    let mut named = BTreeSet::new();
    for blob in photos_of(document).filter_map(|blob| blob.parse().ok()) {
        named.extend(app.store().records_naming(blob)?);
    }
    named.remove(&id);
    let mut runs = Vec::new();
    for other in named {
        let Some(found) = app.store().find_one(other)?.filter(|found| found.kind == KIND) else { continue };
        let corrected = apply(KIND, &found.doc);
        runs.push((other.to_string(), Run::read(&corrected), corrected.document));
    }
    Ok(runs)
}

fn view(app: &App, signal: Signal) -> SignalView {
    let of = |kind, checkpoints, by_s| SignalView { kind, checkpoints, by_s, earlier: None };
    match signal {
        Signal::Short { checkpoint, by_s } => of(SignalKind::Short, vec![checkpoint], Some(by_s)),
        Signal::Burst { checkpoints } => of(SignalKind::Burst, checkpoints, None),
        Signal::AllTyped => of(SignalKind::AllTyped, Vec::new(), None),
        Signal::SamePhoto { checkpoints, .. } => of(SignalKind::SamePhoto, checkpoints, None),
        Signal::PhotoBefore { checkpoints, run, .. } => {
            let other = run.parse().ok().filter(|run: &Uuid| load_seen(app, KIND, RecordId(*run)).is_ok());
            SignalView { earlier: other, ..of(SignalKind::PhotoBefore, checkpoints, None) }
        }
        Signal::ClockJump { checkpoint } => of(SignalKind::ClockJump, vec![checkpoint], None),
        Signal::Entered => of(SignalKind::Entered, Vec::new(), None),
    }
}
