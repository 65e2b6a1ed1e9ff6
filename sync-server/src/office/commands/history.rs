//! `office.history`: what became of a record, in plain words.

use std::collections::{BTreeMap, HashMap};

use ::door::Caller;
use app::{CommandError, Language, PersonRef, RecordSight, Words};
use causal::{MAX_COUNTER, RecordId};
use domain::permission::Permission;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::command::{OfficeCommand, command};
use crate::office::failure::unavailable;
use crate::office::gate::{Office, SignedIn};
use crate::service::HistoryPart;

/// Changes in one answer, unless said.
const USUAL: u64 = 200;
const MOST: u64 = 1_000;
/// Nobody reads the hashes of others.
const SECRET: &str = "pin";

pub(super) fn declare() -> Vec<OfficeCommand> {
    vec![command("office.history", "Lists every change of one record in plain words, oldest first.", history)]
}

/// Arguments of `office.history`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// The record.
    id: Uuid,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<u64>,
    /// How many changes, 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
}

/// What became of a record.
#[derive(Debug, Serialize, JsonSchema)]
struct History {
    /// The changes, oldest first.
    entries: Vec<Entry>,
    /// Where the next page starts; null at the end.
    next: Option<u64>,
}

/// One change that the server took.
#[derive(Debug, Serialize, JsonSchema)]
struct Entry {
    /// Its place in the feed.
    seq: u64,
    /// When it was written, by the clock of the device; when the server took it, where nobody wrote it. ms since 1970 UTC.
    at: u64,
    /// When the server took it, ms since 1970 UTC.
    received_at: u64,
    /// The device that sent it; null for a purge.
    device: Option<Uuid>,
    /// What people call the device; null for the office itself.
    device_name: Option<String>,
    /// Who wrote the newest of it.
    by: Option<PersonRef>,
    /// What changed.
    fields: Vec<FieldChange>,
}

/// One field that changed.
#[derive(Debug, Serialize, JsonSchema)]
struct FieldChange {
    /// The field.
    field: String,
    /// What people call it.
    label: String,
    /// The same in English.
    label_en: String,
    /// Its values before; several where people disagreed.
    old: Vec<Value>,
    /// Its values afterwards.
    new: Vec<Value>,
    /// The values before in plain words.
    old_text: String,
    /// The same in English.
    old_text_en: String,
    /// The values afterwards in plain words.
    new_text: String,
    /// The same in English.
    new_text_en: String,
    /// Who wrote it: one change may carry what several people wrote.
    by: Option<PersonRef>,
    /// When it was written, ms since 1970 UTC.
    at: Option<u64>,
}

/// The hub's own answer.
#[derive(Deserialize)]
struct HubAnswer {
    changes: Vec<Change>,
    next: Option<u64>,
}

#[derive(Deserialize)]
struct Change {
    sequence: u64,
    device: Option<Uuid>,
    person: Option<String>,
    time: u64,
    at: Option<u64>,
    fields: BTreeMap<String, OldAndNew>,
}

#[derive(Deserialize)]
struct OldAndNew {
    old: Vec<Value>,
    new: Vec<Value>,
    by: Option<String>,
    at: Option<u64>,
}

fn history(office: &Office, caller: &Caller, arguments: Arguments) -> Result<History, CommandError> {
    let (signed_in, app) = office.at_work(caller)?;
    app.require_any(&[Permission::SeeAllRecords, Permission::SeeAudit, Permission::SeeReports])?;
    let has_audit = app.require_any(&[Permission::SeeAudit]).is_ok();
    let id = RecordId(arguments.id);
    let missing = || CommandError::not_found(format_args!("there is no record {id}")).field("id");
    let found = signed_in.replica.app.store().find_one(id)?.filter(|found| found.kind != SECRET);
    found.ok_or_else(missing)?;
    // Who keeps the audit log sees that a field changed, and no value that is not theirs to see.
    let sight = app.record_sight(id)?.filter(|sight| sight.is_seen() || has_audit).ok_or_else(missing)?;
    let part = part(&arguments)?;
    let body = office.hub.history(&signed_in.replica.device, id, part).map_err(unavailable)?.ok_or_else(missing)?;
    let told: HubAnswer = serde_json::from_slice(&body).map_err(|error| CommandError::internal(&error))?;
    let names = device_names(office, &signed_in)?;
    let words = Words::new(&app);
    let entries = told.changes.into_iter().map(|change| entry(change, &words, &names, &sight)).collect();
    Ok(History { entries, next: told.next })
}

fn part(arguments: &Arguments) -> Result<HistoryPart, CommandError> {
    let (after, limit) = (arguments.after.unwrap_or(0), arguments.limit.unwrap_or(USUAL));
    if after > MAX_COUNTER {
        return Err(CommandError::bad_argument("after", "after is the next of the page before"));
    }
    if !(1..=MOST).contains(&limit) {
        return Err(CommandError::bad_argument("limit", "limit is a number from 1 to 1,000"));
    }
    Ok(HistoryPart { after, limit })
}

fn device_names(office: &Office, signed_in: &SignedIn) -> Result<HashMap<Uuid, String>, CommandError> {
    let devices = office.hub.devices(signed_in.organisation()).map_err(unavailable)?;
    Ok(devices.into_iter().map(|device| (device.id, device.name)).collect())
}

fn entry(change: Change, words: &Words<'_>, names: &HashMap<Uuid, String>, sight: &RecordSight) -> Entry {
    let person = |by: Option<String>| by.map(|by| words.person(&by));
    let text = |field: &str, values: &[Value], language: Language| {
        let texts: Vec<String> = values.iter().map(|value| words.value(field, value, language)).collect();
        texts.join(if language == Language::Zh { "；" } else { "; " })
    };
    let shown = |(field, values): (String, OldAndNew)| {
        let each = |values: &[Value]| values.iter().filter_map(|value| sight.shown(&field, value)).collect();
        let (old, new) = (each(&values.old), each(&values.new));
        (field, OldAndNew { old, new, ..values })
    };
    let field = |(field, values): (String, OldAndNew)| FieldChange {
        label: sight.label(&field).map_or_else(|| words.label(&field, Language::Zh), |[zh, _]| zh),
        label_en: sight.label(&field).map_or_else(|| words.label(&field, Language::En), |[_, en]| en),
        old_text: text(&field, &values.old, Language::Zh),
        old_text_en: text(&field, &values.old, Language::En),
        new_text: text(&field, &values.new, Language::Zh),
        new_text_en: text(&field, &values.new, Language::En),
        field,
        old: values.old,
        new: values.new,
        by: person(values.by),
        at: values.at,
    };
    Entry {
        seq: change.sequence,
        at: change.at.unwrap_or(change.time),
        received_at: change.time,
        device: change.device,
        device_name: change.device.and_then(|device| names.get(&device).cloned()),
        by: person(change.person),
        fields: change.fields.into_iter().map(shown).map(field).collect(),
    }
}
