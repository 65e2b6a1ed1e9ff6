//! What people have begun on this device and not given in yet, each under the name of the person who works.
//!
//! A draft is no record: it has no rights to be held against, is never sent, and is offered to its author alone.
//! Whether what it leads to may be saved, the command that saves it decides.

use replica::{Draft, DraftKey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;
use wire::ProblemType;

use crate::app::App;
use crate::called;
use crate::command::{Command, own};
use crate::drafts;
use crate::dto::nothing::Nothing;
use crate::error::CommandError;
use crate::names::Names;

pub(super) fn declare() -> Vec<Command> {
    vec![
        own("draft.save", "Keeps what the person who works has begun in a form; never sent.", save),
        own("draft.get", "Gives back what the person who works has begun in a form.", get),
        own("draft.list", "Lists what the person who works has begun, newest first.", list),
        own("draft.discard", "Removes what the person who works has begun in a form.", discard),
    ]
}

/// The most bytes of a draft, as JSON: a long text, a signature and the names of twenty photos are far less.
const MOST_BYTES: usize = 512 << 10;
/// The most characters in the name of a form.
const MOST_NAME: usize = 120;
/// The most drafts that a list gives.
const MOST_LISTED: u64 = 100;
/// The fields by which a person knows a draft again, the first that has words.
const WORDY: [&str; 6] = ["words", "note", "reason", "name", "value", "place"];
/// The most characters of a draft's words that a list gives.
const MOST_WORDS: usize = 60;

/// Arguments of `draft.save`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SaveDraft {
    /// The form, such as `finding.report`; its part behind a `/`, such as `finding.step/fix`.
    form: String,
    /// The record that the form is about; left out for something new.
    #[serde(default)]
    record: Option<Uuid>,
    /// The version of the form's declaration.
    #[serde(default)]
    declared: u32,
    /// What its author has seen of the record; the save that the draft leads to has seen no more.
    #[serde(default)]
    seen: Option<String>,
    /// The changed fields, as they stood when the draft was begun.
    #[serde(default)]
    base: Map<String, Value>,
    /// The changed fields, as they are now.
    set: Map<String, Value>,
}

/// Arguments of `draft.get` and `draft.discard`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// The form.
    form: String,
    /// The record that the form is about; left out for something new.
    #[serde(default)]
    record: Option<Uuid>,
}

/// What the person who works has begun in one form.
#[derive(Debug, Serialize, JsonSchema)]
struct KeptDraft {
    /// The draft; null when there is none.
    draft: Option<DraftView>,
}

/// A draft as its form takes it up again.
#[derive(Debug, Serialize, JsonSchema)]
struct DraftView {
    /// The version of the form's declaration under which it was begun.
    declared: u32,
    /// What its author had seen of the record.
    seen: Option<String>,
    /// The changed fields, as they stood when it was begun.
    base: Map<String, Value>,
    /// The changed fields, as they were left.
    set: Map<String, Value>,
    /// When it was last changed, ms since 1970 UTC.
    at: u64,
}

/// What the person who works has begun.
#[derive(Debug, Serialize, JsonSchema)]
struct DraftList {
    /// Newest first.
    drafts: Vec<DraftRow>,
}

/// One thing that was begun.
#[derive(Debug, Serialize, JsonSchema)]
struct DraftRow {
    /// The form.
    form: String,
    /// The record that the form is about; null for something new.
    record: Option<String>,
    /// What people call that record, where it is here.
    about: Option<String>,
    /// The same in English; null where it is the same.
    about_en: Option<String>,
    /// The first words that stand in the draft.
    words: Option<String>,
    /// When it was last changed, ms since 1970 UTC.
    at: u64,
}

/// What a change of a draft ended with.
#[derive(Debug, Serialize, JsonSchema)]
struct DraftAt {
    /// When it was kept, ms since 1970 UTC; null when there is none any more.
    at: Option<u64>,
}

fn save(app: &App, arguments: SaveDraft) -> Result<DraftAt, CommandError> {
    let SaveDraft { form, record, declared, seen, base, set } = arguments;
    let key = key(app, Which { form, record })?;
    check_open(app, &key)?;
    if set.is_empty() {
        app.store().discard_draft(&key)?;
        return Ok(DraftAt { at: None });
    }
    let bytes = [&base, &set].map(|fields| serde_json::to_string(fields).map_or(0, |text| text.len())).iter().sum();
    if bytes > MOST_BYTES {
        return Err(CommandError::limit("set", "bytes", MOST_BYTES, bytes));
    }
    let at = app.now_ms();
    app.store().keep_draft(&Draft { key, declared, seen, base, set, at })?;
    Ok(DraftAt { at: Some(at) })
}

fn get(app: &App, arguments: Which) -> Result<KeptDraft, CommandError> {
    let key = key(app, arguments)?;
    let found = if drafts::is_locked_away(app, &key)? { None } else { app.store().draft(&key)? };
    let draft = found.map(|Draft { declared, seen, base, set, at, .. }| DraftView { declared, seen, base, set, at });
    Ok(KeptDraft { draft })
}

fn list(app: &App, _: Nothing) -> Result<DraftList, CommandError> {
    drafts::tidy(app)?;
    let names = Names::new(app);
    let mut rows = Vec::new();
    for draft in app.store().drafts_of(&author(app)?, MOST_LISTED)? {
        if drafts::is_locked_away(app, &draft.key)? {
            continue;
        }
        let record = draft.key.record.as_deref().and_then(|record| Uuid::parse_str(record).ok());
        let found = record.map(|record| app.store().find_one(causal::RecordId(record))).transpose()?.flatten();
        let about = found.map(|found| called::of_record(app, &names, found.id, &found.kind)).transpose()?;
        rows.push(DraftRow {
            about_en: about.as_ref().and_then(|title| title.en.clone()),
            about: about.map(|title| title.zh),
            words: WORDY.iter().find_map(|name| words(draft.set.get(*name)?)),
            form: draft.key.form,
            record: draft.key.record,
            at: draft.at,
        });
    }
    Ok(DraftList { drafts: rows })
}

fn discard(app: &App, arguments: Which) -> Result<DraftAt, CommandError> {
    let key = key(app, arguments)?;
    check_open(app, &key)?;
    app.store().discard_draft(&key)?;
    Ok(DraftAt { at: None })
}

/// Refuses to write over what is locked away: its author does not see what stands there.
fn check_open(app: &App, key: &DraftKey) -> Result<(), CommandError> {
    match drafts::is_locked_away(app, key)? {
        true => Err(CommandError::new(
            ProblemType::HoldLocked,
            "what was begun here is locked until this device has reached the server",
        )),
        false => Ok(()),
    }
}

/// The one whose drafts these are: whoever works, and nobody else.
fn author(app: &App) -> Result<String, CommandError> {
    let missing =
        || CommandError::new(ProblemType::PersonNeeded, "a draft is kept under somebody's name; say first who works");
    app.by().map(|by| by.to_string()).ok_or_else(missing)
}

fn key(app: &App, Which { form, record }: Which) -> Result<DraftKey, CommandError> {
    // A form may be of a meal, which is named by its word: 2026-11-23~午餐.
    let is_plain = |letter: char| letter.is_alphanumeric() || "._/-~".contains(letter);
    if form.is_empty() || form.len() > MOST_NAME || !form.chars().all(is_plain) {
        let message = format_args!("a form is named by 1 to {MOST_NAME} letters, digits and . _ / - ~");
        return Err(CommandError::bad_argument("form", message));
    }
    Ok(DraftKey { person: author(app)?, form, record: record.map(|record| record.to_string()) })
}

/// The beginning of a text; none for anything else, and for a blank one.
fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.chars().take(MOST_WORDS).collect())
}
