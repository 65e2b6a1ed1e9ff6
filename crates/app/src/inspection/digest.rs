//! What is still owed to an inspection, wherever it can be read.

use causal::RecordId;

use super::Inspection;
use crate::app::App;
use crate::dto::digest::Digest;
use crate::error::CommandError;
use crate::form;
use crate::load::if_readable;
use crate::names::Names;

/// What is still owed to the form; none when it cannot be read here, as when its checklist is not known.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn digest(app: &App, names: &Names<'_>, id: RecordId) -> Result<Option<Digest>, CommandError> {
    let inspection = if_readable(Inspection::load(app, id))?;
    Ok(inspection.map(|inspection| form::digest::digest(app, names, &inspection.place)))
}
