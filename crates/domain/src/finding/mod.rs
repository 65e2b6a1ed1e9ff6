//! Findings: hazards that were found, and their way to being closed.
//!
//! The head is written once; everything after that is a step, and nothing is ever overwritten.

mod breach;
mod follow;
mod head;
mod link;
mod needs;
mod next;
mod raise;
mod state;
mod step;

pub use breach::{Breach, BreachKind};
pub use follow::{FollowUp, follow_up};
pub use head::Finding;
pub use link::{Linked, link};
pub use needs::{Need, Needs};
pub use raise::{FailedAnswer, FindingSource, NewFinding, description_en};
pub use state::{Extension, FindingState, Overruled, StateName, Why};
pub use step::{Step, StepKind};
