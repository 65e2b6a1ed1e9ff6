//! Conflicts in plain words, and their end.

use causal::{DELETED_FIELD, Record, RecordId, Seen};
use domain::inspection::Stage;
use domain::kind::Rule;
use domain::permission::Permission;
use domain::reading::{Conflict, conflicts, read};
use replica::{Reading, Save};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::campus::Campus;
use crate::command;
use crate::conflict::Describer;
use crate::document::field;
use crate::dto::form::{ConflictValue, ItemShape};
use crate::dto::value::AnswerInput;
use crate::inspection::{self, Inspection, parse, pending};
use crate::master::Kept;
use crate::people::{self, Names, PersonRef};
use crate::{App, Command, CommandError, titles};

pub(super) fn declare() -> Vec<Command> {
    vec![
        command::read("conflict.list", "Lists what people saved differently without knowing of each other.", list),
        command::write("conflict.resolve", "Ends a conflict with one of its values, or a new one.", resolve),
    ]
}

/// Arguments of `conflict.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct List {
    /// All conflicts of this record, those that ask nobody included.
    #[serde(default)]
    id: Option<Uuid>,
    /// How many records, 1 to 1,000; 200 when left out.
    #[serde(default)]
    limit: Option<u64>,
}

/// The conflicts.
#[derive(Debug, Serialize, JsonSchema)]
struct Conflicts {
    /// The conflicts, by record, the oldest record first.
    conflicts: Vec<ConflictView>,
    /// What was merged without asking anybody, of the one record that was asked for; empty otherwise.
    merged: Vec<MergedView>,
}

/// What was merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code)]
enum MergedKind {
    /// Somebody filled in items that nobody else touched.
    Answered,
    /// Several people wrote the same.
    Same,
    /// Several people wrote differently, and nobody need be asked.
    Harmless,
}

/// One thing that was merged without asking anybody.
#[derive(Debug, Serialize, JsonSchema)]
struct MergedView {
    /// What was merged.
    kind: MergedKind,
    /// Who is concerned.
    people: Vec<PersonRef>,
    /// How many items it is about.
    items: usize,
    /// What people call the field; null for [`MergedKind::Answered`].
    label: Option<String>,
    /// The value that counts in plain words; null for [`MergedKind::Answered`].
    text: Option<String>,
}

/// One field that people saved differently.
#[derive(Debug, Serialize, JsonSchema)]
struct ConflictView {
    /// The record.
    id: Uuid,
    /// Its kind.
    kind: String,
    /// The kind in Chinese.
    kind_zh: &'static str,
    /// The campus.
    scope: Option<Uuid>,
    /// What people call the record.
    title: String,
    /// Give it back as `seen` with the decision.
    version: String,
    /// The field; `_deleted` when somebody deleted the record and somebody else wrote to it meanwhile.
    field: String,
    /// What people call the field.
    label: String,
    /// Whether a person is asked; if not, the values are listed as merged.
    asks: bool,
    /// What readers take meanwhile, and so why the value that counts does.
    rule: Rule,
    /// Whether the values are texts that can be joined into one.
    joinable: bool,
    /// The item, for the result of an answer: how it is asked, with its limits.
    item: Option<ItemShape>,
    /// Whether the person who works may settle it.
    may_resolve: bool,
    /// The values, latest first.
    values: Vec<ConflictValue>,
}

/// Arguments of `conflict.resolve`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Resolve {
    /// The record.
    id: Uuid,
    /// The field.
    field: String,
    /// The number of the value to take, as `conflict.list` gave it.
    #[serde(default)]
    take: Option<usize>,
    /// A value of one's own; null takes the field's value away. For a deletion `keep` or `delete`.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<AnswerInput>")]
    value: Option<Value>,
    /// The `version` that `conflict.list` gave: a value that arrived since stays in conflict. Left out, the record as it is when the
    /// command is called.
    #[serde(default)]
    seen: Option<String>,
}

/// Tells a value that is null from none at all.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

const PIN: &str = "pin";

fn list(app: &App, arguments: List) -> Result<Conflicts, CommandError> {
    let limit = crate::dto::page::checked_limit(arguments.limit)?;
    let records = match arguments.id {
        Some(id) => vec![load(app, id)?],
        None => app.store().asking(limit)?,
    };
    let (names, describer) = (Names::new(app), Describer::new(app)?);
    let mut views = Vec::new();
    // Nobody chooses between two hashes.
    for reading in records.iter().filter(|reading| &*reading.record.kind != PIN) {
        let record = &reading.record;
        let document = read(&record.kind, &record.state);
        let title = titles::title(&names, &record.kind, &document);
        let wanted = conflicts(&record.kind, &record.state).into_iter();
        for conflict in wanted.filter(|conflict| conflict.asks || arguments.id.is_some()) {
            views.push(view(app, reading, &conflict, title.clone(), describer.describe(&names, &conflict, None)));
        }
    }
    Ok(Conflicts { conflicts: views, merged: Vec::new() })
}

fn view(app: &App, reading: &Reading, conflict: &Conflict, title: String, values: Vec<ConflictValue>) -> ConflictView {
    let record = &reading.record;
    ConflictView {
        id: record.id.0,
        kind: record.kind.to_string(),
        kind_zh: domain::kind::kind(&record.kind).zh,
        scope: record.scope,
        title,
        version: reading.version.clone(),
        field: conflict.field.clone(),
        label: titles::field_label(&conflict.field),
        asks: conflict.asks,
        rule: conflict.rule,
        joinable: false,
        item: None,
        may_resolve: check_rights(app, record).is_ok(),
        values,
    }
}

fn load(app: &App, id: Uuid) -> Result<Reading, CommandError> {
    let missing = || CommandError::not_found(format_args!("there is no record {id}")).field("id");
    app.store().get(RecordId(id))?.ok_or_else(missing)
}

/// One more save of the field, which covers exactly what was seen.
///
/// Two tablets that decide the same way write equal values, and equal values are no conflict.
fn resolve(app: &App, arguments: Resolve) -> Result<Kept, CommandError> {
    let reading = load(app, arguments.id)?;
    let record = &reading.record;
    check_rights(app, record)?;
    let none = || CommandError::new("not-in-conflict", "nobody disagrees about this field now").field("field");
    let conflict = conflicts(&record.kind, &record.state).into_iter().find(|known| known.field == arguments.field);
    let conflict = conflict.ok_or_else(none)?;
    if conflict.field == DELETED_FIELD {
        return decide_deletion(app, &reading, &conflict, arguments);
    }
    let value = match (arguments.take, &arguments.value) {
        (Some(index), None) => taken(&conflict, index, arguments.seen.as_deref())?,
        (None, Some(value)) => checked(app, record, &arguments.field, value)?,
        _ => return Err(CommandError::bad_argument("take", "a decision takes one of the values, or a new one")),
    };
    let waiting = pending::after_decision(app, record, &arguments.field, &value)?;
    let save = Save {
        id: Some(record.id),
        kind: record.kind.to_string(),
        seen: Some(arguments.seen.unwrap_or_else(|| reading.version.clone())),
        set: vec![field(arguments.field.clone(), value)],
        by: app.by(),
        ..Save::default()
    };
    let saved = app.store().save_with_settings(vec![save], |_| waiting)?;
    let version = saved.into_iter().next().map(|saved| saved.version).unwrap_or_default();
    Ok(Kept { id: arguments.id, version })
}

/// Keeps the record or deletes it, as far as it was seen.
fn decide_deletion(
    app: &App,
    reading: &Reading,
    conflict: &Conflict,
    arguments: Resolve,
) -> Result<Kept, CommandError> {
    let keeps = match (arguments.take, arguments.value.as_ref().map(Value::as_str)) {
        (Some(index), None) => taken(conflict, index, arguments.seen.as_deref())?.is_null(),
        (None, Some(Some("keep"))) => true,
        (None, Some(Some("delete"))) => false,
        _ => return Err(CommandError::bad_argument("value", "a deletion ends with one of its sides, keep or delete")),
    };
    let seen = arguments.seen.as_deref().unwrap_or(&reading.version);
    let decide = if keeps { replica::Store::keep } else { replica::Store::delete };
    let saved = decide(app.store(), reading.record.id, seen, app.by())?;
    Ok(Kept { id: arguments.id, version: saved.version })
}

/// The value with this number among those that had been seen.
fn taken(conflict: &Conflict, index: usize, seen: Option<&str>) -> Result<Value, CommandError> {
    let seen: Option<Seen> =
        seen.map(str::parse).transpose().map_err(|error| CommandError::bad_argument("seen", error))?;
    let was_seen = |side: &&domain::reading::ConflictSide| {
        seen.as_ref().is_none_or(|seen| side.dots.iter().any(|dot| seen.covers(*dot)))
    };
    let sides: Vec<_> = conflict.siblings.iter().filter(was_seen).collect();
    let missing = || CommandError::bad_argument("take", format_args!("there are {} values", sides.len()));
    Ok(sides.get(index).ok_or_else(missing)?.value.clone())
}

/// A value of one's own for an answer must be one.
fn checked(app: &App, record: &Record, name: &str, value: &Value) -> Result<Value, CommandError> {
    let Some(code) = item_of(record, name).filter(|_| name.ends_with("/result")) else { return Ok(value.clone()) };
    let inspection = Inspection::load(app, record.id)?;
    if inspection.stage() == Stage::Void {
        return Err(CommandError::new("void", "the inspection is void"));
    }
    parse::result(inspection.item(code)?, value).map_err(|error| error.field("value"))
}

fn item_of<'f>(record: &Record, name: &'f str) -> Option<&'f str> {
    let is_inspection = &*record.kind == inspection::KIND;
    let path = name.strip_prefix("answers/").filter(|_| is_inspection)?;
    path.split_once('/').map(|(code, _)| code)
}

/// Answers are settled by who confirms inspections, or by who started this one; master data by who keeps it; anything else by
/// whoever may correct records.
fn check_rights(app: &App, record: &Record) -> Result<(), CommandError> {
    let campus = Campus::load(app, people::place(record))?;
    let permission = match &*record.kind {
        inspection::KIND => {
            let document = read(&record.kind, &record.state);
            let lead = document.get("created").and_then(|created| created.get("by")?.as_str());
            if lead.is_some() && lead == app.by().as_deref() {
                return Ok(());
            }
            Permission::ConfirmInspection
        }
        "person" | people::GRANT => Permission::ManagePeople,
        "campus" | "area" => Permission::ManageAreas,
        "route" | "checkpoint" => Permission::ManageRoutes,
        "template_version" => Permission::ManageTemplates,
        "setting" => Permission::ManageSettings,
        PIN => return Err(CommandError::new("not-allowed", "a PIN is set anew with pin.set").field("id")),
        _ => Permission::CorrectRecord,
    };
    people::require(app, &campus, permission)
}
