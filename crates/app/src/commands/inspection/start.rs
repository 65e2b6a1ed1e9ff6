//! Starting and joining a form.

use causal::RecordId;
use chrono::NaiveDate;
use domain::checked_time::CheckedTime;
use domain::inspection::Stage;
use domain::permission::Permission;
use domain::template::{Cadence, Template};
use domain::time::{Shift, UtcMillis};
use replica::Save;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::campus::Campus;
use crate::document::{Fields, checked_text, field, person_field};
use crate::dto::form::{FormView, Mode};
use crate::dto::millis::Millis;
use crate::envelope::{self, envelope};
use crate::error::CommandError;
use crate::inspection::{Inspection, KIND, view};
use crate::{people, template};

/// Arguments of `inspection.start`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    /// The id that the inspection gets; a new one when left out. The same start again gives the form that is there.
    #[serde(default)]
    id: Option<Uuid>,
    /// The checklist: `T01@1`, `T15:D@1` for a daily part, or the id of a template version.
    template: String,
    /// What it is about: the id of an area, asset, meal or person, or words where there is no record.
    #[serde(default)]
    subject: Option<String>,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// How it came about; `routine` when left out.
    #[serde(default)]
    mode: Mode,
    /// What the forms of one round share, such as the morning check of thirty people.
    #[serde(default)]
    round: Option<Uuid>,
    /// When it happened, ms since 1970 UTC; now when left out. Earlier by more than an hour makes it 补录, which takes a reason.
    #[serde(default)]
    occurred_at: Option<Millis>,
    /// Why it is entered afterwards.
    #[serde(default)]
    late_reason: Option<String>,
}

/// Arguments of `inspection.join`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Join {
    /// The inspection, as the lead's screen shows it.
    id: Uuid,
    /// Its checklist, as the lead's screen shows it.
    template: String,
    /// What it is about, as the lead's screen shows it.
    #[serde(default)]
    subject: Option<String>,
    /// The campus; left out, that of this device.
    #[serde(default)]
    scope: Option<Uuid>,
    /// The business day that it counts for, `YYYY-MM-DD`, as the lead's screen shows it.
    ///
    /// Left out, the day comes with the form of the lead: the clock of who joins says nothing about it.
    #[serde(default)]
    business_date: Option<String>,
}

/// How much later than it happened something may be entered before it counts as 补录.
const LATE_MS: i64 = 3_600_000;
/// How far ahead of this clock another one may have been read.
const AHEAD_MS: i64 = 300_000;

pub(super) fn start(app: &App, arguments: Start) -> Result<FormView, CommandError> {
    let campus = Campus::named_or_here(app, arguments.scope)?;
    people::require(app, &campus, Permission::FillInspection)?;
    let template = checked_template(app, &arguments.template, &campus)?;
    let id = arguments.id.map(RecordId);
    if let Some(id) = id
        && app.store().get(id)?.is_some()
    {
        return view::form_view(app, &Inspection::seen(app, id)?);
    }
    let time = app.time();
    let occurred_at = arguments.occurred_at.map(|at| at.checked("occurred_at")).transpose()?.unwrap_or(time.now);
    let mut set = envelope(app, &campus, &time, occurred_at, shift(&template));
    set.extend(late(occurred_at, &time, arguments.late_reason.as_deref())?);
    set.push(field("template", arguments.template));
    set.push(field("mode", json!(arguments.mode)));
    if let Some(subject) = checked_subject(arguments.subject)? {
        set.push(field("subject", subject));
    }
    if let Some(round) = arguments.round {
        set.push(field("round", round.to_string()));
    }
    if let Some(by) = app.by() {
        set.push(person_field("people", &by, json!(time.now))?);
    }
    let only_if = id.map(|_| String::new());
    let save = Save { id, kind: KIND.to_owned(), scope: campus.id, only_if, set, by: app.by(), ..Save::default() };
    let saved = envelope::save(app, save, &time)?;
    view::form_view(app, &Inspection::load(app, saved.id)?)
}

pub(super) fn join(app: &App, arguments: Join) -> Result<FormView, CommandError> {
    let by = app.by().ok_or_else(|| CommandError::new(ProblemType::PersonNeeded, "who joins must be known"))?;
    let id = RecordId(arguments.id);
    let held = app.store().get(id)?;
    let campus = match &held {
        Some(held) => Campus::load(app, held.record.scope)?,
        None => Campus::named_or_here(app, arguments.scope)?,
    };
    people::require(app, &campus, Permission::FillInspection)?;
    let now = UtcMillis::from_stamp(app.now_ms());
    let mut set: Fields = vec![person_field("people", &by, json!(now))?];
    let seen = match held {
        Some(held) => {
            // Who scans the lead's screen is invited; of any other form only who sees it learns that it is none to join.
            let joint = Inspection::load(app, id).ok().filter(Inspection::is_joint);
            let Some(inspection) = joint else {
                Inspection::seen(app, id)?;
                return Err(
                    CommandError::new(ProblemType::NotJoint, "only a joint inspection can be joined").field("id")
                );
            };
            if inspection.joined_at(&by).is_some() {
                return view::form_view(app, &inspection);
            }
            // Who is on a form did not know of its submit when joining; so it is known whose late answers are to be taken.
            match inspection.place.stage {
                Stage::Open => Some(held.version),
                Stage::Submitted => {
                    return Err(CommandError::new(ProblemType::AlreadySubmitted, "the form was submitted"));
                }
                Stage::Void => return Err(CommandError::new(ProblemType::Void, "the inspection is void")),
            }
        }
        // It has not arrived; what both tablets write alike is no conflict when it does.
        None => {
            checked_template(app, &arguments.template, &campus)?;
            set.push(field("template", arguments.template));
            set.push(field("mode", json!(Mode::Joint)));
            set.extend(checked_day(arguments.business_date)?.map(|day| field("business_date", day)));
            set.extend(checked_subject(arguments.subject)?.map(|subject| field("subject", subject)));
            None
        }
    };
    let only_if = Some(seen.clone().unwrap_or_default());
    app.store().save(Save {
        id: Some(id),
        kind: KIND.to_owned(),
        scope: campus.id,
        seen,
        only_if,
        set,
        by: Some(by),
        ..Save::default()
    })?;
    view::form_view(app, &Inspection::load(app, id)?)
}

fn checked_template(
    app: &App,
    reference: &str,
    campus: &Campus,
) -> Result<std::borrow::Cow<'static, Template>, CommandError> {
    let template = template::load(app, &template::parse_reference(reference)?)?;
    if let (Some(asked), Some(kind)) = (template.campus, campus.kind)
        && asked != kind
    {
        let message = format_args!("{} is not for a campus of this kind", template.code);
        return Err(CommandError::new(ProblemType::WrongCampus, message).field("template"));
    }
    Ok(template)
}

fn checked_subject(subject: Option<String>) -> Result<Option<String>, CommandError> {
    let subject = subject.map(|subject| subject.trim().to_owned()).filter(|subject| !subject.is_empty());
    if subject.as_ref().is_some_and(|subject| subject.chars().count() > 200) {
        return Err(CommandError::bad_argument("subject", "a subject has at most 200 characters"));
    }
    Ok(subject)
}

fn checked_day(day: Option<String>) -> Result<Option<String>, CommandError> {
    let read = |day: String| day.parse::<NaiveDate>().map(|day| day.to_string());
    day.map(read).transpose().map_err(|_| CommandError::bad_argument("business_date", "a day such as 2026-11-23"))
}

/// The fields that mark an entry made afterwards; a clock that nobody has checked refuses none.
fn late(occurred_at: UtcMillis, time: &CheckedTime, reason: Option<&str>) -> Result<Fields, CommandError> {
    if time.is_ahead(occurred_at, AHEAD_MS) {
        return Err(CommandError::bad_argument("occurred_at", "what has not happened yet cannot be recorded"));
    }
    if !time.is_behind(occurred_at, LATE_MS) {
        return Ok(Fields::new());
    }
    match checked_text("late_reason", reason.map(str::to_owned))? {
        Some(reason) => Ok(vec![field("late", true), field("late_reason", reason)]),
        None => Err(CommandError::bad_argument("late_reason", "an entry made afterwards takes a reason")),
    }
}

/// A form that is due in every shift belongs to the evening on which the night began.
fn shift(template: &Template) -> Shift {
    if template.cadence == Cadence::EachShift { Shift::Night } else { Shift::Day }
}
