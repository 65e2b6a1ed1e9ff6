//! How a record names the template it was filled in on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

/// Which items of a template a form asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of them.
    All,
    /// Those of the daily run.
    Daily,
    /// Those of the weekly sweep.
    Weekly,
}

impl Part {
    /// What stands behind the code of the template, such as `:D`.
    fn suffix(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Daily => ":D",
            Self::Weekly => ":W",
        }
    }
}

/// A frozen version of a template.
///
/// Text: `T01@1` for a built-in one, `T15:D@1` for its daily part, or the id of a `template_version`.
///
/// # Example
/// ```
/// use domain::template::{Part, TemplateRef, find};
/// let reference: TemplateRef = "T15:D@1".parse().expect("a reference");
/// assert_eq!(reference.part(), Part::Daily);
/// assert_eq!(find(&reference).map(|template| template.code.as_str()), Some("T15"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum TemplateRef {
    /// One that is compiled in.
    BuiltIn {
        /// Its code.
        code: String,
        /// Its version.
        version: u32,
        /// Which items.
        part: Part,
    },
    /// A record of kind `template_version`.
    Custom(Uuid),
}

/// A text that names no template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a template such as T01@1 or the id of a template version")]
pub struct TemplateRefError(pub String);

impl TemplateRef {
    /// Which items the form asks.
    pub fn part(&self) -> Part {
        match self {
            Self::BuiltIn { part, .. } => *part,
            Self::Custom(_) => Part::All,
        }
    }
}

impl FromStr for TemplateRef {
    type Err = TemplateRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || TemplateRefError(text.to_owned());
        let Some((name, version)) = text.split_once('@') else {
            return Uuid::parse_str(text).map(Self::Custom).map_err(|_| error());
        };
        let version = version.parse().ok().filter(|version| *version > 0).ok_or_else(error)?;
        let cut = |part: Part| Some((name.strip_suffix(part.suffix())?, part));
        let (code, part) = [Part::Daily, Part::Weekly].into_iter().find_map(cut).unwrap_or((name, Part::All));
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(error());
        }
        Ok(Self::BuiltIn { code: code.to_owned(), version, part })
    }
}

impl fmt::Display for TemplateRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn { code, version, part } => write!(f, "{code}{}@{version}", part.suffix()),
            Self::Custom(id) => write!(f, "{id}"),
        }
    }
}

impl From<TemplateRef> for String {
    fn from(reference: TemplateRef) -> Self {
        reference.to_string()
    }
}

impl TryFrom<String> for TemplateRef {
    type Error = TemplateRefError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_read_back() {
        for text in ["T01@1", "T15:D@1", "T24:W@1", "0199a1f0-0000-7000-8000-000000000001"] {
            assert_eq!(text.parse::<TemplateRef>().expect("a reference").to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "T01", "T01@", "T01@0", "@1", "T01@-1", ":D@1", "厨房@1"] {
            assert!(text.parse::<TemplateRef>().is_err(), "{text} was taken");
        }
    }
}
