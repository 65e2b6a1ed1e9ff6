//! Patrols as screens show them.

mod corrected;
mod done;
mod due;
mod point;
mod run;
mod sign;
mod signal;

pub(crate) use corrected::{CorrectedPart, RunCorrection, WindowChoice};
pub(crate) use done::DoneBy;
pub(crate) use due::{DueWindow, OpenRun, RunCoverage};
pub(crate) use point::{
    ArrivalView, BoarderCount, Elsewhere, ExpectedCount, Found, MissedView, RunPoint, StrayScan, VisitView,
};
pub(crate) use run::{PauseView, RunStage, RunView};
pub(crate) use sign::{RunSign, RunSigning};
pub(crate) use signal::{SignalKind, SignalView};
