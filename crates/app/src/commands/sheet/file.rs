//! A paper as a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::arguments::{Get, PaperLanguage};
use crate::app::App;
use crate::command::decode_arguments;
use crate::document::checked_text;
use crate::error::CommandError;
use crate::sheet::{Ask, Format, Wanted, file};

/// Which paper, as what, and where to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WriteFile {
    /// The paper, as `sheet.list` names it.
    sheet: String,
    /// The first day, `YYYY-MM-DD`; with neither day, the day, week or month that today lies in.
    #[serde(default)]
    from: Option<String>,
    /// The last day.
    #[serde(default)]
    to: Option<String>,
    /// Only the rows of this area.
    #[serde(default, rename = "where")]
    place: Option<Uuid>,
    /// The language that it is written in; Chinese when left out.
    #[serde(default)]
    language: PaperLanguage,
    /// The campus; that of this device when left out.
    #[serde(default)]
    campus: Option<Uuid>,
    /// The sort of file.
    #[serde(rename = "as")]
    format: Format,
    /// Whether what is masked for others stands whole, as far as the person sees it; takes a purpose.
    #[serde(default)]
    full: bool,
    /// What the unmasked file is for.
    #[serde(default)]
    purpose: Option<String>,
    /// The file, or a folder that is there, in which it gets a name that says what it is, of which days, and who took it out; on the
    /// command line alone, and there it must be said.
    #[serde(default)]
    path: Option<String>,
}

/// Where the file is, and what is in it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WrittenSheet {
    /// The file.
    path: String,
    /// How many rows it has.
    rows: usize,
}

pub(super) fn write_file(app: &App, mut arguments: WriteFile) -> Result<WrittenSheet, CommandError> {
    let path = arguments.path.take().filter(|path| !path.is_empty());
    let path = path.ok_or_else(|| CommandError::bad_argument("path", "say which file it goes into"))?;
    let (wanted, ask) = arguments.asked()?;
    let file = file(app, &wanted, &ask)?;
    let mut path = PathBuf::from(path);
    if path.is_dir() {
        path.push(&file.name);
    }
    write(&path, &file.bytes).map_err(|error| {
        CommandError::bad_argument("path", format_args!("the file cannot be written there: {error}"))
    })?;
    Ok(WrittenSheet { path: path.display().to_string(), rows: file.rows })
}

impl WriteFile {
    /// Reads the arguments that a door was given, which names no path.
    ///
    /// # Errors
    /// `bad-arguments`
    pub(super) fn of_a_door(arguments: &str) -> Result<(Wanted, Ask), CommandError> {
        let arguments: Self = decode_arguments(arguments)?;
        if arguments.path.is_some() {
            return Err(CommandError::bad_argument("path", "only the command line writes files"));
        }
        arguments.asked()
    }

    /// What is asked for.
    fn asked(self) -> Result<(Wanted, Ask), CommandError> {
        let wanted = Get {
            sheet: self.sheet,
            from: self.from,
            to: self.to,
            place: self.place,
            language: self.language,
            campus: self.campus,
        };
        let purpose = checked_text("purpose", self.purpose)?.filter(|_| self.full);
        if self.full && purpose.is_none() {
            return Err(CommandError::bad_argument("purpose", "say what the unmasked file is for"));
        }
        Ok((wanted.into(), Ask { format: self.format, purpose }))
    }
}

/// Writes a file whole or not at all: beside its place first, and nothing is left there when that fails.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let Some(name) = path.file_name() else { return Err(std::io::ErrorKind::InvalidInput.into()) };
    let part = path.with_file_name(format!(".{}.part", name.to_string_lossy()));
    let written = std::fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // The refusal tells of the first error; a file that cannot be removed was most likely never made.
        let _ = std::fs::remove_file(&part);
    }
    written
}
