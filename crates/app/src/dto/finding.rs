//! A finding as a screen shows it.

use domain::finding::{BreachKind, Extension, FindingSource, Need, StateName, Why};
use domain::role::Role;
use domain::severity::{Category, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::photo::PhotoView;
use crate::dto::person::PersonRef;

/// A step as keyboards without Chinese give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StepCode {
    /// 派发: gives the finding to somebody.
    Assign,
    /// 接单: that person takes it on.
    Accept,
    /// 临时措施: makes it safe for the time being.
    Stopgap,
    /// 停用: takes the thing out of service.
    OutOfService,
    /// 整改完成: it is put right.
    Fix,
    /// 复查通过: somebody else looked, and it is.
    Pass,
    /// 退回: somebody else looked, and it is not.
    Return,
    /// 延期申请: asks for more time.
    RequestExtension,
    /// 延期批准: grants it.
    GrantExtension,
    /// 挂账: deferred and tracked.
    Defer,
    /// 恢复使用: the thing is used again.
    Restore,
    /// 销号: closed.
    Close,
    /// 误报作废: it was no finding.
    Void,
    /// 转派: gives it to somebody else.
    Reassign,
}

/// What a list shows of a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FindingRow {
    /// The finding.
    pub(crate) id: Uuid,
    /// The campus.
    pub(crate) scope: Option<Uuid>,
    /// What is wrong.
    pub(crate) description: Option<String>,
    /// The same with the item's words in English; null for what people wrote themselves.
    pub(crate) description_en: Option<String>,
    /// How bad it is.
    pub(crate) severity: Option<Severity>,
    /// The same in Chinese.
    pub(crate) severity_zh: Option<&'static str>,
    /// What it is about.
    pub(crate) category: Option<Category>,
    /// The same in Chinese.
    pub(crate) category_zh: Option<&'static str>,
    /// Where: the id of a record, or words.
    pub(crate) area: Option<String>,
    /// What people call that.
    pub(crate) area_name: Option<String>,
    /// The checklist item that it comes from.
    pub(crate) item: Option<String>,
    /// The inspection that it comes from.
    pub(crate) inspection: Option<String>,
    /// When it was found, ms since 1970 UTC.
    pub(crate) found_at: Option<i64>,
    /// Who found it.
    pub(crate) found_by: Option<PersonRef>,
    /// Where it stands.
    pub(crate) state: StateName,
    /// The same in Chinese.
    pub(crate) state_zh: &'static str,
    /// Whether somebody still has to do something.
    pub(crate) is_open: bool,
    /// Who has it.
    pub(crate) assignee: Option<PersonRef>,
    /// Until when it must be put right, ms since 1970 UTC.
    pub(crate) due: Option<i64>,
    /// Whether its time is over.
    pub(crate) is_overdue: bool,
    /// For how many minutes its time is over; null unless it is.
    pub(crate) overdue_min: Option<i64>,
    /// How many minutes are left; null when its time is over, when it has none, and when nothing is left to do.
    pub(crate) left_min: Option<i64>,
    /// How many photos its head and its steps have.
    pub(crate) photo_count: usize,
    /// 停用: the thing must not be used.
    pub(crate) is_out_of_service: bool,
}

/// A finding with its history.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FindingView {
    /// Give it back as `seen` with a save of plain fields.
    pub(crate) version: String,
    /// What a list shows of it.
    #[serde(flatten)]
    pub(crate) row: FindingRow,
    /// Where it comes from.
    pub(crate) source: Option<FindingSource>,
    /// The answer that it follows from; null for one that somebody reported, and where the form is not here.
    pub(crate) origin: Option<OriginView>,
    /// The photos that it was reported with, and those of the answer that it follows from.
    pub(crate) photos: Vec<PhotoView>,
    /// 临时措施: it was made safe for the time being.
    pub(crate) has_stopgap: bool,
    /// Whether more time was asked for, or granted.
    pub(crate) extension: Extension,
    /// The steps, by time.
    pub(crate) steps: Vec<StepView>,
    /// The steps that broke a rule; shown, never rejected.
    pub(crate) breaches: Vec<BreachView>,
    /// The steps without effect on the state.
    pub(crate) overruled: Vec<OverruledView>,
    /// What the person who works may do next, in the order in which a screen offers it.
    pub(crate) next_steps: Vec<NextStep>,
    /// Whom 派发 and 转派 may give it to, by name.
    pub(crate) assignable: Vec<AssignableView>,
    /// The row of a register that it follows from; null where it follows from none, and where that is not here or not to be seen.
    pub(crate) entry: Option<RowOriginView>,
    /// The patrol that it follows from; null where it follows from none, and where that is not to be seen.
    pub(crate) patrol: Option<PatrolOriginView>,
    /// What the person who works may do since its cause is gone; null where it stands, and where there is nothing to close.
    pub(crate) offer: Option<OfferView>,
}

/// The patrol that a finding follows from: a round that found it, or a gap in a window.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PatrolOriginView {
    /// The round; null where it is a gap, which no round has left.
    pub(crate) run: Option<Uuid>,
    /// The business day of the gap, `YYYY-MM-DD`; null where it is a round.
    pub(crate) day: Option<String>,
}

/// The row of a register that a finding follows from.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RowOriginView {
    /// The row.
    pub(crate) id: Uuid,
    /// What people call its register.
    pub(crate) register: String,
    /// The same in English.
    pub(crate) register_en: String,
    /// What people call the row.
    pub(crate) title: String,
    /// The same in English; null where that is the same.
    pub(crate) title_en: Option<String>,
    /// What became of it.
    pub(crate) state: RowState,
}

/// What became of the row that a finding follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RowState {
    /// It breaks its limit still.
    Stands,
    /// It was corrected, and is within its limits.
    Corrected,
    /// It was declared void.
    Void,
    /// It is within its limits by something else that was done with it.
    Changed,
}

/// A step that is offered since the cause of a finding is gone; nobody takes it but a person.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OfferView {
    /// The step.
    pub(crate) step: StepCode,
    /// Why, as the note of the step.
    pub(crate) note: String,
    /// The same in English.
    pub(crate) note_en: String,
}

/// The answer or the visit that a finding follows from.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct OriginView {
    /// The inspection; null where it was found on a round.
    pub(crate) inspection: Option<Uuid>,
    /// The round; null where it was found on an inspection.
    pub(crate) patrol_run: Option<Uuid>,
    /// Whether the person sees the whole form or round, and not this answer alone.
    pub(crate) may_open: bool,
    /// What people call it: the title of its checklist, or the name of its route; null for who sees no routes.
    pub(crate) title: Option<String>,
    /// The same in English.
    pub(crate) title_en: Option<String>,
    /// What it is about, as people call that.
    pub(crate) subject_name: Option<String>,
    /// The code of the item; null where a visit says what is wrong, and no item.
    pub(crate) item: Option<String>,
    /// What is checked.
    pub(crate) item_text: Option<String>,
    /// The same in English; null where the checklist has none.
    pub(crate) item_text_en: Option<String>,
    /// The answer in plain words, with its unit.
    pub(crate) result_text: Option<String>,
    /// The same in English.
    pub(crate) result_text_en: Option<String>,
    /// The note.
    pub(crate) note: Option<String>,
    /// Who answered.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: Option<u64>,
}

/// Somebody who may put a finding right.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AssignableView {
    /// The person.
    #[serde(flatten)]
    pub(crate) person: PersonRef,
    /// The roles that the person has there today.
    pub(crate) roles: Vec<Role>,
}

/// One step.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StepView {
    /// Its id; `after` of a later step names it.
    pub(crate) id: String,
    /// What it does, as it is stored and shown.
    pub(crate) step: String,
    /// The same as a code; null for a step of a later version.
    pub(crate) code: Option<StepCode>,
    /// Who; of an automatic step, who gave the answer that it follows from.
    pub(crate) by: PersonRef,
    /// Whether the form took it by itself, by an answer.
    pub(crate) auto: bool,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// The steps that its author saw.
    pub(crate) after: Vec<String>,
    /// To whom it gives the finding.
    pub(crate) assignee: Option<PersonRef>,
    /// The time it grants or asks for, ms since 1970 UTC.
    pub(crate) due: Option<i64>,
    /// What its author says.
    pub(crate) note: Option<String>,
    /// What it cost, in yuan.
    pub(crate) cost: Option<String>,
    /// Whether it says what it cost, and that is for others.
    pub(crate) cost_hidden: bool,
    /// Its photos.
    pub(crate) photos: Vec<PhotoView>,
}

/// A step that broke a rule.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BreachView {
    /// The step.
    pub(crate) step: String,
    /// Who made it.
    pub(crate) by: PersonRef,
    /// Which rule.
    pub(crate) kind: BreachKind,
}

/// A step without effect on the state.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OverruledView {
    /// The step.
    pub(crate) step: String,
    /// Why.
    pub(crate) why: Why,
}

/// A step that may be taken.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NextStep {
    /// As it is stored and shown.
    pub(crate) step: String,
    /// The same as a code.
    pub(crate) code: StepCode,
    /// Whether it takes a note.
    pub(crate) note: Need,
    /// Whether it takes photos.
    pub(crate) photos: Need,
    /// Whether it takes somebody to give it to.
    pub(crate) assignee: Need,
    /// Whether it takes a time.
    pub(crate) due: Need,
    /// Whether it takes what it cost.
    pub(crate) cost: Need,
}
