//! Papers: which there are, one of them, and its file.

mod file;
mod get;
mod list;

use domain::field::Language;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::command::{Command, read};
use crate::sheet::Wanted;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("sheet.list", "Lists the papers that the person who works gets, each whole or not at all.", list::list),
        read("sheet.get", "Gives a paper of some days, with what is missing and what was corrected.", get::get),
        read("sheet.file", "Writes a paper of some days into a file, on the command line.", file::write_file)
            .for_support(),
    ]
}

/// A language that a paper is written in.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PaperLanguage")]
enum PaperLanguage {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// Which paper.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Get {
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
}

impl From<Get> for Wanted {
    fn from(get: Get) -> Self {
        Self {
            code: get.sheet,
            from: get.from,
            to: get.to,
            place: get.place,
            campus: get.campus,
            language: match get.language {
                PaperLanguage::Zh => Language::Zh,
                PaperLanguage::En => Language::En,
            },
        }
    }
}
