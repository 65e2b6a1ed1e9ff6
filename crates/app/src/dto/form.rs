//! A form as a screen shows it.

use domain::due::DueCode;
use domain::form::{GapKind, Verdict};
use domain::inspection::Stage;
use domain::severity::Severity;
use domain::template::PhotoRule;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::finding::FindingRow;
use super::photo::PhotoView;
use super::value::{AnswerValue, Strokes};
use crate::dto::person::PersonRef;

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
    pub(crate) submits: Vec<SubmitView>,
    /// The items by section, in order.
    pub(crate) sections: Vec<SectionView>,
    /// What is still needed before it can be submitted, in order.
    pub(crate) missing: Vec<Missing>,
    /// The item to go to next; null when nothing is missing.
    pub(crate) next_gap: Option<String>,
    /// Score and verdict so far.
    pub(crate) score: ScoreView,
    /// How it went as a whole.
    pub(crate) outcome: Outcome,
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
    /// How it came about; null where the record does not say.
    pub(crate) mode: Option<Mode>,
    /// What forms of one round share.
    pub(crate) round: Option<String>,
    /// Where it stands.
    pub(crate) stage: Stage,
    /// Who started it.
    pub(crate) created_by: Option<PersonRef>,
    /// When it happened, ms since 1970 UTC.
    pub(crate) occurred_at: Option<i64>,
    /// The day it counts for, `YYYY-MM-DD`.
    pub(crate) business_date: Option<String>,
    /// Whether it was entered afterwards (补录).
    pub(crate) late: bool,
}

/// How an inspection came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "InspectionMode")]
pub(crate) enum Mode {
    /// As planned.
    #[default]
    Routine,
    /// 抽查.
    Spot,
    /// Drawn at random.
    Random,
    /// By several people on one form.
    Joint,
}

/// Somebody's submit.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SubmitView {
    /// Who.
    #[serde(flatten)]
    pub(crate) person: PersonRef,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// The signature; null for who submitted without one.
    pub(crate) signature: Option<Strokes>,
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
    /// The same in English; null where the checklist has none.
    pub(crate) section_en: Option<String>,
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

/// How an item is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AnswerKind {
    /// 合格, 不合格 or 不适用.
    PassFail,
    /// Points from 0 to the item's maximum.
    Score,
    /// Measured or counted numbers.
    Number,
    /// Measured temperatures.
    Temperature,
    /// A time of day.
    Time,
    /// One of the options.
    Choice,
    /// Words.
    Text,
    /// Signatures.
    Signature,
    /// Asset lines.
    Assets,
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ItemStatus {
    /// Another answer made it needless.
    NotAsked,
    /// Nobody has answered it.
    Unanswered,
    /// 不适用.
    NotApplicable,
    /// It is answered, but its limits depend on the disinfection method, which is not chosen yet.
    NeedsMethod,
    /// What is stored is no answer to it; it is shown raw and left out of scores.
    IllTyped,
    /// It counts.
    Judged,
}

/// How an answer came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) enum AnswerHow {
    /// A person answered this item.
    #[serde(rename = "")]
    Single,
    /// With "the rest is fine".
    #[serde(rename = "batch")]
    Batch,
    /// 补录: entered afterwards.
    #[serde(rename = "late")]
    Late,
}

/// How an item is asked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ItemShape {
    /// Its code.
    pub(crate) code: String,
    /// What is checked.
    pub(crate) text: String,
    /// The same in English; null where the checklist has none.
    pub(crate) text_en: Option<String>,
    /// How to judge it.
    pub(crate) criterion: String,
    /// The same in English; null where the checklist has none.
    pub(crate) criterion_en: Option<String>,
    /// How it is answered.
    #[serde(rename = "type")]
    pub(crate) answer_type: AnswerKind,
    /// The options of a choice, as they are stored.
    pub(crate) options: Vec<String>,
    /// The same in English, in the same order; empty where the checklist has none.
    pub(crate) options_en: Vec<String>,
    /// The options that fail it.
    pub(crate) failing: Vec<String>,
    /// The options that need a note and a photo.
    pub(crate) explain: Vec<String>,
    /// The points from which a score passes; null for what is not given points.
    pub(crate) passes_from: Option<String>,
    /// How many values are asked for at first.
    pub(crate) readings: u32,
    /// Whether values of different things must be equal.
    pub(crate) must_agree: bool,
    /// The item whose value this one must reach.
    pub(crate) equals: Option<String>,
    /// What a person writes who has nothing to say.
    pub(crate) nothing: Option<String>,
    /// The things that are counted line by line, to begin with.
    pub(crate) lines: Vec<String>,
    /// Whether "the rest is fine" may fill it.
    pub(crate) is_of_rest: bool,
    /// The unit and limits that hold here and now; null for what is not measured or not limited yet.
    pub(crate) limits: Option<LimitsView>,
    /// The range outside of which a value can hardly be meant, and is asked about; null for what is not measured.
    pub(crate) likely: Option<LimitsView>,
    /// The item to answer first, where the limits depend on the disinfection method.
    pub(crate) limits_wait_for: Option<String>,
    /// When it needs a photo.
    pub(crate) photo: PhotoRule,
    /// How many different people must sign.
    pub(crate) signers: Option<usize>,
    /// The points it can earn; null where it is not scored.
    pub(crate) max: Option<u32>,
    /// How bad a failure is.
    pub(crate) severity: Option<Severity>,
    /// How long a failure may stand, such as `3d`.
    pub(crate) due: Option<DueCode>,
}

/// Unit and limits; both limits are included.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LimitsView {
    /// The unit.
    pub(crate) unit: String,
    /// The same on English screens.
    pub(crate) unit_en: String,
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
    #[schemars(with = "Option<AnswerValue>")]
    pub(crate) result: Value,
    /// The same in plain words, with its unit; null when there is none.
    pub(crate) result_text: Option<String>,
    /// The note.
    pub(crate) note: Option<String>,
    /// How the answer came about.
    pub(crate) how: AnswerHow,
    /// The photos, in the order in which they were added.
    pub(crate) photos: Vec<PhotoView>,
    /// Where it stands.
    pub(crate) status: ItemStatus,
    /// Whether it passed; null while it is not judged.
    pub(crate) passed: Option<bool>,
    /// The points it earned; null while it is not judged or where it is not scored.
    pub(crate) earned: Option<String>,
    /// Who gave the latest answer.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC by the clock of the device.
    pub(crate) at: Option<u64>,
    /// What it still needs.
    pub(crate) missing: Vec<GapKind>,
    /// The values that different people gave, latest first; empty when they agree.
    pub(crate) conflict: Vec<ConflictValue>,
    /// The notes that different people wrote, latest first; empty when they agree.
    pub(crate) note_conflict: Vec<ConflictValue>,
    /// The value before any correction, where there was one.
    #[schemars(with = "Option<AnswerValue>")]
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
    /// The value in plain words, with its unit.
    pub(crate) text: String,
    /// The same in English.
    pub(crate) text_en: String,
    /// The value alone, for large figures; null where it is not one number.
    pub(crate) figure: Option<String>,
    /// The unit of that; null where it has none.
    pub(crate) unit: Option<String>,
    /// Whether the item passes with it; null for what is not judged.
    pub(crate) passed: Option<bool>,
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
    /// What it needs.
    pub(crate) needs: GapKind,
}

/// How a form went, in one line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Outcome {
    /// The verdict on the whole; `incomplete` while something is unanswered and no red line is crossed.
    pub(crate) verdict: Verdict,
    /// The same in Chinese.
    pub(crate) verdict_zh: &'static str,
    /// Percent, to one place; null for a form without points, and for one that is not filled in.
    pub(crate) percent: Option<String>,
    /// How many items are answered, 不适用 included.
    pub(crate) answered: usize,
    /// How many are asked.
    pub(crate) asked: usize,
    /// How many failed.
    pub(crate) failed: usize,
    /// How many of those cross the red line.
    pub(crate) red_lines: usize,
}

/// The score of a form while it is filled in.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ScoreView {
    /// Percent of what is answered, to one place; null for an unscored form.
    pub(crate) percent: Option<String>,
    /// Percent when nothing more is answered.
    pub(crate) final_percent: Option<String>,
    /// The verdict on what is answered.
    pub(crate) verdict: Verdict,
    /// The same in Chinese.
    pub(crate) verdict_zh: &'static str,
    /// The verdict when nothing more is answered.
    pub(crate) final_verdict: Verdict,
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
    #[schemars(with = "Option<AnswerValue>")]
    pub(crate) original: Value,
    /// The value it puts in place.
    #[schemars(with = "Option<AnswerValue>")]
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
