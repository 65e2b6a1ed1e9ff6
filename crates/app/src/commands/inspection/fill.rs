//! Filling in a form: answers, notes, photos, "the rest is fine", and taking back.

use causal::RecordId;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::dto::change::FormChange;
use crate::dto::photo::PhotoRef;
use crate::dto::value::AnswerInput;
use crate::error::CommandError;
use crate::form;
use crate::form::answer::GivenAnswer;
use crate::form::take_back::{Taken, take_back};
use crate::inspection::Inspection;

/// How an answer came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AnswerEntry")]
enum How {
    /// 补录: entered afterwards.
    Late,
}

/// Arguments of `inspection.answer`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The inspection.
    id: Uuid,
    /// The code of the item, such as `T01.07`.
    item: String,
    /// The answer by the type of the item: `"pass"`, `"fail"`; points; a reading (`"74.2"`, `"７４，２℃"`) or a list of readings
    /// `{"v", "of", "retest"}`; `"07:30"`; an option; text; strokes; asset lines. `"na"` for any type; null for no answer.
    #[schemars(with = "Option<AnswerInput>")]
    result: Value,
    /// What the form has seen: its `version`. Left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
    /// A note to write with it; an empty one takes the note away.
    #[serde(default)]
    note: Option<String>,
    /// `late` for an answer that is entered afterwards.
    #[serde(default)]
    how: Option<How>,
    /// Whether a measured value is meant though it can hardly be, such as 1,000,000 ℃; without it such a value is refused.
    #[serde(default)]
    sure: bool,
}

/// Arguments of `inspection.note`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    /// The inspection.
    id: Uuid,
    /// The code of the item.
    item: String,
    /// The note; an empty one takes the note away.
    note: String,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `inspection.photo`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddPhoto {
    /// The inspection.
    id: Uuid,
    /// The code of the item.
    item: String,
    /// The photo; its bytes are kept before.
    #[schemars(with = "PhotoRef")]
    photo: Value,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `inspection.rest`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rest {
    /// The inspection.
    id: Uuid,
    /// The heading of the section.
    section: String,
    /// What the form has seen; left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Arguments of `inspection.undo`: an item, or a section that "rest is fine" has filled.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TakeBack {
    /// The inspection.
    id: Uuid,
    /// The code of the item.
    #[serde(default)]
    item: Option<String>,
    /// The SHA-256 of a photo of the item, to take that back instead of the answer.
    #[serde(default)]
    photo: Option<String>,
    /// The heading of the section, to take back all that "rest is fine" filled there.
    #[serde(default)]
    section: Option<String>,
    /// What the form has seen; it grows by the undo alone. Left out, the record as it is when the command is called.
    #[serde(default)]
    seen: Option<String>,
}

pub(super) fn answer(app: &App, arguments: Answer) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    let given = GivenAnswer {
        item: arguments.item,
        result: arguments.result,
        seen: arguments.seen,
        note: arguments.note,
        is_late: matches!(arguments.how, Some(How::Late)),
        sure: arguments.sure,
    };
    form::answer::answer(app, &inspection, given)
}

pub(super) fn note(app: &App, arguments: Note) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    form::answer::note(app, &inspection, arguments.item, &arguments.note, arguments.seen)
}

pub(super) fn photo(app: &App, arguments: AddPhoto) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    form::photo::add(app, &inspection, arguments.item, &arguments.photo, arguments.seen)
}

pub(super) fn rest(app: &App, arguments: Rest) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    form::rest::rest(app, &inspection, &arguments.section, arguments.seen)
}

pub(super) fn undo(app: &App, arguments: TakeBack) -> Result<FormChange, CommandError> {
    let inspection = Inspection::seen(app, RecordId(arguments.id))?;
    let TakeBack { item, photo, section, seen, .. } = &arguments;
    let taken = match (item, photo, section) {
        (Some(item), Some(blob), _) => Taken::Photo(item, blob),
        (None, Some(_), _) => return Err(CommandError::bad_argument("item", "a photo is of an item")),
        (Some(item), None, None) => Taken::Answer(item),
        (None, None, Some(section)) => Taken::Section(section),
        _ => return Err(CommandError::bad_argument("item", "undo takes an item or a section")),
    };
    take_back(app, &inspection, &taken, seen.as_deref())
}
