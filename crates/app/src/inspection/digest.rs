//! What is still owed to a form: photos on their way, and what people disagree about.

use causal::RecordId;
use domain::reading::conflicts;

use super::{Inspection, KIND};
use crate::app::App;
use crate::dto::digest::Digest;
use crate::dto::photo::PhotoState;
use crate::error::CommandError;
use crate::load::if_readable;
use crate::names::Names;
use crate::photo::Photos;

/// What is still owed to the form; none when it cannot be read here, as when its checklist is not known.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn digest(app: &App, names: &Names<'_>, id: RecordId) -> Result<Option<Digest>, CommandError> {
    let Some(inspection) = if_readable(Inspection::load(app, id))? else { return Ok(None) };
    let form = inspection.form();
    let is_asked = |code: &str| form.items().any(|item| item.code == code);
    let disagreed = conflicts(KIND, &inspection.state).into_iter().filter(|conflict| {
        let part = conflict.field.strip_prefix("answers/").and_then(|rest| rest.split_once('/'));
        part.is_some_and(|(code, part)| matches!(part, "result" | "note") && is_asked(code))
    });
    let photos = Photos::new(app, names);
    let named = inspection.document.iter().filter(|(name, value)| {
        let path = name.strip_prefix("answers/").and_then(|rest| rest.split_once("/photos/"));
        !value.is_null() && path.is_some_and(|(code, _)| is_asked(code))
    });
    let awaited = named.filter_map(|(_, value)| photos.view(value)).filter(|photo| photo.state == PhotoState::Awaited);
    Ok(Some(Digest { photos_awaited: awaited.count(), conflicts: disagreed.count() }))
}
