//! What Today shows of registers and of what people have begun.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::entry::Tone;
use super::person::PersonRef;
use super::phrase::Phrase;

/// A row of a register on which something is left to do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct WaitingRow {
    /// The row.
    pub(crate) id: Uuid,
    /// Its register.
    pub(crate) kind: String,
    /// What people call that.
    pub(crate) register: Phrase,
    /// What people call the row.
    pub(crate) title: Phrase,
    /// Where it stands.
    pub(crate) stage: Option<Phrase>,
    /// Until when something is to be done, ms since 1970 UTC; null for what only stands open.
    pub(crate) due: Option<i64>,
    /// Whether that is over.
    pub(crate) overdue: bool,
    /// How it looks.
    pub(crate) tone: Tone,
    /// What its time says, for what ends on a day: how many days are left, or since when it is over.
    pub(crate) note: Option<Phrase>,
    /// Who has to do it.
    pub(crate) assignee: Option<PersonRef>,
    /// The area that it belongs to.
    pub(crate) place: Option<String>,
    /// Whether it is the work of who asks; what is somebody else's they may do as well.
    pub(crate) mine: bool,
}

/// Rows of one register on which something is left to do, as one line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct WaitingGroup {
    /// The register.
    pub(crate) kind: String,
    /// What people call that.
    pub(crate) register: Phrase,
    /// Whether they are the work of who asks.
    pub(crate) mine: bool,
    /// How many there are.
    pub(crate) count: usize,
}

/// Something that a register expects today and that is not here yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub(crate) struct MissingRow {
    /// The register.
    pub(crate) kind: String,
    /// What people call that.
    pub(crate) register: Phrase,
    /// What is missing: a place and what for; empty where the register says it all.
    pub(crate) what: Phrase,
    /// The area that it is for.
    pub(crate) place: Option<String>,
    /// The last day of the span that it is expected in, where that is more than today, `YYYY-MM-DD`.
    pub(crate) until: Option<String>,
    /// Whether it is the work of who asks; what is somebody else's they may write as well.
    pub(crate) mine: bool,
}

/// What one line of a register's declaration expects and is not here yet, of all places together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct MissingGroup {
    /// The register.
    pub(crate) kind: String,
    /// What people call that.
    pub(crate) register: Phrase,
    /// What is missing wherever it is missing, such as 毛巾; of one place that place as well. Empty where the register says it all.
    pub(crate) what: Phrase,
    /// What each is for: `class`, `kitchen`, `fridge` or another sort of area; null where it is not one for each place.
    pub(crate) per: Option<String>,
    /// How many are missing.
    pub(crate) count: usize,
    /// As in a row.
    pub(crate) until: Option<String>,
    /// As in a row.
    pub(crate) mine: bool,
}

/// 未计入: an act of the person who works that does not count.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct UncountedAct {
    /// The row.
    pub(crate) id: Uuid,
    /// Its register.
    pub(crate) kind: String,
    /// What people call that.
    pub(crate) register: Phrase,
    /// What people call the row.
    pub(crate) title: Phrase,
    /// What people call the act.
    pub(crate) act: Phrase,
    /// When it was done, ms since 1970 UTC.
    pub(crate) at: i64,
    /// Why it does not count: `already`, `void`, `same_person`, `wrong_stage` or `not_vouched`.
    pub(crate) why: String,
}

/// Something of a meal that the device reminds of while the app runs. Two that are equal are one: it sounds once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct MealReminder {
    /// What of: `retest`, `to-table`, `before-service` or `sample-due`.
    pub(crate) code: &'static str,
    /// The dish or the sample; of what is missing before service the meal.
    pub(crate) about: Uuid,
    /// The name of the dish, or how many things are missing.
    pub(crate) what: String,
    /// The day of the meal, `YYYY-MM-DD`; null where the meal is not known here.
    pub(crate) date: Option<String>,
    /// Which meal.
    pub(crate) meal: Option<String>,
    /// Its kitchen; null for the first of the campus.
    pub(crate) kitchen: Option<Uuid>,
}

/// What somebody has begun, and what will be removed soon.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct EndingDraft {
    /// Which form, where it is the person's own; null for those of somebody who left.
    pub(crate) form: Option<String>,
    /// What the form is about.
    pub(crate) record: Option<String>,
    /// Who left what is begun, for who looks after people; null for the person's own.
    pub(crate) person: Option<PersonRef>,
    /// How many.
    pub(crate) count: usize,
    /// When they are removed, ms since 1970 UTC.
    pub(crate) removed_at: u64,
}
