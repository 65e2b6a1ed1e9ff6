//! Reading one record of a kind, or telling why it cannot be read.

use causal::RecordId;
use replica::Reading;
use wire::ProblemType;

use crate::app::App;
use crate::error::CommandError;

/// The record `id`, which must be one of `kind`.
///
/// # Errors
/// `not-found`, `other-kind` or `deleted`, about the argument `id`.
pub(crate) fn load(app: &App, kind: &str, id: RecordId) -> Result<Reading, CommandError> {
    let refuse = |problem, why: &str| CommandError::new(problem, format_args!("the {kind} {id} {why}")).field("id");
    let reading = app.store().get(id)?.ok_or_else(|| refuse(ProblemType::NotFound, "is not here"))?;
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
