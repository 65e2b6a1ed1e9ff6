//! What the commands of papers are asked with.

use domain::field::Language;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::sheet::{Masking, Wanted};

/// A language that a paper is written in.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PaperLanguage")]
pub(super) enum PaperLanguage {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// Which paper.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Get {
    /// The paper, as `sheet.list` names it.
    pub(super) sheet: String,
    /// The first day, `YYYY-MM-DD`; with neither day, the day, week or month that today lies in.
    #[serde(default)]
    pub(super) from: Option<String>,
    /// The last day.
    #[serde(default)]
    pub(super) to: Option<String>,
    /// Only the rows of this area.
    #[serde(default, rename = "where")]
    pub(super) place: Option<Uuid>,
    /// The language that it is written in; Chinese when left out.
    #[serde(default)]
    pub(super) language: PaperLanguage,
    /// The campus; that of this device when left out.
    #[serde(default)]
    pub(super) campus: Option<Uuid>,
}

impl From<Get> for Wanted {
    fn from(get: Get) -> Self {
        Self {
            code: get.sheet,
            from: get.from,
            to: get.to,
            place: get.place,
            campus: get.campus,
            masking: Masking::Page,
            language: match get.language {
                PaperLanguage::Zh => Language::Zh,
                PaperLanguage::En => Language::En,
            },
        }
    }
}
