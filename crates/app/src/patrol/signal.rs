//! Signals as screens show them.

use domain::patrol::{Plan, Run, Signal, signals};

use crate::document::Document;
use crate::dto::patrol::{SignalKind, SignalView};

/// The signals of a run.
pub(super) fn signal_views(run: &Run, document: &Document, plan: Option<&Plan>) -> Vec<SignalView> {
    signals(run, document, plan).into_iter().map(view).collect()
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
