//! A paper as a file.

use domain::permission::Permission;
use domain::sheet::file_name;
use schemars::JsonSchema;
use serde::Deserialize;

use super::csv::to_csv;
use super::disclosure::{self, Way};
use super::order::Masking;
use super::paper::{Made, Wanted, make};
use super::xlsx::to_xlsx;
use crate::app::App;
use crate::error::CommandError;
use crate::people::not_allowed;

/// A sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SheetFormat")]
pub(crate) enum Format {
    /// A workbook, with a sheet for each month.
    Xlsx,
    /// Lines of text, with commas between the cells.
    Csv,
}

/// A paper as a file: nothing of it is kept anywhere by the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetFile {
    /// What it is called: the paper, its days, who took it out and when.
    pub name: String,
    /// The type of its bytes.
    pub mime: &'static str,
    /// How many rows it has.
    pub rows: usize,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// How a paper is taken out.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// The sort of file.
    pub(crate) format: Format,
    /// What the unmasked file is for; none for one in which everything is masked that not everybody sees.
    pub(crate) purpose: Option<String>,
}

/// The file of a paper; that it leaves is written down before its bytes are given.
///
/// # Errors
/// As [`make`]; `not-allowed` for who may read the paper and not take it out.
pub(crate) fn file(app: &App, wanted: Wanted, ask: &Ask) -> Result<SheetFile, CommandError> {
    let masking = if ask.purpose.is_some() { Masking::Own } else { Masking::All };
    let Made { sheet, may_export, campus, .. } = make(app, &Wanted { masking, ..wanted })?;
    if !may_export {
        return Err(not_allowed(Permission::SeeReports));
    }
    let (extension, mime, bytes) = match ask.format {
        Format::Xlsx => {
            let bytes = to_xlsx(&sheet).map_err(|error| CommandError::internal(&error))?;
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
        }
        Format::Csv => ("csv", "text/csv; charset=utf-8", to_csv(&sheet).into_bytes()),
    };
    disclosure::write(app, &campus, &sheet, Way::File, ask.purpose.as_deref())?;
    Ok(SheetFile { name: file_name(&sheet, extension), mime, rows: sheet.rows.len(), bytes })
}
