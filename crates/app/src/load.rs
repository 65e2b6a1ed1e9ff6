//! Reading one record of a kind, or telling why it cannot be read.

use causal::RecordId;
use replica::Reading;
use wire::ProblemType;

use crate::app::App;
use crate::entry::look::Look;
use crate::error::CommandError;

/// The record `id`, which must be one of `kind`.
///
/// # Errors
/// `not-found`, `other-kind` or `deleted`, about the argument `id`.
pub(crate) fn load(app: &App, kind: &str, id: RecordId) -> Result<Reading, CommandError> {
    checked(kind, id, app.store().get(id)?)
}

/// As [`load`]; a record that the person who works does not see is refused in the same words as one that is not here.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_seen(app: &App, kind: &str, id: RecordId) -> Result<Reading, CommandError> {
    let held = app.store().get(id)?;
    let is_seen = held.as_ref().map(|held| Look::at(app, &held.record)).transpose()?.is_some_and(|look| look.is_seen());
    checked(kind, id, held.filter(|_| is_seen))
}

fn checked(kind: &str, id: RecordId, held: Option<Reading>) -> Result<Reading, CommandError> {
    let refuse = |problem, why: &str| CommandError::new(problem, format_args!("the {kind} {id} {why}")).field("id");
    let reading = held.ok_or_else(|| refuse(ProblemType::NotFound, "is not here"))?;
    if &*reading.record.kind != kind {
        let held = format!("is a record of another kind: {}", reading.record.kind);
        return Err(refuse(ProblemType::OtherKind, &held));
    }
    if reading.record.state.is_deleted() {
        return Err(refuse(ProblemType::Deleted, "was deleted"));
    }
    Ok(reading)
}

/// What a record is worth that somebody else may have made: none where the record itself cannot be read here, now or ever.
///
/// # Errors
/// When something else went wrong.
pub(crate) fn if_readable<T>(loaded: Result<T, CommandError>) -> Result<Option<T>, CommandError> {
    use ProblemType::{Deleted, NotFound, OtherKind, UnknownTemplate, UnreadableTemplate};
    match loaded {
        Ok(loaded) => Ok(Some(loaded)),
        Err(error) if matches!(error.kind, NotFound | OtherKind | Deleted | UnknownTemplate | UnreadableTemplate) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
