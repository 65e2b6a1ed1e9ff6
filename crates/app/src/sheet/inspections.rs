//! The inspections of some days, one row each, with how they went.

use domain::field::{Cell, Language};
use domain::form::Verdict;
use domain::inspection::Stage;
use domain::sheet::{ColumnKind, Line, Sheet};
use domain::time::UtcMillis;
use replica::ListedRecord;

use super::catalogue::Portion;
use super::ledger::{Heading, ledger};
use super::order::Order;
use super::rows::{Query, found};
use crate::document::text;
use crate::error::CommandError;
use crate::inspection::outcome::Outcomes;
use crate::inspection::{KIND, view};
use crate::sight::food_checklists;

const COLUMNS: [Heading; 9] = [
    ("day", "业务日", "Day", ColumnKind::Date, false),
    ("at", "时间", "Time", ColumnKind::Moment, false),
    ("checklist", "检查表", "Checklist", ColumnKind::Text, false),
    ("subject", "检查对象", "About", ColumnKind::Text, false),
    ("by", "检查人", "Checked by", ColumnKind::Text, true),
    ("answered", "完成项", "Answered", ColumnKind::Text, false),
    ("failed", "不合格项", "Failed", ColumnKind::Number, false),
    ("percent", "得分率(%)", "Score(%)", ColumnKind::Number, false),
    ("verdict", "结论", "Verdict", ColumnKind::Text, false),
];

pub(super) fn sheet(order: &Order<'_>, portion: Portion) -> Result<Sheet, CommandError> {
    let scopes = order.of.scopes(order.campus);
    let mut all = found(order.app, KIND, &scopes, &Query { days: order.days, place: None })?;
    if portion == Portion::Food {
        let food = food_checklists(order.app, order.campus)?;
        all.retain(|found| text(&found.doc, "template").is_some_and(|template| food.contains(template)));
    }
    let time = |row: &ListedRecord| crate::document::integer(&row.doc, "occurred_at");
    all.sort_by(|a, b| (&a.day, time(a), a.id).cmp(&(&b.day, time(b), b.id)));
    let (void, counted): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|found| found.stage.as_deref() == Some(Stage::Void.code()));
    let outcomes = Outcomes::new(order.app, order.names);
    let rows = order.each(counted, |found| line(order, &outcomes, &found))?;
    ledger(order, &COLUMNS, (rows, void.len()), ("check", "审核人", "Checked by"))
}

fn line(order: &Order<'_>, outcomes: &Outcomes<'_>, found: &ListedRecord) -> Result<Line, CommandError> {
    let stage = found.stage.as_deref().and_then(Stage::from_code).unwrap_or(Stage::Open);
    let head = view::head(order.names, found.scope, &found.doc, stage);
    let outcome = outcomes.of(found)?;
    let words = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let title = if order.language == Language::En { head.title_en.or(head.title) } else { head.title };
    let number = |text: &str| text.parse().map_or_else(|_| Cell::Text(text.to_owned()), Cell::Number);
    let day = found.day.as_deref().and_then(|day| day.parse().ok());
    let percent = outcome.as_ref().and_then(|outcome| outcome.percent.as_deref());
    Ok(Line {
        record: Some(found.id.to_string()),
        day,
        cells: vec![
            day.map_or(Cell::Empty, Cell::Date),
            order.moment(head.occurred_at.map(UtcMillis)),
            Cell::Text(title.unwrap_or(head.template)),
            words(head.subject_name.or(head.subject)),
            words(head.created_by.map(|by| by.name.unwrap_or(by.id))),
            words(outcome.as_ref().map(|outcome| format!("{}/{}", outcome.answered, outcome.asked))),
            outcome.as_ref().map_or(Cell::Empty, |outcome| Cell::Number(outcome.failed.into())),
            percent.map_or(Cell::Empty, number),
            words(
                outcome
                    .as_ref()
                    .map(|outcome| order.language.of(outcome.verdict_zh, verdict_en(outcome.verdict)).to_owned()),
            ),
        ],
        is_late: head.late,
        is_contested: found.is_asking,
        times: None,
        is_after_signing: false,
    })
}

fn verdict_en(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "failed",
        Verdict::Incomplete => "not finished",
        Verdict::Pass => "passed",
        Verdict::Good => "good",
        Verdict::Recorded => "recorded",
    }
}
