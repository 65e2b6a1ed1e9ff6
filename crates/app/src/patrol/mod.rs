//! Patrols as they stand in the store: routes, runs, and the points at which items are answered.

mod amended;
mod around;
mod boarders;
mod covering;
mod facts;
mod findings;
mod gap;
mod hearing;
mod own;
mod place;
mod reading;
mod signal;
mod signing;
mod stored;
mod tallied;
mod view;

pub(crate) use around::window_on;
pub(crate) use covering::{Covered, covered, key_areas, numbers};
pub(crate) use facts::{Facts, RouteFacts};
pub(crate) use findings::{FoundByVisit, found_by_visit, found_nothing, seen_again, still, taken_back};
pub(crate) use gap::seen_gaps;
pub(crate) use hearing::Hearing;
pub(crate) use own::{forget, is_here, open_here, remember};
pub(crate) use place::AtPoint;
pub(crate) use reading::{Read, read_tag};
pub(crate) use signal::{SignalsShown, signal_views, signals_shown};
pub(crate) use signing::{may_sign, signers};
pub(crate) use stored::{ListedRun, Marks, Runs, StoredRun, plan_of, runs_of, runs_seen};
pub(crate) use tallied::{Tallies, tallies_of};
pub(crate) use view::{figures, reached, run_view};

/// The kind of a run.
pub(crate) const KIND: &str = "patrol_run";
/// The kind of a frozen route.
pub(crate) const PLAN: &str = "route_plan";
