//! A run as it stands, and the items at its points.

use causal::RecordId;
use domain::finding::StateName;
use domain::permission::Permission;
use replica::Save;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::document::{field, text};
use crate::dto::change::FormChange;
use crate::dto::finding::{FindingRow, FindingView};
use crate::dto::form::{Missing, ScoreView, SectionView};
use crate::dto::patrol::RunView;
use crate::dto::photo::PhotoRef;
use crate::dto::value::AnswerInput;
use crate::error::CommandError;
use crate::finding::{self, StoredFinding};
use crate::form::answer::GivenAnswer;
use crate::form::holder::Holder;
use crate::form::take_back::{Taken, take_back};
use crate::form::view::{FormContext, missing, score, sections};
use crate::form::{answer as answering, photo as photos};
use crate::names::Names;
use crate::patrol::{AtPoint, StoredRun, run_view};
use crate::people;
use crate::photo::checked_list;

/// Arguments of `patrol.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Get {
    /// The run.
    run: Uuid,
}

/// Arguments of `patrol.point`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    /// The run.
    run: Uuid,
    /// The point.
    checkpoint: Uuid,
}

/// Arguments of `patrol.answer`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The run.
    run: Uuid,
    /// The point.
    checkpoint: Uuid,
    /// The code of the item.
    item: String,
    /// The answer, by the type of the item; null takes it away.
    #[schemars(with = "Option<AnswerInput>")]
    result: Value,
    /// A note to write with it.
    #[serde(default)]
    note: Option<String>,
    /// Whether a measured value is meant though it can hardly be; without it such a value is refused.
    #[serde(default)]
    sure: bool,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.note`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// The run.
    run: Uuid,
    /// The point.
    checkpoint: Uuid,
    /// The code of the item.
    item: String,
    /// The note; an empty one takes the note away.
    note: String,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.photo`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddPhoto {
    /// The run.
    run: Uuid,
    /// The point.
    checkpoint: Uuid,
    /// The code of the item.
    item: String,
    /// The photo; its bytes are kept before.
    #[schemars(with = "PhotoRef")]
    photo: Value,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.take_back`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Back {
    /// The run.
    run: Uuid,
    /// The point.
    checkpoint: Uuid,
    /// The code of the item.
    item: String,
    /// The SHA-256 of a photo of the item, to take that back instead of the answer.
    #[serde(default)]
    photo: Option<String>,
    /// What the form has seen; it grows by the undo alone. Left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.another`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Another {
    /// The run.
    run: Uuid,
    /// The point.
    checkpoint: Uuid,
    /// The code of the item that fails.
    item: String,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `patrol.fixed`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixed {
    /// The finding.
    finding: Uuid,
    /// How it looks now, one photo at least.
    #[schemars(with = "Vec<PhotoRef>")]
    photos: Vec<Value>,
}

/// The items of a point of a run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolForm")]
pub(super) struct PointForm {
    /// The run.
    id: Uuid,
    /// Give it back as `seen` with the next answer.
    version: String,
    /// The items by section, in order.
    sections: Vec<SectionView>,
    /// What is still needed, in order.
    missing: Vec<Missing>,
    /// The item to go to next; null when nothing is missing.
    next_gap: Option<String>,
    /// Score and verdict so far.
    score: ScoreView,
    /// The findings of its items on this run.
    findings: Vec<FindingRow>,
}

pub(super) fn get(app: &App, arguments: Get) -> Result<RunView, CommandError> {
    run_view(app, &StoredRun::seen(app, arguments.run)?)
}

pub(super) fn point(app: &App, arguments: Point) -> Result<PointForm, CommandError> {
    form(app, AtPoint::seen(app, arguments.run, arguments.checkpoint)?)
}

fn form(app: &App, at: AtPoint) -> Result<PointForm, CommandError> {
    let at = at.into_shown(app)?;
    let names = Names::new(app);
    let place = at.place();
    let around = FormContext::of(app, &names, place)?;
    let form = place.form();
    let now = app.now_ms();
    let findings = around.findings.iter();
    Ok(PointForm {
        id: place.record.0,
        version: place.version.clone(),
        sections: sections(place, &form, &around),
        missing: missing(&form),
        next_gap: form.next_gap(None).map(|gap| gap.item),
        score: score(&form),
        findings: findings.map(|found| finding::row(&names, found.id.0, found.scope, &found.doc, now)).collect(),
    })
}

pub(super) fn answer(app: &App, arguments: Answer) -> Result<FormChange, CommandError> {
    let at = AtPoint::seen(app, arguments.run, arguments.checkpoint)?;
    let given = GivenAnswer {
        item: arguments.item,
        result: arguments.result,
        seen: arguments.seen,
        note: arguments.note,
        is_late: false,
        sure: arguments.sure,
    };
    answering::answer(app, &at, given)
}

pub(super) fn note(app: &App, arguments: Note) -> Result<FormChange, CommandError> {
    let at = AtPoint::seen(app, arguments.run, arguments.checkpoint)?;
    answering::note(app, &at, arguments.item, &arguments.note, arguments.seen)
}

pub(super) fn photo(app: &App, arguments: AddPhoto) -> Result<FormChange, CommandError> {
    let at = AtPoint::seen(app, arguments.run, arguments.checkpoint)?;
    photos::add(app, &at, arguments.item, &arguments.photo, arguments.seen)
}

pub(super) fn back(app: &App, arguments: Back) -> Result<FormChange, CommandError> {
    let at = AtPoint::seen(app, arguments.run, arguments.checkpoint)?;
    people::require(app, &at.place().campus, Permission::Patrol)?;
    let item = arguments.item.as_str();
    at.check_may_answer(app, item)?;
    let taken = match &arguments.photo {
        Some(blob) => Taken::Photo(item, blob),
        None => {
            at.check_stands(app, item, &Value::Null)?;
            Taken::Answer(item)
        }
    };
    take_back(app, &at, &taken, arguments.seen.as_deref())
}

/// 另一处: what fails is another one than what is open at the point, so it gets a finding of its own.
pub(super) fn another(app: &App, arguments: Another) -> Result<PointForm, CommandError> {
    let run = StoredRun::to_walk(app, arguments.run)?;
    let checkpoint = arguments.checkpoint.to_string();
    let entry = json!({"by": app.by().as_deref(), "at": app.now_ms()});
    let name = format!("visits/{checkpoint}/another/{}", arguments.item);
    let mut saves = vec![run.save(app, arguments.seen, vec![field(name, entry)])?];
    let mut at = AtPoint::of(app, run, &checkpoint)?;
    at.place().item(&arguments.item)?;
    at.check_may_answer(app, &arguments.item)?;
    at.says_another(&arguments.item);
    saves.extend(crate::form::followup::finding_save(app, at.place(), &arguments.item, true)?);
    app.store().save_all(saves)?;
    form(app, AtPoint::seen(app, arguments.run, arguments.checkpoint)?)
}

/// 当场已改: what the round found was put right at once; both what was wrong and how it looks now stay.
pub(super) fn fixed(app: &App, arguments: Fixed) -> Result<FindingView, CommandError> {
    let held = StoredFinding::seen(app, RecordId(arguments.finding))?;
    people::require(app, &held.campus, Permission::Patrol)?;
    let photos = checked_list(app, &arguments.photos, "photos")?;
    if photos.is_empty() {
        return Err(CommandError::bad_argument("photos", "a photo shows how it looks now"));
    }
    let is_fresh = matches!(held.finding.state().state, StateName::Unassigned | StateName::CorrectedOnSpot);
    if text(&held.document, "patrol_run").is_none() || !is_fresh || held.finding.steps.iter().any(|step| !step.is_auto)
    {
        let message = "only what a round has found, and nobody has begun to put right, is put right on the spot";
        return Err(CommandError::new(ProblemType::Finished, message).field("finding"));
    }
    let known = held.document.get("photos").and_then(Value::as_array).cloned().unwrap_or_default();
    let new = photos.into_iter().filter(|photo| known.iter().all(|own| own["blob"] != photo["blob"]));
    let all: Vec<Value> = known.iter().cloned().chain(new).collect();
    app.store().save(Save {
        id: Some(held.id),
        kind: finding::KIND.to_owned(),
        seen: Some(held.version.clone()),
        only_if: Some(held.version.clone()),
        set: vec![field("photos", all), field("corrected_on_spot", true)],
        by: app.by(),
        ..Save::default()
    })?;
    StoredFinding::load(app, held.id)?.view(app)
}
