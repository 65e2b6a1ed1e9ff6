//! The gate: which visit a leaving belongs to, and who is inside.

mod pair;
mod visit;

pub use pair::{Paired, pairs};
pub use visit::{Visit, VisitStage};
