//! 报修单: one finding from its report to its acceptance, on the page that goes with whoever repairs it.
//!
//! It is for who gets the ledger of findings and sees what repairs cost, so it reads the same in every hand. What no record holds, such
//! as the parts that were used, stays blank and is written by hand.

use causal::RecordId;
use domain::decimal::Decimal;
use domain::field::{Cell, Language};
use domain::finding::{Finding, FindingState, Step, StepKind};
use domain::severity::Severity;
use domain::sheet::{ColumnKind, Line, Sheet, SheetShape, Signer};
use uuid::Uuid;

use super::findings::{counts, description, severity_of, state_en};
use super::ledger::{Heading, ledger};
use super::order::Order;
use crate::error::CommandError;
use crate::finding::StoredFinding;

const COLUMNS: [Heading; 20] = [
    ("no", "编号", "No.", ColumnKind::Text, false),
    ("found_by", "报修人", "Reported by", ColumnKind::Text, true),
    ("found_at", "报修时间", "Reported", ColumnKind::Moment, false),
    ("area", "地点", "Where", ColumnKind::Text, false),
    ("description", "故障描述", "What is wrong", ColumnKind::Text, false),
    ("photos", "照片", "Photos", ColumnKind::Number, false),
    ("severity", "紧急程度", "Urgency", ColumnKind::Text, false),
    ("due", "要求完成", "To be done by", ColumnKind::Moment, false),
    ("given_by", "派单人", "Given out by", ColumnKind::Text, true),
    ("given_at", "派单时间", "Given out", ColumnKind::Moment, false),
    ("assignee", "维修人", "Repaired by", ColumnKind::Text, true),
    ("accepted_at", "接单时间", "Taken on", ColumnKind::Moment, false),
    ("arrived", "到场时间", "On the spot", ColumnKind::Text, false),
    ("fixed_at", "完工时间", "Finished", ColumnKind::Moment, false),
    ("measures", "维修情况", "What was done", ColumnKind::Text, false),
    ("parts", "用料", "Parts used", ColumnKind::Text, false),
    ("cost", "费用(元)", "Cost (yuan)", ColumnKind::Number, false),
    ("checked_by", "验收人", "Accepted by", ColumnKind::Text, true),
    ("opinion", "评价", "Opinion", ColumnKind::Text, false),
    ("state", "状态", "State", ColumnKind::Text, false),
];

/// The slip of a finding.
///
/// # Errors
/// `not-found` where the finding is not here, is of another campus, or is not to be seen.
pub(super) fn sheet(order: &Order<'_>, id: Uuid) -> Result<Sheet, CommandError> {
    let held = StoredFinding::seen(order.app, RecordId(id))?;
    if held.campus.id != order.campus.id {
        return Err(CommandError::not_found(format_args!("there is no finding {id} on this campus")).field("sheet"));
    }
    let state = held.finding.state();
    let line = order.repair(&held, &state);
    let of = |zh: &'static str, en: &'static str| order.language.of(zh, en).to_owned();
    let signer = |key: &str, label: String, named: Option<String>| Signer {
        key: key.to_owned(),
        label,
        names: named.into_iter().collect(),
    };
    let days = line.day.map(|day| (day, day));
    let mut sheet = ledger(order, &COLUMNS, (vec![line], 0), ("check", "验收人", "Accepted by"))?;
    sheet.shape = SheetShape::Report;
    sheet.is_landscape = false;
    sheet.source.days = days;
    sheet.signatures = vec![
        signer(
            "created",
            of("派单人", "Given out by"),
            given(&held.finding, &state).map(|step| order.person(&step.by)),
        ),
        signer("fix", of("维修人", "Repaired by"), state.assignee.as_deref().map(|person| order.person(person))),
        signer("check", of("验收人", "Accepted by"), passed(&held.finding, &state).map(|step| order.person(&step.by))),
    ];
    Ok(sheet)
}

impl Order<'_> {
    fn repair(&self, held: &StoredFinding, state: &FindingState) -> Line {
        let (finding, language) = (&held.finding, self.language);
        let words = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
        let number = |number: Decimal| if number.is_zero() { Cell::Empty } else { Cell::Number(number) };
        let (given, passed) = (given(finding, state), passed(finding, state));
        let accepted = last(finding, state, &[StepKind::Accept]);
        let fixed = last(finding, state, &[StepKind::Fix]);
        let photos = held.document.get("photos").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
        let photos = photos + finding.steps.iter().map(|step| step.photos.len()).sum::<usize>();
        let area = finding.area.as_deref().map(|area| self.names.name(area).unwrap_or_else(|| area.to_owned()));
        let severity = finding.severity.map(|severity: Severity| severity_of(language, severity).to_owned());
        let day = finding.found_at.map(|at| at.local(self.campus.calendar.zone).date());
        Line {
            record: Some(held.id.to_string()),
            day,
            cells: vec![
                Cell::Text(number_of(held.id, day.map(|day| day.format("%Y%m%d").to_string()))),
                words(finding.found_by.as_deref().map(|person| self.person(person))),
                self.moment(finding.found_at),
                words(area),
                words(description(language, &held.document, finding)),
                number(photos.into()),
                words(severity),
                self.moment(state.due),
                words(given.map(|step| self.person(&step.by))),
                self.moment(given.map(|step| step.at)),
                words(state.assignee.as_deref().map(|person| self.person(person))),
                self.moment(accepted.map(|step| step.at)),
                Cell::Empty,
                self.moment(state.fixed_at),
                words(fixed.and_then(|step| step.note.clone())),
                Cell::Empty,
                number(cost(finding, state)),
                words(passed.map(|step| self.person(&step.by))),
                Cell::Empty,
                Cell::Text(match language {
                    Language::Zh => state.state.zh().to_owned(),
                    Language::En => state_en(state.state).to_owned(),
                }),
            ],
            is_late: false,
            is_contested: false,
            times: None,
            is_after_signing: false,
        }
    }

    fn person(&self, id: &str) -> String {
        let unknown = || self.language.of("本机没有", "not on this device").to_owned();
        self.names.person(id).name.unwrap_or_else(unknown)
    }
}

/// The last step of some kinds that has had an effect.
fn last<'f>(finding: &'f Finding, state: &FindingState, kinds: &[StepKind]) -> Option<&'f Step> {
    finding.steps.iter().rev().find(|step| kinds.contains(&step.step) && counts(state, step))
}

fn given<'f>(finding: &'f Finding, state: &FindingState) -> Option<&'f Step> {
    last(finding, state, &[StepKind::Assign, StepKind::Reassign])
}

fn passed<'f>(finding: &'f Finding, state: &FindingState) -> Option<&'f Step> {
    last(finding, state, &[StepKind::Pass])
}

/// What all steps cost that have had an effect, in yuan; nothing where the sum is beyond what a number holds.
fn cost(finding: &Finding, state: &FindingState) -> Decimal {
    let mut costs = finding.steps.iter().filter(|step| counts(state, step)).filter_map(|step| step.cost);
    costs.try_fold(Decimal::ZERO, Decimal::checked_add).unwrap_or_default()
}

/// What the slip is called by those who hold it: its day, and the last signs of the finding's id.
fn number_of(id: RecordId, day: Option<String>) -> String {
    let id = id.0.simple().to_string().to_uppercase();
    let last = &id[id.len() - 6..];
    day.map_or_else(|| last.to_owned(), |day| format!("{day}-{last}"))
}
