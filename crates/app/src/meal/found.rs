//! What a line of a delivery finds that its register cannot say: food that was taken after its time, of a supplier whose licence has
//! ended, or that is banned.

use std::collections::BTreeSet;

use causal::RecordId;
use domain::due::DueCode;
use domain::id::finding_id;
use domain::meal::{CoreRule, Delivery, LineRule, MealLimits};
use domain::register::{Level, Warning};
use domain::severity::Severity;

use super::reading::{id_in, line_of};
use super::rows::is_supplier_out;
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::error::CommandError;

/// What a row finds, each with the id of its finding; `document` is what counts of it.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn found_by_row(
    app: &App,
    campus: &Campus,
    (kind, row): (&str, RecordId),
    document: &Document,
) -> Result<Vec<(Warning, RecordId)>, CommandError> {
    if kind == "delivery_line" { of_line(app, campus, row, document) } else { Ok(Vec::new()) }
}

/// The rules of a line that ask its delivery and its supplier; what the line alone breaks its register says.
fn of_line(
    app: &App,
    campus: &Campus,
    row: RecordId,
    document: &Document,
) -> Result<Vec<(Warning, RecordId)>, CommandError> {
    let parent = id_in(document, "delivery").map(RecordId).map(|id| app.store().find_one(id)).transpose()?.flatten();
    let Some((found, day)) = parent.and_then(|found| found.day.clone().map(|day| (found, day))) else {
        return Ok(Vec::new());
    };
    let delivery = Delivery {
        id: found.id.0,
        date: day.parse().unwrap_or_default(),
        is_supplier_out: is_supplier_out(app, campus, &found)?,
        buyers: BTreeSet::new(),
        signers: BTreeSet::new(),
        lines: Vec::new(),
        is_void: false,
    };
    let settings = campus.settings_on(Some(&day));
    let limits = MealLimits::of(&settings, CoreRule::of(&settings)).lines;
    let broken = line_of(row.0, document).wrongly_accepted(&delivery, &limits);
    Ok(broken
        .into_iter()
        .filter_map(|rule| Some((warning_of(rule)?, RecordId(finding_id(row.0, rule.code())))))
        .collect())
}

fn warning_of(rule: LineRule) -> Option<Warning> {
    let (severity, zh, en) = match rule {
        LineRule::Expired => (Severity::L4, "过期仍接收", "Taken although its time was over"),
        LineRule::Licence => {
            (Severity::L3, "供货商证照到期或停用仍接收", "Taken of a supplier whose licence has ended")
        }
        LineRule::Banned => (Severity::L4, "禁用食材仍接收", "Taken although it is banned"),
        _ => return None,
    };
    Some(warning(rule.code(), severity, (zh, en), "decision"))
}

/// Something that is found at once.
fn warning(code: &str, severity: Severity, (zh, en): (&str, &str), field: &str) -> Warning {
    Warning {
        code: code.to_owned(),
        level: Level::Finding(severity, DueCode::OnTheSpot),
        cause: None,
        zh: zh.to_owned(),
        en: en.to_owned(),
        fields: vec![field.to_owned()],
    }
}
