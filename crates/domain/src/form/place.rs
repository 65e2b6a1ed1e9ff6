//! Where in a record a form is answered, and which of its fields stand there.

use std::fmt;

use uuid::Uuid;

use crate::id::{finding_id, stage_finding_id, visit_finding_id};

/// A place of a record at which items are answered.
///
/// An inspection is answered as a whole; a patrol run at each of its checkpoints, a meal at each of its stages.
/// Answers of two places stand in fields of their own, so those of two tablets never meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceName {
    /// The record itself; its fields have no prefix.
    Whole,
    /// The visits to a checkpoint: `visits/<checkpoint>/`.
    Visit(String),
    /// A stage of a meal: `stages/<code>/`.
    Stage(String),
}

/// A field that is part of an answer, such as `visits/<checkpoint>/answers/T01.07/result`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerField<'f> {
    /// The place that it stands at.
    pub place: PlaceName,
    /// The code of the item.
    pub code: &'f str,
    /// What it is of the answer: `result`, `note`, `how` or `photos/<sha256>`.
    pub part: &'f str,
}

impl PlaceName {
    /// The place whose fields start with `prefix`; none where no place is called so.
    ///
    /// # Example
    /// ```
    /// use domain::form::PlaceName;
    /// assert_eq!(PlaceName::of_prefix(""), Some(PlaceName::Whole));
    /// assert_eq!(PlaceName::of_prefix("visits/3/"), Some(PlaceName::Visit("3".to_owned())));
    /// assert_eq!(PlaceName::of_prefix("visits/"), None);
    /// ```
    pub fn of_prefix(prefix: &str) -> Option<Self> {
        if prefix.is_empty() {
            return Some(Self::Whole);
        }
        let (group, name) = prefix.strip_suffix('/')?.split_once('/')?;
        Self::of_parts(group, name)
    }

    fn of_parts(group: &str, name: &str) -> Option<Self> {
        match group {
            _ if name.is_empty() || name.contains('/') => None,
            "visits" => Some(Self::Visit(name.to_owned())),
            "stages" => Some(Self::Stage(name.to_owned())),
            _ => None,
        }
    }

    /// The field of an answer that is given here.
    ///
    /// # Example
    /// ```
    /// use domain::form::PlaceName;
    /// assert_eq!(PlaceName::Whole.field("T01.07", "result"), "answers/T01.07/result");
    /// let visit = PlaceName::Visit("3".to_owned());
    /// assert_eq!(visit.field("T01.07", "note"), "visits/3/answers/T01.07/note");
    /// ```
    pub fn field(&self, code: &str, part: &str) -> String {
        format!("{self}answers/{code}/{part}")
    }

    /// The id of the finding of an item that fails here: the same on every tablet.
    pub fn finding_id(&self, record: Uuid, code: &str) -> Uuid {
        match self {
            Self::Whole => finding_id(record, code),
            Self::Visit(checkpoint) => visit_finding_id(record, checkpoint, code),
            Self::Stage(stage) => stage_finding_id(record, stage, code),
        }
    }
}

/// The prefix of the fields that stand there.
impl fmt::Display for PlaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Visit(checkpoint) => write!(f, "visits/{checkpoint}/"),
            Self::Stage(code) => write!(f, "stages/{code}/"),
        }
    }
}

impl<'f> AnswerField<'f> {
    /// What a field is of an answer; none for every other field.
    ///
    /// # Example
    /// ```
    /// use domain::form::{AnswerField, PlaceName};
    /// let field = AnswerField::parse("stages/serve/answers/T08.02/photos/aa").expect("part of an answer");
    /// assert_eq!(field, AnswerField { place: PlaceName::Stage("serve".to_owned()), code: "T08.02", part: "photos/aa" });
    /// assert_eq!(AnswerField::parse("visits/3/photos/aa"), None);
    /// ```
    pub fn parse(name: &'f str) -> Option<Self> {
        let (place, path) = match name.strip_prefix("answers/") {
            Some(path) => (PlaceName::Whole, path),
            None => {
                let (group, rest) = name.split_once('/')?;
                let (name, rest) = rest.split_once('/')?;
                (PlaceName::of_parts(group, name)?, rest.strip_prefix("answers/")?)
            }
        };
        let (code, part) = path.split_once('/')?;
        Some(Self { place, code, part })
    }
}
