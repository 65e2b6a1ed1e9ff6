//! Writing down that a printer was asked for one form, as it is for papers and lists.

use causal::RecordId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::document::text;
use crate::error::CommandError;
use crate::exports::{EVERYTHING, Leaving};
use crate::inspection::{Inspection, KIND};
use crate::names::Names;
use crate::sheet::{Way, disclose};
use crate::titles::title;

/// Arguments of `inspection.printed`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Printed {
    /// The inspection.
    id: Uuid,
}

/// What was written down.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct InspectionPrinted {
    /// What the form is called there.
    title: String,
}

pub(super) fn printed(app: &App, arguments: Printed) -> Result<InspectionPrinted, CommandError> {
    let place = Inspection::seen(app, RecordId(arguments.id))?.place;
    let counts = &place.corrected.document;
    let leaving = Leaving {
        code: KIND.to_owned(),
        title: title(&Names::new(app), KIND, counts).zh,
        period: text(counts, "business_date").unwrap_or(EVERYTHING).to_owned(),
        rows: 1,
    };
    disclose(app, &place.campus, &leaving, Way::Print, None)?;
    Ok(InspectionPrinted { title: leaving.title })
}
