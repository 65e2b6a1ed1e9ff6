//! Where a record stands: the one source of what lists, clocks and the board ask, for every kind.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde_json::Value;

use super::built_in::register;
use super::fold::{FoldedRow, Outcome, fold_corrected};
use super::shape::{DueFrom, PlaceRule, Register, VOID};
use crate::correction::{Corrected, apply};
use crate::field::Document;
use crate::finding::Finding;
use crate::inspection;
use crate::template::{SubjectKind, TemplateRef, find, subject_kind};
use crate::time::{DEFAULT_ZONE, Shift, UtcMillis, business_date, end_of_day, instant, zone};

/// Where a record stands.
///
/// It follows from the corrected document alone: no clock, no setting and no other record takes part. So what depends on those, such
/// as overdue, is worked out when it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The code of its stage; none for kinds that have none.
    pub stage: Option<String>,
    /// Whether something is left to do about it.
    pub is_open: bool,
    /// Until when something must be done about it.
    pub due: Option<UtcMillis>,
    /// Who has to do it.
    pub assignee: Option<String>,
    /// The area it belongs to; none as well where the record that it is about says so.
    pub place: Option<String>,
    /// What or whom it is about.
    pub about: Option<String>,
    /// The record that it hangs on.
    pub parent: Option<String>,
    /// The business day that it belongs to, `YYYY-MM-DD`.
    pub day: Option<String>,
    /// Whose acts on it do not count (未计入), each once and in their order; for rows of registers.
    pub uncounted: Vec<String>,
}

/// Where a record of any kind stands, by its read document; corrections are applied first.
///
/// # Example
/// ```
/// use domain::register::standing;
/// use serde_json::json;
/// let shift = json!({
///     "date": "2026-09-01", "post": "0199a1f0-0000-7000-8000-000000000002", "person": "li",
///     "corrections/1": {"field": "post", "value": "0199a1f0-0000-7000-8000-000000000003", "reason": "看错", "at": 5},
///     "acts/1": {"act": "begin", "by": "li", "at": 10, "after": []},
/// });
/// let standing = standing("duty_shift", shift.as_object().expect("an object"));
/// assert_eq!(standing.stage.as_deref(), Some("on"));
/// assert_eq!(standing.place.as_deref(), Some("0199a1f0-0000-7000-8000-000000000003"));
/// assert_eq!(standing.day.as_deref(), Some("2026-09-01"));
/// ```
pub fn standing(kind: &str, document: &Document) -> Standing {
    standing_of(kind, &apply(kind, document))
}

/// Where a record stands whose corrections have been applied.
pub fn standing_of(kind: &str, corrected: &Corrected) -> Standing {
    match (kind, register(kind)) {
        ("inspection", _) => of_inspection(corrected),
        ("finding", _) => of_finding(corrected),
        (_, Some(register)) => of_row(register, &fold_corrected(register, corrected)),
        (_, None) => Standing {
            stage: corrected.is_void().then(|| VOID.to_owned()),
            parent: text(&corrected.document, "inspection"),
            day: text(&corrected.document, "business_date"),
            ..Standing::default()
        },
    }
}

fn text(document: &Document, name: &str) -> Option<String> {
    document.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn of_inspection(corrected: &Corrected) -> Standing {
    let document = &corrected.document;
    let stage = inspection::stage_of(corrected);
    let template = text(document, "template").and_then(|name| name.parse::<TemplateRef>().ok());
    let subject = template.and_then(|reference| find(&reference)).map(|template| subject_kind(&template.subject));
    let place = if subject == Some(SubjectKind::Area) { text(document, "subject") } else { None };
    Standing {
        stage: Some(stage.code().to_owned()),
        is_open: stage == inspection::Stage::Open,
        about: if place.is_some() { None } else { text(document, "subject") },
        place,
        parent: text(document, "inspection"),
        day: text(document, "business_date"),
        ..Standing::default()
    }
}

fn of_finding(corrected: &Corrected) -> Standing {
    let document = &corrected.document;
    let state = Finding::read(document).state();
    Standing {
        stage: Some(state.state.code().to_owned()),
        is_open: state.state.is_open(),
        due: state.due,
        assignee: state.assignee,
        place: text(document, "area"),
        about: text(document, "asset"),
        parent: ["inspection", "patrol_run", "meal"].into_iter().find_map(|origin| text(document, origin)),
        day: text(document, "business_date"),
        uncounted: Vec::new(),
    }
}

/// Where a row of a register stands.
pub fn of_row(register: &Register, folded: &FoldedRow) -> Standing {
    let document = &folded.document;
    let zone = zone(document.get("zone").and_then(Value::as_str)).unwrap_or(DEFAULT_ZONE);
    let day = day(register, document, zone);
    let is_meant = |stages: &[String]| match stages {
        [] => folded.stage != VOID,
        stages => stages.contains(&folded.stage),
    };
    let field = |name: &Option<String>| name.as_ref().and_then(|name| text(document, name));
    let place = match &register.place {
        Some(PlaceRule::Field(name)) => text(document, name),
        Some(PlaceRule::Of(_)) | None => None,
    };
    Standing {
        is_open: register.is_open(&folded.stage),
        due: register
            .dues
            .iter()
            .filter(|due| is_meant(&due.stages))
            .find_map(|due| at(&due.from, document, day, zone)),
        assignee: register
            .assignees
            .iter()
            .filter(|rule| is_meant(&rule.stages))
            .find_map(|rule| text(document, &rule.field)),
        place,
        about: field(&register.about),
        parent: field(&register.parent),
        day: day.map(|day| day.to_string()).or_else(|| text(document, "business_date")),
        stage: Some(folded.stage.clone()),
        uncounted: uncounted(folded),
    }
}

/// Whose acts do not count.
fn uncounted(folded: &FoldedRow) -> Vec<String> {
    let authors = folded.acts.iter().filter(|(_, outcome)| matches!(outcome, Outcome::NotCounted(_)));
    let mut people: Vec<String> = authors.filter_map(|(act, _)| act.by.clone()).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// The day of a row: the date of its field, or the day of its instant on the campus.
/// The business day that a row belongs to, by its document.
pub(super) fn day(register: &Register, document: &Document, zone: Tz) -> Option<NaiveDate> {
    let rule = register.day.as_ref()?;
    match document.get(&rule.field)? {
        Value::String(date) => date.parse().ok(),
        Value::Number(at) => {
            let shift = if rule.is_night { Shift::Night } else { Shift::Day };
            Some(business_date(UtcMillis(at.as_i64()?), zone, shift))
        }
        _ => None,
    }
}

fn at(from: &DueFrom, document: &Document, day: Option<NaiveDate>, zone: Tz) -> Option<UtcMillis> {
    match from {
        DueFrom::Field(name, more) => {
            let start = match document.get(name)? {
                Value::String(date) => end_of_day(date.parse().ok()?, zone),
                Value::Number(at) => UtcMillis(at.as_i64()?),
                _ => return None,
            };
            Some(UtcMillis(start.0.saturating_add(*more)))
        }
        DueFrom::TimeOfDay(minutes) => {
            let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0)?;
            Some(instant(day?.and_time(time), zone))
        }
    }
}
