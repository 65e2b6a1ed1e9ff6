//! A paper as a file.

use domain::permission::Permission;
use domain::sheet::file_name;
use schemars::JsonSchema;
use serde::Deserialize;
use wire::ProblemType;

use super::csv::to_csv;
use super::disclosure::{self, Way};
use super::order::Masking;
use super::paper::{Checked, Made, Wanted, check, make_watched};
use super::xlsx::to_xlsx;
use crate::app::App;
use crate::error::CommandError;
use crate::exports::{Exported, Leaving, Progress, SheetFile, Step};
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

/// How a paper is taken out.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// The sort of file.
    pub(crate) format: Format,
    /// What the unmasked file is for; none for one in which everything is masked that not everybody sees.
    pub(crate) purpose: Option<String>,
}

impl Format {
    /// Its code in arguments, which is also what its names end in.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    fn mime(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

impl Ask {
    fn masking(&self) -> Masking {
        if self.purpose.is_some() { Masking::Own } else { Masking::All }
    }
}

/// Makes the file of a paper, which has not left yet.
///
/// # Errors
/// As [`super::make`]; `not-allowed` for who may read the paper and not take it out; that it was stopped.
pub(crate) fn export(app: &App, wanted: &Wanted, ask: &Ask, progress: &Progress) -> Result<Exported, CommandError> {
    let Checked { viewer, .. } = check_taken_out(app, wanted)?;
    let wanted = Wanted { masking: ask.masking(), ..wanted.clone() };
    let Made { sheet, .. } = make_watched(app, &wanted, progress)?;
    progress.begin(Step::Writing, sheet.rows.len());
    let bytes = match ask.format {
        Format::Xlsx => to_xlsx(&sheet, progress)?,
        Format::Csv => to_csv(&sheet, progress)?.into_bytes(),
    };
    Ok(Exported {
        file: SheetFile {
            name: file_name(&sheet, ask.format.code()),
            mime: ask.format.mime(),
            rows: sheet.rows.len(),
            bytes,
        },
        leaving: Leaving::from(&sheet),
        sight: ask.purpose.is_some().then_some(viewer.sight),
    })
}

/// Lets a file leave: the person must still get it, and that it leaves is written down before its bytes are given.
///
/// # Errors
/// As [`export`]; `not-allowed` also where the person sees other things by now than stand in the file.
pub(crate) fn release(app: &App, wanted: &Wanted, ask: &Ask, exported: &Exported) -> Result<(), CommandError> {
    let Checked { campus, viewer, .. } = check_taken_out(app, wanted)?;
    if exported.sight.as_ref().is_some_and(|sight| *sight != viewer.sight) {
        return Err(CommandError::new(ProblemType::NotAllowed, "who took it out sees other things by now"));
    }
    disclosure::write(app, &campus, &exported.leaving, Way::File, ask.purpose.as_deref())
}

/// The file of a paper, made and let go at once.
///
/// # Errors
/// As [`export`] and [`release`].
pub(crate) fn file(app: &App, wanted: &Wanted, ask: &Ask) -> Result<SheetFile, CommandError> {
    let exported = export(app, wanted, ask, &Progress::default())?;
    release(app, wanted, ask, &exported)?;
    Ok(exported.file)
}

/// What is asked for, where the person may take it out.
fn check_taken_out(app: &App, wanted: &Wanted) -> Result<Checked, CommandError> {
    let checked = check(app, wanted)?;
    if checked.entry.may_export { Ok(checked) } else { Err(not_allowed(Permission::SeeReports)) }
}
