//! What inspections, and the rows of fridges, answer of the risk points of 日管控.

use std::collections::BTreeSet;

use causal::RecordId;
use chrono::{Days, NaiveDate, Timelike};
use domain::correction;
use domain::finding::{Finding, StateName};
use domain::form::{Form, PlaceName, Status};
use domain::id::finding_id;
use domain::inspection::Stage;
use domain::meal::{DailyAnswer, DailySays};
use domain::setting::Side;
use domain::template::{Item, TemplateRef};
use replica::{ListedRecord, Listing};
use uuid::Uuid;

use super::judged::is_all_heard;
use super::reading::number_of;
use super::rows::standing_of_days;
use crate::app::App;
use crate::campus::Campus;
use crate::document::text;
use crate::error::CommandError;
use crate::finding;
use crate::form::previous::previous;
use crate::inspection;
use crate::names::Names;
use crate::sheet::areas;

/// The checklists whose items are risk points.
const CITED: [&str; 2] = ["T01", "T07"];
/// The lines of the fridges and of the freezers.
const FRIDGES: (&str, &str) = ("T01.12", "T01.13");
/// Whether a fridge freezes is told by what was measured of it in so many days before.
const DAYS_BACK: u64 = 14;
/// A day has no more inspections.
const MOST: u64 = 1_000;
/// From this hour on the morning is over.
const NOON: u32 = 12;

/// What was answered of the risk points of a day, whoever asks; `campus` is as it was on that day.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn answers_of(
    app: &App,
    names: &Names<'_>,
    campus: &Campus,
    date: NaiveDate,
) -> Result<Vec<DailyAnswer>, CommandError> {
    let mut answers = of_inspections(app, names, campus, date)?;
    answers.extend(of_fridges(app, names, campus, date)?);
    Ok(answers)
}

fn of_inspections(
    app: &App,
    names: &Names<'_>,
    campus: &Campus,
    date: NaiveDate,
) -> Result<Vec<DailyAnswer>, CommandError> {
    let (scopes, day): (Vec<Uuid>, _) = (campus.id.into_iter().collect(), date.to_string());
    let listing =
        Listing { kind: inspection::KIND, scopes: &scopes, day: Some(&day), limit: MOST, ..Listing::default() };
    let mut answers = Vec::new();
    for found in app.store().find(&listing)? {
        let reference = text(&found.doc, "template").unwrap_or_default();
        let is_cited = CITED.iter().any(|code| reference.strip_prefix(code).is_some_and(|rest| rest.starts_with('@')));
        if !is_cited || found.stage.as_deref() == Some(Stage::Void.code()) {
            continue;
        }
        let Some(template) = names.template(reference) else { continue };
        let Ok(part) = reference.parse::<TemplateRef>().map(|reference| reference.part()) else { continue };
        let document = correction::apply(inspection::KIND, &found.doc).document;
        let form = Form::new(&template, part, campus.kind, &campus.settings)
            .with_previous(previous(app, campus, &template, &document))
            .with_document(&document, &PlaceName::Whole);
        for item in form.items() {
            let says = says(app, &form, item, found.id)?;
            let answer = |says| DailyAnswer { number: item.code.clone(), says, what: String::new() };
            answers.extend(says.map(answer));
        }
    }
    Ok(answers)
}

/// What an item of a form says; nothing while nobody has answered it.
fn says(app: &App, form: &Form<'_>, item: &Item, inspection: RecordId) -> Result<Option<DailySays>, CommandError> {
    let judged = form.judge(item);
    let finding = PlaceName::Whole.finding_id(inspection.0, &item.code);
    Ok(match judged.status {
        Status::Judged if judged.is_failed => Some(DailySays::Bad(finding)),
        // What was put right before anybody left was found all the same.
        Status::Judged if form.put_right(item).is_some() && is_found(app, finding)? => Some(DailySays::Bad(finding)),
        Status::Judged => Some(DailySays::Good),
        Status::NotApplicable => Some(DailySays::NotApplicable),
        Status::NotAsked | Status::Unanswered | Status::NeedsMethod | Status::IllTyped(_) => None,
    })
}

fn is_found(app: &App, id: Uuid) -> Result<bool, CommandError> {
    let found = app.store().find_one(RecordId(id))?.filter(|found| found.kind == finding::KIND);
    Ok(found.is_some_and(|found| Finding::read(&found.doc).state().state != StateName::Voided))
}

/// Each fridge is looked at in the morning and in the afternoon of a school day.
fn of_fridges(
    app: &App,
    names: &Names<'_>,
    campus: &Campus,
    date: NaiveDate,
) -> Result<Vec<DailyAnswer>, CommandError> {
    let first = date.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(date);
    let rows = standing_of_days(app, campus, "temperature_reading", (first, date))?;
    let day = date.to_string();
    let (own, before): (Vec<&ListedRecord>, Vec<_>) =
        rows.iter().partition(|row| row.day.as_deref() == Some(day.as_str()));
    let mut answers: Vec<DailyAnswer> = own.iter().filter_map(|row| of_row(names, campus, row)).collect();
    let freezers: BTreeSet<&str> = own.iter().chain(&before).filter(freezes).filter_map(equipment).collect();
    let heard = is_all_heard(app, campus, domain::time::day_bounds(date, campus.calendar.zone).1)?;
    for fridge in areas(app, campus, "fridge").unwrap_or_default() {
        let is_used = fridge.since.is_none_or(|since| since <= date) && fridge.ended.is_none_or(|ended| date < ended);
        for session in due_sessions(app, campus, date).iter().filter(|_| is_used) {
            let is_of = |row: &&ListedRecord| {
                equipment(row) == Some(fridge.id.as_str()) && text(&row.doc, "session") == Some(*session)
            };
            if !own.iter().any(is_of) {
                let number = if freezers.contains(fridge.id.as_str()) { FRIDGES.1 } else { FRIDGES.0 };
                let (what, says) = (format!("{} {session}", fridge.name), DailySays::Missing { heard });
                answers.push(DailyAnswer { number: number.to_owned(), says, what });
            }
        }
    }
    Ok(answers)
}

fn equipment<'r>(row: &&'r ListedRecord) -> Option<&'r str> {
    text(&row.doc, "equipment")
}

fn freezes(row: &&&ListedRecord) -> bool {
    text(&row.doc, "what") == Some("冷冻")
}

/// What one reading says of its fridge; nothing of a dish. The findings are those that its register makes.
fn of_row(names: &Names<'_>, campus: &Campus, row: &ListedRecord) -> Option<DailyAnswer> {
    let celsius = number_of(&row.doc, "c")?;
    let settings = &campus.settings;
    let (number, most, warning) = match text(&row.doc, "what")? {
        "冷藏" => (FRIDGES.0, settings.limit("cold.c", Side::Max)?, "warm_fridge"),
        "冷冻" => (FRIDGES.1, settings.number("freeze.c"), "warm_freezer"),
        _ => return None,
    };
    let is_warm = celsius > most;
    Some(DailyAnswer {
        number: number.to_owned(),
        says: if is_warm { DailySays::Bad(finding_id(row.id.0, warning)) } else { DailySays::Good },
        what: equipment(&row).and_then(|fridge| names.name(fridge)).unwrap_or_default(),
    })
}

/// The sessions of a day that are over, by the clock of this device.
fn due_sessions(app: &App, campus: &Campus, date: NaiveDate) -> &'static [&'static str] {
    let local = app.time().now.local(campus.calendar.zone);
    match () {
        () if !campus.calendar.is_school_day(date) => &[],
        () if date < local.date() => &["上午", "下午"],
        () if date == local.date() && local.hour() >= NOON => &["上午"],
        () => &[],
    }
}
