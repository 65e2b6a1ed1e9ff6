//! What is alarming about a child's day and asks for somebody at once is a finding as well: everybody who works here reads it, so no name
//! stands in it.
//!
//! Its id follows from the rows that it is about, so tablets that see the same make the same. Where nobody saw it, since it became
//! alarming when the rows of two tablets met, the office writes it: it hears of all of them.

use causal::RecordId;
use domain::child::{Alarm, AlarmCode, Handover};
use domain::due::DueCode;
use domain::id::finding_id;
use domain::register::{Level, Warning};
use domain::severity::Severity;
use domain::time::{Shift, business_date};

use super::day::ChildDay;
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::error::CommandError;

/// What a handover finds, each with the id of its finding; `document` is what counts of it.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn found_by_handover(
    app: &App,
    campus: &Campus,
    (kind, row): (&str, RecordId),
    document: &Document,
) -> Result<Vec<(Warning, RecordId)>, CommandError> {
    let own = (kind == "child_handover").then(|| Handover::read(row.0, document)).flatten();
    let Some(own) = own else { return Ok(Vec::new()) };
    let date = business_date(own.at, campus.calendar.zone, Shift::Day);
    let mut day = ChildDay::load(app, campus, date, own.child)?;
    for rows in [&mut day.rows, &mut day.once] {
        rows.retain(|known| known.id != own.id);
    }
    day.rows.push(own);
    let alarms = day.alarms(date);
    Ok(alarms.iter().filter(|alarm| alarm.rows.contains(&row.0)).filter_map(found_by_alarm).collect())
}

/// The finding of an alarm that stands; none where nobody has to act at once.
pub(crate) fn found_by_alarm(alarm: &Alarm) -> Option<(Warning, RecordId)> {
    let first = alarm.rows.first().filter(|_| alarm.is_red && !alarm.is_answered)?;
    let (zh, en) = words(alarm.code);
    let warning = Warning {
        code: alarm.code.code().to_owned(),
        level: Level::Finding(Severity::L4, DueCode::OnTheSpot),
        cause: None,
        zh: zh.to_owned(),
        en: en.to_owned(),
        fields: vec!["adult".to_owned()],
    };
    Some((warning, RecordId(finding_id(*first, alarm.code.code()))))
}

/// What an alarm says, without a name.
pub(crate) fn words(code: AlarmCode) -> (&'static str, &'static str) {
    match code {
        AlarmCode::Forbidden => ("被不得接走的人接走", "Fetched by somebody who must not"),
        AlarmCode::Revoked => ("接送授权已撤销", "The authorisation was revoked"),
        AlarmCode::Twice => ("登记了两次离园", "Left twice"),
        AlarmCode::OnceUsed => ("仅一次的授权用了两次", "Good for one time, and used twice"),
        AlarmCode::Unlisted => ("接走的人不在名单上", "Fetched by somebody off the list"),
        AlarmCode::NotArrived => ("没有来园记录", "No record that the child came"),
    }
}
