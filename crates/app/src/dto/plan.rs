//! The day as a thread: what was done, what is being done, what is left.

use domain::form::Verdict;
use domain::template::Cadence;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::dto::person::PersonRef;

/// Where a step of the day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlanState {
    /// It was done.
    Done,
    /// It is the one to do now.
    Now,
    /// It was begun and waits to be resumed.
    Open,
    /// It is left to do.
    Next,
}

/// What a step of the day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlanKind {
    /// A form that was begun or submitted.
    Inspection,
    /// A checklist that nobody has begun.
    Template,
}

/// One step of the day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PlanStep {
    /// Tells it from the others, and stays the same as long as it is the same.
    pub(crate) key: String,
    /// When it was submitted or begun, ms since 1970 UTC; null for what nobody has begun.
    pub(crate) time: Option<i64>,
    /// Until when it is to be done, ms since 1970 UTC; null for what was begun.
    pub(crate) until: Option<i64>,
    /// What people call it.
    pub(crate) title: String,
    /// The same in English.
    pub(crate) title_en: String,
    /// What there is to say about it.
    pub(crate) detail: PlanDetail,
    /// Where it stands.
    pub(crate) state: PlanState,
    /// What it is.
    pub(crate) kind: PlanKind,
    /// The form; of several that were filled in as one round, the last.
    pub(crate) inspection: Option<Uuid>,
    /// The checklist, as `inspection.start` takes it.
    pub(crate) template: String,
    /// Its code.
    pub(crate) code: String,
    /// What it is about: the id of a record, or words.
    pub(crate) subject: Option<String>,
    /// What people call that.
    pub(crate) subject_name: Option<String>,
}

/// What there is to say about a step of the day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PlanDetail {
    /// How often the checklist is due.
    pub(crate) cadence: Cadence,
    /// The same in words, such as 每日，午餐供应前.
    pub(crate) frequency: String,
    /// The same in English; null where the checklist has none.
    pub(crate) frequency_en: Option<String>,
    /// How many forms the step stands for: those of one round count together.
    pub(crate) forms: usize,
    /// How many items it asks.
    pub(crate) items: usize,
    /// How many of them are answered.
    pub(crate) answered: usize,
    /// How many of them failed.
    pub(crate) failed: usize,
    /// Percent, to one place; null for what gives no points, and of several forms.
    pub(crate) percent: Option<String>,
    /// The verdict, of several forms the worst; null for what was not submitted.
    pub(crate) verdict: Option<Verdict>,
    /// Whether something was missing when it was submitted.
    pub(crate) incomplete: bool,
    /// Who did it, or has begun it.
    pub(crate) by: Option<PersonRef>,
    /// Whether it was begun on an earlier day.
    pub(crate) is_older: bool,
}
