//! A form as a screen shows it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::finding::FindingRow;
use crate::people::PersonRef;

/// An inspection as a form.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FormView {
    /// The inspection.
    pub(crate) id: Uuid,
    /// Give it back as `seen` with the next answer.
    pub(crate) version: String,
    /// The head of the form.
    #[serde(flatten)]
    pub(crate) head: InspectionHead,
    /// Who takes part, with the time of joining, earliest first.
    pub(crate) people: Vec<Moment>,
    /// Who has submitted, earliest first.
    pub(crate) submits: Vec<Moment>,
    /// The items by section, in order.
    pub(crate) sections: Vec<SectionView>,
    /// What is still needed before it can be submitted, in order.
    pub(crate) missing: Vec<Missing>,
    /// The item to go to next; null when nothing is missing.
    pub(crate) next_gap: Option<String>,
    /// Score and verdict so far.
    pub(crate) score: ScoreView,
    /// The findings of its items.
    pub(crate) findings: Vec<FindingRow>,
    /// Corrections since the submit, oldest first.
    pub(crate) corrections: Vec<CorrectionView>,
    /// Why it is void; empty unless it is.
    pub(crate) voids: Vec<Reason>,
    /// Why it was submitted though something was missing; empty unless it was.
    pub(crate) incomplete: Vec<Reason>,
}

/// What a list shows of an inspection, too.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InspectionHead {
    /// The reference of the checklist, such as `T01@1`.
    pub(crate) template: String,
    /// Its code, where the checklist is known here.
    pub(crate) code: Option<String>,
    /// Its Chinese title.
    pub(crate) title: Option<String>,
    /// Its English title.
    pub(crate) title_en: Option<String>,
    /// What it is about: the id of a record, or words.
    pub(crate) subject: Option<String>,
    /// What people call that.
    pub(crate) subject_name: Option<String>,
    /// The campus.
    pub(crate) scope: Option<Uuid>,
    /// `routine`, `spot`, `random` or `joint`.
    pub(crate) mode: Option<String>,
    /// What forms of one round share.
    pub(crate) round: Option<String>,
    /// `open`, `submitted` or `void`.
    pub(crate) stage: String,
    /// Who started it.
    pub(crate) created_by: Option<PersonRef>,
    /// When it happened, ms since 1970 UTC.
    pub(crate) occurred_at: Option<i64>,
    /// The day it counts for, `YYYY-MM-DD`.
    pub(crate) business_date: Option<String>,
    /// Whether it was entered afterwards (补录).
    pub(crate) late: bool,
}

/// Somebody, at some time.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Moment {
    /// Who.
    #[serde(flatten)]
    pub(crate) person: PersonRef,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
}

/// Somebody's reason.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Reason {
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: Option<i64>,
    /// Why.
    pub(crate) reason: Option<String>,
}

/// One heading of a form.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SectionView {
    /// The heading.
    pub(crate) section: String,
    /// How many of its items are answered.
    pub(crate) answered: usize,
    /// How many are asked.
    pub(crate) asked: usize,
    /// How many failed.
    pub(crate) failed: usize,
    /// How many things its items still need.
    pub(crate) gaps: usize,
    /// The items that "rest is fine" would fill.
    pub(crate) rest: Vec<String>,
    /// Its items.
    pub(crate) items: Vec<ItemView>,
}

/// How an item is asked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ItemShape {
    /// Its code.
    pub(crate) code: String,
    /// What is checked.
    pub(crate) text: String,
    /// How to judge it.
    pub(crate) criterion: String,
    /// `pass_fail`, `score`, `number`, `temperature`, `time`, `choice`, `text`, `signature` or `assets`.
    #[serde(rename = "type")]
    pub(crate) answer_type: &'static str,
    /// The options of a choice.
    pub(crate) options: Vec<String>,
    /// The unit and limits that hold here and now; null for what is not measured or not limited yet.
    pub(crate) limits: Option<LimitsView>,
    /// The item to answer first, where the limits depend on the disinfection method.
    pub(crate) limits_wait_for: Option<String>,
    /// `optional`, `always` or `when_failed`.
    pub(crate) photo: &'static str,
    /// How many different people must sign.
    pub(crate) signers: Option<usize>,
    /// The points it can earn; null where it is not scored.
    pub(crate) max: Option<u32>,
    /// How bad a failure is, `L1` to `L4`.
    pub(crate) severity: Option<String>,
    /// How long a failure may stand, such as `3d`.
    pub(crate) due: Option<String>,
}

/// Unit and limits; both limits are included.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LimitsView {
    /// The unit.
    pub(crate) unit: String,
    /// The lower limit.
    pub(crate) min: Option<String>,
    /// The upper limit.
    pub(crate) max: Option<String>,
}

/// One item with its answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ItemView {
    /// How it is asked.
    #[serde(flatten)]
    pub(crate) shape: ItemShape,
    /// The answer that counts; null when there is none.
    pub(crate) result: Value,
    /// The note.
    pub(crate) note: Option<String>,
    /// Empty, `batch` or `late`.
    pub(crate) how: String,
    /// How many photos there are.
    pub(crate) photos: usize,
    /// `not_asked`, `unanswered`, `not_applicable`, `needs_method`, `ill_typed` or `judged`.
    pub(crate) status: Value,
    /// Whether it passed; null while it is not judged.
    pub(crate) passed: Option<bool>,
    /// The points it earned; null while it is not judged or where it is not scored.
    pub(crate) earned: Option<String>,
    /// Who gave the latest answer.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC by the clock of the device.
    pub(crate) at: Option<u64>,
    /// What it still needs: `answer`, `readable_answer`, `method`, `photo` or `note`.
    pub(crate) missing: Vec<Value>,
    /// The values that different people gave, latest first; empty when they agree.
    pub(crate) conflict: Vec<ConflictValue>,
    /// The value before any correction, where there was one.
    pub(crate) original: Option<Value>,
    /// Its finding, where there is one.
    pub(crate) finding: Option<Uuid>,
    /// Whether this device can take the last answer back.
    pub(crate) can_undo: bool,
}

/// One of the values that a field has while people disagree.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ConflictValue {
    /// Its number, to be given as `take`.
    pub(crate) index: usize,
    /// What was written.
    pub(crate) value: Value,
    /// The value in plain words.
    pub(crate) text: String,
    /// Who wrote it.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC by the clock of the device.
    pub(crate) at: i64,
    /// The replica id of the device's store.
    pub(crate) device: Uuid,
    /// What people call the device, where that is known here.
    pub(crate) device_name: Option<String>,
    /// Whether it was written on this device.
    pub(crate) is_here: bool,
    /// Whether readers take it meanwhile.
    pub(crate) counts: bool,
}

/// One thing that an item still needs.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Missing {
    /// The item.
    pub(crate) item: String,
    /// `answer`, `readable_answer`, `method`, `photo` or `note`.
    pub(crate) needs: Value,
}

/// The score of a form.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ScoreView {
    /// Percent of what is answered, to one place; null for an unscored form.
    pub(crate) percent: Option<String>,
    /// Percent when nothing more is answered.
    pub(crate) final_percent: Option<String>,
    /// `fail`, `pass`, `good` or `recorded`, on what is answered.
    pub(crate) verdict: Value,
    /// The same in Chinese.
    pub(crate) verdict_zh: &'static str,
    /// The verdict when nothing more is answered.
    pub(crate) final_verdict: Value,
    /// The points earned.
    pub(crate) earned: String,
    /// The points that the answered items could earn.
    pub(crate) answered_max: String,
    /// The items that failed.
    pub(crate) failed: Vec<String>,
    /// Those of them that cross the red line.
    pub(crate) red_lines: Vec<String>,
    /// How many items are answered.
    pub(crate) answered: usize,
    /// How many apply.
    pub(crate) applicable: usize,
}

/// One correction.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CorrectionView {
    /// The field it corrects.
    pub(crate) field: String,
    /// The value before any correction.
    pub(crate) original: Value,
    /// The value it puts in place.
    pub(crate) value: Value,
    /// Why.
    pub(crate) reason: Option<String>,
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// Whether it counts, or a later one took its place.
    pub(crate) stands: bool,
}
