//! Why a text is no template.

use thiserror::Error;

/// Why a text is no template: where, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
pub struct TemplateError {
    /// The name of the file.
    pub file: String,
    /// The line, from 1; 0 when something is missing altogether.
    pub line: usize,
    /// What is wrong.
    #[source]
    pub problem: TemplateProblem,
}

/// What is wrong with a line of a template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TemplateProblem {
    /// An item line has too few or too many columns.
    #[error("an item has 8 or 9 columns, this line has {0}")]
    Columns(usize),
    /// A head line is missing.
    #[error("the head line {0:?} is missing")]
    MissingHead(&'static str),
    /// A head line is not known, stands twice or stands after the items.
    #[error("the head line {0:?} is unknown or out of place")]
    Head(String),
    /// The value of a head line is not understood.
    #[error("{value:?} is not a {name}")]
    HeadValue {
        /// The name of the head line.
        name: &'static str,
        /// Its value.
        value: String,
    },
    /// There is no item.
    #[error("the template has no items")]
    NoItems,
    /// The code does not follow the one before.
    #[error("the item code {found:?} must be {expected:?}")]
    ItemCode {
        /// The code in the file.
        found: String,
        /// The code that follows the one before.
        expected: String,
    },
    /// A text that must not be empty is.
    #[error("the {0} is empty")]
    EmptyText(&'static str),
    /// The answer type is not known.
    #[error("{0:?} is not an answer type")]
    AnswerType(String),
    /// The options of a choice are empty, single or repeated.
    #[error("{0:?} are not two or more different options")]
    Options(String),
    /// The limits are not `unit,min,max` in order.
    #[error("{0:?} are not limits")]
    Limits(String),
    /// A limit names a setting that does not exist.
    #[error("there is no setting {0:?}")]
    UnknownSetting(String),
    /// The points are neither a whole number from 1 to 100 nor `-`.
    #[error("{0:?} are not points")]
    Points(String),
    /// A scored answer type has no points.
    #[error("an SC item needs points")]
    ScoreWithoutPoints,
    /// The severity is neither L1 to L4 nor `-`.
    #[error("{0:?} is not a severity")]
    Severity(String),
    /// The due code is not known.
    #[error("{0:?} is not a due code")]
    Due(String),
    /// Severity and due code must both be there or both be `-`.
    #[error("severity and due code go together")]
    SeverityWithoutDue,
    /// The rule is not known.
    #[error("{0:?} is not a rule")]
    Rule(String),
    /// A rule names an item or an option that does not exist.
    #[error("the rule names {0:?}, which does not exist")]
    RuleTarget(String),
    /// An English line says nothing, stands twice or out of place, or has another number of options than the item.
    #[error("the English of {0:?} is empty, out of place, or does not fit it")]
    English(String),
}
