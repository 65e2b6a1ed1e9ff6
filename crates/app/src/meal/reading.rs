//! Rows of a meal as the domain reads them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::checked_time::{Boot, ClockStamp, Moment, Span};
use domain::correction;
use domain::decimal::Decimal;
use domain::meal::{
    Attendance, Decision, DeliveryLine, DishReading, Disinfection, Disposal, DisposalReason, Issue, LineDecision,
    MorningCheck, ReadingOf, ReturnToWork, Sample, Session, StageCode, Storage, Who, is_late,
};
use domain::register::VOID;
use domain::role::Role;
use domain::time::UtcMillis;
use replica::ListedRecord;
use serde_json::Value;
use uuid::Uuid;

use super::age::{before, saved_at};
use crate::app::App;
use crate::campus::Campus;
use crate::document::{Document, integer, text};
use crate::people;

const HOUR_MS: i64 = 3_600_000;
/// The register of samples.
const SAMPLE: &str = "food_sample";

/// A row with what it is as the domain reads it.
pub(crate) struct Of<T> {
    /// The row.
    pub(crate) found: ListedRecord,
    /// What it says.
    pub(crate) row: T,
}

pub(super) fn id_in(document: &Document, name: &str) -> Option<Uuid> {
    text(document, name).and_then(|text| Uuid::parse_str(text).ok())
}

fn ids_in(document: &Document, name: &str) -> BTreeSet<Uuid> {
    let list = document.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).filter_map(|text| Uuid::parse_str(text).ok()).collect()
}

fn number_in(document: &Document, name: &str) -> Option<Decimal> {
    text(document, name).and_then(|text| Decimal::from_str_exact(text).ok())
}

pub(super) fn is_void(found: &ListedRecord) -> bool {
    found.stage.as_deref() == Some(VOID)
}

/// A moment that a row tells by one of its fields, read from the clock of its save.
fn moment(document: &Document, name: &str) -> Option<Moment> {
    told(document, integer(document, name)?)
}

/// A moment that somebody told in a row, read from the clock of its save.
fn told(document: &Document, at: i64) -> Option<Moment> {
    let saved = saved_at(document)?;
    let recorded = integer(document, "recorded_at")?;
    // What was put right of the save is put right of what it tells.
    let at = UtcMillis(at.saturating_add(saved.at.0.saturating_sub(recorded)));
    let ms = u64::try_from(saved.at.0.saturating_sub(at.0)).unwrap_or(0);
    Some(Moment { at, clock: before(&saved.clock, ms) })
}

/// 补录: whether the device that saved a row knew that its meal was closed, or what it tells was over an hour old by then.
pub(super) fn is_told_late(document: &Document, stage: StageCode, told_by: Option<&str>) -> bool {
    let knew = document.get("after_close") == Some(&Value::Bool(true));
    let told = told_by.and_then(|name| moment(document, name));
    knew || told.zip(saved_at(document)).is_some_and(|(told, saved)| is_late(stage, false, &told, &saved))
}

pub(super) fn sample(app: &App, found: ListedRecord, date: Option<NaiveDate>) -> Option<Of<Sample>> {
    let document = &found.doc;
    let day = found.day.as_deref().and_then(|day| day.parse().ok());
    let hours = number_in(document, "keep_h").and_then(|hours| u32::try_from(hours.trunc()).ok());
    let row = Sample {
        id: found.id.0,
        meal: id_in(document, "meal")?,
        date: date.or(day)?,
        dish: id_in(document, "dish"),
        dish_name: text(document, "dish_name").unwrap_or_default().to_owned(),
        fridge: id_in(document, "fridge"),
        box_no: text(document, "box_no").unwrap_or_default().to_owned(),
        grams: number_in(document, "grams"),
        min_g: number_in(document, "min_g").unwrap_or_default(),
        keep_h: hours.unwrap_or_default(),
        taken: taken(app, document)?,
        is_void: is_void(&found),
    };
    Some(Of { found, row })
}

/// When a sample was taken: as it was saved, unless who is responsible for food safety or logistics has put the time right; what
/// anybody else puts right moves nothing, also afterwards.
fn taken(app: &App, document: &Document) -> Option<Moment> {
    let is_lead = |by: &str| {
        let grants = people::grants_of(app, by).unwrap_or_default();
        grants.iter().any(|grant| {
            let role = text(&grant.doc, "role").and_then(|role| role.parse::<Role>().ok());
            matches!(role, Some(Role::Fso | Role::Logi | Role::Head))
        })
    };
    let corrected = correction::apply(SAMPLE, document).fields.remove("taken_at");
    let history = corrected.map(|field| field.history).unwrap_or_default();
    let of_lead = history.iter().rev().find(|one| one.by.as_deref().is_some_and(is_lead));
    match of_lead.and_then(|correction| correction.value.as_i64()) {
        Some(at) => told(document, at),
        None => saved_at(document),
    }
}

pub(super) fn disposal(found: &ListedRecord) -> Option<Disposal> {
    let document = &found.doc;
    let ms =
        |name| number_in(document, name).and_then(|hours| hours.checked_mul(HOUR_MS.into())?.round().try_into().ok());
    let age = ms("age_min_h").map(|min: i64| Span { min, max: ms("age_max_h").unwrap_or(i64::MAX) });
    let mut after = ids_in(document, "after");
    after.extend(ids_in(document, "holds"));
    Some(Disposal {
        id: found.id.0,
        sample: id_in(document, "sample")?,
        at: saved_at(document)?,
        reason: match text(document, "reason") {
            Some("送检") => DisposalReason::Tested,
            Some("变质") => DisposalReason::Spoiled,
            _ => DisposalReason::Due,
        },
        receiver: text(document, "receiver").map(str::to_owned),
        has_receipt: text(document, "receipt").is_some(),
        age,
        after,
        is_void: is_void(found),
    })
}

pub(super) fn reading(found: ListedRecord) -> Option<Of<DishReading>> {
    let document = &found.doc;
    let row = DishReading {
        id: found.id.0,
        dish: id_in(document, "dish_id"),
        dish_name: text(document, "dish").unwrap_or_default().to_owned(),
        batch: text(document, "batch").map(str::to_owned),
        what: ReadingOf::of(text(document, "what")?)?,
        celsius: number_in(document, "c")?,
        retest_of: ids_in(document, "retest_of"),
        at: moment(document, "at").or_else(|| saved_at(document))?,
        is_void: is_void(&found),
    };
    Some(Of { found, row })
}

pub(super) fn issue(found: ListedRecord) -> Option<Of<Issue>> {
    let document = &found.doc;
    let row = Issue {
        id: found.id.0,
        class: id_in(document, "class"),
        present: number_of(document, "present"),
        issued: number_in(document, "issued"),
        issued_unit: text(document, "unit").map(str::to_owned),
        leftover: number_in(document, "leftover"),
        leftover_unit: text(document, "leftover_unit").map(str::to_owned),
        has_water: document.get("water_ok").and_then(Value::as_bool),
        is_kept_for_next: text(document, "disposal") == Some("下次供应"),
        is_void: is_void(&found),
    };
    Some(Of { found, row })
}

/// A count, which is stored as a number, or a decimal, which is stored as a text.
pub(super) fn number_of(document: &Document, name: &str) -> Option<Decimal> {
    number_in(document, name).or_else(|| integer(document, name).map(Decimal::from))
}

pub(super) fn disinfection(campus: &Campus, found: ListedRecord) -> Option<Of<Disinfection>> {
    let document = &found.doc;
    if text(document, "object") != Some("餐具") {
        return None;
    }
    let method = text(document, "method").unwrap_or_default();
    let started = moment(document, "started_at")?;
    // An act keeps its time and no clock: it is taken to be of the row's, of another start of the machine.
    let unknown = ClockStamp { boot: Boot(Uuid::nil()), steady_ms: 0, ..started.clock };
    let row = Disinfection {
        id: found.id.0,
        started,
        ended: integer(document, "ended_at").map(|at| Moment { at: UtcMillis(at), clock: unknown }),
        min_minutes: campus.settings.cell("disinf.method", &["tableware", method], "minutes"),
        fails: Vec::new(),
        is_void: is_void(&found),
    };
    Some(Of { found, row })
}

pub(super) fn check(found: &ListedRecord) -> Option<MorningCheck> {
    let document = &found.doc;
    let is = |name: &str| document.get(name) == Some(&Value::Bool(true));
    let is_not = |name: &str| document.get(name) == Some(&Value::Bool(false));
    Some(MorningCheck {
        id: found.id.0,
        who: who(document)?,
        date: text(document, "date")?.parse().ok()?,
        session: Session::of(text(document, "session")?)?,
        attendance: Attendance::of(text(document, "attendance").unwrap_or_default()),
        celsius: number_in(document, "temp_c"),
        has_symptom: ["fever", "diarrhoea", "vomit", "wound", "throat", "jaundice"].into_iter().any(is),
        is_tidy: !is_not("dress") && !is_not("nails"),
        decision: text(document, "decision").and_then(Decision::of),
        is_void: is_void(found),
    })
}

pub(super) fn back_to_work(found: &ListedRecord) -> Option<ReturnToWork> {
    Some(ReturnToWork {
        id: found.id.0,
        who: who(&found.doc)?,
        lifts: ids_in(&found.doc, "lifts"),
        approver: id_in(&found.doc, "approver"),
        is_void: is_void(found),
    })
}

fn who(document: &Document) -> Option<Who> {
    id_in(document, "person").map(Who::Person).or_else(|| text(document, "helper").map(Who::helper))
}

pub(super) fn line(found: &ListedRecord) -> DeliveryLine {
    DeliveryLine { is_void: is_void(found), ..line_of(found.id.0, &found.doc) }
}

/// A line that says this, and is not void.
pub(super) fn line_of(id: Uuid, document: &Document) -> DeliveryLine {
    DeliveryLine {
        id,
        item_name: text(document, "item_name").unwrap_or_default().to_owned(),
        storage: match text(document, "sort") {
            Some("冷藏") => Some(Storage::Chilled),
            Some("冷冻") => Some(Storage::Frozen),
            Some("热链") => Some(Storage::Hot),
            _ => None,
        },
        celsius: number_in(document, "temp_c"),
        expires_on: text(document, "expires_on").and_then(|day| day.parse().ok()),
        has_papers: text(document, "papers").map(|papers| papers == "齐全"),
        is_sound: text(document, "sensory").map(|sensory| sensory == "合格"),
        is_labelled: text(document, "label").map(|label| label == "齐全"),
        decisions: text(document, "decision").and_then(LineDecision::of).into_iter().collect(),
        reject_reason: text(document, "reject_reason").map(str::to_owned),
        has_photo: document.iter().any(|(path, value)| path.starts_with("proof/") && !value.is_null()),
        is_void: false,
    }
}

/// Who takes part in a form.
pub(super) fn people_of(form: &ListedRecord) -> Vec<Uuid> {
    let people = form.doc.iter().filter(|(_, value)| !value.is_null());
    people
        .filter_map(|(path, _)| path.strip_prefix("people/"))
        .filter_map(|person| Uuid::parse_str(person).ok())
        .collect()
}
