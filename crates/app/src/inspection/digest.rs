//! What a list tells of a form beyond its head.

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

/// What the form says in one line; none when it cannot be read here, as when its checklist is not known.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn digest(app: &App, names: &Names<'_>, id: RecordId) -> Result<Option<Digest>, CommandError> {
    let Some(inspection) = if_readable(Inspection::load(app, id))? else { return Ok(None) };
    let form = inspection.form();
    let score = form.score();
    let is_asked = |code: &str| form.items().any(|item| item.code == code);
    let disagreed = conflicts(KIND, &inspection.state).into_iter().filter(|conflict| {
        let code = conflict.field.strip_prefix("answers/").and_then(|rest| rest.strip_suffix("/result"));
        code.is_some_and(is_asked)
    });
    let photos = Photos::new(app, names);
    let named = inspection.document.iter().filter(|(name, value)| {
        let path = name.strip_prefix("answers/").and_then(|rest| rest.split_once("/photos/"));
        !value.is_null() && path.is_some_and(|(code, _)| is_asked(code))
    });
    let awaited = named.filter_map(|(_, value)| photos.view(value)).filter(|photo| photo.state == PhotoState::Awaited);
    Ok(Some(Digest {
        verdict: score.verdict_so_far,
        final_verdict: score.verdict,
        percent: score.percent_so_far.map(|percent| percent.normalize().to_string()),
        final_percent: score.percent.map(|percent| percent.normalize().to_string()),
        failed: score.failed.len(),
        has_red_line: !score.red_lines.is_empty(),
        answered: score.answered,
        applicable: score.applicable,
        photos_awaited: awaited.count(),
        conflicts: disagreed.count(),
    }))
}
