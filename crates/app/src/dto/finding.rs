//! A finding as a screen shows it.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::people::PersonRef;

/// What a list shows of a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FindingRow {
    /// The finding.
    pub(crate) id: Uuid,
    /// The campus.
    pub(crate) scope: Option<Uuid>,
    /// What is wrong.
    pub(crate) description: Option<String>,
    /// How bad it is, `L1` to `L4`.
    pub(crate) severity: Option<String>,
    /// What it is about, such as `food`.
    pub(crate) category: Option<String>,
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
    /// Where it stands: `unassigned`, `assigned`, `in_progress`, `awaiting_recheck`, `closed`, `returned`, `deferred`,
    /// `voided` or `corrected_on_spot`.
    pub(crate) state: String,
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
    /// Where it comes from: `inspection`, `patrol`, `meal`, `report`, `visitor` or `notice119`.
    pub(crate) source: Option<String>,
    /// 临时措施: it was made safe for the time being.
    pub(crate) has_stopgap: bool,
    /// `none`, `requested` or `granted`.
    pub(crate) extension: String,
    /// The steps, by time.
    pub(crate) steps: Vec<StepView>,
    /// The steps that broke a rule; shown, never rejected.
    pub(crate) breaches: Vec<BreachView>,
    /// The steps without effect on the state.
    pub(crate) overruled: Vec<OverruledView>,
    /// What the person who works may do next, in the order in which a screen offers it.
    pub(crate) next_steps: Vec<NextStep>,
}

/// One step.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StepView {
    /// Its id; `after` of a later step names it.
    pub(crate) id: String,
    /// What it does, as it is stored and shown.
    pub(crate) step: String,
    /// The same as a code.
    pub(crate) code: Option<String>,
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
    /// How many photos it has.
    pub(crate) photos: usize,
}

/// A step that broke a rule.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BreachView {
    /// The step.
    pub(crate) step: String,
    /// Who made it.
    pub(crate) by: PersonRef,
    /// `rechecked_by_fixer`, `self_closed_without_photo`, `closed_without_fix`, `granted_own_extension`, `not_allowed` or
    /// `unknown_step`.
    pub(crate) kind: String,
}

/// A step without effect on the state.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OverruledView {
    /// The step.
    pub(crate) step: String,
    /// `returned_meanwhile`, `repair_stands`, `void_contested`, `work_goes_on` or `closed`.
    pub(crate) why: String,
}

/// A step that may be taken.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NextStep {
    /// As it is stored and shown.
    pub(crate) step: String,
    /// The same as a code.
    pub(crate) code: String,
}
