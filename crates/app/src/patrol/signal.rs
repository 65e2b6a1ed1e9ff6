//! Signals as screens show them: the head sees all, everybody else those of their own acts, and nobody another one's.

use domain::patrol::{Plan, Run, Signal, ToldSignal, signals};
use domain::role::Role;

use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::dto::patrol::{SignalKind, SignalView};
use crate::error::CommandError;
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
pub(crate) fn signal_views(
    shown: &SignalsShown,
    run: &Run,
    document: &Document,
    plan: Option<&Plan>,
) -> Vec<(SignalView, Vec<String>)> {
    let all = signals(run, document, plan).into_iter().filter(|told| shown.shows(told));
    all.map(|told| (view(told.signal), told.people)).collect()
}

fn view(signal: Signal) -> SignalView {
    let of = |kind, checkpoints, by_s| SignalView { kind, checkpoints, by_s };
    match signal {
        Signal::Short { checkpoint, by_s } => of(SignalKind::Short, vec![checkpoint], Some(by_s)),
        Signal::Burst { checkpoints } => of(SignalKind::Burst, checkpoints, None),
        Signal::AllTyped => of(SignalKind::AllTyped, Vec::new(), None),
        Signal::SamePhoto { checkpoints, .. } => of(SignalKind::SamePhoto, checkpoints, None),
        Signal::ClockJump { checkpoint } => of(SignalKind::ClockJump, vec![checkpoint], None),
        Signal::Entered => of(SignalKind::Entered, Vec::new(), None),
    }
}
