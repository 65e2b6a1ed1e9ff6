//! Patrols: what is to be walked when, what a walk has covered, and what a report may say of it.
//!
//! A run is one walk on one tablet, on the plan that its route had when it began; what counts is the order in which the tablet wrote
//! it, and the wall clock is only shown. A window is covered by all runs that were walked for it, whatever tablet they come from and
//! in whatever order they arrive.
//!
//! Nothing is ever written from an absence: what has not been heard of is told as that.

mod areas;
mod asked;
mod boarders;
mod code;
mod counted;
mod coverage;
mod daily;
mod due;
mod fire;
mod next;
mod nil;
mod occurrence;
mod pause;
mod plan;
mod run;
mod signals;
mod signing;
mod stay;
mod tally;

pub use crate::heard::{Heard, unheard};
pub use areas::Areas;
pub use asked::asked_at;
pub use boarders::{BoarderLeave, Boarders, ExpectedBoarders, expected_boarders};
pub use code::{BadWalkCode, WalkCode};
pub use counted::{BOARDERS, asks_for};
pub use coverage::{Coverage, MissedPoint, PointCoverage, RunOn, TallyOn, coverage, coverage_of};
pub use daily::{AreaGap, AreaRounds, VisitTo, area_gaps, area_rounds};
pub use due::{WindowState, due_on, window_state};
pub use fire::{FireReading, PointReading, fire_reading};
pub use next::next_point;
pub use nil::{SignerPart, WindowNil, signer_part, window_nil};
pub use occurrence::{Choice, Occurrence, choose};
pub use plan::{Plan, PlanPoint, PlanWindow};
pub use run::{
    Arrival, End, Missed, OnTheWay, Pause, ReadHow, Run, Scan, Sign, SignRole, Step, ToldPoints, Visit, VisitResult,
    fingerprint,
};
pub use signals::{Signal, ToldSignal, photos_before, photos_of, signals};
pub use signing::{Signing, VisitSigned, covers, saw, signing, since_signed};
pub use stay::Stay;
pub use tally::{Tally, TallyVisit};
