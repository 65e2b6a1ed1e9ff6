//! 隐患排查整改销号台账: what was found in the days, and what was carried over into them because it was not closed yet.

use chrono::NaiveDate;
use domain::field::{Cell, Language};
use domain::finding::{Finding, FindingState, StateName, Step, StepKind};
use domain::severity::{Category, Severity};
use domain::sheet::{ColumnKind, Line, Sheet};
use replica::ListedRecord;

use super::catalogue::Portion;
use super::ledger::{Heading, ledger};
use super::order::Order;
use super::rows::{MOST_ROWS, Query, found};
use crate::document::{Document, text};
use crate::error::CommandError;
use crate::finding::KIND;
use crate::titles;

const COLUMNS: [Heading; 16] = [
    ("found_at", "排查时间", "Found", ColumnKind::Moment, false),
    ("found_by", "排查人", "Found by", ColumnKind::Text, true),
    ("area", "部位", "Where", ColumnKind::Text, false),
    ("description", "隐患描述", "What is wrong", ColumnKind::Text, false),
    ("category", "类别", "Sort", ColumnKind::Text, false),
    ("severity", "等级", "Grade", ColumnKind::Text, false),
    ("measures", "整改措施", "Measures", ColumnKind::Text, false),
    ("assignee", "责任人", "Responsible", ColumnKind::Text, true),
    ("due", "整改时限", "Due", ColumnKind::Moment, false),
    ("fixed_at", "完成时间", "Put right", ColumnKind::Moment, false),
    ("checked_by", "复查人", "Re-checked by", ColumnKind::Text, true),
    ("check", "复查结果", "Re-check", ColumnKind::Text, false),
    ("closed_at", "销号时间", "Closed", ColumnKind::Moment, false),
    ("photos", "照片", "Photos", ColumnKind::Number, false),
    ("state", "状态", "State", ColumnKind::Text, false),
    ("carried", "备注", "Remarks", ColumnKind::Text, false),
];

pub(super) fn sheet(order: &Order<'_>, portion: Portion) -> Result<Sheet, CommandError> {
    let scopes = order.of.scopes(order.campus);
    // What was found before may still have been open in these days.
    let days = order.days.map(|(_, to)| (FIRST_DAY, to));
    let all = found(order.app, KIND, &scopes, &Query { days, place: None })?;
    let mut read: Vec<(ListedRecord, Finding, FindingState)> = all
        .into_iter()
        .map(|found| {
            let finding = Finding::read(&found.doc);
            let state = finding.state();
            (found, finding, state)
        })
        .filter(|(_, finding, _)| portion == Portion::All || finding.category == Some(Category::Food))
        .filter(|(found, _, state)| order.is_of_days(found, state))
        .collect();
    read.sort_by(|(a, first, _), (b, second, _)| (first.found_at, &a.day, a.id).cmp(&(second.found_at, &b.day, b.id)));
    let (void, counted): (Vec<_>, Vec<_>) =
        read.into_iter().partition(|(_, _, state)| state.state == StateName::Voided);
    if counted.len() > MOST_ROWS {
        return Err(CommandError::limit("from", "rows", MOST_ROWS, counted.len()));
    }
    let rows = order.each(counted, |(found, finding, state)| Ok(order.finding(&found, &finding, &state)))?;
    ledger(order, &COLUMNS, (rows, void.len()), ("lead", "负责人", "In charge"))
}

/// Before any day on which something was found.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");

impl Order<'_> {
    fn is_of_days(&self, found: &ListedRecord, state: &FindingState) -> bool {
        let Some((from, _)) = self.days else { return true };
        let day = found.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        let closed = state.closed_at.map(|at| at.local(self.campus.calendar.zone).date());
        day.is_none_or(|day| from <= day)
            || state.state.is_open()
            || (state.state == StateName::Closed && closed.is_some_and(|closed| from <= closed))
    }

    fn finding(&self, found: &ListedRecord, finding: &Finding, state: &FindingState) -> Line {
        let of = |zh: &'static str, en: &'static str| self.language.of(zh, en).to_owned();
        let words = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
        let person = |id: &str| self.names.person(id).name.unwrap_or_else(|| of("本机没有", "not on this device"));
        let last = |kind: StepKind| finding.steps.iter().rev().find(|step| step.step == kind && counts(state, step));
        let checked = last(StepKind::Pass).into_iter().chain(last(StepKind::Return)).max_by_key(|step| step.at);
        let passed =
            |step: &Step| if step.step == StepKind::Pass { of("通过", "passed") } else { of("退回", "returned") };
        let day = found.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        let is_carried = self.days.zip(day).is_some_and(|((from, _), day)| day < from);
        let photos = found.doc.get("photos").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
        let photos = photos + finding.steps.iter().map(|step| step.photos.len()).sum::<usize>();
        let area = finding.area.as_deref().map(|area| self.names.name(area).unwrap_or_else(|| area.to_owned()));
        Line {
            record: Some(found.id.to_string()),
            day,
            cells: vec![
                self.moment(finding.found_at),
                words(finding.found_by.as_deref().map(person)),
                words(area),
                words(description(self.language, &found.doc, finding)),
                words(finding.category.map(|category| self.category(category))),
                words(finding.severity.map(|severity| severity_of(self.language, severity).to_owned())),
                words(last(StepKind::Fix).or(last(StepKind::Stopgap)).and_then(|step| step.note.clone())),
                words(state.assignee.as_deref().map(person)),
                self.moment(state.due),
                self.moment(state.fixed_at),
                words(checked.map(|step| person(&step.by))),
                words(checked.map(passed)),
                self.moment(state.closed_at),
                if photos == 0 { Cell::Empty } else { Cell::Number(photos.into()) },
                Cell::Text(of(state.state.zh(), state_en(state.state))),
                words(is_carried.then(|| of("上期结转", "carried over"))),
            ],
            is_late: false,
            is_contested: found.is_asking,
            times: None,
            is_after_signing: false,
        }
    }

    fn category(&self, category: Category) -> String {
        if self.language == Language::Zh { category.zh().to_owned() } else { category.code().replace('_', " ") }
    }
}

/// What is wrong; the item where nobody said.
pub(super) fn description(language: Language, document: &Document, finding: &Finding) -> Option<String> {
    let english = titles::description_en(document).filter(|_| language == Language::En);
    english.or_else(|| finding.description.clone()).or_else(|| text(document, "item").map(str::to_owned))
}

/// Whether a step has had an effect.
pub(super) fn counts(state: &FindingState, step: &Step) -> bool {
    state.overruled.iter().all(|overruled| overruled.step != step.id)
}

pub(super) fn severity_of(language: Language, severity: Severity) -> &'static str {
    match severity {
        severity if language == Language::Zh => severity.zh(),
        Severity::L1 => "minor",
        Severity::L2 => "ordinary",
        Severity::L3 => "serious",
        Severity::L4 => "grave",
    }
}

pub(super) fn state_en(state: StateName) -> &'static str {
    match state {
        StateName::Unassigned => "not assigned",
        StateName::Assigned => "assigned",
        StateName::InProgress => "in progress",
        StateName::AwaitingRecheck => "awaiting re-check",
        StateName::Closed => "closed",
        StateName::Returned => "returned",
        StateName::Deferred => "deferred",
        StateName::Voided => "no finding",
        StateName::CorrectedOnSpot => "put right on the spot",
    }
}
