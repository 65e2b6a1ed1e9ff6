//! What becomes of drafts whose author is gone: nobody is offered them, and after a while they are removed.

use causal::RecordId;
use uuid::Uuid;

use crate::app::App;
use crate::error::CommandError;

/// How long what somebody has begun stays who no longer works here: long enough to come back from a mistake.
const KEPT_MS: u64 = 30 * 24 * 3_600_000;

/// Removes what people who no longer work here have left untouched for thirty days.
///
/// Cost: one look at a small table when there is nothing so old.
pub(crate) fn tidy(app: &App) -> Result<(), CommandError> {
    let before = app.now_ms().saturating_sub(KEPT_MS);
    for person in app.store().authors_of_drafts(before)? {
        if has_left(app, &person)? {
            app.store().discard_drafts_of(&person, before)?;
        }
    }
    Ok(())
}

/// Whether a person works here no longer; a name from the command line has no record, and does not leave.
fn has_left(app: &App, person: &str) -> Result<bool, CommandError> {
    let Ok(id) = Uuid::parse_str(person) else { return Ok(false) };
    let found = app.store().find_one(RecordId(id))?;
    Ok(found.is_none_or(|found| found.doc.get("active") == Some(&false.into())))
}
