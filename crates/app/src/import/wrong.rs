//! Why a file is not taken.

use wire::ProblemType;

use crate::error::CommandError;

/// Why a file, or one cell of it, is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The cell, such as `B7`; none for the whole file.
    pub(crate) cell: Option<String>,
    /// In Chinese.
    pub(crate) zh: String,
    /// In English.
    pub(crate) en: String,
}

impl Wrong {
    /// The whole file.
    pub(crate) fn of_file(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { cell: None, zh: zh.into(), en: en.into() }
    }

    /// One cell.
    pub(crate) fn of_cell(cell: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { cell: Some(cell.into()), zh: zh.into(), en: en.into() }
    }
}

impl From<Wrong> for CommandError {
    fn from(Wrong { cell, zh, en }: Wrong) -> Self {
        let at = |words: &str| cell.as_ref().map_or_else(|| words.to_owned(), |cell| format!("{cell}: {words}"));
        Self::new(ProblemType::BadFile, at(&en))
            .field("file")
            .detail("cell", &cell)
            .detail("zh", at(&zh))
            .detail("en", at(&en))
    }
}
