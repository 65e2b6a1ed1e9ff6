//! What answering a form takes besides its place: who may, and what is written along.

use serde_json::Value;

use super::place::Place;
use crate::app::App;
use crate::document::Fields;
use crate::error::CommandError;

/// Values to write to one item.
pub(crate) struct ItemEntry {
    /// The code of the item.
    pub(crate) code: String,
    /// The parts `result`, `note`, `how` and `photos/<blob>` that are written.
    pub(crate) parts: Vec<(String, Value)>,
}

/// A record of a kind whose items are answered, at the place that is being answered.
pub(crate) trait Holder: Sized {
    /// The place.
    fn place(&self) -> &Place;

    /// The same, as the store has it by now.
    ///
    /// # Errors
    /// When it cannot be read any more.
    fn anew(&self, app: &App) -> Result<Self, CommandError>;

    /// Refuses what may not be written now, or not by whoever works.
    ///
    /// # Errors
    /// Whatever the kind refuses by.
    fn check_open(&self, app: &App, written: &[ItemEntry]) -> Result<(), CommandError>;

    /// What is written along with an answer, such as that its author takes part.
    ///
    /// # Errors
    /// When that cannot be written.
    fn along(&self, app: &App) -> Result<Fields, CommandError>;
}
