//! Patrol routes: the points to walk, what to look at there, and when; and the tags by which a point is known.
//!
//! The built-in routes are data files under `presets/routes`; they become records when a campus is set up.
//! What is stored is dated: a window and a point hold from an instant to an instant, so no edit changes what was due before.

mod adopt;
mod built_in;
mod fire;
mod preset;
mod stored;
mod tag;
mod window;

pub use adopt::{NewRecord, records_of};
pub use built_in::built_in;
pub use fire::{fire_items, missing_fire_items};
pub use preset::{PresetPoint, PresetRoute, PresetWindow, RouteError, RouteProblem, parse_route};
pub use stored::{Checkpoint, Route};
pub use tag::{BadTag, LABEL_PREFIX, MOST_OF_A_TAG, Spelling, label_text, norm, spelling_field};
pub use window::{Window, WindowDays, is_within};

/// The most points that a route may have at one time: a run holds several fields a point, and a record 512.
pub const MOST_POINTS: usize = 40;
/// The most windows that a route may have at one time.
pub const MOST_WINDOWS: usize = 24;
/// The most windows that a route may ever have had: the ended ones stay, since they say what was due.
pub const MOST_WINDOWS_EVER: usize = 300;
