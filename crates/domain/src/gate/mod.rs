//! The gate: which visit a leaving belongs to, and who is inside.

mod closing;
mod pair;
mod visit;

pub use closing::{CLOSING_HOUR, closes_at};
pub use pair::{Paired, pairs};
pub use visit::{Visit, VisitStage};
