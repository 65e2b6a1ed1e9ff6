//! Built-in routes as records of a campus.

use std::sync::Arc;

use causal::RecordId;
use domain::route::{PresetRoute, built_in, records_of};
use domain::template::CampusKind;
use domain::time::UtcMillis;
use replica::Save;
use uuid::Uuid;

use crate::app::App;
use crate::document::field;
use crate::error::CommandError;

/// What makes a built-in route one of a campus, for `by`.
fn saves_of(preset: &PresetRoute, campus: Uuid, since: UtcMillis, by: Option<&Arc<str>>) -> Vec<Save> {
    let save = |record: domain::route::NewRecord| Save {
        id: Some(RecordId(record.id)),
        kind: record.kind.to_owned(),
        scope: Some(campus),
        set: record.fields.into_iter().map(|(name, value)| field(name, value)).collect(),
        by: by.cloned(),
        ..Save::default()
    };
    records_of(preset, campus, since).into_iter().map(save).collect()
}

/// What gives a campus the built-in routes for its sort that it does not have yet; whatever became of one, it is not made anew.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn adopt(
    app: &App,
    campus: Uuid,
    kind: CampusKind,
    codes: Option<&[String]>,
    by: Option<&Arc<str>>,
) -> Result<Vec<Save>, CommandError> {
    let since = UtcMillis::from_stamp(app.now_ms());
    let mut saves = Vec::new();
    let is_asked = |preset: &&PresetRoute| codes.is_none_or(|codes| codes.contains(&preset.code));
    for preset in built_in().iter().filter(|preset| preset.campus == kind).filter(is_asked) {
        let id = RecordId(domain::id::route_id(campus, &preset.code));
        if app.store().get(id)?.is_none() {
            saves.extend(saves_of(preset, campus, since, by));
        }
    }
    Ok(saves)
}
