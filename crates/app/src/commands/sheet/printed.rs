//! Writing down that a paper was printed.

use schemars::JsonSchema;
use serde::Serialize;

use super::arguments::Get;
use crate::app::App;
use crate::error::CommandError;
use crate::sheet::{Made, Way, disclose, make};

/// What was written down.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SheetPrinted")]
pub(super) struct Printed {
    /// How many rows were printed.
    rows: usize,
}

pub(super) fn printed(app: &App, arguments: Get) -> Result<Printed, CommandError> {
    let Made { sheet, campus, .. } = make(app, &arguments.into())?;
    disclose(app, &campus, &sheet, Way::Print, None)?;
    Ok(Printed { rows: sheet.rows.len() })
}
