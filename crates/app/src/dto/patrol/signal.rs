//! What of a run may be looked at.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// Which sort of signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolSignalKind")]
pub(crate) enum SignalKind {
    /// A stay was too short.
    Short,
    /// Three arrivals within 10 seconds.
    Burst,
    /// All tags were typed.
    AllTyped,
    /// One photo at several points.
    SamePhoto,
    /// One photo that stood on another round before.
    PhotoBefore,
    /// The wall clock was moved.
    ClockJump,
    /// It was entered afterwards.
    Entered,
}

/// Something to look at; it accuses nobody.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolSignal")]
pub(crate) struct SignalView {
    /// What.
    pub(crate) kind: SignalKind,
    /// The points that it is about.
    pub(crate) checkpoints: Vec<String>,
    /// By how many seconds a stay was too short.
    pub(crate) by_s: Option<u32>,
    /// The other round on which a photo stood before, where who works sees that one.
    pub(crate) earlier: Option<Uuid>,
}
