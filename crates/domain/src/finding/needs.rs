//! What a step has to say before it is taken.

use serde::Serialize;

use super::{Finding, Step, StepKind};
use crate::severity::Severity;

/// Whether a step takes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StepNeed"))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// It is refused without.
    Required,
    /// It may have it.
    Optional,
    /// It is not asked for it.
    None,
}

/// What one step takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Needs {
    /// Words.
    pub note: Need,
    /// Photos.
    pub photos: Need,
    /// Somebody to give the finding to.
    pub assignee: Need,
    /// A time.
    pub due: Need,
    /// What it cost.
    pub cost: Need,
}

impl Finding {
    /// What a step takes when `person` takes it.
    ///
    /// Who closes the L1 finding that he put right himself shows it by a photo, there or with the repair; a grant without a time
    /// grants the one that was asked for last.
    ///
    /// # Example
    /// ```
    /// use domain::finding::{Finding, Need, StepKind};
    /// use serde_json::json;
    /// let finding = Finding::read(json!({"severity": "L2"}).as_object().expect("an object"));
    /// assert_eq!(finding.needs(&StepKind::Assign, "li").assignee, Need::Required);
    /// assert_eq!(finding.needs(&StepKind::Return, "li").note, Need::Required);
    /// assert_eq!(finding.needs(&StepKind::Fix, "li").photos, Need::Optional);
    /// ```
    pub fn needs(&self, step: &StepKind, person: &str) -> Needs {
        use Need::{None, Optional, Required};
        let gives = Needs { note: Optional, photos: Optional, assignee: None, due: None, cost: None };
        match step {
            StepKind::Assign | StepKind::Reassign => Needs { assignee: Required, due: Optional, ..gives },
            StepKind::Return | StepKind::Void => Needs { note: Required, ..gives },
            StepKind::Defer => Needs { note: Required, due: Optional, ..gives },
            StepKind::RequestExtension => Needs { due: Required, ..gives },
            StepKind::GrantExtension => {
                Needs { due: if self.asked_for().is_some() { Optional } else { Required }, ..gives }
            }
            StepKind::Fix => Needs { cost: Optional, ..gives },
            StepKind::Close if self.shows_no_repair_of(person) => Needs { photos: Required, ..gives },
            _ => gives,
        }
    }

    /// The time that was asked for last.
    pub fn asked_for(&self) -> Option<crate::time::UtcMillis> {
        self.steps.iter().rev().find(|step| step.step == StepKind::RequestExtension)?.due
    }

    /// Whether the person put an L1 finding right, and no photo shows it.
    fn shows_no_repair_of(&self, person: &str) -> bool {
        let is_own = |step: &&Step| step.step == StepKind::Fix && step.by == person;
        let mut own = self.steps.iter().filter(is_own).peekable();
        own.peek().is_some() && self.severity == Some(Severity::L1) && own.all(|fix| fix.photos.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn who_closes_his_own_repair_shows_it() {
        let with = |fix: serde_json::Value| {
            let mut document = json!({"severity": "L1"}).as_object().cloned().unwrap_or_default();
            document.insert("steps/1".to_owned(), fix);
            Finding::read(&document)
        };
        let bare = with(json!({"step": "整改完成", "by": "li", "at": 5, "after": []}));
        assert_eq!(bare.needs(&StepKind::Close, "li").photos, Need::Required);
        assert_eq!(bare.needs(&StepKind::Close, "wang").photos, Need::Optional);
        let shown = with(json!({"step": "整改完成", "by": "li", "at": 5, "after": [], "photos": [{"blob": "00"}]}));
        assert_eq!(shown.needs(&StepKind::Close, "li").photos, Need::Optional);
    }

    #[test]
    fn a_grant_takes_the_time_that_was_asked_for() {
        let document = json!({"steps/1": {"step": "延期申请", "by": "li", "at": 5, "after": [], "due": 9}});
        let asked = Finding::read(document.as_object().expect("an object"));
        assert_eq!(asked.needs(&StepKind::GrantExtension, "wang").due, Need::Optional);
        let nobody = Finding::read(json!({}).as_object().expect("an object"));
        assert_eq!(nobody.needs(&StepKind::GrantExtension, "wang").due, Need::Required);
    }
}
