//! Words in the languages of the screens.

use schemars::JsonSchema;
use serde::Serialize;

/// What something is called, or says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(crate) struct Phrase {
    /// As the school writes it.
    pub(crate) zh: String,
    /// In English; null where that is the same.
    pub(crate) en: Option<String>,
}

impl Phrase {
    /// The words in both languages.
    pub(crate) fn new(zh: String, en: String) -> Self {
        let en = (en != zh).then_some(en);
        Self { zh, en }
    }

    /// The English words.
    pub(crate) fn english(&self) -> &str {
        self.en.as_deref().unwrap_or(&self.zh)
    }
}
