//! What became of the row that a finding follows from.
//!
//! A row that was put right, or voided, does not close its finding: somebody has looked into it, perhaps, and only people close.
//! It is worked out when it is asked, so it does not matter which tablet heard of what first.

use causal::RecordId;

use crate::app::App;
use crate::document::{Document, text};
use crate::dto::finding::RowState;
use crate::entry::{Entry, finding, shared};
use crate::error::CommandError;
use crate::load::if_readable;

/// The row of a finding, as it stands here.
pub(super) struct Cause {
    /// The row.
    pub(super) entry: Entry,
    /// What became of it.
    pub(super) state: RowState,
}

/// The row that the finding `id` follows from; none where it follows from none, or the row is not here.
///
/// Of several rows it is the first that is a cause still, else the first: what is left of one of them keeps the finding.
pub(super) fn of(app: &App, id: RecordId, document: &Document) -> Result<Option<Cause>, CommandError> {
    let alone = text(document, "row").and_then(|row| row.parse().ok());
    let mut rows = alone.map_or_else(|| shared::rows(document), |row| vec![row]);
    rows.sort_unstable();
    let mut first = None;
    for row in rows {
        let Some(entry) = if_readable(Entry::load(app, row))? else { continue };
        let cause = Cause { state: state(app, id, &entry), entry };
        match cause.state {
            RowState::Stands => return Ok(Some(cause)),
            _ => first = first.or(Some(cause)),
        }
    }
    Ok(first)
}

fn state(app: &App, id: RecordId, entry: &Entry) -> RowState {
    let (register, counts) = (entry.register, &entry.folded.document);
    if entry.is_newer() {
        return RowState::Stands;
    }
    if entry.folded.is_void() {
        return RowState::Void;
    }
    let is_cause = finding::ids(app, register, &entry.campus, (entry.id, &entry.position()), counts).contains(&id);
    let is_corrected = entry.document.iter().any(|(name, value)| name.starts_with("corrections/") && !value.is_null());
    match (is_cause, is_corrected) {
        (true, _) => RowState::Stands,
        (false, true) => RowState::Corrected,
        (false, false) => RowState::Changed,
    }
}

impl RowState {
    /// Why the finding may be closed, as the note of the step that does; none where its cause stands.
    pub(super) fn reason(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Stands => None,
            Self::Void => Some(("记录已作废", "The record is void")),
            Self::Corrected => Some(("记录已更正，不再超出限值", "The record was corrected and is within its limits")),
            Self::Changed => Some(("记录已改动，不再超出限值", "The record has changed and is within its limits")),
        }
    }
}
