//! The head of a finding, and its steps, as a record holds them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Step;
use crate::causality::Causality;
use crate::severity::{Category, Severity};
use crate::time::UtcMillis;

/// A finding as read from its record.
///
/// Parts of the head that are missing or ill typed are none; a reader shows what the record holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Option<Severity>,
    /// What it is about.
    pub category: Option<Category>,
    /// Where it is.
    pub area: Option<String>,
    /// What is wrong.
    pub description: Option<String>,
    /// When it was found.
    pub found_at: Option<UtcMillis>,
    /// Who found it.
    pub found_by: Option<String>,
    /// 现场已改: it was put right on the spot, and recorded all the same.
    pub is_corrected_on_spot: bool,
    /// Until when it must be put right, before any step changed that.
    pub due: Option<UtcMillis>,
    /// The steps, by time and then id.
    pub steps: Vec<Step>,
    /// Fields `steps/<id>` that are no step; they are shown raw and change nothing.
    pub unreadable: Vec<String>,
}

impl Finding {
    /// The finding in a read document.
    pub fn read(document: &Map<String, Value>) -> Self {
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let instant = |name: &str| document.get(name).and_then(Value::as_i64).map(UtcMillis);
        let mut steps = Vec::new();
        let mut unreadable = Vec::new();
        for (name, value) in document {
            let Some(id) = name.strip_prefix("steps/") else { continue };
            match Step::read(id, value) {
                Some(step) => steps.push(step),
                None if value.is_null() => {}
                None => unreadable.push(name.clone()),
            }
        }
        let mut finding = Self {
            severity: text("severity").and_then(|grade| grade.parse().ok()),
            category: text("category").and_then(|code| code.parse().ok()),
            area: text("area").map(str::to_owned),
            description: text("description").map(str::to_owned),
            found_at: instant("found_at"),
            found_by: text("found_by").map(str::to_owned),
            is_corrected_on_spot: document.get("corrected_on_spot").and_then(Value::as_bool) == Some(true),
            due: instant("due"),
            steps,
            unreadable,
        };
        finding.sort();
        finding
    }

    /// This finding with one more step.
    #[must_use]
    pub fn with_step(mut self, step: Step) -> Self {
        self.steps.retain(|own| own.id != step.id);
        self.steps.push(step);
        self.sort();
        self
    }

    /// The ids of all steps: what the author of the next step has seen, and so its `after`.
    pub fn seen(&self) -> Vec<String> {
        self.steps.iter().map(|step| step.id.clone()).collect()
    }

    pub(super) fn order(&self) -> Causality {
        Causality::new(self.steps.iter().map(|step| (step.id.as_str(), step.after.iter().map(String::as_str))))
    }

    fn sort(&mut self) {
        self.steps.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    }
}
