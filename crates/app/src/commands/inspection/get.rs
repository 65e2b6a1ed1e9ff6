//! One form.

use causal::RecordId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::dto::form::FormView;
use crate::error::CommandError;
use crate::inspection::{Inspection, view};

/// Arguments of `inspection.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Get {
    /// The inspection.
    id: Uuid,
}

pub(super) fn get(app: &App, arguments: Get) -> Result<FormView, CommandError> {
    view::form_view(app, &Inspection::seen(app, RecordId(arguments.id))?)
}
