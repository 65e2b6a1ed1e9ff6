//! One row.

use causal::RecordId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::dto::entry::EntryView;
use crate::entry::{Entry, view};
use crate::error::CommandError;

/// Arguments of `entry.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Get {
    /// The row.
    id: Uuid,
}

pub(super) fn get(app: &App, arguments: Get) -> Result<EntryView, CommandError> {
    let (entry, viewer) = Entry::seen(app, RecordId(arguments.id))?;
    view::view(app, &entry, &viewer)
}
