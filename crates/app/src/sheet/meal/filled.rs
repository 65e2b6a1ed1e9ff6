//! What a paper of meals is filled with.

use domain::sheet::{Fact, Line};

/// The rows of a paper, and what stands above them.
#[derive(Default)]
pub(super) struct Filled {
    /// The rows.
    pub(super) rows: Vec<Line>,
    /// What stands above the table.
    pub(super) facts: Vec<Fact>,
}
